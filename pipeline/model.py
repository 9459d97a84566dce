"""Define the records of a library: briefs, the house, and all that a library holds.

A record is frozen and knows its place: `record.mark("text")` is where that value stands in its file.
The records of arguments, figures and sources have modules of their own and are named here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, field_validator

from pipeline.answer import Answer
from pipeline.argument import Argument, Evidence, Ground, Objection
from pipeline.catalogue import Catalogue
from pipeline.csl import Source
from pipeline.figure import Figure
from pipeline.problem import Comment
from pipeline.recipient import Recipient, RecipientSlot
from pipeline.record import (
    FIGURE_PLACED,
    KEYS_TAG,
    TEXT_TAG,
    Certainty,
    Citekey,
    Colour,
    Day,
    Edition,
    FontFile,
    Form,
    Item,
    Language,
    Phrase,
    Plain,
    Prose,
    Reader,
    Record,
    Slug,
    Target,
    Unfit,
    Web,
    tag_of,
)

__all__ = [
    "Answer",
    "Argument",
    "Box",
    "Brand",
    "Brief",
    "Certainty",
    "Change",
    "Disclosures",
    "Estimate",
    "Evidence",
    "Explainer",
    "Figure",
    "Ground",
    "House",
    "KeyMessage",
    "Library",
    "Licence",
    "NotEstimated",
    "Objection",
    "Option",
    "Positions",
    "Products",
    "PullFigure",
    "Recipient",
    "RecipientSlot",
    "Recommendation",
    "Record",
    "Severities",
    "Slot",
    "Source",
    "Term",
]

# ---------------------------------------------------------------------------- briefs


class NotEstimated(Record):
    """Says that a field was left without an estimate, and why."""

    not_estimated: Prose = Field(alias="not-estimated")


Estimate = Annotated[
    Annotated[Prose, Tag(TEXT_TAG)] | Annotated[NotEstimated, Tag(KEYS_TAG)],
    Discriminator(tag_of),
]
"""Text, or `not-estimated:` and why."""


class Positions(Record):
    """The arguments a brief weighs."""

    for_: tuple[Slug, ...] = Field(alias="for", default=())
    against: tuple[Slug, ...] = ()


class Wordings(Record):
    """A text worded for each of some audiences."""

    legislator: Prose | None = None
    regulator: Prose | None = None
    staff: Prose | None = None
    press: Prose | None = None
    public: Prose | None = None


class KeyMessage(Item):
    """One of three to five sentences a reader should keep."""

    text: Prose
    for_: Wordings | None = Field(alias="for", default=None)
    """The message, worded for some readers."""
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
    actor: Phrase
    action: Phrase
    timeframe: Phrase
    supports: Slug
    """The option it carries out."""
    rests_on: tuple[Target, ...] = Field(min_length=1)
    strength: Literal["strong", "conditional"]


class PullFigure(Item):
    """A number set large, with what it counts and who says so."""

    value: Phrase
    text: Prose
    source: Citekey


class Box(Item):
    """A case, a definition or a caution set apart from the text."""

    title: Phrase
    text: Prose


class Term(Item):
    """A word that the reader may not know."""

    term: Phrase
    meaning: Prose


class SlotWordings(Record):
    """What a slot holds for each of some audiences."""

    legislator: Phrase | None = None
    regulator: Phrase | None = None
    staff: Phrase | None = None
    press: Phrase | None = None
    public: Phrase | None = None


class SlotThere(Record):
    """What a slot holds in one region."""

    id: Slug
    """A region of house.yaml."""
    text: Phrase


class Slot(Record):
    """A few words that differ by audience or region and stand in texts at `{{ local("id") }}`."""

    id: Slug
    text: Phrase | None = None
    """What stands there for everyone; left out, only those named below `for` and `regions` can read a text with it."""
    for_: SlotWordings | None = Field(alias="for", default=None)
    """What stands there for some readers."""
    regions: tuple[SlotThere, ...] = ()
    """What stands there in some regions, whoever reads it."""


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
    acknowledges: tuple[Citekey, ...] = ()
    """The retracted sources whose loss this change tells of."""


class Licence(Record):
    """Under which terms a brief may be used."""

    name: Plain
    url: Web


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


class Products(Record):
    """Some products: every edition named here, for every audience and in every language named here."""

    editions: tuple[Edition, ...] = Field(default=("brief",), min_length=1, max_length=60)
    languages: tuple[Language, ...] = Field(default=(), max_length=60)
    """In which languages; left out, in the one that the brief is written in."""
    audiences: tuple[Reader, ...] = Field(default=("everyone",), min_length=1, max_length=60)
    regions: tuple[Slug, ...] = Field(default=(), max_length=60)
    """For which regions of house.yaml; left out, for none in particular."""


MOST_PRODUCTS = 1_000
"""How many products a brief may have."""


def _few(plans: tuple[Products, ...]) -> tuple[Products, ...]:
    total = sum(
        len(plan.editions) * len(plan.audiences) * max(len(plan.languages), 1) * max(len(plan.regions), 1)
        for plan in plans
    )
    if total > MOST_PRODUCTS:
        message = f"these plans ask for {total:,} products of a brief; {MOST_PRODUCTS:,} are the most"
        raise Unfit(message, "name fewer editions, languages, audiences or regions")
    return plans


Plans = Annotated[tuple[Products, ...], AfterValidator(_few)]
"""What is made of a brief."""


class BriefWording(Record):
    """A brief worded for some readers; what is left out is said as it is to everyone."""

    bottom_line: Phrase | None = None
    why_now: Prose | None = None


class BriefWordings(Record):
    """A brief worded for each of some audiences."""

    legislator: BriefWording | None = None
    regulator: BriefWording | None = None
    staff: BriefWording | None = None
    press: BriefWording | None = None
    public: BriefWording | None = None


class Brief(Disclosures):
    """A publication: a selection of arguments put to a question; its slug is its file's name."""

    id: Slug
    title: Phrase
    """Carries the message."""
    question: Phrase
    """The issue, as a question."""
    bottom_line: Phrase
    """The answer, in one sentence."""
    for_: BriefWordings | None = Field(alias="for", default=None)
    """The bottom line and why now, worded for some readers."""
    issued: Day
    version: Plain
    review_by: Day
    language: Language | None = None
    keywords: tuple[Phrase, ...] = ()
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
    lead_figure: Slug | None = None
    """The figure of its one page; left out, the first of its figures that stands in the margin, or else the first."""
    boxes: tuple[Box, ...] = ()
    options: tuple[Option, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    implementation: Prose | None = None
    glossary: tuple[Term, ...] = ()
    local: tuple[Slot, ...] = ()
    """Words that differ by audience or region, for `{{ local("id") }}` in the brief's texts."""
    recipient: Recipient | None = None
    """What differs from copy to copy, for `openbrief merge`."""
    products: Plans = Field(default=(), max_length=60)
    """In which editions, for whom, in which languages it is made; left out, as the house says.

    The first bears the plain name."""
    history: tuple[Change, ...] = Field(min_length=1)

    def figures_placed(self) -> tuple[str, ...]:
        """The ids of figures that the text places, then of those in the list, each once."""
        placed = [id for _, _, text in self.prose() for id in FIGURE_PLACED.findall(text)]
        return tuple(dict.fromkeys([*placed, *self.figures]))

    def figures_shown(self) -> tuple[str, ...]:
        """The ids of all figures that some edition shows, each once."""
        return tuple(dict.fromkeys([*self.figures_placed(), *([self.lead_figure] if self.lead_figure else [])]))


# ---------------------------------------------------------------------------- the house


class Brand(Record):
    """How the house looks; each colour is used for text on white and must be dark enough for it."""

    primary: Colour = "#12324f"
    accent: Colour = "#a3431b"
    secondary: Colour = "#0b6157"
    logo: Plain | None = None
    """An SVG file below assets/, drawn in white for the masthead."""


Weight = Literal["off", "warning", "error"]
"""How much a rule weighs: it isn't asked, it is told, or it stops the build."""


class Severities(Record):
    """The severities of rules in some files only."""

    files: Plain
    """Which files, as a pattern from the project's root: `briefs/draft-*.yaml`; `**` stands for folders too."""
    rules: Mapping[str, Weight] = Field(min_length=1)
    """Each rule with its severity there."""


class Font(Record):
    """One cut of a font of the house's own, for what no bundled font draws."""

    file: FontFile
    """A static TrueType file below briefs/, `fonts/ipag.ttf`."""
    family: Literal["sans", "serif", "display"]
    """Where it is used: in running text, in labels and figures, or in titles."""
    weight: int = Field(default=400, ge=100, le=900, multiple_of=100)
    """How heavy it is: 400 for plain text, 600 and 700 for bold."""
    italic: bool = False
    """Whether it slants."""


class Region(Record):
    """A place that has products of its own."""

    id: Slug
    name: Phrase
    """What its products call it, `Northern Ireland`."""

    @field_validator("id")
    @classmethod
    def _tells_itself_apart(cls, id: str) -> str:
        for taken in (*get_args(Edition), *get_args(Reader)):
            if id == taken or id.startswith(f"{taken}-"):
                raise ValueError(f"files of a region '{id}' could not be told from those of '{taken}'")
        return id


class Limits(Record):
    """What making one product may use; one that needs more is a mistake, and only that one is not made."""

    seconds: int = Field(default=180, ge=1, le=86_400)
    """How long it may take, pandoc and all, where several processes work."""
    memory: int = Field(default=2048, ge=512, le=1_048_576)
    """How much memory it may take, in MiB, where several processes work; Linux alone holds to it."""
    pages: int = Field(default=500, ge=1, le=10_000)


class House(Disclosures):
    """Who publishes, and the defaults every brief starts from."""

    name: Plain
    short_name: Plain | None = None
    """The name at the foot of pages whose line has no room for the whole one."""
    series: Phrase
    """What the publications are called, `Policy brief`."""
    description: Phrase
    """What the house is, in a sentence, for the index page."""
    url: Web | None = None
    """Where the output folder is published."""
    language: Language
    citation_style: Plain
    """A CSL file in assets/styles/, without its ending."""
    brand: Brand = Brand()
    known_acronyms: tuple[Plain, ...] = ()
    """Acronyms that the readers of this house know, besides those that everyone does."""
    fonts: tuple[Font, ...] = Field(default=(), max_length=60)
    """Fonts for scripts that no bundled font has."""
    paper: Literal["A4", "letter"] = "A4"
    """What the PDF files are printed on."""
    regions: tuple[Region, ...] = Field(default=(), max_length=60)
    """The places that have products of their own."""
    products: Plans = Field(default=(Products(),), min_length=1, max_length=60)
    """In which editions, for whom, in which languages briefs are made. The first bears the plain name."""
    formats: tuple[Form, ...] = Field(default=("pdf", "html"), min_length=1)
    """Which files are made of each product."""
    limits: Limits = Limits()
    """What making one product may use."""
    severities: Mapping[str, Weight] = {}
    """A rule's severity where it differs from the rule's own."""
    severities_for: tuple[Severities, ...] = ()
    """The same for some files only; of several that fit a file, the last one holds."""


class Library(BaseModel):
    """Everything that the files under briefs/ say."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    house: House
    sources: Mapping[str, Source]
    arguments: Mapping[str, Argument]
    figures: Mapping[str, Figure]
    briefs: Mapping[str, Brief]
    unloaded: frozenset[str] = frozenset()
    """What stands in the files but could not be loaded: `arguments/misuse-risk`, `sources/kapoor-2024`; `sources`
    alone when nothing is known of the whole file."""
    files: tuple[str, ...] = ()
    """The names of all files of records and translations, those that could not be read too."""
    comments: tuple[Comment, ...] = ()
    """What comments in the files ask of the program."""
    answers: Mapping[str, Answer] = {}
    """What the web answered when addresses were last asked for, by address."""
    texts: Mapping[str, str | None] = {}
    """The stored texts of sources by the names that sources call them by; None for what could not be read."""
    catalogues: Mapping[str, Catalogue] = {}
    """The translations of its texts, by language."""
    original: str = ""
    """In a translated library: the language it was translated from."""
    foreign: Mapping[str, str] = {}
    """In a translated library: the texts that have no translation, with the language they are in."""

    def knows(self, kind: Literal["arguments", "figures", "sources"], id: str) -> bool:
        """Whether there is such an argument, figure or source, be it loaded or not."""
        return id in getattr(self, kind) or not self.unloaded.isdisjoint((kind, f"{kind}/{id}"))
