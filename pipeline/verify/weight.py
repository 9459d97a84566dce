"""The page weighs less than 450 KB with its fonts inside, so that it is there at once on a slow line, too.

A full edition, with tables of all its evidence, may weigh twice as much.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import limits
from pipeline.verify.finding import Finding
from pipeline.verify.tools import Tool

TOOLS: tuple[Tool, ...] = ()


def find(page: str) -> Iterator[Finding]:
    """Yield a page that is too heavy."""
    size, most = len(page.encode()), limits.of_page(page).bytes
    if size >= most:
        yield Finding(message=f"it has {size:,} bytes, and {most:,} are too many")
