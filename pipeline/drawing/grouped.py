"""Lay grouped bars out: groups of quantities in, bars with the names of their series out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.chart import BarGroup, GroupedBars
from pipeline.drawing.bars import PADDING, axis
from pipeline.drawing.looks import Box, box
from pipeline.drawing.scales import Scale
from pipeline.drawing.text import BODY, COLUMN, SMALL, Text, below, block, widest
from pipeline.wording.language import Wording

THICKNESS = 9.0
BETWEEN, BETWEEN_GROUPS = 3.0, 9.0
"""From one bar, or from one group, to the next."""
UNKNOWN = "–"  # noqa: RUF001 - an en dash


@dataclass(frozen=True, kw_only=True, slots=True)
class SeriesBar:
    """A bar with the name of its series and its value."""

    label: tuple[Text, ...]
    bar: Box | None
    """None where no value is known, or it is zero."""
    y: float
    value: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupedPlan:
    """Bars from a line at zero to the right, group by group."""

    width: float
    height: float
    zero: float
    end: float
    """Where the drawn scale ends; the same as `zero` where none is drawn."""
    thickness: float
    labels: tuple[Text, ...]
    """The names of the groups."""
    bars: tuple[SeriesBar, ...]
    scale: tuple[Text, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Columns:
    """Where the names of groups and series end, and where the bars do."""

    names: float
    """Where the names of series start; zero where those of groups stand above the bars."""
    scale: Scale
    wording: Wording

    @property
    def beside(self) -> bool:
        return self.names > 0

    def said(self, value: float | None) -> str:
        return UNKNOWN if value is None else self.wording.number(value)


def grouped(figure: GroupedBars, wording: Wording) -> GroupedPlan:
    """Place the names of groups to the left of the bars, or above them where the column is narrow."""
    columns = _columns(figure, wording)
    labels: list[Text] = []
    bars: list[SeriesBar] = []
    top = 1.0
    for group in figure.groups:
        room = (columns.names if columns.beside else COLUMN[figure.width]) - PADDING
        label = block(group.label, x=0, top=top, room=room, bold=True)
        first = top if columns.beside else below(label, top) + 2
        placed = tuple(_bars(figure, group, first, columns))
        labels += label
        bars += placed
        top = max(below(label, 0), _bottom(placed[-1])) + BETWEEN_GROUPS
    scale = columns.scale
    end = scale.end if figure.maximum else COLUMN[figure.width]
    texts = axis(figure.unit, figure.maximum, scale.start, end, top - 5, wording)
    return GroupedPlan(
        width=COLUMN[figure.width],
        height=below(texts, top) + 1,
        zero=scale.start,
        end=scale.end if figure.maximum else scale.start,
        thickness=THICKNESS,
        labels=tuple(labels),
        bars=tuple(bars),
        scale=texts,
    )


def _columns(figure: GroupedBars, wording: Wording) -> _Columns:
    across = COLUMN[figure.width]
    known = [value for group in figure.groups for value in group.values if value is not None]
    beside = figure.width != "margin"
    names = min(widest((group.label for group in figure.groups), BODY), 0.26 * across) + PADDING if beside else 0.0
    series = min(widest(figure.series, SMALL), (0.25 if beside else 0.33) * across)
    zero = names + series + 6
    end = across - widest((wording.number(value) for value in known), BODY) - 8
    scale = Scale(low=0, high=figure.maximum or max(known), start=zero, end=end)
    return _Columns(names=names, scale=scale, wording=wording)


def _bars(figure: GroupedBars, group: BarGroup, top: float, columns: _Columns) -> Iterator[SeriesBar]:
    scale = columns.scale
    for turn, (name, value) in enumerate(zip(figure.series, group.values, strict=True)):
        label = block(name, x=columns.names, top=top, room=scale.start - columns.names - 6, size=SMALL)
        y = top + max(0.0, (below(label, 0) - top - THICKNESS) / 2)
        length = scale.at(value or 0) - scale.start
        yield SeriesBar(
            label=label,
            bar=box(scale.start, y, length, THICKNESS, turn) if length > 0 else None,
            y=y,
            value=Text(x=scale.start + length + 5, y=y + THICKNESS / 2 + 3.7, text=columns.said(value), bold=True),
        )
        top = max(below(label, 0), y + THICKNESS) + BETWEEN


def _bottom(bar: SeriesBar) -> float:
    return max(below(bar.label, 0), bar.y + THICKNESS)
