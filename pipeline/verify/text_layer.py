"""What is copied from the PDF or found in it is what was written: no U+2010, U+2011, soft hyphen or unknown character.

PDFium, which reads the text as Chromium does, gives the text of each page. A page without any text is a finding, too.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import pages_of

TOOLS = (tools.PDFIUM,)
UNWANTED = frozenset("\u00ad\u2010\u2011\ufffd")
"""Soft hyphen, typographic hyphen, and what stands for characters that nobody knows."""
ALLOWED = frozenset("\t\n\r\x02\ufffe")
"""Ends of lines, and the two characters that PDFium gives for a hyphen at one."""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each unwanted character of each page."""
    with pages_of(pdf) as document:
        for number, page in enumerate(document, start=1):
            text = page.get_textpage().get_text_range()
            if not text.strip():
                yield Finding(message="the page has no text", place=f"page {number}")
            for character, times in sorted(Counter(filter(_unwanted, text)).items()):
                name = unicodedata.name(character, "a character without a name").lower()
                message = f"the text holds U+{ord(character):04X}, {name}"
                yield Finding(message=message, place=f"page {number}", times=times)


def _unwanted(character: str) -> bool:
    """Tell whether a character has no place in a text; the categories are control, unassigned and private use."""
    private = unicodedata.category(character) in {"Cc", "Cn", "Co", "Cs"}
    return character in UNWANTED or (private and character not in ALLOWED)
