"""Define the records of figures: what each kind shows, and what it says of itself in words."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from pipeline.chart import Dots, FigureRecord, GroupedBars, Slopes, Timeline, Waffle
from pipeline.problem import Path
from pipeline.record import Phrase, Plain, Record, Unfit


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
            raise Unfit(f"the scale ends at {self.maximum:g} and a bar at {largest:g}", "", ("maximum",))
        if largest == 0:
            raise Unfit("bars need a value above zero", "", ("bars",))
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
            raise Unfit("`larger` is at least ten times `smaller`", "else draw `kind: bars`", ("larger", "value"))
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
        given: list[tuple[Path, int]] = [
            (("series", place, "values"), len(series.values)) for place, series in enumerate(self.series)
        ]
        for path, many in (*given, (("details",), len(self.details) or len(self.times))):
            if many != len(self.times):
                message = f"{len(self.times)} times need as many values and details, and these are {many}"
                raise Unfit(message, "write `null` where a value isn't known", path)
        for place, series in enumerate(self.series):
            for time, value in enumerate(series.values):
                if value is not None and value > self.maximum:
                    message = f"{value:g} lies beyond the scale, which ends at {self.maximum:g}"
                    raise Unfit(message, "", ("series", place, "values", time))
        for place, change in enumerate(self.breaks):
            if change.time not in self.times[1:]:
                raise Unfit(f"no line leads to the time '{change.time}'", "", ("breaks", place, "time"))
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
        for place, row in enumerate(self.rows):
            if len(row.values) != len(self.columns):
                message = f"the row '{row.label}' has {len(row.values)} values for {len(self.columns)} columns"
                raise Unfit(message, "", ("rows", place, "values"))
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
            raise Unfit("hollow marks need `certain` and `less_certain`: what either mark means", "", ("groups",))
        return self


Figure = Annotated[
    Bars | GroupedBars | Dots | Areas | Waffle | Lines | Slopes | Timeline | Matrix | Spectrum | Groups,
    Field(discriminator="kind"),
]
FIGURE_RECORDS = get_args(get_args(Figure)[0])
"""The record of every kind."""
