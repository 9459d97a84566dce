"""Lay time out: dated events in, marks on a scale of years with labels that stand apart out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from pipeline.chart import Event, Timeline
from pipeline.drawing.apart import apart
from pipeline.drawing.scales import Scale, step
from pipeline.drawing.text import COLUMN, SMALL, Text, below, block, widest
from pipeline.wording.language import Wording

NARROWEST, WIDEST = 86.0, 150.0
"""Of labels above and below a band across the page; where they would be narrower, time runs down."""
BAND = 18.0
"""The height of that band."""
AWAY = 20.0
"""From the band or the line to the labels."""
GAP = 10.0
"""Between labels beside each other."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedEvent:
    """An event: its mark, its label, and the stroke from the one to the other."""

    x: float
    y: float
    end_x: float
    """Where the stroke ends."""
    end_y: float
    date: tuple[Text, ...]
    label: tuple[Text, ...]
    expected: bool
    emphasis: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Year:
    """The start of a year: a stroke, and the year beside it."""

    x1: float
    y1: float
    x2: float
    y2: float
    label: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelinePlan:
    """A band with years, or a line, and events along it."""

    width: float
    height: float
    x: float
    y: float
    thickness: float
    """Of the band, which runs across; zero for a line, which runs down."""
    length: float
    years: tuple[Year, ...]
    events: tuple[PlacedEvent, ...]


def timeline(figure: Timeline, wording: Wording) -> TimelinePlan:
    """Let time run across where both columns are free and labels have room, and down the column elsewhere."""
    events = sorted(figure.events, key=lambda event: moment(event.date))
    across = COLUMN[figure.width]
    room = across / ceil(len(events) / 2) - GAP
    if figure.width == "wide" and room >= NARROWEST:
        return _across(events, min(room, WIDEST), wording)
    return _down(events, across, wording)


def moment(date: str) -> float:
    """A day, or the middle of a month or a year, as a number of days."""
    given = [int(part) for part in date.split("-")]
    start = dt.date(*([*given, 1, 1])[:3]).toordinal()
    return start + {1: 182.5, 2: 14.5, 3: 0.5}[len(given)]


def said(event: Event, wording: Wording) -> str:
    """The date of an event in words, as far as it is known."""
    parts = event.date.count("-")
    date = wording.day(event.date) if parts == 2 else wording.month(f"{event.date}-01") if parts else event.date
    return wording.gettext("{date}, expected", date=date) if event.expected else date


def _new_year(year: int) -> float:
    """The first day of a year; the calendar ends with 9999, and the year after is as far as a year is long."""
    return dt.date(year, 1, 1).toordinal() if year < 10_000 else dt.date(9_999, 1, 1).toordinal() + 365.0


def _years(events: Sequence[Event], most: float) -> range:
    """Years to mark, the first and the one after the last included where each year is; at most so many."""
    first, last = int(events[0].date[:4]), int(events[-1].date[:4]) + 1
    by = max(1, round(step(0, last - first, max(1, int(most)))))
    return range(first, last + 1, by)


def _set(event: Event, wording: Wording, room: float) -> tuple[tuple[Text, ...], tuple[Text, ...]]:
    """The date and below it the label of an event, from the left and a top of zero."""
    date = block(said(event, wording), x=0, top=0, room=room, size=SMALL, bold=True)
    return date, block(event.label, x=0, top=below(date, 0) - 1, room=room, size=SMALL)


def _moved(texts: Sequence[Text], x: float, down: float) -> tuple[Text, ...]:
    return tuple(Text(x=text.x + x, y=text.y + down, text=text.text, size=text.size, bold=text.bold) for text in texts)


def _across(events: Sequence[Event], room: float, wording: Wording) -> TimelinePlan:
    """Labels stand above and below a band in turn, each as near to its mark as the others let it."""
    across = COLUMN["wide"]
    first, last = int(events[0].date[:4]), int(events[-1].date[:4]) + 1
    scale = Scale(low=_new_year(first), high=_new_year(last), start=0.5, end=across - 0.5)
    texts = [_set(event, wording, room) for event in events]
    above = max(below(label, 0) for _, label in texts[::2])
    top = above + AWAY
    placed: dict[int, PlacedEvent] = {}
    for side in (0, 1):
        places = range(side, len(events), 2)
        xs = [scale.at(moment(events[place].date)) for place in places]
        widths = [widest((line.text for line in (*date, *label)), SMALL) + GAP for date, label in texts[side::2]]
        lefts = apart([x - 3 for x in xs], widths, 0.0, across + GAP)
        for place, x, left in zip(places, xs, lefts, strict=True):
            date, label = texts[place]
            start = above - below(label, 0) if side == 0 else top + BAND + AWAY
            placed[place] = PlacedEvent(
                x=x,
                y=top + BAND * side,
                end_x=left + 3,
                end_y=above + 2 if side == 0 else start,
                date=_moved(date, left, start),
                label=_moved(label, left, start),
                expected=events[place].expected,
                emphasis=events[place].emphasis,
            )
    done = tuple(placed[place] for place in sorted(placed))
    height = max(below(event.label, top + BAND) for event in done) + 2
    years = tuple(_years_across(_years(events, across / 40), scale, top))
    return TimelinePlan(
        width=across, height=height, x=0.0, y=top, thickness=BAND, length=across, years=years, events=done
    )


def _years_across(years: range, scale: Scale, top: float) -> Iterator[Year]:
    for year in years:
        x = scale.at(_new_year(year))
        label = Text(x=x + 4, y=top + BAND / 2 + 3.3, text=str(year), size=SMALL)
        if label.x + widest([label.text], SMALL) <= scale.end:
            yield Year(x1=x, y1=top, x2=x, y2=top + BAND, label=label)


def _down(events: Sequence[Event], across: float, wording: Wording) -> TimelinePlan:
    """Labels stand to the right of a line, each as near to its mark as the others let it."""
    line = widest(["0000"], SMALL) + 8
    x = line + AWAY
    texts = [_set(event, wording, across - x) for event in events]
    heights = [below(label, 0) + 4 for _, label in texts]
    top, bottom = 6.0, 6.0 + max(1.08 * sum(heights), 90.0)
    first, last = (moment(events[place].date) for place in (0, -1))
    around = max((last - first) * 0.03, 200.0 if first == last else 0.0)
    scale = Scale(low=first - around, high=last + around, start=top, end=bottom)
    ys = [scale.at(moment(event.date)) for event in events]
    tops = apart([y - SMALL / 2 for y in ys], heights, top - SMALL / 2, bottom + SMALL / 2)
    placed = tuple(
        PlacedEvent(
            x=line,
            y=y,
            end_x=x - 3,
            end_y=down + SMALL * 0.6,
            date=_moved(date, x, down),
            label=_moved(label, x, down),
            expected=event.expected,
            emphasis=event.emphasis,
        )
        for event, y, (date, label), down in zip(events, ys, texts, tops, strict=True)
    )
    height = max(below(placed[-1].label, 0), bottom + 5) + 1
    years = tuple(_years_down(_years(events, (bottom - top) / 14), scale, line))
    return TimelinePlan(
        width=across, height=height, x=line, y=top, thickness=0.0, length=bottom - top, years=years, events=placed
    )


def _years_down(years: range, scale: Scale, line: float) -> Iterator[Year]:
    for year in years:
        if scale.low <= _new_year(year) <= scale.high:
            y = scale.at(_new_year(year))
            label = Text(x=line - 7, y=y + 3.3, text=str(year), size=SMALL, anchor="end")
            yield Year(x1=line - 4, y1=y, x2=line + 4, y2=y, label=label)
