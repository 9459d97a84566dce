"""Lay bars and areas out: quantities in, rectangles with their labels out."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import Any

from pipeline.drawing.scales import Scale
from pipeline.drawing.text import ASCENT, BODY, COLUMN, LARGE, SMALL, Text, below, block, widest
from pipeline.figure import Areas, Bar, Bars
from pipeline.wording.language import Wording

PADDING = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedBar:
    """A bar with its label and its value."""

    label: tuple[Text, ...]
    value: Text
    y: float
    length: float
    emphasis: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class BarsPlan:
    """Bars from a line at zero to the right."""

    width: float
    height: float
    zero: float
    end: float
    """Where the drawn scale ends; the same as `zero` where none is drawn."""
    thickness: float
    bars: tuple[PlacedBar, ...]
    scale: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class AreasPlan:
    """A small square in the lower left corner of a large one."""

    width: float
    height: float
    x: float
    side: float
    small_side: float
    value: tuple[Text, ...]
    label: tuple[Text, ...]
    small_value: tuple[Text, ...]
    small_label: tuple[Text, ...]
    unit: tuple[Text, ...]


def shown(bar: Bar, wording: Wording) -> str:
    """A quantity as printed."""
    return bar.display or wording.number(bar.value)


def bars(figure: Bars, wording: Wording) -> BarsPlan:
    """Place labels to the left of the bars, or above them where the column is narrow."""
    across = COLUMN[figure.width]
    beside = figure.width != "margin"
    room = min(widest((bar.label for bar in figure.bars), BODY), 0.45 * across) if beside else across - 1
    zero = room + PADDING if beside else 0.5
    end = across - widest((shown(bar, wording) for bar in figure.bars), BODY) - 8
    scale = Scale(low=0, high=figure.maximum or max(bar.value for bar in figure.bars), start=zero, end=end)
    thickness = 15.0 if beside else 10.0
    placed, top = [], 1.0
    for bar in figure.bars:
        high = below(block(bar.label, x=0, top=0, room=room), 0)
        y = top + max(0, (high - thickness) / 2) if beside else top + high + 2
        lift = y + (thickness - high) / 2 if beside else top
        label = block(bar.label, x=0, top=lift, room=room, bold=bar.emphasis)
        length = scale.at(bar.value) - zero
        value = Text(x=zero + length + 5, y=y + thickness / 2 + 3.7, text=shown(bar, wording), bold=True)
        placed.append(PlacedBar(label=label, value=value, y=y, length=length, emphasis=bar.emphasis))
        top = max(y + thickness, below(label, 0)) + (7 if beside else 6)
    texts = axis(figure.unit, figure.maximum, zero, end if figure.maximum else across, top - 2, wording)
    return BarsPlan(
        width=across,
        height=below(texts, top) + 1,
        zero=zero,
        end=end if figure.maximum else zero,
        thickness=thickness,
        bars=tuple(placed),
        scale=texts,
    )


def axis(unit: str, maximum: float | None, zero: float, end: float, top: float, wording: Wording) -> tuple[Text, ...]:
    """Set the ends of a scale that starts at zero, and its unit; the unit alone where there is no `maximum`."""
    if not maximum:
        return block(unit, x=zero, top=top, room=end - zero, size=SMALL)
    ends = (
        *block(wording.number(0), x=zero, top=top, room=end, size=SMALL),
        *block(wording.number(maximum), x=end, top=top, room=end, size=SMALL, anchor="end"),
    )
    room = end - zero - 2 * (widest((text.text for text in ends), SMALL) + 8)
    if room < widest(unit.split(), SMALL):
        return (*ends, *block(unit, x=zero, top=below(ends, 0), room=end - zero, size=SMALL))
    return (*ends, *block(unit, x=(zero + end) / 2, top=top, room=room, size=SMALL, anchor="middle"))


def areas(figure: Areas, wording: Wording) -> AreasPlan:
    """Place the smaller square in the corner of the larger, and the words of both within the larger."""
    across = COLUMN[figure.width]
    side = min(across, COLUMN["margin"])
    small = side * sqrt(figure.smaller.value / figure.larger.value)
    room = side - 2 * PADDING
    head = block(shown(figure.larger, wording), x=PADDING, top=PADDING - 3, room=room, size=LARGE, bold=True)
    label = block(figure.larger.label, x=PADDING, top=below(head, 0), room=room)
    beside = small + 7
    low = side - 4
    small_label = _above(low, figure.smaller.label, x=beside, room=side - beside - 4)
    low = small_label[0].y - BODY * ASCENT
    small_value = _above(
        low, shown(figure.smaller, wording), x=beside, room=side - beside - 4, size=BODY + 2, bold=True
    )
    unit = block(figure.unit, x=0, top=side + 4, room=across, size=SMALL)
    return AreasPlan(
        width=across,
        height=below(unit, side),
        x=0,
        side=side,
        small_side=small,
        value=head,
        label=label,
        small_value=small_value,
        small_label=small_label,
        unit=unit,
    )


def _above(bottom: float, text: str, **look: Any) -> tuple[Text, ...]:
    """Set `text` in lines that end at `bottom`."""
    return block(text, top=bottom - below(block(text, top=0, **look), 0), **look)
