"""Whoever prints the page from a browser gets a decent one: all of its words, on few pages, none of them blank.

Chromium prints to a PDF, whose pages PDFium draws and whose words it reads. Words are compared letter by letter, for
browsers break them as they like. Chromium draws Arabic and Hebrew from the left, and says so where it does
(`ReversedChars`); PDFium does not heed that, so words of these scripts are read from what is drawn. Their vowel signs,
which may stand beside their letters, are left out of account.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from pipeline.verify import browser, drawn, hypertext, limits, tools
from pipeline.verify.finding import Finding
from pipeline.verify.length import INK
from pipeline.verify.pictures import pdfium
from pipeline.verify.reading import document_of, pages_of

TOOLS = (
    *tools.BROWSING,
    tools.PDFIUM,
    tools.PIKEPDF,
    tools.NUMPY,
    tools.CSSSELECT2,
    tools.TINYCSS2,
    tools.TINYHTML5,
)
AHEAD = browser.visit
SHORTEST = 4
"""Letters of a word that is looked for; shorter ones are found inside others."""
TURNED = re.compile("[\\u0590-\\u08ff]+")
"""Words of scripts that run from right to left, without the forms of letters that only fonts know."""


def find(page: str) -> Iterator[Finding]:
    """Yield blank pages, too many pages, and words that are lost."""
    printed = base64.b64decode(browser.visit(page)["printed"])
    pictures = pdfium(printed)
    most = limits.of_page(page).printed
    if most and len(pictures) > most:
        yield Finding(message=f"a browser prints {len(pictures)} pages, and {most} are the most")
    for number, picture in enumerate(pictures, start=1):
        if not (picture < INK).any():
            yield Finding(message="a browser prints a blank page", place=f"page {number}")
    lost = dict.fromkeys((*_lost(page, printed), *_lost_turned(page, printed)))
    if lost:
        message = f"a browser does not print '{' '.join([*lost][:5])}'"
        yield Finding(message=message, times=len(lost))


def _lost(page: str, printed: bytes) -> Iterator[str]:
    """The words of a page that are not printed, of those that run from left to right."""
    with pages_of(printed) as document:
        letters = _letters("".join(leaf.get_textpage().get_text_range() for leaf in document))
    text = "".join(hypertext.plain_texts(page))
    if TURNED.search(text):  # beside Arabic, PDFium gives the figures at the end of an address in another place
        with document_of(printed) as document:
            letters += " " + _letters("".join(each for leaf in document.pages for each in _turned(leaf.obj)))
    for word in _straight(text):
        if len(_letters(word)) >= SHORTEST and _letters(word) not in letters:
            yield word


def _straight(text: str) -> Iterator[str]:
    """The words of a text that run from left to right; among others, each number of a list is a word."""
    turned = TURNED.search(text)
    for word in text.split():
        if turned and not any(map(str.isalpha, word)):
            yield from re.findall(r"\d+", word)
        elif not TURNED.search(word):
            yield word


def _lost_turned(page: str, printed: bytes) -> Iterator[str]:
    """The words of a page that are not printed, of those that run from right to left."""
    words = [word for word in TURNED.findall("".join(hypertext.plain_texts(page))) if len(_bare(word)) >= SHORTEST]
    if not words:
        return
    with document_of(printed) as document:
        letters = _bare("".join(text for leaf in document.pages for text in _turned(leaf.obj)))
    yield from (word for word in words if _bare(word) not in letters)


def _turned(leaf: Any) -> Iterator[str]:
    """The texts of a page, each run of letters that is drawn from the left turned round."""
    for turned, run in groupby(drawn.pieces(leaf, leaf.get("/Resources", {})), key=lambda piece: piece.turned):
        letters = [letter for piece in run for letter in piece.letters if letter != drawn.LINE]
        yield "".join(letters if turned is None else reversed(letters))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()


def _bare(text: str) -> str:
    """The letters of a text, without the marks on them and whatever their forms are."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if each.isalpha())
