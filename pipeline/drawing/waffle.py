"""Lay wholes out in squares: counts in, a square for each with the names of the parts beside them out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from pipeline.chart import Part, Waffle
from pipeline.drawing.apart import apart
from pipeline.drawing.looks import Box, box
from pipeline.drawing.text import BODY, COLUMN, SMALL, Text, below, block, widest
from pipeline.wording.language import Wording

SIDE = {"margin": 120.0, "text": 140.0}
LARGEST = 22.0
"""The largest that a square gets; the smallest is a twentieth of the whole."""
BETWEEN = 2.0
SAMPLE = 8.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedPart:
    """A part: a square like its own, its count and its name."""

    sample: Box
    texts: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class WafflePlan:
    """Squares row by row, part after part."""

    width: float
    height: float
    squares: tuple[Box, ...]
    parts: tuple[PlacedPart, ...]
    unit: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Said:
    """Counts in a language, and the room of the widest."""

    wording: Wording
    figures: float


def waffle(figure: Waffle, wording: Wording) -> WafflePlan:
    """Fill rows from the top; names stand beside the squares, each near its own, or below in a narrow column."""
    across, narrow = COLUMN[figure.width], figure.width == "margin"
    total = sum(part.count for part in figure.parts)
    columns = ceil(sqrt(total))
    pitch = min(LARGEST, (SIDE[figure.width] + BETWEEN) / columns)
    squares = tuple(_squares(figure.parts, columns, pitch))
    side, bottom = columns * pitch, ceil(total / columns) * pitch - BETWEEN
    left = 0.0 if narrow else side + 14
    said = _Said(wording=wording, figures=widest((wording.number(part.count) for part in figure.parts), BODY))
    tops = _tops(figure, said, columns, pitch, across - left)
    down = bottom + 6 if narrow else 0.0
    parts = tuple(
        _named(part, turn, left, top + down, across, said)
        for turn, (part, top) in enumerate(zip(figure.parts, tops, strict=True))
    )
    lowest = max(bottom, *(below(part.texts, 0) for part in parts))
    unit = block(figure.unit, x=0, top=lowest + 3, room=across, size=SMALL)
    return WafflePlan(width=across, height=below(unit, lowest) + 1, squares=squares, parts=parts, unit=unit)


def _squares(parts: Sequence[Part], columns: int, pitch: float) -> Iterator[Box]:
    place = 0
    for turn, part in enumerate(parts):
        for _ in range(part.count):
            row, column = divmod(place, columns)
            yield box(column * pitch, row * pitch, pitch - BETWEEN, pitch - BETWEEN, turn)
            place += 1


def _tops(figure: Waffle, said: _Said, columns: int, pitch: float, room: float) -> tuple[float, ...]:
    """Where names start: at the height of their squares, moved apart; one below the other in a narrow column."""
    heights = [below(_named(part, 0, 0, 0, room, said).texts, 0) + 3 for part in figure.parts]
    middles, before = [], 0
    for part in figure.parts:
        middles.append((before + part.count / 2) / columns * pitch)
        before += part.count
    if figure.width == "margin":
        return tuple(sum(heights[:place]) for place in range(len(heights)))
    wished = [middle - height / 2 for middle, height in zip(middles, heights, strict=True)]
    return apart(wished, heights, 0.0, max(before / columns * pitch, sum(heights)))


def _named(part: Part, turn: int, x: float, top: float, end: float, said: _Said) -> PlacedPart:
    """The sample, the count and the name of a part, from a top and a left side."""
    after = x + SAMPLE + 6 + said.figures
    count = block(said.wording.number(part.count), x=after, top=top, room=end, bold=True, anchor="end")
    label = block(part.label, x=after + 5, top=top, room=end - after - 5)
    return PlacedPart(sample=box(x, top + 2.2, SAMPLE, SAMPLE, turn), texts=(*count, *label))
