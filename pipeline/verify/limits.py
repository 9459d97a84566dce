"""Find what an edition is allowed: a PDF or a page in, the room that its edition has out.

Each file says which edition it is: a PDF in its record of what it was made from, a page in the class of its body.
What says nothing, and is nobody's edition, is held to what a brief may have.
"""

from __future__ import annotations

import json
import re

from pipeline.edition import SHAPES, Shape
from pipeline.enclosed import RECORD, Unsound, enclosed

BODY = re.compile(r'<body class="(?:[^"]* )?edition-([a-z-]+)[" ]')


def of_pdf(pdf: bytes) -> Shape:
    """What the edition of a PDF is allowed."""
    try:
        edition = json.loads(enclosed(pdf)[RECORD])["product"]["edition"]
    except (Unsound, KeyError, TypeError, ValueError):
        edition = None
    return _shape(edition)


def of_page(page: str) -> Shape:
    """What the edition of a page is allowed."""
    found = BODY.search(page)
    return _shape(found and found[1])


def _shape(edition: object) -> Shape:
    return next((shape for name, shape in SHAPES.items() if name == edition), SHAPES["brief"])
