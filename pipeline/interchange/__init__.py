"""Exchange arguments with other programs: records in, texts of six formats out, and three of them back in.

Each format is a module that writes a selection, and declares in `LOST` which fields it has no place for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.forms import Output
from pipeline.interchange import aif, argdown, dot, linked, records, table
from pipeline.interchange.aif_reader import from_aif, is_aif
from pipeline.interchange.argdown_reader import from_argdown
from pipeline.interchange.draft import written
from pipeline.interchange.gather import gather
from pipeline.interchange.graph import Selection
from pipeline.interchange.placed import Placed, read_json
from pipeline.interchange.sketch import Draft
from pipeline.problem import Mark, Problem, Refused
from pipeline.source import text_of
from pipeline.source.characters import hidden

MOST = 1_000
"""How many arguments one file may bring."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Form:
    """One format."""

    write: Callable[[Selection], str]
    lost: tuple[str, ...]
    """The fields that it can't hold, as `losses` reads them."""


FORMS: Mapping[str, Form] = {
    "json": Form(write=records.to_json, lost=records.LOST),
    "aif": Form(write=aif.to_aif, lost=aif.LOST),
    "argdown": Form(write=argdown.to_argdown, lost=argdown.LOST),
    "dot": Form(write=dot.to_dot, lost=dot.LOST),
    "jsonld": Form(write=linked.to_jsonld, lost=linked.LOST),
    "csv": Form(write=table.to_csv, lost=table.LOST),
}
"""Every format by its name on the command line."""


def drafts(text: str, file: str) -> tuple[tuple[Draft, ...], tuple[str, ...]]:
    """Give the arguments that a file of Argdown, AIF or our JSON holds, and notes on what was left out of them.

    What the file is follows from its text. Raises Refused with what keeps it from being read.
    """
    text = text.removeprefix("\ufeff")
    if problems := tuple(hidden(file, text.splitlines())):
        raise Refused(problems)
    if not text.lstrip().startswith("{") and not file.lower().endswith(".json"):
        sketch = from_argdown(text, file)
    else:
        held = read_json(text, file)
        if not isinstance(held, Placed):
            raise Refused([Problem(mark=Mark(file=file), rule="wrong-type", message="an object is needed here")])
        if not is_aif(held):
            found, notes = records.from_json(held)
            return found, tuple(notes)
        sketch = from_aif(held)
    found = gather(sketch, file)
    return found, tuple(sketch.notes)


@dataclass(frozen=True, kw_only=True, slots=True)
class Taken:
    """What was taken over from a file."""

    outputs: tuple[Output, ...]
    """An argument each, its path below arguments/."""
    tasks: int
    """How many lines of them say what is to do."""
    notes: tuple[str, ...]
    """What was left out or changed, each with its place."""


def take(path: Path) -> Taken:
    """Read a file of arguments and write them as YAML, in memory.

    Raises Refused with what keeps it from being read.
    """
    found, notes = drafts(text_of(path, str(path), what="a file of text", smaller="split it"), str(path))
    if len(found) > MOST:
        message = f"the file holds {len(found):,} arguments; {MOST:,} are the most"
        raise Refused([Problem(mark=Mark(file=str(path)), rule="too-large", message=message, hint="split it")])
    made = [written(draft, path.name) for draft in found]
    return Taken(outputs=tuple(output for output, _ in made), tasks=sum(tasks for _, tasks in made), notes=notes)
