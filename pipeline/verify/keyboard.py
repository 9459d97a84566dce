"""Whoever has only a keyboard reaches every control, sees where the focus is, and can unfold what is folded.

The Tab key walks through the page twice, 1280 px wide and light, and 320 px wide and dark; Enter unfolds on the way.
Focus is seen by an outline of 2 px with a contrast of 3, within the window and uncovered (WCAG 2.2, 2.1.1, 2.4.7,
2.4.11, 2.4.13).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = tools.BROWSING
AHEAD = browser.visit


def find(page: str) -> Iterator[Finding]:
    """Yield each control that can't be reached, or whose focus can't be seen, and each summary that stays folded."""
    return browser.findings(browser.visit(page)["keyboard"]["wrong"])
