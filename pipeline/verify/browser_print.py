"""Whoever prints the page from a browser gets a decent one: all of its words, on few pages, none of them blank.

Chromium prints to a PDF, whose pages PDFium draws and whose words it reads. Words are compared letter by letter, for
browsers break them as they like.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator

from pipeline.verify import browser, hypertext, limits, tools
from pipeline.verify.finding import Finding
from pipeline.verify.length import INK
from pipeline.verify.pictures import pdfium
from pipeline.verify.reading import guarded, pages_of

TOOLS = (*tools.BROWSING, tools.PDFIUM, tools.NUMPY, tools.CSSSELECT2, tools.TINYCSS2, tools.TINYHTML5)
AHEAD = browser.visit
SHORTEST = 4
"""Letters of a word that is looked for; shorter ones are found inside others."""


@guarded
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
    with pages_of(printed) as document:
        letters = _letters("".join(leaf.get_textpage().get_text_range() for leaf in document))
    words = re.split(r"\s+", "".join(hypertext.plain_texts(page)))
    lost = dict.fromkeys(word for word in words if len(_letters(word)) >= SHORTEST and _letters(word) not in letters)
    if lost:
        message = f"a browser does not print '{' '.join([*lost][:5])}'"
        yield Finding(message=message, times=len(lost))


def _letters(text: str) -> str:
    return re.sub(r"[\W_]", "", text).casefold()
