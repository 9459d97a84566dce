"""The page is written as HTML asks, says html-validate: elements, attributes, names, and what reads badly aloud."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = (tools.NODE, tools.PACKAGES)
AHEAD = browser.scripted("markup.mjs")


def find(page: str) -> Iterator[Finding]:
    """Yield what html-validate says, with lines and columns."""
    return browser.findings(AHEAD(page))
