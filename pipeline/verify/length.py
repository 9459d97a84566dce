"""A brief has at most four pages and one page is one, none of them is blank, and the last is at least a quarter full.

Whoever has two minutes reads a brief that can be seen at a glance; a last page with three lines on it looks like a
mistake, and is one. The running foot of a page does not count, nor does a cover letter before the first page. An
edition without a limit, full or of questions, may end where it ends.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import limits, tools
from pipeline.verify.finding import Finding
from pipeline.verify.pictures import before_first, pdfium

TOOLS = (tools.PDFIUM, tools.NUMPY)
BODY = 0.93
"""Where the running foot of a page begins."""
FULL = 0.25
INK = 160
"""The lightest grey that counts as ink."""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each page without ink, too many pages, and a last page with little on it."""
    pages, most = pdfium(pdf), limits.of_pdf(pdf).pages
    brief = len(pages) - before_first(pdf)
    if most and brief > most:
        yield Finding(message=f"it has {brief} pages, and {most} {'is' if most == 1 else 'are'} the most")
    for number, page in enumerate(pages, start=1):
        rows = [row for row, greys in enumerate(page[: int(len(page) * BODY)]) if (greys < INK).any()]
        if not rows:
            yield Finding(message="the page is blank", place=f"page {number}")
        elif most and number == len(pages) > 1 and rows[-1] < len(page) * FULL:
            share = round(100 * rows[-1] / len(page))
            yield Finding(message=f"the last page ends after {share} % of its height", place=f"page {number}")
