"""Put the products of each brief into lines by language, for the page that lists all briefs: entries in, lines out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.forms import Entry
from pipeline.house import House
from pipeline.wording.locale import direction, name

_APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W_])|(?<=s)'(?![^\W_])")
_OPENING = re.compile(r"(?<![^\W_])'(?=\S)")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """The products of a brief in one language, the main one first."""

    language: str
    entries: tuple[Entry, ...]

    @property
    def name(self) -> str:
        """What the language is called in itself, as a heading: `Français`."""
        said = name(self.language, self.language)
        return said[:1].upper() + said[1:]

    @property
    def direction(self) -> str:
        """Which way its lines run."""
        return direction(self.language)


def grouped(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The products of each brief, its main one first."""
    found: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: not entry.metadata.main):
        found.setdefault(entry.metadata.slug, []).append(entry)
    return [found[slug] for slug in dict.fromkeys(entry.metadata.slug for entry in entries)]


def rows(entries: Iterable[Entry], house: House) -> list[Row]:
    """A line for each language of a brief: that of its main product, then in the order in which the house names them.

    In a line stand the editions from the usual one to the longest.
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries:
        found.setdefault(entry.metadata.language, []).append(entry)
    first = next(iter(found))
    planned = [first, house.language, *(language for plan in house.products for language in plan.languages)]
    places = {language: place for place, language in reversed(list(enumerate(planned)))}
    tags = sorted(found, key=lambda tag: (places.get(tag, len(planned)), tag))
    editions = ("brief", "one-page", "questions", "full")

    def rank(entry: Entry) -> tuple[bool, int, str]:
        edition = entry.metadata.edition
        return (
            not entry.metadata.main,
            editions.index(edition) if edition in editions else len(editions),
            entry.metadata.file,
        )

    return [Row(language=tag, entries=tuple(sorted(found[tag], key=rank))) for tag in tags]


def typeset(text: str) -> str:
    """Plain text as pages print it: an apostrophe bends, as in `a model's` and `models'`, and quotes stay as they are.

    Behind an `s` it may be the other one of two quotes, where one has opened before.
    """
    first = _OPENING.search(text)

    def bent(found: re.Match[str]) -> str:
        inside = text[found.end() : found.end() + 1].isalnum()
        apostrophe = inside or not first or found.start() < first.start()
        return "\N{RIGHT SINGLE QUOTATION MARK}" if apostrophe else found[0]

    return _APOSTROPHE.sub(bent, text)
