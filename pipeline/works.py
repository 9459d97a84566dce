"""Tell which sources are one and the same work: sources in, pairs out.

Two sources are one work when they have the same DOI, or the same title and year and, where both name authors, an
author in common. DOIs are compared without their resolver and without regard to case (ISO 26324; DOI Handbook,
"Case sensitivity"), titles by their letters and digits alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.csl import Source

_RESOLVER = re.compile(r"^(?:https?://(?:dx\.|www\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


class Twin(NamedTuple):
    """A source, the earlier one that is the same work, and what shows it."""

    source: Source
    earlier: Source
    by: str


def bare_doi(text: str) -> str:
    """A DOI without the address or the word before it, as it is typed."""
    return _RESOLVER.sub("", text.strip())


def doi_of(source: Source) -> str:
    """The DOI of a source in small letters, from its address where it has no other; empty where there is none."""
    doi = source.doi or (bare_doi(source.url) if source.url and _RESOLVER.match(source.url) else "")
    return doi.lower()


def folded(text: str) -> str:
    """A text's letters and digits alone, without accents and capitals, with one space between words."""
    plain = "".join(part for part in unicodedata.normalize("NFKD", text) if not unicodedata.combining(part))
    return " ".join(re.findall(r"[^\W_]+", plain.casefold()))


def twins(sources: Iterable[Source]) -> Iterator[Twin]:
    """Yield each source that an earlier one is the same work as, once, with the first such."""
    by_doi: dict[str, Source] = {}
    by_title: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        doi = doi_of(source)
        namesakes = by_title.setdefault((folded(source.title), source.year), [])
        titled = bool(folded(source.title) and source.year)
        same = next((other for other in namesakes if titled and _may_share_authors(source, other)), None)
        if doi and by_doi.setdefault(doi, source) is not source:
            yield Twin(source, by_doi[doi], f"the DOI {doi}")
        elif same is not None:
            yield Twin(source, same, "title and year")
        namesakes.append(source)


def _may_share_authors(one: Source, other: Source) -> bool:
    ours, theirs = _authors(one), _authors(other)
    return not ours or not theirs or bool(ours & theirs)


def _authors(source: Source) -> set[str]:
    names = (name.family or name.literal or name.given or "" for name in source.author or ())
    return {folded(name) for name in names} - {"others", "et al"}
