"""Find where every key and value of a text stands, when the first of them is asked for: lines in, places out.

Most files have no problem, and the places of a file that has none are never asked for.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from pipeline.problem import Path

Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Place = tuple[int, int]


@dataclass(slots=True)
class Index:
    """The places of one text that was read before without a problem; lines and columns count from 1."""

    lines: tuple[str, ...]
    values: dict[Path, Place] = field(default_factory=dict)
    keys: dict[Path, Place] = field(default_factory=dict)
    """The places of keys; an item of a list stands where its value does."""
    events: Iterator[Any] = field(default_factory=lambda: iter(()))

    def fill(self) -> None:
        """Parse the text; nothing is done the second time."""
        if not self.values:
            self.events = yaml.parse("\n".join(self.lines), Loader=Loader)
            first = next(event for event in self.events if isinstance(event, yaml.NodeEvent))
            self._walk(first, ())
            self.events = iter(())

    def _walk(self, event: Any, path: Path) -> None:
        self.values[path] = place_of(event)
        if isinstance(event, yaml.SequenceStartEvent):
            number = 0
            while not isinstance(item := next(self.events), yaml.SequenceEndEvent):
                self._walk(item, (*path, number))
                number += 1
        elif isinstance(event, yaml.MappingStartEvent):
            while not isinstance(key := next(self.events), yaml.MappingEndEvent):
                here = (*path, key.value)
                self.keys[here] = place_of(key)
                self._walk(next(self.events), here)


@dataclass(frozen=True, slots=True, eq=False)
class Places(Mapping[Path, Place]):
    """The places of a text's values, or of its keys; the text is parsed for them when the first is asked for."""

    index: Index
    of_keys: bool

    def _table(self) -> dict[Path, Place]:
        self.index.fill()
        return self.index.keys if self.of_keys else self.index.values

    def __getitem__(self, path: Path) -> Place:
        return self._table()[path]

    def __iter__(self) -> Iterator[Path]:
        return iter(self._table())

    def __len__(self) -> int:
        return len(self._table())


def place_of(event: Any) -> Place:
    """Where an event starts, counted from 1."""
    return event.start_mark.line + 1, event.start_mark.column + 1
