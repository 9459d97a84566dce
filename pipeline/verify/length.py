"""A brief has at most four pages, none of them blank, and its last page is at least a quarter full.

Whoever has two minutes reads a brief that can be seen at a glance; a last page with three lines on it looks like a
mistake, and is one. The running foot of a page does not count.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.pictures import pdfium
from pipeline.verify.reading import guarded

TOOLS = (tools.PDFIUM, tools.NUMPY)
PAGES = 4
BODY = 0.93
"""Where the running foot of a page begins."""
FULL = 0.25
INK = 160
"""The lightest grey that counts as ink."""


@guarded
def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each page without ink, too many pages, and a last page with little on it."""
    pages = pdfium(pdf)
    if len(pages) > PAGES:
        yield Finding(message=f"it has {len(pages)} pages, and {PAGES} are the most")
    for number, page in enumerate(pages, start=1):
        rows = [row for row, greys in enumerate(page[: int(len(page) * BODY)]) if (greys < INK).any()]
        if not rows:
            yield Finding(message="the page is blank", place=f"page {number}")
        elif number == len(pages) > 1 and rows[-1] < len(page) * FULL:
            share = round(100 * rows[-1] / len(page))
            yield Finding(message=f"the last page ends after {share} % of its height", place=f"page {number}")
