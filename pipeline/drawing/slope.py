"""Lay slopes out: things at two times in, lines between two scales with labels that stand apart out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.chart import Slope, Slopes
from pipeline.drawing.apart import apart
from pipeline.drawing.scales import Scale
from pipeline.drawing.text import ASCENT, BODY, COLUMN, LEADING, SMALL, Text, below, block, widest
from pipeline.wording.language import Wording

PLOT_HEIGHT = {"margin": 110.0, "text": 150.0, "wide": 180.0}
PLOT_WIDTH = {"margin": 44.0, "text": 150.0, "wide": 260.0}
"""The least room between the two scales."""
LEADER = 16.0
"""From a scale to the labels beside it."""
LINE = BODY * LEADING
MARK = 5.0
"""From the middle of a mark to where its leader starts."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedLabel:
    """A value beside a mark, and the line that leads there where it was moved."""

    texts: tuple[Text, ...]
    x1: float
    y1: float
    x2: float
    y2: float
    is_moved: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedSlope:
    """One line."""

    start: float
    """Its height on the left."""
    end: float
    emphasis: bool
    labels: tuple[PlacedLabel, PlacedLabel]


@dataclass(frozen=True, kw_only=True, slots=True)
class SlopePlan:
    """Lines between two vertical scales."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    times: tuple[Text, ...]
    unit: tuple[Text, ...]
    slopes: tuple[PlacedSlope, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Field:
    """Where the two scales stand, and what is written beside them."""

    across: float
    left: float
    right: float
    figures: float
    """The room of the values on the right."""
    said: tuple[tuple[str, str], ...]
    """The values of each line."""


def slope(figure: Slopes, wording: Wording) -> SlopePlan:
    """Place values on both sides, and names behind those on the right; labels that would touch are moved apart."""
    field = _field(figure, wording)
    times = (
        *block(figure.times[0], x=0, top=0, room=field.right - 6, bold=True),
        *block(figure.times[1], x=field.right + LEADER, top=0, room=field.across - field.right - LEADER, bold=True),
    )
    names = [_named(line, value, field) for line, (_, value) in zip(figure.series, field.said, strict=True)]
    top = below(times, 0) + 8
    needed = 1.1 * sum(below(name, 0) + 1 for name in names)
    bottom = top + max(PLOT_HEIGHT[figure.width], needed, len(names) * LINE)
    scale = Scale(low=figure.minimum, high=_highest(figure), start=bottom, end=top)
    placed = tuple(_slopes(figure, field, names, scale))
    lowest = max(bottom, *(below(label.texts, 0) for line in placed for label in line.labels))
    unit = block(figure.unit, x=0, top=lowest + 3, room=field.across, size=SMALL)
    return SlopePlan(
        width=field.across,
        height=below(unit, lowest) + 1,
        left=field.left,
        right=field.right,
        top=top,
        bottom=bottom,
        times=times,
        unit=unit,
        slopes=tuple(sorted(placed, key=lambda line: line.emphasis)),
    )


def _field(figure: Slopes, wording: Wording) -> _Field:
    across = COLUMN[figure.width]
    said = tuple((wording.number(line.values[0]), wording.number(line.values[1])) for line in figure.series)
    left = widest((first for first, _ in said), BODY) + LEADER
    figures = widest((second for _, second in said), BODY) + 5
    most = across - left - figures - LEADER - PLOT_WIDTH[figure.width]
    names = min(widest((line.label for line in figure.series), BODY) + 1, most)
    return _Field(across=across, left=left, right=across - names - figures - LEADER, figures=figures, said=said)


def _slopes(figure: Slopes, field: _Field, names: Sequence[tuple[Text, ...]], scale: Scale) -> Iterator[PlacedSlope]:
    """Each line with its labels, for a scale that runs upwards."""
    marks = [(scale.at(line.values[0]), scale.at(line.values[1])) for line in figure.series]
    within = (scale.end, scale.start)
    starts = _beside([start for start, _ in marks], [LINE] * len(marks), within)
    ends = _beside([end for _, end in marks], [below(name, 0) + 1 for name in names], within)
    for place, line in enumerate(figure.series):
        start, end = marks[place]
        x, y = field.left - LEADER, starts[place] + BODY * ASCENT
        first = Text(x=x, y=y, text=field.said[place][0], bold=line.emphasis, anchor="end")
        labels = (
            _label((first,), field.left, start, -1, starts[place] + LINE / 2),
            _label(_moved(names[place], ends[place]), field.right, end, 1, ends[place] + LINE / 2),
        )
        yield PlacedSlope(start=start, end=end, emphasis=line.emphasis, labels=labels)


def _highest(figure: Slopes) -> float:
    return figure.maximum or max(value for line in figure.series for value in line.values)


def _named(line: Slope, value: str, field: _Field) -> tuple[Text, ...]:
    """The value and the name of a line, from a top of zero."""
    x = field.right + LEADER
    room = field.across - x - field.figures
    return (
        *block(value, x=x, top=0, room=field.across, bold=True),
        *block(line.label, x=x + field.figures, top=0, room=room, bold=line.emphasis),
    )


def _moved(texts: Iterable[Text], down: float) -> tuple[Text, ...]:
    return tuple(Text(x=text.x, y=text.y + down, text=text.text, size=text.size, bold=text.bold) for text in texts)


def _beside(marks: Sequence[float], heights: Sequence[float], within: tuple[float, float]) -> list[float]:
    """Give each label a top near its mark, in the order of the marks; those of the same mark keep their own order."""
    order = sorted(range(len(marks)), key=lambda place: (marks[place], place))
    wished = [marks[place] - LINE / 2 for place in order]
    top, bottom = within
    tops = apart(wished, [heights[place] for place in order], top - LINE / 2, bottom + LINE / 2)
    return [found for _, found in sorted(zip(order, tops, strict=True))]


def _label(texts: tuple[Text, ...], x: float, mark: float, side: int, middle: float) -> PlacedLabel:
    return PlacedLabel(
        texts=texts,
        x1=x + side * MARK,
        y1=mark,
        x2=x + side * (LEADER - 3),
        y2=middle,
        is_moved=abs(mark - middle) > 1.5,
    )
