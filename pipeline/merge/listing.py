"""Find what a list of recipients asks for: a library, the names of a product and a list in, its entries out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pipeline.line import named_as, told
from pipeline.merge.entries import Entries, Variant
from pipeline.merge.roll import read_roll
from pipeline.model import Library
from pipeline.problem import Problem, Refused
from pipeline.product import ANYWHERE, Product, planned
from pipeline.project import Project
from pipeline.render.fonts import missing
from pipeline.render.house_fonts import faces
from pipeline.render.scripts import undrawn

RULE = "recipients"


@dataclass(frozen=True, kw_only=True, slots=True)
class Wanted:
    """Of which product copies are made; what is None is as the brief's first product has it."""

    slug: str
    edition: str | None = None
    audience: str | None = None
    region: str | None = None
    language: str | None = None
    """The language of rows that name none."""


def products_of(library: Library, wanted: Wanted) -> tuple[Product, ...]:
    """The product that is wanted, in each language it is made in; that of rows that name none comes first.

    Raises Refused where the brief plans no such product.
    """
    brief = library.briefs[wanted.slug]
    plan = planned(library.house, brief)
    asked = (
        wanted.edition or plan[0].edition,
        wanted.audience or plan[0].audience or "everyone",
        wanted.region or plan[0].region or ANYWHERE,
    )
    found = [each for each in plan if asked == (each.edition, each.audience or "everyone", each.region or ANYWHERE)]
    first = [each for each in found if each.language == (wanted.language or plan[0].language)]
    if not found or (wanted.language and not first):
        message = f"the brief '{wanted.slug}' plans no such product"
        hint = f"see `openbrief products {wanted.slug}`, or add it to `products:`"
        raise Refused([Problem(mark=brief.mark("products"), rule=RULE, message=message, hint=hint)])
    return (*first, *(each for each in found if each not in first))


def entries_of(project: Project, library: Library, wanted: Wanted, path: Path) -> Entries:
    """Read the first row of a list, and what the brief has for its recipients in each language.

    Raises Refused where the brief has no slots or plans no such product, and for a list that is none.
    """
    brief = library.briefs[wanted.slug]
    if brief.recipient is None:
        message = f"the brief '{wanted.slug}' has no slots for recipients"
        hint = "declare them below `recipient:`, as assets/docs/merging.md shows"
        raise Refused([Problem(mark=brief.mark(), rule=RULE, message=message, hint=hint)])
    variants: dict[str, Variant] = {}
    for product in products_of(library, wanted):
        said = told(library, product).briefs[wanted.slug].recipient or brief.recipient
        metadata = named_as(project, library, product)
        variants[product.language] = Variant(product.language, said, metadata.identifier)
    return Entries(roll=read_roll(path, str(path)), variants=variants, undrawn=_drawing(project, library))


def _drawing(project: Project, library: Library) -> Callable[[str], tuple[str, str] | None]:
    """Give what says which character of a text no font draws, and what can be done."""
    added = faces(library.house, project.briefs)

    def said(text: str) -> tuple[str, str] | None:
        if not (gaps := undrawn(missing(text, project.assets, added))):
            return None
        hint = f"write it in letters that the brief's fonts have, or {gaps[0].hint}" if gaps[0].script else gaps[0].hint
        return gaps[0].said(min(gaps[0].characters)), hint

    return said
