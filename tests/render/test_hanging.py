"""A line whose text fits but for the space at its end is set whole, at every width and before all that may follow."""

from __future__ import annotations

import re
from contextlib import nullcontext

import pypdfium2
import pytest

from pipeline.render import hanging, shaping
from pipeline.render.pdf import pdf
from tests.render.paper import ASSETS, page

pytestmark = pytest.mark.slow

BROKEN = "\ufffe"
WIDTHS = range(240, 320)
"""In pixels; with a few of them the text below is too wide for a line by its last space alone."""
TEXT = "Lanterns that nobody tends are worse than none"
BODY = "".join(
    f'<p style="width: {width}px">{TEXT} <span style="white-space: nowrap">strikes shoals</span> at once.</p>'
    for width in WIDTHS
)


@pytest.mark.parametrize(
    "style", ["p { hyphens: manual }", "p { hyphens: auto }", "p { hyphens: manual; text-align: justify }"]
)
def test_no_word_stands_alone_at_the_beginning(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each line but the last is as full as its words permit; the engine by itself leaves some with one word."""
    made = page(BODY, style=style)
    assert not _alone(pdf(made, ASSETS).data)
    monkeypatch.setattr(hanging, "spaces_hung", nullcontext)
    monkeypatch.setattr(shaping, "_known", {})  # and so are the lines that it keeps
    assert _alone(pdf(made, ASSETS).data)


def _alone(data: bytes) -> list[str]:
    """The lines of one word or a part of it; a mark stands where a word is broken that goes on below."""
    texts = (each.get_textpage().get_text_range() for each in pypdfium2.PdfDocument(data))
    lines = [line.strip() for text in texts for line in text.splitlines()]
    return [line for line in lines if re.fullmatch(r"\w+", line) or BROKEN in line]
