"""Find what a format leaves out of a selection: its declaration and the records in, names of fields out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from pipeline.interchange.graph import Selection
from pipeline.interchange.records import as_written

Parts = tuple[str, ...]


def left_out(selection: Selection, lost: Sequence[str]) -> tuple[str, ...]:
    """Give those of the declared losses that the selection really suffers, in the order of the declaration.

    A declaration is a field with as many of those around it as tell it apart: `certainty`, `evidence.limits`. Behind a
    sign of equality stands the one value that is lost; `rests_on=elsewhere` is one that the selection doesn't hold.
    """
    held = {path for argument in selection.arguments for path in _paths(_marked(as_written(argument), selection))}
    return tuple(name for name in lost if any(loses(name, path) for path in held))


def loses(declared: str, path: Parts) -> bool:
    """Whether a declaration speaks of the field at `path`, or of one around it."""
    parts = tuple(declared.split("."))
    return any(path[start : start + len(parts)] == parts for start in range(len(path)))


def _marked(data: dict[str, Any], selection: Selection) -> dict[str, Any]:
    """Put `elsewhere` for the targets that lie outside the selection."""
    known = {argument.id for argument in selection.arguments}
    known |= {f"{argument.id}/{ground.id}" for argument in selection.arguments for ground in argument.grounds}
    for ground in data.get("grounds", ()):
        if "rests_on" in ground:
            ground["rests_on"] = [name if name in known else "elsewhere" for name in ground["rests_on"]]
    return data


def _paths(value: Any, path: Parts = ()) -> Iterator[Parts]:
    """Yield the path of every value, and once more with the value."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for inner in value:
            yield from _paths(inner, path)
    else:
        yield path
        yield (*path[:-1], f"{path[-1]}={value}")
