"""The document says what the page says: its text, headings and tables, in the same order, and its pictures in words.

Every ground, objection, key message and recommendation that the page shows has its bookmark. Maps and the trace,
which a page folds away, are in no other form, and so left out of account.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import tools, word_parts
from pipeline.verify.finding import Finding
from pipeline.verify.told import by_page, unlike

TOOLS = (tools.TINYHTML5,)


def find(word: bytes, page: str) -> Iterator[Finding]:
    """Yield the first place of each kind where the two part, then each bookmark that is missing."""
    opened, there = word_parts.opened(word), by_page(page)
    yield from unlike(opened.told, there, "document")
    for address in there.items:
        if word_parts.bookmark(address) not in opened.bookmarks:
            yield Finding(message=f"'{address}' has no bookmark")
