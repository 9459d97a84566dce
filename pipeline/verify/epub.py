"""The book is EPUB 3 without a mistake, says EPUBCheck, and tells and keeps what it owes to who can't see it.

EPUBCheck judges the book as it is written. Looked at besides is what EPUB Accessibility 1.1 asks for: what is said of
who can read it is there and is true, every document has the book's title, language and direction, every picture a
description, every table header cells, the contents are its headings, and one heading is the first of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from pipeline.verify import books, epubcheck
from pipeline.verify.books import DC, OPF, Book
from pipeline.verify.finding import Finding
from pipeline.verify.hypertext import HTML
from pipeline.verify.told import by_elements, named, plain

TOOLS = epubcheck.TOOLS
ASKED = ("accessMode", "accessModeSufficient", "accessibilityFeature", "accessibilityHazard", "accessibilitySummary")
"""What must be said of who can read it (EPUB Accessibility 1.1, 2)."""
LISTED = 2
"""Levels of headings that stand in the contents."""
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def find(book: bytes) -> Iterator[Finding]:
    """Yield what EPUBCheck says, then what it can't see."""
    yield from epubcheck.messages(book)
    opened = books.opened(book)
    yield from _access(opened)
    title = plain(opened.package.findtext(f".//{DC}title", ""))
    for name, document in opened.documents.items():
        yield from (Finding(message=message, place=name) for message in _document(opened, document, title))
    yield from _headings(opened)


def _access(book: Book) -> Iterator[Finding]:
    """What is said of who can read it, held against what is there."""
    said = [
        (meta.get("property", "").removeprefix("schema:"), (meta.text or "").strip())
        for meta in book.package.iter(f"{OPF}meta")
    ]
    for name in ASKED:
        if not any(key == name and value for key, value in said):
            yield Finding(message=f"the book does not say its '{name}'")
    pictures = any(document.find(f".//{HTML}img") is not None for document in book.chapters.values())
    modes = {value for key, value in said if key == "accessMode"}
    if modes and modes != {"textual", *(["visual"] if pictures else [])}:
        yield Finding(message=f"the book says that one reads it as {', '.join(sorted(modes))}, which it is not")


def _document(book: Book, document: Element, title: str) -> Iterator[str]:
    """What is wrong with one document of the book."""
    told = plain(document.findtext(f".//{HTML}title", ""))
    if not title or told != title:
        yield f"the document is called '{told}', and the book '{title}'"
    for name in ("lang", _LANGUAGE):
        if document.get(name) != book.language:
            yield f"the document is in '{document.get(name, '')}', and the book in '{book.language}'"
    if document.get("dir") != book.direction:
        yield f"the document reads '{document.get('dir', '')}', and the book '{book.direction}'"
    for number, picture in enumerate(document.iter(f"{HTML}img"), start=1):
        if not picture.get("alt", "").strip():
            yield f"picture {number} has no description"
    for number, table in enumerate(document.iter(f"{HTML}table"), start=1):
        if table.find(f".//{HTML}th") is None:
            yield f"table {number} has no header cell"


def _headings(book: Book) -> Iterator[Finding]:
    """The contents against the headings, of which the first is the only one of its level."""
    headings = by_elements(tuple(book.chapters.values()), book.language).headings
    first = sum(level == 1 for level, _ in headings)
    if first != 1 or headings[0][0] != 1:
        yield Finding(message=f"the book has {first} headings of level 1, and must begin with the only one")
    listed, expected = tuple(book.contents()), tuple(line for line in headings if line[0] <= LISTED)
    if listed != expected:
        one, other = next((pair for pair in zip(listed, expected, strict=False) if pair[0] != pair[1]), (None, None))
        told = f": they say {named(one)} for {named(other)}" if one else ""
        yield Finding(message=f"the contents have {len(listed)} lines for {len(expected)} headings{told}")
