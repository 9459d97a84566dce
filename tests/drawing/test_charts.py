"""Charts of any numbers and words: nothing leaves the drawing, no label lies on another, and marks are to scale."""

from __future__ import annotations

import datetime as dt
import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from pipeline.drawing import table
from pipeline.drawing.apart import apart
from pipeline.drawing.dots import dots
from pipeline.drawing.grouped import grouped
from pipeline.drawing.looks import LOOKS, box
from pipeline.drawing.scales import Scale, rounded, step, ticks
from pipeline.drawing.slope import slope
from pipeline.drawing.text import COLUMN
from pipeline.drawing.timeline import moment, said, timeline
from pipeline.drawing.waffle import waffle
from pipeline.figure import Figure
from pipeline.wording.language import ENGLISH
from tests.drawing.pictures import check, drawn

FIGURES: TypeAdapter[Any] = TypeAdapter(Figure)
WORDS = {"id": "random", "title": "T", "alt": "A", "description": "D", "sources": ["able-2024"]}
LABELS = st.text("abcde WMil-é<>&019 ", min_size=1, max_size=50).filter(str.strip)
AMOUNTS = st.integers(0, 10_000_000) | st.integers(0, 99_999).map(lambda number: number / 100)
NUMBERS = AMOUNTS | AMOUNTS.map(lambda number: max(-number, -999_999))


@st.composite
def _interval(draw: st.DrawFn) -> dict[str, Any]:
    low, value, high = sorted(draw(st.lists(NUMBERS, min_size=3, max_size=3)))
    known = draw(st.booleans())
    ends = {"low": low, "high": high} if known else {}
    return {"label": draw(LABELS), "value": value, "emphasis": draw(st.booleans()), **ends}


@st.composite
def _grouped(draw: st.DrawFn) -> dict[str, Any]:
    series = draw(st.lists(LABELS, min_size=2, max_size=4))
    values = st.lists(AMOUNTS | st.none(), min_size=len(series), max_size=len(series))
    groups = draw(st.lists(st.builds(_group, LABELS, values), min_size=2, max_size=6))
    groups[0]["values"][0] = draw(st.integers(1, 10_000_000))
    ends = draw(st.booleans())
    known = [value for group in groups for value in group["values"] if value is not None]
    return {"unit": draw(LABELS), "series": series, "groups": groups, "maximum": max(known) if ends else None}


def _group(label: str, values: list[float | None]) -> dict[str, Any]:
    return {"label": label, "values": values}


DATES = (st.dates() | st.dates(dt.date(2023, 1, 1), dt.date(2024, 6, 1))).map(str)
EVENTS = st.fixed_dictionaries(
    {
        "date": DATES | DATES.map(lambda day: day[:7]) | DATES.map(lambda day: day[:4]),
        "label": LABELS,
        "expected": st.booleans(),
        "emphasis": st.booleans(),
    }
)
KINDS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "grouped-bars": _grouped(),
    "dots": st.fixed_dictionaries(
        {
            "unit": LABELS,
            "interval": LABELS,
            "reference": st.none() | st.fixed_dictionaries({"value": NUMBERS, "label": LABELS}),
            "dots": st.lists(_interval(), min_size=1, max_size=8),
        }
    ),
    "slope": st.fixed_dictionaries(
        {
            "unit": LABELS,
            "times": st.tuples(LABELS, LABELS),
            "series": st.lists(
                st.fixed_dictionaries(
                    {"label": LABELS, "values": st.tuples(AMOUNTS, AMOUNTS), "emphasis": st.booleans()}
                ),
                min_size=1,
                max_size=12,
            ),
        }
    ),
    "timeline": st.fixed_dictionaries({"events": st.lists(EVENTS, min_size=2, max_size=24)}),
    "waffle": st.fixed_dictionaries(
        {
            "unit": LABELS,
            "parts": st.lists(
                st.fixed_dictionaries({"label": LABELS, "count": st.integers(1, 100)}), min_size=2, max_size=4
            ),
        }
    ),
}


def _figure(kind: str, values: dict[str, Any], width: str = "text") -> Any:
    return FIGURES.validate_python({**WORDS, **values, "kind": kind, "width": width})


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25)
@given(data=st.data())
def test_nothing_overlaps_or_leaves_the_drawing(kind: str, data: st.DataObject) -> None:
    """Whatever the numbers, the days and the words are, in every column that the kind may stand in."""
    values = data.draw(KINDS[kind])
    if kind == "slope" and not any(value for line in values["series"] for value in line["values"]):
        values["maximum"] = 1
    for width in COLUMN:
        if (kind, width) != ("waffle", "wide"):
            figure = _figure(kind, values, width)
            assert check(drawn(figure), COLUMN[width]) >= 2
            said = table(figure)
            assert {len(row) for row in said.rows} == {len(said.head)}


@given(st.lists(st.tuples(st.floats(0, 1000), st.floats(1, 50)), min_size=1, max_size=30), st.floats(0, 500))
def test_labels_are_moved_apart(wishes: list[tuple[float, float]], room: float) -> None:
    """They keep their order and stand between the lines; those that touch nothing stay where they wish to be."""
    wished, heights = sorted(wish for wish, _ in wishes), [height for _, height in wishes]
    bottom = sum(heights) + room
    tops = apart(wished, heights, 0, bottom)
    ends = [top + height for top, height in zip(tops, heights, strict=True)]
    assert tops[0] >= -1e-6
    assert ends[-1] <= bottom + 1e-6
    assert all(end <= top + 1e-6 for end, (_, top) in zip(ends, pairwise(tops), strict=False))


def test_labels_that_are_apart_stay() -> None:
    """Two that would touch share the way; a third far off doesn't move."""
    assert apart([10, 14, 80], [10, 10, 10], 0, 100) == pytest.approx((7, 17, 80))
    assert apart([10, 30], [10, 10], 0, 100) == (10, 30)
    assert apart([-5, 97], [10, 10], 0, 100) == (0, 90)


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.integers(1, 12))
def test_ticks_are_round_and_within(low: float, span: float, most: int) -> None:
    """Marks are multiples of one, two or five, so few as were asked for, between the ends; rounded ends are such."""
    high = low + span
    by = step(low, high, most)
    assert float(f"{by:e}".split("e", maxsplit=1)[0]) in (1, 2, 5)
    marks = ticks(low, high, most)
    assert len(marks) <= most + 1
    slack = 1e-5 * by + 1e-9 * abs(high)
    assert all(low - slack <= mark <= high + slack for mark in marks)
    first, last = rounded(low, high, most)
    assert first - slack <= low
    assert last + slack >= high
    assert last - first < span + 2 * by + slack


def test_ticks_of_known_scales() -> None:
    """What a reader expects on an axis."""
    assert ticks(0, 100) == (0, 20, 40, 60, 80, 100)
    assert ticks(0.74, 2.62, 4) == (1, 1.5, 2, 2.5)
    assert ticks(0, 3) == (0, 1, 2, 3)
    assert rounded(0.74, 2.62) == (0.5, 3)
    assert rounded(7, 7) == (0, 8)
    assert rounded(-7, -7) == (-8, 0)
    assert rounded(0, 0) == (0, 1)


def test_a_scale_may_run_backwards() -> None:
    """Heights count downwards."""
    up = Scale(low=0, high=50, start=100, end=20)
    assert (up.at(0), up.at(25), up.at(50)) == (100, 60, 20)


@given(st.floats(0.2, 300), st.floats(2, 40), st.sampled_from(range(len(LOOKS))))
def test_strokes_stay_in_their_box(width: float, height: float, turn: int) -> None:
    """Hatching is cut at the edges, at 45 degrees."""
    made = box(10, 20, width, height, turn)
    assert made.look == LOOKS[turn]
    assert bool(made.strokes) <= (made.look in ("hatched", "crossed"))
    for x1, y1, x2, y2 in ([float(n) for n in re.split("[L ]", stroke)] for stroke in made.strokes.split("M")[1:]):
        for x, y in ((x1, y1), (x2, y2)):
            assert 9.95 <= x <= 10.05 + max(width, 1)
            assert 19.95 <= y <= 20.05 + height
        assert abs(x1 - x2) == pytest.approx(abs(y1 - y2), abs=0.21)


SECTORS = _figure(
    "grouped-bars",
    {
        "unit": "members",
        "series": ["two reports", "one report"],
        "groups": [{"label": "Companies", "values": [7, 2]}, {"label": "Universities", "values": [3, 9]}],
    },
)


def test_bars_of_groups_are_to_scale() -> None:
    """Lengths are in the ratio of their values, and series take turns in how they look."""
    plan = grouped(SECTORS, ENGLISH)
    bars = [bar.bar for bar in plan.bars if bar.bar]
    assert [bar.look for bar in bars] == ["solid", "hatched"] * 2
    frame = 0.8
    assert [round((bar.width + (0 if bar.look == "solid" else frame)) / bars[0].width * 7, 6) for bar in bars] == [
        7,
        2,
        3,
        9,
    ]
    assert [bar.value.text for bar in plan.bars] == ["7", "2", "3", "9"]


def test_what_is_not_known_has_no_bar() -> None:
    """A dash stands where its value would; zero has no bar either, and says so."""
    groups = [{"label": "a", "values": [1, None]}, {"label": "b", "values": [0, 2]}]
    plan = grouped(_figure("grouped-bars", {"unit": "u", "series": ["x", "y"], "groups": groups}), ENGLISH)
    assert [(bar.bar is not None, bar.value.text) for bar in plan.bars] == [
        (True, "1"),
        (False, "–"),  # noqa: RUF001 - an en dash
        (False, "0"),
        (True, "2"),
    ]


TRIAL = {
    "unit": "times the progress with the internet only",
    "interval": "95% credible interval",
    "reference": {"value": 1, "label": "no difference"},
    "dots": [{"label": "Single steps", "value": 1.4, "low": 0.74, "high": 2.62}, {"label": "Other", "value": 2}],
}


@pytest.mark.parametrize("width", COLUMN)
def test_dots_are_to_scale(width: str) -> None:
    """Dot, ends of the interval and the reference stand where their values are; the values are printed."""
    plan = dots(_figure("dots", TRIAL, width), ENGLISH)
    zero, one = (tick.x for tick in plan.ticks if tick.label.text in ("1", "2"))
    (trial, other) = plan.dots
    places = [1 + (x - zero) / (one - zero) for x in (trial.low, trial.x, trial.high, other.x, plan.reference or 0)]
    assert places == pytest.approx([0.74, 1.4, 2.62, 2, 1])
    assert other.low == other.x == other.high
    printed = [text.text for text in trial.values]
    assert printed == (["1.4"] if width == "margin" else ["1.4", "(0.74 to 2.62)"])
    assert plan.sample is not None


def test_a_scale_says_where_it_ends() -> None:
    """A scale of 14 points has marks at its ends and in its middle; one of 100 at each twenty."""
    scores = {"unit": "points", "minimum": 0, "dots": [{"label": "a", "value": 5}]}
    for most, marks in ((14, ["0", "7", "14"]), (100, ["0", "20", "40", "60", "80", "100"])):
        plan = dots(_figure("dots", {**scores, "maximum": most}), ENGLISH)
        assert [tick.label.text for tick in plan.ticks] == marks


def test_slopes_are_to_scale() -> None:
    """Heights are those of the values from zero on; what is stressed is drawn last."""
    series = [
        {"label": "open", "values": [44.4, 65.7], "emphasis": True},
        {"label": "other", "values": [55.6, 34.3]},
    ]
    values = {"unit": "per cent", "times": ["2022", "2023"], "maximum": 100, "series": series}
    plan = slope(_figure("slope", values), ENGLISH)
    heights = [(plan.bottom - y) / (plan.bottom - plan.top) * 100 for s in plan.slopes for y in (s.start, s.end)]
    assert heights == pytest.approx([55.6, 34.3, 44.4, 65.7])
    assert [line.emphasis for line in plan.slopes] == [False, True]
    assert not [label for line in plan.slopes for label in line.labels if label.is_moved]


def test_labels_of_slopes_that_end_together_are_moved_and_led_to() -> None:
    """Three lines that end at the same height have three labels, and strokes to those that were moved."""
    series = [{"label": f"line {n}", "values": [n, 10]} for n in range(3)]
    plan = slope(_figure("slope", {"unit": "u", "times": ["a", "b"], "series": series}), ENGLISH)
    ends = [line.labels[1] for line in plan.slopes]
    assert sum(label.is_moved for label in ends) >= 2
    assert len({label.texts[0].y for label in ends}) == 3


EVENTS_KNOWN = [
    {"date": "2024-10-28", "label": "b"},
    {"date": "2023-12-05", "label": "a"},
    {"date": "2024-07", "label": "c"},
    {"date": "2027", "label": "d", "expected": True},
]


@pytest.mark.parametrize("width", COLUMN)
def test_events_stand_in_their_order(width: str) -> None:
    """However they are written down; along the band or down the line, as far apart as their days are."""
    plan = timeline(_figure("timeline", {"events": EVENTS_KNOWN}, width), ENGLISH)
    assert [event.label[0].text for event in plan.events] == ["a", "c", "b", "d"]
    assert [event.expected for event in plan.events] == [False, False, False, True]
    places = [event.x if width == "wide" else event.y for event in plan.events]
    days = [moment(date) for date in ("2023-12-05", "2024-07", "2024-10-28", "2027")]
    for (a, b), (x, y) in zip(pairwise(days), pairwise(places), strict=True):
        assert (y - x) / (places[-1] - places[0]) == pytest.approx((b - a) / (days[-1] - days[0]))


def test_dates_are_said_as_far_as_they_are_known() -> None:
    """A day, a month or a year."""
    events = timeline(_figure("timeline", {"events": EVENTS_KNOWN}), ENGLISH).events
    dates = [event.date[0].text for event in events]
    assert dates == ["5 December 2023", "July 2024", "28 October 2024", "2027, expected"]
    figure = _figure("timeline", {"events": EVENTS_KNOWN})
    assert [row[0] for row in table(figure).rows] == [
        said(event, ENGLISH) for event in sorted(figure.events, key=lambda event: moment(event.date))
    ]


@pytest.mark.parametrize(("interval", "ends"), [("95% interval", ("1", "4")), (None, ())])
def test_a_table_says_what_dots_are_read_against(interval: str | None, ends: tuple[str, ...]) -> None:
    """In a row of its own, which has no interval."""
    dot = {"label": "a", "value": 2, **({"low": 1, "high": 4} if interval else {})}
    reference = {"value": 0, "label": "no difference"}
    values = {"unit": "x", "interval": interval, "reference": reference, "dots": [dot]}
    said = table(_figure("dots", values))
    unknown = tuple("–" for _ in ends)  # noqa: RUF001 - an en dash
    assert said.rows == (("a", "2", *ends), ("For comparison: no difference", "0", *unknown))
    assert len(said.head) == 2 + len(ends)


def test_too_many_events_for_a_band_run_down() -> None:
    """Fourteen labels have room above and below a band across the page; fifteen have not."""
    events = [{"date": f"20{n:02}", "label": "a"} for n in range(10, 25)]
    assert timeline(_figure("timeline", {"events": events[:14]}, "wide"), ENGLISH).thickness > 0
    assert timeline(_figure("timeline", {"events": events}, "wide"), ENGLISH).thickness == 0


def test_every_square_stands_for_one() -> None:
    """As many squares as are counted, one part after the other, none on another."""
    parts = [{"label": "open", "count": 6}, {"label": "semi-open", "count": 16}, {"label": "closed", "count": 3}]
    plan = waffle(_figure("waffle", {"unit": "models", "parts": parts}), ENGLISH)
    assert [square.look for square in plan.squares] == ["solid"] * 6 + ["hatched"] * 16 + ["pale"] * 3
    assert [part.sample.look for part in plan.parts] == ["solid", "hatched", "pale"]
    corners = {(round(square.x), round(square.y)) for square in plan.squares}
    assert len(corners) == 25
