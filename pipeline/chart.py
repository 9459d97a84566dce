"""Define the records of charts of numbers and days: what each kind shows, and what it refuses."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Annotated, Final, Literal, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from pipeline.record import Citekey, Phrase, Prose, Record, Slug, Unfit

WHEN: Final = r"^\d{4}(?:-\d{2}(?:-\d{2})?)?$"
LONGEST_NUMBER = 8
"""Characters of a number as YAML has it, without separators of thousands."""
MOST_SQUARES = 400


class FigureRecord(Record):
    """What every figure says of itself, in words; its id is its file's name."""

    id: Slug
    title: Phrase
    """The finding, as a headline."""
    subtitle: Phrase | None = None
    """What is measured, in which unit, over whom."""
    alt: Phrase
    """One sentence that replaces the picture."""
    description: Phrase
    """The same with the figures, for those who can't see it."""
    sources: tuple[Citekey, ...] = Field(min_length=1)
    note: Prose | None = None
    """Caveats below the figure; Markdown."""
    width: Literal["margin", "text", "wide"] = "text"
    """The column it stands in: the margin (50 mm), the text (122 mm) or both (178 mm)."""


def _short_enough(value: float) -> float:
    if len(text := f"{value:.12g}") > LONGEST_NUMBER or "e" in text:
        raise Unfit(f"the number {text} is too long to be printed beside its mark", "round it, or choose a larger unit")
    return value


def _in_the_calendar(value: str) -> str:
    try:
        dt.date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        raise Unfit(f"there is no day {value}") from None
    return value


Number = Annotated[float, Field(allow_inf_nan=False), AfterValidator(_short_enough)]
"""A number that is printed; of either sign."""
Amount = Annotated[float, Field(ge=0, allow_inf_nan=False), AfterValidator(_short_enough)]
"""A number that is printed; none below zero."""
When = Annotated[str, StringConstraints(pattern=WHEN), AfterValidator(_in_the_calendar)]
"""A day, a month or a year as ISO 8601 has it."""


class BarGroup(Record):
    """A group of bars: a name, and a value of each series."""

    label: Phrase
    values: tuple[Amount | None, ...]
    """One of each series, in their order; `null` where none is known."""


class GroupedBars(FigureRecord):
    """Quantities of several series, group by group, on one scale that starts at zero."""

    kind: Literal["grouped-bars"]
    unit: Phrase
    series: tuple[Phrase, ...] = Field(min_length=2, max_length=4)
    """What the bars of each group are, in their order."""
    maximum: Amount | None = Field(default=None, gt=0)
    """The end of the scale, which is then drawn; left out, the largest value, and no scale is drawn."""
    groups: tuple[BarGroup, ...] = Field(min_length=2, max_length=12)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for place, group in enumerate(self.groups):
            if len(group.values) != len(self.series):
                message = f"the group '{group.label}' has {len(group.values)} values for {len(self.series)} series"
                raise Unfit(message, "write `null` where none is known", ("groups", place, "values"))
        known = [value for group in self.groups for value in group.values if value is not None]
        if not any(known):
            raise Unfit("bars need a value above zero", "", ("groups",))
        _refuse_beyond(self.maximum, max(known), "a bar")
        return self


class Reference(Record):
    """A value that others are read against."""

    value: Number
    label: Phrase
    """What it stands for, `no difference`."""


class Dot(Record):
    """An estimate, and how far it may be off."""

    label: Phrase
    value: Number
    low: Number | None = None
    """The lower end of its interval."""
    high: Number | None = None
    """The upper end of its interval."""
    emphasis: bool = False
    """Whether it is drawn as a diamond in the accent colour."""

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (self.low is None) != (self.high is None):
            lacks, has = ("low", "high") if self.low is None else ("high", "low")
            raise Unfit(f"an interval has two ends, and this has no `{lacks}`", f"add `{lacks}: …`", (has,))
        if self.low is not None and self.high is not None and not self.low <= self.value <= self.high:
            message = f"{self.value:g} lies outside its interval, {self.low:g} to {self.high:g}"
            raise Unfit(message, "check which of the three is mistyped", ("value",))
        return self

    @property
    def numbers(self) -> tuple[float, ...]:
        """What must lie on the scale."""
        return tuple(number for number in (self.low, self.value, self.high) if number is not None)


class Dots(FigureRecord):
    """Estimates as dots on one scale, each with its interval."""

    kind: Literal["dots"]
    unit: Phrase
    interval: Phrase | None = None
    """What the line through a dot spans, `95% interval`; needed where a dot has one."""
    minimum: Number | None = None
    """The start of the scale; left out, a round number below all values."""
    maximum: Number | None = None
    """The end of the scale; left out, a round number above all values."""
    reference: Reference | None = None
    """A value that the others are read against, drawn as a broken line."""
    dots: tuple[Dot, ...] = Field(min_length=1, max_length=24)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        spanned = next((place for place, dot in enumerate(self.dots) if dot.low is not None), None)
        if spanned is not None and self.interval is None:
            message = "this dot has an interval, and nothing says which"
            raise Unfit(message, "add `interval: …`, `95% interval` for example", ("dots", spanned, "low"))
        for path, number in ((path, number) for path, numbers in self._on_scale() for number in numbers):
            if self.minimum is not None and number < self.minimum:
                raise Unfit(f"{number:g} lies before the scale, which starts at {self.minimum:g}", "", path)
            if self.maximum is not None and number > self.maximum:
                raise Unfit(f"{number:g} lies beyond the scale, which ends at {self.maximum:g}", "", path)
        return self

    def _on_scale(self) -> Iterator[tuple[tuple[str | int, ...], tuple[float, ...]]]:
        """Everything that must lie on the scale, with the way to it."""
        yield from ((("dots", place), dot.numbers) for place, dot in enumerate(self.dots))
        if self.reference:
            yield ("reference", "value"), (self.reference.value,)

    @property
    def numbers(self) -> tuple[float, ...]:
        """What must lie on the scale."""
        return tuple(chain.from_iterable(numbers for _, numbers in self._on_scale()))


class Slope(Record):
    """Something at two times."""

    label: Phrase
    values: tuple[Amount, Amount]
    emphasis: bool = False
    """Whether its line is thick and in the accent colour."""


class Slopes(FigureRecord):
    """What rose and what fell from one time to another, on one scale that starts at zero."""

    kind: Literal["slope"]
    unit: Phrase
    times: tuple[Phrase, Phrase]
    minimum: Amount = 0.0
    """The lower end of the scale."""
    maximum: Amount | None = Field(default=None, gt=0)
    """The upper end of the scale; left out, the largest value."""
    series: tuple[Slope, ...] = Field(min_length=1, max_length=12)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        values = [value for slope in self.series for value in slope.values]
        if min(values) < self.minimum:
            raise Unfit(f"a line starts below the scale, which starts at {self.minimum:g}", "", ("minimum",))
        _refuse_beyond(self.maximum, max(values), "a line")
        if max(values) == self.minimum and self.maximum is None:
            raise Unfit("a scale needs a value above its lower end", "add `maximum: …`", ("series",))
        if self.maximum is not None and self.maximum <= self.minimum:
            raise Unfit(f"the scale ends at {self.maximum:g} and starts at {self.minimum:g}", "", ("maximum",))
        return self


class Event(Record):
    """What happened on a day, in a month or in a year."""

    date: When
    """A day, a month or a year: `2024-10-28`, `2024-10` or `2024`."""
    label: Phrase
    """What happened, in a few words."""
    expected: bool = False
    """Whether it is still to come; its mark is hollow then, and its date says so."""
    emphasis: bool = False
    """Whether its mark is a diamond in the accent colour."""


class Timeline(FigureRecord):
    """Events in their order, on a scale of years."""

    kind: Literal["timeline"]
    events: tuple[Event, ...] = Field(min_length=2, max_length=24)


class Part(Record):
    """A part of a whole, as so many squares."""

    label: Phrase
    count: int = Field(ge=1, le=MOST_SQUARES)


class Waffle(FigureRecord):
    """Parts of a whole that can be counted: a square for each."""

    kind: Literal["waffle"]
    width: Literal["margin", "text"] = "text"
    """The column it stands in; both columns are more than it needs."""
    unit: Phrase
    """What one square is, `models`."""
    parts: tuple[Part, ...] = Field(min_length=2, max_length=4)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if (squares := sum(part.count for part in self.parts)) > MOST_SQUARES:
            hint = "let one square stand for more, and say so in `unit`"
            raise Unfit(f"{squares} squares are too many to be counted; {MOST_SQUARES} are the most", hint, ("parts",))
        return self


def _refuse_beyond(maximum: float | None, largest: float, what: str) -> None:
    if maximum is not None and largest > maximum:
        raise Unfit(f"the scale ends at {maximum:g} and {what} at {largest:g}", "", ("maximum",))
