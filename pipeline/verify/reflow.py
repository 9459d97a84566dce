"""The page is never wider than the window, at 1280, 768 and 320 px.

320 px is what 400 % zoom leaves of 1280 (WCAG 2.2, 1.4.10). Wide drawings and tables scroll in boxes of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = tools.BROWSING
AHEAD = browser.visit


def find(page: str) -> Iterator[Finding]:
    """Yield what is too wide, and in which window."""
    return browser.findings(browser.visit(page)["accessible"]["overflows"])
