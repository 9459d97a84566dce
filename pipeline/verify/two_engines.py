"""Two engines that have no code in common, PDFium and Poppler, draw every page alike.

A file can be valid and show nothing: a gradient or a font that one engine leaves out is seen here. Compared is how
dark each of 96 cells of a page is, so that another smoothing of letters makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.pictures import pdfium, poppler

if TYPE_CHECKING:
    from pipeline.verify.pictures import Picture

TOOLS = (tools.PDFIUM, tools.NUMPY, tools.POPPLER)
ROWS, COLUMNS = 12, 8
MOST = 12
"""How far the mean greys of a cell, of 255, may lie apart; the shipped briefs stay below 6."""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each page of which the engines make different pictures, or a different number of pages."""
    one, other = pdfium(pdf), poppler(pdf)
    if len(one) != len(other):
        yield Finding(message=f"PDFium draws {len(one)} pages, and Poppler {len(other)}")
    for number, (first, second) in enumerate(zip(one, other, strict=False), start=1):
        place = f"page {number}"
        if first.shape != second.shape:
            yield Finding(message="the engines draw it at different sizes", place=place)
        elif (first < 255).any() != (second < 255).any():
            yield Finding(message=f"{'PDFium' if (second < 255).any() else 'Poppler'} draws nothing", place=place)
        elif times := int((abs(_greys(first) - _greys(second)) > MOST).sum()):
            message = f"parts of the page are darker in one engine than in the other, of {ROWS * COLUMNS} parts"
            yield Finding(message=message, place=place, times=times)


def _greys(picture: Picture) -> Any:
    """The mean grey of each cell."""
    import numpy as np

    rows = np.array_split(picture.astype(float), ROWS, axis=0)
    return np.array([[cell.mean() for cell in np.array_split(row, COLUMNS, axis=1)] for row in rows])
