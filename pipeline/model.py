"""Define the records of a library: briefs, and all that a library holds.

A record is frozen and knows its place: `record.mark("text")` is where that value stands in its file.
The records of the house, of arguments, figures and sources have modules of their own and are named here too.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from pipeline.answer import Answer
from pipeline.argument import Argument, Evidence, Ground, Objection
from pipeline.catalogue import Catalogue
from pipeline.csl import Source
from pipeline.figure import Figure
from pipeline.house import Brand, Disclosures, House, Licence, Plans, Products, Severities
from pipeline.problem import Comment
from pipeline.recipient import Recipient, RecipientSlot
from pipeline.record import (
    FIGURE_PLACED,
    KEYS_TAG,
    TEXT_TAG,
    Certainty,
    Citekey,
    Day,
    Item,
    Language,
    Phrase,
    Plain,
    Prose,
    Record,
    Slug,
    Target,
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
    alone when nothing is known of the whole file; `arguments/misuse-risk/grounds` when it may have more of them."""
    parts: Mapping[str, Record] = {}
    """What could be read of arguments, figures and briefs that could not be loaded, by such names: records with gaps,
    for rules that look at names alone."""
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
