"""Lay dots out: estimates with their intervals in, marks on one scale with their labels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.chart import Dot, Dots
from pipeline.drawing.bars import PADDING
from pipeline.drawing.scales import Scale, rounded, ticks
from pipeline.drawing.text import BODY, COLUMN, SMALL, Text, below, block, widest
from pipeline.wording.language import Wording

BAND = 13.0
"""The height of a mark with its value."""
BETWEEN = 4.0
SAMPLE = 30.0
"""The room of the line that says what an interval is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedDot:
    """An estimate on its scale."""

    label: tuple[Text, ...]
    x: float
    y: float
    low: float
    """Where its interval starts; the same as `x` where it has none."""
    high: float
    values: tuple[Text, ...]
    emphasis: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A line down the plot with its number below."""

    x: float
    label: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Sample:
    """A mark like those above, and what its line means."""

    x: float
    y: float
    text: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class DotsPlan:
    """Dots over vertical lines."""

    width: float
    height: float
    bottom: float
    bands: tuple[tuple[float, float], ...]
    """From where to where the vertical lines are drawn: past all dots, or past each where labels stand between them."""
    dots: tuple[PlacedDot, ...]
    ticks: tuple[Tick, ...]
    over: float
    """Where the words above the reference end."""
    reference: float | None
    reference_label: tuple[Text, ...]
    unit: tuple[Text, ...]
    sample: Sample | None


def dots(figure: Dots, wording: Wording) -> DotsPlan:
    """Place labels to the left of the dots, or above them where the column is narrow."""
    across = COLUMN[figure.width]
    beside = figure.width != "margin"
    room = min(widest((dot.label for dot in figure.dots), BODY), 0.4 * across) if beside else across
    scale = _scale(figure, room + PADDING if beside else 5.0, wording)
    said = figure.reference.label if figure.reference else ""
    x = scale.at(figure.reference.value) if figure.reference else None
    words = _over(said, x, across) if x is not None else ()
    top = below(words, 0.0) + 3
    placed = tuple(_dots(figure, top, room, scale, wording))
    bottom = max(max(below(dot.label, 0), dot.y + BAND / 2) for dot in placed) + 2
    marks = tuple(_ticks(scale, bottom, across, wording))
    under = below([tick.label for tick in marks], bottom)
    unit = block(figure.unit, x=scale.start, top=under, room=across - scale.start, size=SMALL)
    sample = _sample(figure, scale.start, below(unit, 0) + 1) if figure.interval else None
    height = below(sample.text if sample else unit, 0)
    return DotsPlan(
        width=across,
        height=height + 1,
        bottom=bottom,
        bands=((top, bottom),) if beside else tuple((dot.y - BAND / 2, dot.y + BAND / 2 + 2) for dot in placed),
        dots=placed,
        ticks=marks,
        over=top - 3,
        reference=x,
        reference_label=words,
        unit=unit,
        sample=sample,
    )


def _scale(figure: Dots, start: float, wording: Wording) -> Scale:
    """The scale of the plot; there is room for values beyond its end."""
    low, high = rounded(min(figure.numbers), max(figure.numbers))
    low = low if figure.minimum is None else figure.minimum
    high = high if figure.maximum is None else figure.maximum
    end = COLUMN[figure.width] - widest((_joined(figure, dot, wording) for dot in figure.dots), BODY) - 10
    return Scale(low=low, high=high if high > low else low + 1, start=start, end=end)


def _joined(figure: Dots, dot: Dot, wording: Wording) -> str:
    return " ".join(part for part in _said(figure, dot, wording) if part)


def _said(figure: Dots, dot: Dot, wording: Wording) -> tuple[str, str]:
    """The value, and its interval where there is room for it."""
    if dot.low is None or dot.high is None or figure.width == "margin":
        return wording.number(dot.value), ""
    low, high = wording.number(dot.low), wording.number(dot.high)
    return wording.number(dot.value), wording.pgettext("an interval", "({low} to {high})", low=low, high=high)


def _over(words: str, x: float, across: float) -> tuple[Text, ...]:
    """Words above the line they belong to, on the side where there is more room."""
    right = x <= across / 2
    room = (across - x if right else x) - 4
    return block(words, x=x + 4 if right else x - 4, top=0, room=room, size=SMALL, anchor="start" if right else "end")


def _dots(figure: Dots, top: float, room: float, scale: Scale, wording: Wording) -> Iterator[PlacedDot]:
    beside = figure.width != "margin"
    for dot in figure.dots:
        high = below(block(dot.label, x=0, top=0, room=room, bold=dot.emphasis), 0)
        lift = top + max(0.0, (BAND - high) / 2) if beside else top
        label = block(dot.label, x=0, top=lift, room=room, bold=dot.emphasis)
        y = top + max(high, BAND) / 2 if beside else below(label, 0) + BAND / 2
        end = scale.at(dot.value if dot.high is None else dot.high)
        yield PlacedDot(
            label=label,
            x=scale.at(dot.value),
            y=y,
            low=scale.at(dot.value if dot.low is None else dot.low),
            high=end,
            values=tuple(_values(_said(figure, dot, wording), max(end, scale.at(dot.value) + 5) + 5, y + 3.7)),
            emphasis=dot.emphasis,
        )
        top = max(below(label, 0), y + BAND / 2) + BETWEEN


def _values(said: tuple[str, str], x: float, y: float) -> Iterator[Text]:
    value, interval = said
    yield Text(x=x, y=y, text=value, bold=True)
    if interval:
        yield Text(x=x + widest([f"{value} "], BODY), y=y, text=interval)


def _ticks(scale: Scale, bottom: float, across: float, wording: Wording) -> Iterator[Tick]:
    """Mark round numbers along the scale, as many as stand apart; its ends and middle where it ends with none."""
    for value in _marked(scale, wording):
        text = wording.number(value)
        half = widest([text], SMALL) / 2
        x = min(max(scale.at(value), half), across - half)
        (label,) = block(text, x=x, top=bottom, room=across, size=SMALL, anchor="middle")
        yield Tick(x=scale.at(value), label=label)


def _marked(scale: Scale, wording: Wording) -> tuple[float, ...]:
    """The densest marks from the start of the scale to its end whose numbers stand apart; its ends, where none do."""
    ends = (scale.low, scale.high)
    middle = (scale.low, (scale.low + scale.high) / 2, scale.high)
    for values in (*(ticks(*ends, most) for most in (5, 4, 3, 2)), middle):
        room = (scale.end - scale.start) / max(len(values) - 1, 1)
        apart = 1.5 * widest(map(wording.number, values), SMALL) + 6 <= room
        if len(values) > 2 and (values[0], values[-1]) == ends and apart:
            return values
    return ends


def _sample(figure: Dots, x: float, top: float) -> Sample:
    room = COLUMN[figure.width] - x - SAMPLE
    text = block(figure.interval or "", x=x + SAMPLE, top=top, room=room, size=SMALL)
    return Sample(x=x + SAMPLE / 2 - 3, y=text[0].y - 3.2, text=text)
