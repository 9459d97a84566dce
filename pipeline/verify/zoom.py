"""At 400 % zoom, and with text alone at 200 %, nothing is cut off and no text lies over other text.

Browsers can enlarge a page, which leaves a window of 1280 px 320 px of it, or text alone, which leaves boxes as they
are (WCAG 2.2, 1.4.4 and 1.4.10). Everything is unfolded; drawings keep their size where text alone grows.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = tools.BROWSING
AHEAD = browser.visit


def find(page: str) -> Iterator[Finding]:
    """Yield what is cut off by its box, text over text, and what is wider than the window."""
    return browser.findings(browser.visit(page)["zoomed"])
