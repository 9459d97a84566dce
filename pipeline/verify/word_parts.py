"""Open a Word document to look inside: bytes in; its text, headings, pictures, tables and bookmarks out."""

from __future__ import annotations

import hashlib
import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from pipeline.verify.parcels import parts_of, xml_of
from pipeline.verify.told import Told, plain

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
RELATED = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
DC = "{http://purl.org/dc/elements/1.1/}"
AROUND = frozenset({"Kicker", "Byline"})
"""Styles of what stands around the article."""
LONGEST = 40
"""Characters that Word allows a bookmark."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A Word document."""

    told: Told
    """What it tells, as a page is told."""
    headed: tuple[bool, ...]
    """Whether each table begins with a row that is marked as its head."""
    bookmarks: frozenset[str]
    languages: frozenset[str]
    """What text is in where nothing else is said of it, in Latin letters and in others."""
    afar: tuple[str, ...]
    """What it would fetch from elsewhere when it is opened."""
    lost: tuple[str, ...]
    """Parts that it names and doesn't have."""


def opened(word: bytes) -> Word:
    """Open a document; raises ValueError where it can't be read."""
    parts = parts_of(word)
    body = xml_of(parts, "word/document.xml")
    levels = dict(_levels(xml_of(parts, "word/styles.xml")))
    core = xml_of(parts, "docProps/core.xml")
    paragraphs = [(_style(each), plain(_text(each))) for each in body.iter(f"{W}p")]
    tables = list(body.iter(f"{W}tbl"))
    related = list(_related(parts))
    return Word(
        told=Told(
            language=core.findtext(f".//{DC}language", ""),
            text=" ".join(text for style, text in paragraphs if style not in AROUND),
            headings=tuple((levels[style], text) for style, text in paragraphs if style in levels),
            pictures=tuple(plain(each.get("descr", "")) for each in body.iter(DRAWN)),
            tables=len(tables),
        ),
        headed=tuple(table.find(f"{W}tr/{W}trPr/{W}tblHeader") is not None for table in tables),
        bookmarks=frozenset(each.get(f"{W}name", "") for each in body.iter(f"{W}bookmarkStart")),
        languages=frozenset(_languages(xml_of(parts, "word/styles.xml"))),
        afar=tuple(target for target, outside in related if outside),
        lost=tuple(target for target, outside in related if not outside and target not in parts),
    )


def bookmark(address: str) -> str:
    """The bookmark of an address: `-` is `_`, `/` is `__`, `#` is `___`; one too long ends with eight of its SHA-1."""
    name = address.replace("#", "___").replace("/", "__").replace("-", "_")
    if len(name) <= LONGEST:
        return name
    return f"{name[:31]}_{hashlib.sha1(address.encode(), usedforsecurity=False).hexdigest()[:8]}"


def _levels(styles: Element) -> Iterator[tuple[str, int]]:
    """The styles of headings, with their levels from 1."""
    for style in styles.iter(f"{W}style"):
        level = style.find(f"{W}pPr/{W}outlineLvl")
        if level is not None:
            yield style.get(f"{W}styleId", ""), int(level.get(f"{W}val", "0")) + 1


def _style(paragraph: Element) -> str:
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(f"{W}val", "")


def _text(paragraph: Element) -> str:
    spaces = {f"{W}tab": " ", f"{W}br": " ", f"{W}cr": " ", f"{W}noBreakHyphen": "\u2011"}
    return "".join((run.text or "") if run.tag == f"{W}t" else spaces.get(run.tag, "") for run in paragraph.iter())


def _languages(styles: Element) -> Iterator[str]:
    said = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    for script in ("val", "bidi", "eastAsia"):
        yield "" if said is None else said.get(f"{W}{script}", "")


def _related(parts: Mapping[str, bytes]) -> Iterator[tuple[str, bool]]:
    """Yield what the parts lead to, but for links that a reader follows, and whether it lies outside."""
    for name in parts:
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for related in xml_of(parts, name).iter(RELATED):
                target = related.get("Target", "")
                if related.get("TargetMode") != "External":
                    yield posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"), False
                elif not related.get("Type", "").endswith("/hyperlink"):
                    yield target, True
