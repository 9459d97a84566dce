"""Lay lines over time out: series in, points, segments and their labels out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from pipeline.drawing.scales import Scale
from pipeline.drawing.text import BODY, COLUMN, SMALL, Text, below, block, widest
from pipeline.figure import Break, Lines, Series
from pipeline.wording.language import Wording

PLOT_HEIGHT = {"margin": 104.0, "text": 140.0, "wide": 160.0}
LABEL_ABOVE = 8.0
LABEL_BELOW = 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A value of a series."""

    x: float
    y: float
    value: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Segment:
    """A straight line from one value to the next."""

    x1: float
    y1: float
    x2: float
    y2: float
    dashed: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """One series."""

    points: tuple[Point, ...]
    segments: tuple[Segment, ...]
    label: tuple[Text, ...]
    """Empty when it is the only one: then the title says what it is."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Gridline:
    """A height of the scale with its number."""

    y: float
    label: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """Where another way of measuring starts."""

    x: float
    label: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LinesPlan:
    """A plot over columns of equal width, one for each time."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    grid: tuple[Gridline, ...]
    traces: tuple[Trace, ...]
    times: tuple[Text, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    """Turns times and values into places."""

    left: float
    step: float
    top: float
    bottom: float
    maximum: float
    wording: Wording

    def x(self, index: float) -> float:
        return self.left + self.step * (index + 0.5)

    def y(self, value: float) -> float:
        return Scale(low=0, high=self.maximum, start=self.bottom, end=self.top).at(value)


def lines(figure: Lines, wording: Wording) -> LinesPlan:
    """Place the scale to the left, times below, names of several series to the right, changes above."""
    across = COLUMN[figure.width]
    several = len(figure.series) > 1
    names = min(widest((series.label for series in figure.series), BODY), 0.3 * across) if several else 0
    left = widest([wording.number(figure.maximum)], SMALL) + 5
    step = (across - left - names) / len(figure.times)
    top = max((below(_words(figure, change, left, step), 0) for change in figure.breaks), default=4.0) + 2
    field = _Field(
        left=left, step=step, top=top, bottom=top + PLOT_HEIGHT[figure.width], maximum=figure.maximum, wording=wording
    )
    times = tuple(_times(figure, field))
    changes = tuple(
        Change(x=field.x(figure.times.index(change.time) - 0.5), label=_words(figure, change, left, step))
        for change in figure.breaks
    )
    return LinesPlan(
        width=across,
        height=below(times, field.bottom) + 1,
        left=left,
        right=field.x(len(figure.times) - 1) + 6 if several else across,
        top=field.top,
        bottom=field.bottom,
        grid=tuple(_grid(figure, field)),
        traces=tuple(_traces(figure, field, names)),
        times=times,
        changes=changes,
    )


def _words(figure: Lines, change: Break, left: float, step: float) -> tuple[Text, ...]:
    """Say above the plot what changed, to the right of the line where it did."""
    index = figure.times.index(change.time)
    room = min(2.0, len(figure.times) - index) * step - 4
    return block(change.label, x=left + step * index + 4, top=0, room=room, size=SMALL)


def _times(figure: Lines, field: _Field) -> Iterator[Text]:
    for index, time in enumerate(figure.times):
        x = field.x(index)
        label = block(time, x=x, top=field.bottom + 3, room=field.step - 4, bold=True, anchor="middle")
        yield from label
        if figure.details:
            top = below(label, 0) - 1
            yield from block(figure.details[index], x=x, top=top, room=field.step - 4, size=SMALL, anchor="middle")


def _grid(figure: Lines, field: _Field) -> Iterator[Gridline]:
    for value in (0, figure.maximum / 2, figure.maximum):
        y = field.y(value)
        label = Text(x=field.left - 5, y=y + 3.3, text=field.wording.number(value), size=SMALL, anchor="end")
        yield Gridline(y=y, label=label)


def _traces(figure: Lines, field: _Field, names: float) -> Iterator[Trace]:
    broken = {figure.times.index(change.time) for change in figure.breaks}
    for series in figure.series:
        known = [(index, value) for index, value in enumerate(series.values) if value is not None]
        points = tuple(
            Point(x=field.x(index), y=field.y(value), value=_value(figure, field, series, index))
            for index, value in known
        )
        segments = tuple(
            Segment(x1=a.x, y1=a.y, x2=b.x, y2=b.y, dashed=later in broken)
            for (a, (earlier, _)), (b, (later, _)) in pairwise(zip(points, known, strict=True))
            if later == earlier + 1
        )
        label: tuple[Text, ...] = ()
        if names and points:
            label = block(series.label, x=points[-1].x + 9, top=points[-1].y - 7, room=names + field.step / 2 - 9)
        yield Trace(points=points, segments=segments, label=label)


def _value(figure: Lines, field: _Field, series: Series, index: int) -> Text:
    """Print a value above its point, or below where a line runs above it."""
    value = series.values[index] or 0.0
    near = [series.values[place] for place in (index - 1, index + 1) if 0 <= place < len(series.values)]
    known = [other for other in near if other is not None]
    rising = bool(known) and sum(known) / len(known) > value
    gaps = [field.y(value) - field.y(other) for other in (line.values[index] for line in figure.series) if other]
    crowded_above, crowded_below = any(0 < gap < 22 for gap in gaps), any(-22 < gap < 0 for gap in gaps)
    below_is_free = field.y(value) + LABEL_BELOW <= field.bottom and not crowded_below
    y = field.y(value) + (LABEL_BELOW if below_is_free and (crowded_above or rising) else -LABEL_ABOVE)
    return Text(x=field.x(index), y=y, text=field.wording.number(value), bold=True, anchor="middle")
