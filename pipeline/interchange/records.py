"""Write arguments as JSON, and read them again: nothing is left out.

The object holds `arguments`, keyed as in their files and each with its `id`; `references`, the works they cite, as CSL
JSON; and `brief`, whole, where one was chosen.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.interchange.graph import Selection
from pipeline.interchange.placed import Placed
from pipeline.interchange.sketch import Draft, name_for, noted
from pipeline.problem import Problem, Refused
from pipeline.record import Record

FORMAT = "openbrief arguments"
"""What the key `format` says, so that a reader knows this JSON from others."""
LOST: tuple[str, ...] = ()


def to_json(selection: Selection) -> str:
    """Give the selection as one JSON object, indented; the same selection gives the same text."""
    held: dict[str, Any] = {"format": FORMAT, "title": selection.title}
    held["arguments"] = [as_written(argument) for argument in selection.arguments]
    held["references"] = [source.as_csl_json() for source in selection.sources.values()]
    if selection.brief:
        held["brief"] = as_written(selection.brief)
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def as_written(record: Record) -> dict[str, Any]:
    """Give a record's values under the keys of its file, without those that were left out."""
    return record.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_unset=True)


def from_json(held: Placed) -> tuple[tuple[Draft, ...], list[str]]:
    """Give the arguments of such an object, and what was left out or changed.

    Raises Refused where it holds none, or one is no object.
    """
    items = held.get("arguments")
    if not isinstance(items, list) or not items or not all(isinstance(item, Placed) for item in items):
        message = "there is no list of arguments here, and no graph of AIF"
        hint = "see assets/docs/interchange.md for what is read"
        raise Refused([Problem(mark=held.mark, rule="wrong-type", message=message, hint=hint)])
    notes = [noted(held.mark, f"'{key}' is left out") for key in ("references", "brief") if held.get(key)]
    drafts: list[Draft] = []
    taken: dict[str, int] = {}
    for item in items:
        given = item.get("id")
        name = name_for(str(given or item.get("short") or item.get("claim") or ""), taken)
        if given not in (name, None):
            notes.append(noted(item.mark, f"the id {str(given)[:60]!r} became '{name}'"))
        drafts.append(Draft(id=name, data={key: value for key, value in item.items() if key != "id"}, mark=item.mark))
    return tuple(drafts), notes
