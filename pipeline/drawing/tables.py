"""Say in rows what drawings show: a figure in, a table out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.chart import Dots, GroupedBars, Slopes, Timeline, Waffle
from pipeline.drawing.bars import shown
from pipeline.drawing.timeline import moment, said
from pipeline.figure import Areas, Bar, Bars, Figure, Groups, Lines, Matrix, Row, Spectrum
from pipeline.wording import LEVELS, say
from pipeline.wording.language import ENGLISH, Wording

UNKNOWN = "–"  # noqa: RUF001 - an en dash


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A figure's values as text; the first cell of a row is its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def table(figure: Figure, wording: Wording = ENGLISH) -> Table:
    """Say in rows what the drawing shows."""
    return _TABLES[type(figure)](figure, wording)


def _numbers(values: Sequence[float | None], wording: Wording) -> Iterator[str]:
    yield from (UNKNOWN if value is None else wording.number(value) for value in values)


def _with(name: str, *details: str | None) -> str:
    """A name with what is said of it behind, in brackets."""
    said = "; ".join(filter(None, details))
    return f"{name} ({said})" if said else name


def _bars(figure: Bars, wording: Wording) -> Table:
    return _quantities(figure.unit, figure.bars, wording)


def _areas(figure: Areas, wording: Wording) -> Table:
    return _quantities(figure.unit, (figure.smaller, figure.larger), wording)


def _grouped(figure: GroupedBars, wording: Wording) -> Table:
    head = (wording.gettext("Group"), *(_with(name, figure.unit) for name in figure.series))
    return Table(head=head, rows=tuple((group.label, *_numbers(group.values, wording)) for group in figure.groups))


def _estimates(figure: Dots, wording: Wording) -> Table:
    head = [wording.gettext("Item"), figure.unit]
    if figure.interval:
        head.append(wording.gettext("{interval}, lower end", interval=figure.interval))
        head.append(wording.gettext("{interval}, upper end", interval=figure.interval))
    rows = [(dot.label, *_numbers((dot.value, dot.low, dot.high), wording)) for dot in figure.dots]
    if (against := figure.reference) is not None:
        label = wording.gettext("For comparison: {label}", label=against.label)
        rows.append((label, *_numbers((against.value, None, None), wording)))
    return Table(head=tuple(head), rows=tuple(row[: len(head)] for row in rows))


def _slopes(figure: Slopes, wording: Wording) -> Table:
    head = (wording.gettext("Item"), *(_with(time, figure.unit) for time in figure.times))
    return Table(head=head, rows=tuple((line.label, *_numbers(line.values, wording)) for line in figure.series))


def _events(figure: Timeline, wording: Wording) -> Table:
    events = sorted(figure.events, key=lambda event: moment(event.date))
    head = (wording.gettext("Date"), wording.gettext("Event"))
    return Table(head=head, rows=tuple((said(event, wording), event.label) for event in events))


def _parts(figure: Waffle, wording: Wording) -> Table:
    head = (wording.gettext("Part"), figure.unit)
    return Table(head=head, rows=tuple((part.label, wording.number(part.count)) for part in figure.parts))


def _matrix(figure: Matrix, wording: Wording) -> Table:
    head = (figure.stub, *(_with(column.label, column.detail) for column in figure.columns))
    return Table(head=head, rows=tuple(_levels(row, wording) for row in figure.rows))


def _placed(figure: Spectrum, wording: Wording) -> Table:
    placed = [(item, level) for level in figure.levels for item in level.items]
    head = (say("Name"), say("By"), say("Level"), say("Note"))
    rows = tuple((item.name, item.by, _with(level.label, level.detail), item.note or UNKNOWN) for item, level in placed)
    return Table(head=tuple(map(wording.say, head)), rows=rows)


def _quantities(unit: str, bars: Sequence[Bar], wording: Wording) -> Table:
    return Table(head=(wording.gettext("Item"), unit), rows=tuple((bar.label, shown(bar, wording)) for bar in bars))


def _levels(row: Row, wording: Wording) -> tuple[str, ...]:
    return (row.label, *(wording.say(LEVELS[value]) for value in row.values))


def _over_time(figure: Lines, wording: Wording) -> Table:
    said = [[detail] for detail in figure.details] or [[] for _ in figure.times]
    for change in figure.breaks:
        said[figure.times.index(change.time)].append(
            wording.gettext("break in the series: {change}", change=change.label)
        )
    heads = [_with(time, *details) for time, details in zip(figure.times, said, strict=True)]
    values = zip(*(series.values for series in figure.series), strict=True)
    rows = zip(heads, values, strict=True)
    return Table(
        head=(wording.gettext("Time"), *(_with(series.label, figure.unit) for series in figure.series)),
        rows=tuple((head, *_numbers(row, wording)) for head, row in rows),
    )


def _members(figure: Groups, wording: Wording) -> Table:
    rows = [
        (name, group.label, words or "")
        for group in figure.groups
        for names, words in ((group.items, figure.certain), (group.less_certain, figure.less_certain))
        for name in names
    ]
    cells = 3 if figure.certain else 2
    head = (say("Name"), say("Group"), say("How well attested"))[:cells]
    return Table(head=tuple(map(wording.say, head)), rows=tuple(row[:cells] for row in rows))


_TABLES: Mapping[type[Figure], Callable[[Any, Wording], Table]] = {
    Bars: _bars,
    GroupedBars: _grouped,
    Dots: _estimates,
    Areas: _areas,
    Waffle: _parts,
    Lines: _over_time,
    Slopes: _slopes,
    Timeline: _events,
    Matrix: _matrix,
    Spectrum: _placed,
    Groups: _members,
}
"""What puts each kind into rows."""
