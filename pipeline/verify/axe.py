"""The page meets WCAG 2.0 to 2.2 at A and AA, and best practice, as far as axe-core can judge.

Looked at is the page with everything unfolded, 1280, 768 and 320 px wide, light, dark and as printed.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = tools.BROWSING
AHEAD = browser.visit


def find(page: str) -> Iterator[Finding]:
    """Yield each rule that is broken, with the first element that breaks it and the sizes and looks."""
    seen = browser.visit(page)["accessible"]
    yield from browser.findings(seen["violations"])
    if not seen["rules"]:
        yield Finding(message="axe has judged nothing")
