"""A figure in the margin and its note stay together, and are read where they are called."""

from __future__ import annotations

from collections.abc import Iterator

import pypdfium2
import pytest

from pipeline.render.pdf import pdf
from pipeline.verify import parents, same_text
from tests.example import ROOT
from tests.render.paper import ASSETS, page
from tests.render.test_tagging import tags_of

pytestmark = pytest.mark.slow

STYLE = """p { margin: 0 } .see::after { content: " on page " target-counter(attr(href), page) }
.margin { float: right; clear: right; width: 30mm; break-inside: avoid; margin: 0 -12mm 5mm 0 }
.broken { break-inside: auto }"""
BEFORE = '<p>See <a class="see" href="#f">the figure</a>.</p>' + "<p>Before it much is said of ships.</p>" * 22
AFTER = "<p>After it much is said of fog.</p>" * 20
FIGURE = """<figure class="margin" id="f"><p>Drawn here.</p>
<p>Noted there, where it has no room at the foot of a page.</p></figure>"""


def _pages(data: bytes) -> Iterator[str]:
    return (" ".join(each.get_textpage().get_text_range().split()) for each in pypdfium2.PdfDocument(data))


def test_a_float_that_asks_for_it_is_not_broken() -> None:
    """All of it goes to the next page, where a part of it would; one that doesn't ask is broken."""
    whole = pdf(page(BEFORE + FIGURE + AFTER, style=STYLE), ASSETS).data
    first, second = _pages(whole)
    assert "Drawn" not in first
    assert "Drawn here. Noted there" in second
    assert "After it" in first, "the text goes on beside the place that it left"
    assert "the figure on page 2" in first, "what names its page names the one where it is"
    broken = pdf(page(BEFORE + FIGURE.replace("margin", "margin broken") + AFTER, style=STYLE), ASSETS).data
    assert "Drawn" in next(_pages(broken))


def test_it_is_read_where_it_is_called() -> None:
    """Its tags lie between what stands before it and after it, and know their parents."""
    made = page(BEFORE + FIGURE + AFTER, style=STYLE)
    data = pdf(made, ASSETS).data
    assert not list(same_text.find(data, made.html))
    assert not list(parents.find(data))
    texts = [text.strip() for text in tags_of(data).texts() if text.strip()]
    assert texts[texts.index("Drawn here.") - 1].startswith("Before it")
    assert texts[-1].startswith("After it")


def test_a_float_at_the_end_is_not_lost() -> None:
    """The engine makes no page for floats alone, so one at the very end stays where it is begun."""
    (only,) = _pages(pdf(page(BEFORE + FIGURE + "<p>The end.</p>", style=STYLE), ASSETS).data)
    assert "Drawn here." in only


def test_a_float_higher_than_a_page_is_broken() -> None:
    """There is no page that it fits on: it begins on the next one and goes on."""
    high = FIGURE.replace("</figure>", "<p>A long note.</p>" * 60 + "</figure>")
    pages = list(_pages(pdf(page(BEFORE + high + AFTER * 4, style=STYLE), ASSETS).data))
    assert "Drawn" not in pages[0]
    assert "Drawn" in pages[1]
    assert sum(text.count("A long note.") for text in pages) == 60


@pytest.mark.parametrize(("kind", "indented"), [("margin", True), ("text", False)])
def test_what_follows_a_figure_in_the_margin_is_indented(kind: str, indented: bool) -> None:
    """The text goes on beside such a figure, as if it were not there; below one in its column it begins anew."""
    style = "".join((ROOT / "assets/css" / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "paper"))
    figure = f'<figure class="figure figure-{kind}"><p>Drawn.</p></figure>'
    made = page(f'<main class="body"><section><p>Before.</p>{figure}<p>After.</p></section></main>', style=style)
    text = pypdfium2.PdfDocument(pdf(made, ASSETS).data)[0].get_textpage()
    said = text.get_text_range()
    before, after = (text.get_charbox(said.index(word))[0] for word in ("Before", "After"))
    assert (after > before + 3) is indented
