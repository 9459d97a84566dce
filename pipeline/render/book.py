"""Say in an EPUB book what catalogues and reading systems ask for: pandoc's options, and its parts mended."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import escape

from pipeline.forms import Metadata
from pipeline.wording.language import Wording
from pipeline.wording.said import say

CHAPTERS = re.compile(r"EPUB/(?:text/.*|nav)\.xhtml")
FEATURES = ("alternativeText", "readingOrder", "structuralNavigation", "tableOfContents")
"""What helps who can't see a page (schema.org/accessibilityFeature), in every book."""
SUMMARY = say("Headings, lists and tables are marked as such; each figure has a description, and its data as a table.")
"""What every book says of itself in words."""
_SCHEMA = re.compile(r' *<meta property="schema:[^>]*>[^<]*</meta>\n')
_PICTURE = re.compile(r"<img\b")


def options(metadata: Metadata) -> Iterator[str]:
    """Yield pandoc's options: one chapter, contents of two levels, and what catalogues are told."""
    told = {
        "title": metadata.title,
        "publisher": metadata.publisher,
        "description": metadata.description,
        "identifier": metadata.identifier,
        "date": metadata.issued,
        "rights": metadata.licence,
    }
    several = [*(("author", each) for each in metadata.authors), *(("subject", each) for each in metadata.keywords)]
    for name, value in (*told.items(), *several):
        yield from ("--metadata", f"{name}={value}")
    yield from ("--to", "epub3", "--epub-title-page=false", "--toc-depth=2")


def mended(parts: Mapping[str, bytes], metadata: Metadata, sheet: bytes, wording: Wording) -> dict[str, bytes]:
    """Give the parts of a book with what pandoc leaves out: titles, the direction of reading, and who can read it.

    Its last change is the day it was issued.
    """
    made = {**parts, "EPUB/styles/stylesheet1.css": sheet}
    pictures = False
    for name in filter(CHAPTERS.fullmatch, parts):
        text = made[name].decode()
        pictures = pictures or bool(_PICTURE.search(text))
        text = re.sub("<title>[^<]*</title>", lambda _: f"<title>{escape(metadata.title)}</title>", text, count=1)
        made[name] = text.replace("<html ", f'<html dir="{wording.direction}" ', 1).encode()
    opf = made["EPUB/content.opf"].decode()
    opf = re.sub(r"(property=\"dcterms:modified\">)[^<]*<", rf"\g<1>{metadata.issued}T00:00:00Z<", opf)
    opf = opf.replace("<spine ", f'<spine page-progression-direction="{wording.direction}" ', 1)
    access = "".join(
        f'    <meta property="schema:{name}">{value}</meta>\n' for name, value in _access(pictures, wording)
    )
    made["EPUB/content.opf"] = _SCHEMA.sub("", opf).replace("  </metadata>", f"{access}  </metadata>", 1).encode()
    return made


def _access(pictures: bool, wording: Wording) -> Iterator[tuple[str, str]]:
    """Yield what is said of who can read it (EPUB Accessibility 1.1, 2)."""
    yield "accessMode", "textual"
    if pictures:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual"
    yield from (("accessibilityFeature", feature) for feature in FEATURES)
    yield "accessibilityHazard", "none"
    yield "accessibilitySummary", escape(wording.say(SUMMARY))
