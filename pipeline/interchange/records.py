"""Write arguments as JSON, and read them again: nothing is left out.

The object holds `arguments`, keyed as in their files and each with its `id`; `references`, the works they cite, as CSL
JSON; and `brief`, whole, where one was chosen.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.interchange.graph import Selection
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
