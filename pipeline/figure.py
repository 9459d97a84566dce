"""Define the records of figures: what each kind shows, and what it says of itself in words."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from pipeline.record import Citekey, Phrase, Plain, Prose, Record, Slug


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


class Bar(Record):
    """One bar."""

    label: Phrase
    value: float = Field(ge=0, allow_inf_nan=False)
    display: Phrase | None = None
    """The value as printed, `$8.8 trillion`; left out, the number itself."""
    emphasis: bool = False
    """Whether it is drawn in the accent colour and said first."""


class Bars(FigureRecord):
    """Quantities side by side, on one scale that starts at zero."""

    kind: Literal["bars"]
    unit: Phrase
    maximum: float | None = Field(default=None, gt=0, allow_inf_nan=False)
    """The end of the scale, which is then drawn; left out, the largest value, and no scale is drawn."""
    bars: tuple[Bar, ...] = Field(min_length=2, max_length=24)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        largest = max(bar.value for bar in self.bars)
        if largest > (self.maximum or largest):
            raise ValueError(f"the scale ends at {self.maximum:g} and a bar at {largest:g}")
        if largest == 0:
            raise ValueError("bars need a value above zero")
        return self


class Areas(FigureRecord):
    """Two quantities too different for bars: one square within the other, their areas to scale."""

    kind: Literal["areas"]
    unit: Phrase
    larger: Bar
    smaller: Bar

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if not 0 < self.smaller.value * 10 <= self.larger.value:
            raise ValueError("`larger` is at least ten times `smaller`, or the figure should be bars")
        return self


Measured = Annotated[float, Field(ge=0, allow_inf_nan=False)]


class Series(Record):
    """One line of a chart over time."""

    label: Phrase
    values: tuple[Measured | None, ...]


class Break(Record):
    """A time from which on values were measured in another way; the line into it is dashed."""

    time: Plain
    """One of the figure's times."""
    label: Phrase
    """What changed, in two or three words."""


class Lines(FigureRecord):
    """Quantities over time, on one scale that starts at zero."""

    kind: Literal["lines"]
    unit: Phrase
    times: tuple[Phrase, ...] = Field(min_length=2, max_length=12)
    details: tuple[Phrase, ...] = ()
    """A few words below each time, `10 developers`."""
    breaks: tuple[Break, ...] = ()
    maximum: float = Field(gt=0, allow_inf_nan=False)
    """The end of the scale."""
    series: tuple[Series, ...] = Field(min_length=1, max_length=4)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for given in (*(series.values for series in self.series), *((self.details,) if self.details else ())):
            if len(given) != len(self.times):
                raise ValueError(f"{len(self.times)} times need as many values and details")
        if any(value is not None and value > self.maximum for series in self.series for value in series.values):
            raise ValueError(f"a value lies beyond the scale, which ends at {self.maximum:g}")
        if unknown := [change.time for change in self.breaks if change.time not in self.times[1:]]:
            raise ValueError(f"no line leads to the time '{unknown[0]}'")
        return self


class Column(Record):
    """A column's head: a name and a word below it."""

    label: Phrase
    detail: Phrase | None = None


class Row(Record):
    """A row of a matrix: a name and a level in each column."""

    label: Phrase
    values: tuple[Literal["yes", "partly", "no"], ...]


class Matrix(FigureRecord):
    """What holds where: levels in words and shapes, columns in an order that means something."""

    kind: Literal["matrix"]
    width: Literal["text", "wide"] = "wide"
    """The column it stands in; the margin is too narrow for it."""
    stub: Phrase
    """What the columns are, `Mode of release`."""
    towards_start: Phrase | None = None
    towards_end: Phrase | None = None
    columns: tuple[Column, ...] = Field(min_length=2, max_length=6)
    rows: tuple[Row, ...] = Field(min_length=1, max_length=16)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        for row in self.rows:
            if len(row.values) != len(self.columns):
                raise ValueError(f"the row '{row.label}' has {len(row.values)} values for {len(self.columns)} columns")
        return self


class Placed(Record):
    """Something placed on a level of a spectrum."""

    name: Plain
    by: Plain
    note: Phrase | None = None


class Level(Record):
    """One level of a spectrum with what stands on it."""

    label: Phrase
    detail: Phrase
    items: tuple[Placed, ...] = Field(min_length=1, max_length=24)


class Spectrum(FigureRecord):
    """Things placed on ordered levels."""

    kind: Literal["spectrum"]
    width: Literal["text", "wide"] = "wide"
    """The column it stands in; the margin is too narrow for it."""
    towards_start: Phrase
    towards_end: Phrase
    levels: tuple[Level, ...] = Field(min_length=2, max_length=6)


class Group(Record):
    """A named set of named things."""

    label: Phrase
    items: tuple[Plain, ...] = Field(min_length=1, max_length=24)
    less_certain: tuple[Plain, ...] = Field(default=(), max_length=24)
    """Members that are less well attested; they follow the others, with hollow marks."""


class Groups(FigureRecord):
    """Who belongs where: one mark for each member, with all names."""

    kind: Literal["groups"]
    unit: Phrase
    """What is counted, `members`."""
    certain: Phrase | None = None
    """What a filled mark means, `read in two sources or more`."""
    less_certain: Phrase | None = None
    """What a hollow mark means; needed where a group has one."""
    groups: tuple[Group, ...] = Field(min_length=2, max_length=6)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        hollow = any(group.less_certain for group in self.groups)
        if hollow and not (self.certain and self.less_certain):
            raise ValueError("hollow marks need `certain` and `less_certain`: what either mark means")
        return self


Figure = Annotated[Bars | Areas | Lines | Matrix | Spectrum | Groups, Field(discriminator="kind")]
FIGURE_RECORDS = get_args(get_args(Figure)[0])
"""The record of every kind."""
