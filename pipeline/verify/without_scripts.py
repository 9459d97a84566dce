"""The page says the same with scripts switched off, and the browser has nothing to complain of.

Warnings and errors that the browser writes into its console are findings: what the page's own policy forbids, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = tools.BROWSING
AHEAD = browser.visit
SHOWN = 80
"""Characters of a line that a finding shows."""


def find(page: str) -> Iterator[Finding]:
    """Yield each line that only scripts bring, and what the browser complains of."""
    seen = browser.visit(page)["scripts"]
    for line in dict.fromkeys(seen["lost"]):
        yield Finding(message=f"without scripts the page does not say '{line[:SHOWN]}'")
    for sentence in dict.fromkeys(seen["said"]):
        yield Finding(message=f"the browser says: {sentence}")
    if not seen["characters"]:
        yield Finding(message="without scripts the page says nothing")
