"""The page asks nobody for anything: not one request leaves it, says the browser's own log of the network.

Everything the visits of all checks did is in that log: pictures, fonts, scripts. The
page's own policy is switched off meanwhile, so that it can't hide what the page would ask for. What is only
looked up or dialled ahead of time leaves no trace there, so it is looked for in the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding
from pipeline.verify.hypertext import HTML, parsed

HINTS = frozenset({"dns-prefetch", "preconnect"})
TOOLS = (*tools.BROWSING, tools.TINYHTML5)
AHEAD = browser.visit


def find(page: str) -> Iterator[Finding]:
    """Yield each address that was asked for, with the event in the log."""
    seen = browser.visit(page)
    yield from browser.findings(seen["requests"])
    for link in parsed(page).iter(f"{HTML}link"):
        for hint in HINTS.intersection(link.get("rel", "").lower().split()):
            yield Finding(message=link.get("href", "a host without a name"), rule=hint)
    if not seen["events"]:
        yield Finding(message="the browser's log is empty, so it proves nothing")
