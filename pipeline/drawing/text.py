"""Set text in drawings: strings and boxes in, placed lines out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.drawing.typeface import lines, width

COLUMN = {"margin": 189.0, "text": 461.0, "wide": 673.0}
"""Printed widths in CSS pixels: 50, 122 and 178 mm."""
SMALL, BODY, HEAD, LARGE = 9.6, 10.8, 11.2, 17.0
"""Sizes of text in CSS pixels: 7.2, 8.1, 8.4 and 12.8 points; nothing is set smaller."""
ASCENT, DESCENT, LEADING = 0.92, 0.28, 1.24
"""Of a line, in its size: above the baseline, below it, and from one baseline to the next."""

Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A line of text, placed by its baseline."""

    x: float
    y: float
    text: str
    size: float = BODY
    bold: bool = False
    anchor: Anchor = "start"
    direction: Literal["", "ltr", "rtl"] = ""
    """How it runs in a drawing that is mirrored."""


def block(  # noqa: PLR0913 - a box has four sides and a text its look
    text: str, *, x: float, top: float, room: float, size: float = BODY, bold: bool = False, anchor: Anchor = "start"
) -> tuple[Text, ...]:
    """Set `text` below `top` in lines that are no wider than `room`."""
    return tuple(
        Text(x=x, y=top + size * (ASCENT + LEADING * index), text=line, size=size, bold=bold, anchor=anchor)
        for index, line in enumerate(lines(text, size, room))
    )


def below(texts: Sequence[Text], top: float) -> float:
    """The lower end of lines of text; `top` when there are none."""
    return max((text.y + text.size * DESCENT for text in texts), default=top)


def widest(texts: Iterable[str], size: float) -> float:
    """The room that the widest of some texts needs on one line."""
    return max((width(text, size) for text in texts), default=0.0)
