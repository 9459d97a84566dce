"""Fill rectangles so that they can be told apart without colour: a rectangle and its turn in, a box out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Look = Literal["solid", "hatched", "pale", "crossed"]
LOOKS: Final[tuple[Look, ...]] = ("solid", "hatched", "pale", "crossed")
"""In the primary colour, in strokes of the accent colour, in the tint, in crossed strokes of the third colour."""
FRAME = 0.8
"""How thick the line around a rectangle is that isn't solid."""
APART = 4.5
"""From one stroke to the next, along an edge."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A rectangle with its look."""

    x: float
    y: float
    width: float
    height: float
    look: Look
    strokes: str = ""
    """The path of all strokes in it."""


def box(x: float, y: float, width: float, height: float, turn: int) -> Box:
    """Give a rectangle the look of the part or series whose turn it is, from 0 to 3."""
    look = LOOKS[turn]
    if look != "solid":  # half of the frame would stand out
        x, y, width, height = x + FRAME / 2, y + FRAME / 2, max(width - FRAME, 0.1), max(height - FRAME, 0.1)
    strokes = "".join(f"M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" for x1, y1, x2, y2 in _strokes(x, y, width, height, look))
    return Box(x=x, y=y, width=width, height=height, look=look, strokes=strokes)


def _strokes(
    x: float, y: float, width: float, height: float, look: Look
) -> Iterator[tuple[float, float, float, float]]:
    """Strokes at 45 degrees, cut where they meet the edges; drawings have no patterns and no clips."""
    if look not in ("hatched", "crossed"):
        return
    for number in range(1, int((width + height) / APART) + 1):
        along = number * APART
        if along >= width + height:
            return
        from_x, from_y = min(along, width), max(along - width, 0.0)
        to_x, to_y = max(along - height, 0.0), min(along, height)
        yield x + from_x, y + from_y, x + to_x, y + to_y
        if look == "crossed":
            yield x + width - from_x, y + from_y, x + width - to_x, y + to_y
