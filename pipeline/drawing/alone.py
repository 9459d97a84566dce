"""Surround a drawing with what it needs to stand alone: its figure and size in, words above and below it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.drawing.text import LARGE, SMALL, Text, below, block
from pipeline.figure import Figure

MARGIN = 14.0
TITLE = 0.82 * LARGE


@dataclass(frozen=True, kw_only=True, slots=True)
class Surround:
    """A white sheet with a title, the drawing at a place, and where it is from."""

    width: float
    height: float
    x: float
    """Where the drawing stands."""
    y: float
    title: tuple[Text, ...]
    words: tuple[Text, ...]
    """Subtitle, sources, caveats and publisher."""
    faces: str = ""
    """Style rules with the fonts inside."""


def surround(figure: Figure, width: float, height: float, below_it: Sequence[str], faces: str = "") -> Surround:
    """Place the title and the subtitle above a drawing of a size, and paragraphs below it."""
    title = block(figure.title, x=MARGIN, top=MARGIN, room=width, size=TITLE, bold=True)
    top = below(title, 0) + 2
    subtitle = block(figure.subtitle or "", x=MARGIN, top=top, room=width) if figure.subtitle else ()
    y = below(subtitle, top) + 10
    words, top = [*subtitle], y + height + 8
    for paragraph in below_it:
        set_ = block(paragraph, x=MARGIN, top=top, room=width, size=SMALL)
        words += set_
        top = below(set_, top) + 3
    return Surround(
        width=width + 2 * MARGIN,
        height=top - 3 + MARGIN,
        x=MARGIN,
        y=y,
        title=title,
        words=tuple(words),
        faces=faces,
    )
