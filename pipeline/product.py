"""Name the products of a library: each brief in the editions, for the readers, that the house makes.

A product is one edition of a brief for one audience and region in one language. The first that is planned for a
brief is its main one, and bears the brief's plain name.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from pipeline.model import Brief, House, Library
from pipeline.record import Audience, Edition, Form

ANYWHERE = "anywhere"
"""What an order calls the products that are for no region in particular."""
FORMATS: tuple[Form, ...] = get_args(Form)
"""Every form that a product can be had in."""

PLAIN: tuple[Form, ...] = ("pdf", "html")
"""What is made where nothing else is asked for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """One edition of a brief, for one audience and region, in one language."""

    slug: str
    edition: Edition
    audience: Audience | None
    """Who it is for; None for everyone."""
    region: str | None = None
    """Where; None for anywhere."""
    language: str
    main: bool
    """Whether it bears the brief's plain name."""

    @property
    def name(self) -> str:
        """What its files are called: `open-models`, or `open-models-one-page-legislator.en-GB`."""
        if self.main:
            return self.slug
        parts = (self.slug, "" if self.edition == "brief" else self.edition, self.audience, self.region)
        return f"{'-'.join(filter(None, parts))}.{self.language}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Order:
    """What is asked for; what is empty leaves nothing out."""

    slugs: Collection[str] = ()
    editions: Collection[str] = ()
    audiences: Collection[str] = ()
    """`everyone` stands for the products that are for no audience in particular."""
    regions: Collection[str] = ()
    """`anywhere` stands for the products that are for no region in particular."""
    languages: Collection[str] = ()
    formats: Collection[str] = ()
    """Which files to make; empty for those that the house makes."""
    draft: bool = False
    fresh: bool = False
    """Whether to make everything anew, whatever the last release has."""
    keep: bool = True
    """Whether what stages made is kept for the next build."""
    shard: tuple[int, int] | None = None
    """Which part of the products, of how many parts; None for all."""
    take: Collection[Path] = ()
    """Folders of releases, or of parts of one; what would come out the same is taken from there."""

    @property
    def whole(self) -> bool:
        """Whether it asks for a whole release."""
        filters = (self.slugs, self.editions, self.audiences, self.regions, self.languages, self.formats)
        return not any(filters) and not self.draft and self.shard is None

    def has(self, product: Product) -> bool:
        """Whether a product is in the part that is asked for: by its name alone, whatever others there are."""
        if self.shard is None:
            return True
        part, parts = self.shard
        return int(hashlib.sha256(product.name.encode()).hexdigest(), 16) % parts == part - 1

    def forms(self, house: House) -> frozenset[str]:
        """Which files are asked for in a house."""
        return frozenset(self.formats or house.formats)

    def linked(self, house: House) -> frozenset[str]:
        """Which forms pages link to: those that are made with them, and the PDF of a house that makes one."""
        made = self.forms(house)
        return (made if "html" in made else frozenset(house.formats)) | {"pdf"} & {*house.formats}


def planned(house: House, brief: Brief) -> tuple[Product, ...]:
    """Give the products of a brief in the order of the files, each once; a brief's own plan replaces the house's."""
    found: dict[tuple[Edition, Audience | None, str | None, str], Product] = {}
    for plan in brief.products or house.products:
        languages = plan.languages or (brief.language or house.language,)
        regions = plan.regions or (None,)
        for language, edition, region, reader in itertools.product(languages, plan.editions, regions, plan.audiences):
            audience = None if reader == "everyone" else reader
            product = Product(
                slug=brief.id, edition=edition, audience=audience, region=region, language=language, main=not found
            )
            found.setdefault((edition, audience, region, language), product)
    return tuple(found.values())


def products(library: Library, order: Order) -> Iterator[Product]:
    """Yield the products that an order asks for, sorted by brief."""
    for slug in order.slugs or sorted(library.briefs):
        for product in planned(library.house, library.briefs[slug]):
            asked = (
                (order.editions, product.edition),
                (order.audiences, product.audience or "everyone"),
                (order.regions, product.region or ANYWHERE),
                (order.languages, product.language),
            )
            if order.has(product) and all(not wanted or given in wanted for wanted, given in asked):
                yield product
