"""Open an EPUB book to look inside: bytes in; its package, its documents and its contents out."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.verify.hypertext import HTML
from pipeline.verify.parcels import parts_of, xml_of
from pipeline.verify.told import plain

OPF, DC = "{http://www.idpf.org/2007/opf}", "{http://purl.org/dc/elements/1.1/}"
CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPS = "{http://www.idpf.org/2007/ops}"
XHTML = "application/xhtml+xml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Book:
    """An EPUB book."""

    package: Element
    """What it says of itself (EPUB 3.3, 5)."""
    documents: Mapping[str, Element]
    """Every document by its name within the book, the contents too."""
    chapters: Mapping[str, Element]
    """Those that are read one after the other."""

    @property
    def language(self) -> str:
        """BCP 47; empty where the book doesn't say."""
        return self.package.findtext(f".//{DC}language", "").strip()

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`; empty where the book doesn't say."""
        spine = self.package.find(f"{OPF}spine")
        return "" if spine is None else spine.get("page-progression-direction", "")

    def contents(self) -> Iterator[tuple[int, str]]:
        """Yield level and words of each line of the contents (EPUB 3.3, 7.4.1.1)."""
        for document in self.documents.values():
            for nav in document.iter(f"{HTML}nav"):
                if nav.get(f"{OPS}type") == "toc":
                    yield from _lines(nav.find(f"{HTML}ol"), 1)


def opened(book: bytes) -> Book:
    """Open a book; raises ValueError where it can't be read, LookupError where it names what it doesn't have."""
    parts = parts_of(book)
    root = xml_of(parts, "META-INF/container.xml").find(f".//{CONTAINER}rootfile")
    if root is None:
        raise ValueError("it doesn't say where it begins")
    name = root.get("full-path", "")
    package, folder = xml_of(parts, name), posixpath.dirname(name)
    items = {
        item.get("id", ""): posixpath.normpath(posixpath.join(folder, item.get("href", "")))
        for item in package.iter(f"{OPF}item")
        if item.get("media-type") == XHTML
    }
    documents = {path: xml_of(parts, path) for path in items.values()}
    read = [items[each.get("idref", "")] for each in package.iter(f"{OPF}itemref")]
    return Book(package=package, documents=documents, chapters={path: documents[path] for path in read})


def _lines(listed: Element | None, level: int) -> Iterator[tuple[int, str]]:
    for item in listed if listed is not None else ():
        link = item.find(f"{HTML}a")
        yield level, plain("".join(link.itertext())) if link is not None else ""
        yield from _lines(item.find(f"{HTML}ol"), level + 1)
