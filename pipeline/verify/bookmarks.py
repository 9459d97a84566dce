"""The bookmarks of the PDF are its headings: the same words, at the same levels, in the same order.

Readers show bookmarks as the table of contents; a heading that is missing there is hard to come by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from pipeline.verify import tags, tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each bookmark that is no heading, and each heading that has no bookmark."""
    with document_of(pdf) as document:
        headings = list(_headings(tags.structure(document)))
        with document.open_outline() as outline:
            bookmarks = list(_bookmarks(outline.root, 1))
    if not headings:
        yield Finding(message="it has no heading")
    for number, (heading, bookmark) in enumerate(zip_longest(headings, bookmarks), start=1):
        if heading is None or bookmark is None or _plain(heading) != _plain(bookmark):
            said = f"bookmark {number} is {_named(bookmark)}, and heading {number} is {_named(heading)}"
            yield Finding(message=said)
            return


def _headings(root: tags.Element) -> Iterator[tuple[int, str]]:
    for element in root.elements():
        if re.fullmatch("H[1-6]", element.kind):
            yield int(element.kind[1]), "".join(element.texts())


def _bookmarks(items: Any, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, item.title
        yield from _bookmarks(item.children, level + 1)


def _plain(line: tuple[int, str]) -> tuple[int, str]:
    """The level and the words, without white space, capitals, and hyphens at the ends of lines."""
    level, text = line
    return level, re.sub(r"-?\n|[\s-]", "", text).casefold()


def _named(line: tuple[int, str] | None) -> str:
    return "missing" if line is None else f"'{' '.join(line[1].split())}' at level {line[0]}"
