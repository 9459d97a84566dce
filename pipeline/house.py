"""Define the records of house.yaml, and those that a brief shares with it: disclosures, and plans of products."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, Field, field_validator

from pipeline.record import (
    Colour,
    Edition,
    FontFile,
    Form,
    Language,
    Phrase,
    Plain,
    Prose,
    Reader,
    Record,
    Slug,
    Unfit,
    Web,
)


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
