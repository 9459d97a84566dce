"""The page weighs less than 450 KB with its fonts inside, so that it is there at once on a slow line, too."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify.finding import Finding
from pipeline.verify.tools import Tool

TOOLS: tuple[Tool, ...] = ()
BYTES = 450_000


def find(page: str) -> Iterator[Finding]:
    """Yield a page that is too heavy."""
    size = len(page.encode())
    if size >= BYTES:
        yield Finding(message=f"it has {size:,} bytes, and {BYTES:,} are too many")
