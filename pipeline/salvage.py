"""Save what can be read of a record that could not be made: data and its mistakes in, a record with gaps out.

Such a record is only for rules that look at names: whether a citekey, a ground or an argument exists can be told
while other keys are missing. A text that is missing or can't be used is None in it, and a list is shorter.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, get_args, get_origin

from pydantic import ValidationError

from pipeline.forms import Node
from pipeline.mistakes import paths, records_in
from pipeline.model import Argument
from pipeline.problem import Marks, Path
from pipeline.record import Record


def salvaged(
    kind: type[Record], data: Mapping[str, Any], error: ValidationError, marks: Marks, path: Path = ()
) -> Record:
    """Make a record of what in the data at `path` can be used, with its places."""
    return _record(kind, data, frozenset((*path, *loc) for loc in paths(error)), marks, path)


def gaps(argument: Argument, data: Mapping[str, Node], lost: Iterable[Path] = ()) -> Iterator[str]:
    """Name the lists of an argument that may hold more ids than could be read; `lost` are keys that nobody knows."""
    strange = any(len(path) == 1 for path in lost)
    for name in ("grounds", "objections"):
        items, found = data.get(name, []), getattr(argument, name)
        is_absent = name not in data and (strange or type(argument).model_fields[name].is_required())
        is_whole = isinstance(items, list) and len(items) == len(found) and all(item.id for item in found)
        if is_absent or not is_whole:
            yield name


def _record(kind: type[Record], data: Mapping[str, Any], bad: Collection[Path], marks: Marks, path: Path) -> Record:
    values: dict[str, Any] = {}
    for name, field in kind.model_fields.items():
        key = field.alias or name
        value = _value(field.annotation, data.get(key), bad, marks, (*path, key))
        if value is None:
            value = () if field.is_required() and get_origin(field.annotation) is tuple else None
            value = field.get_default(call_default_factory=True) if not field.is_required() else value
        values[name] = value
    record = kind.model_construct(**values)
    record.stand(marks, path)
    return record


def _value(annotation: Any, found: Any, bad: Collection[Path], marks: Marks, path: Path) -> Any:
    """What can be used of a value: a text, a record, or a tuple of such; None where nothing can."""
    if isinstance(found, str):
        return None if path in bad else found
    kind, is_list = next(records_in(annotation), None), get_origin(annotation) is tuple
    if isinstance(found, dict) and not is_list:
        return _record(kind, found, bad, marks, path) if kind else None
    if not isinstance(found, list) or not is_list:
        return None
    items = [_value(get_args(annotation)[0], item, bad, marks, (*path, index)) for index, item in enumerate(found)]
    if kind is None and None in items:  # a text knows its place by its number
        return tuple(items[: items.index(None)])
    return tuple(item for item in items if item is not None)


def renamed(marks: Marks, names: Mapping[Path, Path]) -> Marks:
    """The places of a file some of whose keys are called otherwise in its data: right paths, as the file has them."""
    if not names:
        return marks
    return replace(marks, values=_Renamed(marks.values, names), keys=_Renamed(marks.keys, names))


@dataclass(frozen=True)
class _Renamed(Mapping[Path, tuple[int, int]]):
    """Places by the paths that were meant."""

    places: Mapping[Path, tuple[int, int]]
    names: Mapping[Path, Path]

    def __getitem__(self, path: Path) -> tuple[int, int]:
        return self.places[as_written(path, self.names)]

    def __iter__(self) -> Iterator[Path]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)


def as_written(path: Path, names: Mapping[Path, Path]) -> Path:
    """A path with the keys that the file has, mistakes and all; `names` has those by the paths that were meant."""
    for end in range(len(path), 0, -1):
        if path[:end] in names:
            return (*as_written(names[path[:end]][:-1], names), names[path[:end]][-1], *path[end:])
    return path
