"""The book says what the page says: its text, headings and tables, in the same order, and its pictures in words.

Maps and the trace, which a page folds away, are in no other form, and so left out of account.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import books, tools
from pipeline.verify.finding import Finding
from pipeline.verify.told import by_elements, by_page, unlike

TOOLS = (tools.TINYHTML5,)


def find(book: bytes, page: str) -> Iterator[Finding]:
    """Yield the first place of each kind where the two part."""
    opened = books.opened(book)
    yield from unlike(by_elements(tuple(opened.chapters.values()), opened.language), by_page(page), "book")
