"""The Word document opens in LibreOffice with all that it holds: headings, pictures with their words, and tables.

LibreOffice makes a tagged PDF of it. That has the headings of the document, in order and level, every picture with a
description, and every table with a row of header cells. A document that would fetch anything is not opened.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import office, word_parts
from pipeline.verify.finding import Finding
from pipeline.verify.office import Shown
from pipeline.verify.told import first_unlike
from pipeline.verify.word_parts import Word

TOOLS = office.TOOLS
AHEAD = office.ASK


def find(word: bytes) -> Iterator[Finding]:
    """Yield what it lacks, then in what LibreOffice shows something else."""
    opened = word_parts.opened(word)
    yield from _inside(opened)
    if not opened.afar:
        shown = AHEAD(word)
        yield from [Finding(message=shown)] if isinstance(shown, str) else _shown(opened, shown)


def _inside(word: Word) -> Iterator[Finding]:
    """What the document itself lacks."""
    for address in word.afar:
        yield Finding(message=f"it fetches '{address}' when it is opened")
    for part in word.lost:
        yield Finding(message=f"it names a part '{part}', which it does not have")
    if word.told.language not in word.languages:
        yield Finding(message=f"it is in '{word.told.language}', and its text in {', '.join(sorted(word.languages))}")
    for number, words in enumerate(word.told.pictures, start=1):
        if not words:
            yield Finding(message=f"picture {number} has no description")
    for number, headed in enumerate(word.headed, start=1):
        if not headed:
            yield Finding(message=f"table {number} has no header row")


def _shown(word: Word, shown: Shown) -> Iterator[Finding]:
    """In what LibreOffice shows something else than the document holds."""
    yield from first_unlike(word.told.headings, shown.headings, "heading", "document", "what LibreOffice shows")
    if shown.figures + shown.bare != len(word.told.pictures):
        message = f"LibreOffice shows {shown.figures + shown.bare} pictures of {len(word.told.pictures)}"
        yield Finding(message=message)
    elif shown.bare:
        yield Finding(message=f"LibreOffice finds no description of {shown.bare} pictures")
    if shown.tables + shown.headless != len(word.headed):
        yield Finding(message=f"LibreOffice shows {shown.tables + shown.headless} tables of {len(word.headed)}")
    elif shown.headless > word.headed.count(False):
        yield Finding(message=f"LibreOffice finds no header cells in {shown.headless} tables")
