"""Define the records of a library: arguments, sources, figures, briefs and the house.

Field names are the terms of the field: Toulmin (claim, grounds, warrant, qualifier), Pollock
(rebuts, undermines, undercuts), GRADE (certainty), CSL (sources). A record is frozen and knows its
place: `record.mark("text")` is where that value stands in its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, StringConstraints

from pipeline.problem import Mark, Marks, Path, Severity

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "assets", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows or the output folder keep for themselves."""


def _usable_as_name(value: str) -> str:
    if value in RESERVED:
        raise ValueError(f"'{value}' is a reserved name")
    return value


Slug = Annotated[
    str,
    StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$"),
    AfterValidator(_usable_as_name),
]
"""A short local name: small letters, digits and hyphens."""
Citekey = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_][A-Za-z0-9_:.#$%&+?~/-]{0,126}$")]
"""The id of a source, as pandoc reads it after `@`."""
Plain = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True)]
"""Text without Markdown."""
Prose = Annotated[str, StringConstraints(min_length=1, max_length=20_000, strip_whitespace=True)]
"""Text in Markdown."""
Day = Annotated[str, StringConstraints(pattern=r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$")]
"""A day as ISO 8601 has it."""
Colour = Annotated[str, StringConstraints(pattern=r"^#[0-9a-f]{6}$")]
Target = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(?:/[a-z0-9-]+)?$")]
"""An argument, `misuse-risk`, or one ground or objection of it, `misuse-risk/no-recall`."""

Certainty = Literal["high", "moderate", "low", "very-low"]
Audience = Literal["legislator", "regulator", "staff", "press", "public"]


class Record(BaseModel):
    """A frozen mapping of a YAML file; unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True)

    _marks: Marks | None = PrivateAttr(default=None)
    _path: Path = PrivateAttr(default=())

    def mark(self, *path: str | int) -> Mark:
        """Where the value at `path` below this record stands; without a path, the record itself."""
        return (self._marks or Marks(file="<memory>")).value(self._path + path)

    def place(self, marks: Marks, path: Path = ()) -> None:
        """Tell this record and every record in it where they stand; done once, when loading."""
        self._marks, self._path = marks, path
        for name, value in self:
            alias = type(self).model_fields[name].alias or name
            for step, child in _records_in(value):
                child.place(marks, (*path, alias, *step))

    def values_within(self) -> Iterator[tuple[Path, Any]]:
        """Every scalar in this record and below it, with its path as the file has it."""
        for name, value in self:
            yield from _scalars(value, (type(self).model_fields[name].alias or name,))

    def __eq__(self, other: object) -> bool:
        """Two records are equal when they say the same, wherever they stand."""
        return type(self) is type(other) and dict(self) == dict(other)  # type: ignore[call-overload]

    __hash__ = None  # type: ignore[assignment]


def _records_in(value: Any) -> Iterator[tuple[Path, Record]]:
    if isinstance(value, Record):
        yield (), value
    elif isinstance(value, tuple):
        yield from (((index, *step), child) for index, item in enumerate(value) for step, child in _records_in(item))
    elif isinstance(value, Mapping):
        yield from (((key, *step), child) for key, item in value.items() for step, child in _records_in(item))


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Record):
        yield from (((*path, *step), scalar) for step, scalar in value.values_within())
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif value is not None:
        yield path, value


class Item(Record):
    """A list item that may be meant for some readers only."""

    audiences: tuple[Audience, ...] = ()
    """Who it is for; left out, it is for everyone."""


# ---------------------------------------------------------------------------- arguments


class Locator(Record):
    """Where in a source: the first of these that is given is printed."""

    page: str | int | None = None
    chapter: str | int | None = None
    section: str | int | None = None
    paragraph: str | int | None = None
    figure: str | int | None = None
    table: str | int | None = None


class Evidence(Record):
    """One finding of one source, and how much it bears."""

    source: Citekey
    """The source's id in sources.yaml."""
    finding: Prose
    """What the source found, in our words, with its figures."""
    locator: Locator | None = None
    kind: Literal[
        "systematic-review",
        "trial",
        "quasi-experiment",
        "observational",
        "survey",
        "model",
        "case-study",
        "official-statistics",
        "legal-text",
        "expert",
        "testimony",
    ]
    """What kind of evidence it is."""
    direction: Literal["supports", "disputes", "context"] = "supports"
    """Which way it points."""
    strength: Literal["strong", "moderate", "weak"]
    """How much weight it can bear."""
    limits: Prose | None = None
    """What it can't show."""
    quote: Prose | None = None
    """The source's own words, to be verified against its stored text."""


class Ground(Item):
    """What a claim rests on."""

    id: Slug
    text: Prose
    evidence: tuple[Evidence, ...] = ()


class Response(Record):
    """Our answer to an objection."""

    text: Prose
    evidence: tuple[Evidence, ...] = ()


class Objection(Item):
    """The strongest thing that can be said against a claim or one of its parts; it has one of response, conceded, open."""

    id: Slug
    text: Prose
    kind: Literal["rebuts", "undermines", "undercuts"]
    """Rebuts the claim, undermines a ground, or undercuts the step from a ground to the claim."""
    target: Slug | None = None
    """The ground it aims at; left out, the claim."""
    evidence: tuple[Evidence, ...] = ()
    response: Response | None = None
    conceded: Prose | None = None
    """What we grant, and what it changes."""
    open: Prose | None = None
    """What would settle it."""


class Expectation(Record):
    """What must hold of an argument when sources are taken away."""

    without: tuple[Citekey, ...]
    expect: Literal["accepted", "contested", "unsupported"]


class Argument(Record):
    """One claim with all that speaks for and against it; its id is its file's name."""

    id: Slug
    claim: Prose
    """The claim, as one sentence."""
    short: Plain
    """The claim in a few words, as a heading."""
    type: Literal["empirical", "causal", "predictive", "normative", "definitional"]
    qualifier: Literal["certainly", "very-likely", "probably", "possibly"]
    """How strongly we hold it."""
    certainty: Certainty
    """Belief in the whole body of evidence."""
    warrant: Prose
    """Why the grounds carry the claim."""
    grounds: tuple[Ground, ...] = ()
    objections: tuple[Objection, ...] = ()
    contested: tuple[Prose, ...] = ()
    """What informed people still disagree on."""
    tests: tuple[Expectation, ...] = ()


# ---------------------------------------------------------------------------- figures


class FigureRecord(Record):
    """What every figure says of itself, in words; its id is its file's name."""

    id: Slug
    title: Plain
    """The finding, as a headline."""
    subtitle: Plain | None = None
    """What is measured, in which unit, over whom."""
    alt: Plain
    """One sentence that replaces the picture."""
    description: Plain
    """The same with the figures, for those who can't see it."""
    sources: tuple[Citekey, ...] = Field(min_length=1)
    note: Prose | None = None
    """Caveats below the figure; Markdown."""
    width: Literal["margin", "text", "wide"] = "text"
    """The column it stands in: the margin (50 mm), the text (122 mm) or both (178 mm)."""


class Bar(Record):
    """One bar."""

    label: Plain
    value: float
    display: Plain | None = None
    """The value as printed, `$8.8 trillion`; left out, the number itself."""
    emphasis: bool = False
    """Whether it is drawn in the accent colour and said first."""


class Bars(FigureRecord):
    """Quantities side by side, on one scale that starts at zero."""

    kind: Literal["bars"]
    unit: Plain
    maximum: float | None = None
    """The end of the scale; left out, the largest value."""
    bars: tuple[Bar, ...] = Field(min_length=2)


class Series(Record):
    """One line of a chart over time."""

    label: Plain
    values: tuple[float | None, ...]


class Lines(FigureRecord):
    """Quantities over time."""

    kind: Literal["lines"]
    unit: Plain
    times: tuple[str | int, ...] = Field(min_length=2)
    maximum: float | None = None
    series: tuple[Series, ...] = Field(min_length=1)


class Column(Record):
    """A column's head: a name and a word below it."""

    label: Plain
    detail: Plain | None = None


class Row(Record):
    """A row of a matrix: a name and a level in each column."""

    label: Plain
    values: tuple[Literal["yes", "partly", "no"], ...]


class Matrix(FigureRecord):
    """What holds where: levels in words and shapes, columns in an order that means something."""

    kind: Literal["matrix"]
    stub: Plain
    """What the columns are, `Mode of release`."""
    towards_start: Plain | None = None
    towards_end: Plain | None = None
    columns: tuple[Column, ...] = Field(min_length=2)
    rows: tuple[Row, ...] = Field(min_length=1)


class Placed(Record):
    """Something placed on a level of a spectrum."""

    name: Plain
    by: Plain
    note: Plain | None = None


class Level(Record):
    """One level of a spectrum with what stands on it."""

    label: Plain
    detail: Plain
    items: tuple[Placed, ...] = Field(min_length=1)


class Spectrum(FigureRecord):
    """Things placed on ordered levels."""

    kind: Literal["spectrum"]
    towards_start: Plain
    towards_end: Plain
    levels: tuple[Level, ...] = Field(min_length=2)


class Group(Record):
    """A named set of named things."""

    label: Plain
    items: tuple[Plain, ...] = Field(min_length=1)


class Groups(FigureRecord):
    """Who belongs where: one mark for each member, with all names."""

    kind: Literal["groups"]
    unit: Plain
    groups: tuple[Group, ...] = Field(min_length=2)


Figure = Annotated[Bars | Lines | Matrix | Spectrum | Groups, Field(discriminator="kind")]


# ---------------------------------------------------------------------------- briefs


class NotEstimated(Record):
    """Says that a field was left without an estimate, and why."""

    not_estimated: Prose = Field(alias="not-estimated")


Estimate = Prose | NotEstimated


class Positions(Record):
    """The arguments a brief weighs."""

    for_: tuple[Slug, ...] = Field(alias="for", default=())
    against: tuple[Slug, ...] = ()


class KeyMessage(Item):
    """One of three to five sentences a reader should keep."""

    text: Prose
    rests_on: tuple[Target, ...] = Field(min_length=1)


class Option(Item):
    """A course that could be taken; the status quo is one of them."""

    id: Slug
    text: Prose
    benefits: Estimate
    harms: Estimate
    costs: Estimate
    uncertainty: Estimate


class Recommendation(Item):
    """What someone should do by when."""

    text: Prose
    actor: Plain
    action: Plain
    timeframe: Plain
    supports: Slug
    """The option it carries out."""
    rests_on: tuple[Target, ...] = Field(min_length=1)
    strength: Literal["strong", "conditional"]


class PullFigure(Item):
    """A number set large, with what it counts and who says so."""

    value: Plain
    text: Prose
    source: Citekey


class Box(Item):
    """A case, a definition or a caution set apart from the text."""

    title: Plain
    text: Prose


class Term(Item):
    """A word that the reader may not know."""

    term: Plain
    meaning: Prose


class Explainer(Record):
    """The parts of a news explainer, in their order."""

    whats_new: Prose
    how_it_works: Prose
    behind_the_news: Prose
    yes_but: Prose
    why_it_matters: Prose
    our_view: Prose


class Change(Record):
    """What was changed in which version."""

    version: Plain
    date: Day
    change: Prose


class Licence(Record):
    """Under which terms a brief may be used."""

    name: Plain
    url: Plain


class Disclosures(Record):
    """What a reader must know of how a brief came about; a brief's own replace the house's."""

    authors: tuple[Plain, ...] | None = None
    contact: Prose | None = None
    reviewers: Prose | None = None
    """Who reviewed it, or that nobody outside did."""
    funding: Prose | None = None
    conflicts: Prose | None = None
    ai_use: Prose | None = None
    method: Prose | None = None
    """Where and when evidence was searched, and how it was chosen."""
    licence: Licence | None = None


class Brief(Disclosures):
    """A publication: a selection of arguments put to a question; its slug is its file's name."""

    id: Slug
    title: Plain
    """Carries the message."""
    question: Plain
    """The issue, as a question."""
    bottom_line: Plain
    """The answer, in one sentence."""
    issued: Day
    version: Plain
    review_by: Day
    language: Plain | None = None
    keywords: tuple[Plain, ...] = ()
    why_now: Prose | None = None
    affected: Prose | None = None
    background: Prose | None = None
    """The problem; Markdown; `{{ figure("id") }}` on a line of its own places a figure."""
    explainer: Explainer | None = None
    """The text of a news explainer, in place of why_now, affected and background."""
    arguments: Positions
    objections: tuple[Target, ...] = ()
    """The objections printed, as argument/objection; left out, all of them."""
    grounds: tuple[Target, ...] = ()
    """The grounds printed, as argument/ground; left out, all of them."""
    contested: tuple[Prose, ...] = ()
    """What informed people still disagree on; left out, what the brief's arguments say."""
    key_messages: tuple[KeyMessage, ...] = ()
    pull_figures: tuple[PullFigure, ...] = ()
    figures: tuple[Slug, ...] = ()
    """Figures set after the arguments, besides those that the text places."""
    boxes: tuple[Box, ...] = ()
    options: tuple[Option, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    implementation: Prose | None = None
    glossary: tuple[Term, ...] = ()
    history: tuple[Change, ...] = Field(min_length=1)


# ---------------------------------------------------------------------------- the house


class Brand(Record):
    """How the house looks; each colour is used for text on white and must be dark enough for it."""

    primary: Colour = "#12324f"
    accent: Colour = "#a3431b"
    secondary: Colour = "#0b6157"
    logo: Plain | None = None
    """An SVG file below assets/, drawn in white for the masthead."""


class House(Disclosures):
    """Who publishes, and the defaults every brief starts from."""

    name: Plain
    short_name: Plain | None = None
    series: Plain
    """What the publications are called, `Policy brief`."""
    description: Plain
    """What the house is, in a sentence, for the index page."""
    url: Plain | None = None
    """Where the output folder is published."""
    language: Plain
    citation_style: Plain
    """A CSL file in assets/styles/, without its ending."""
    brand: Brand = Brand()
    severities: Mapping[str, Literal["off"] | Severity] = {}
    """A rule's severity where it differs from the rule's own."""


class Library(BaseModel):
    """Everything that the files under briefs/ say."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    house: House
    sources: Mapping[str, Any]
    """`csl.Source` by citekey."""
    arguments: Mapping[str, Argument]
    figures: Mapping[str, Figure]
    briefs: Mapping[str, Brief]


FIGURE_RECORDS = get_args(get_args(Figure)[0])
