"""Values of styles that are found on a short way are those that the engine finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
import weasyprint
from weasyprint.css import get_all_computed_styles
from weasyprint.css.properties import INITIAL_VALUES

from pipeline.render import styling
from pipeline.render.pdf import lay_out
from tests.render.paper import ASSETS, page

pytestmark = pytest.mark.slow

BODY = """<div class="a"><p>One <u>two <b>three</b></u></p><ul><li>Four</li><li class="b">Five</li></ul>
<table><tr><td>Six</td><td class="b">Seven</td></tr></table></div>
<div class="a" dir="rtl"><p class="b">Eight</p></div>"""
STYLES = {
    "nothing": "",
    "logical": "p { margin-inline: 1em 2em; padding-block-start: 3px } .b { inline-size: 50%; inset-inline-end: 2em }",
    "logical and physical": "p { margin-left: 9px; margin-inline: 1em 2em } .b { margin: 0; margin-inline: 1em }",
    "right to left": ".a { direction: rtl } p { border-inline-start: 2px solid; text-align: start }",
    "keywords": ".a { color: red; margin: 3px } p { margin: inherit; color: initial } b { float: inherit }",
    "lengths": ".a { font-size: 2em; --w: 30% } p { width: var(--w); margin: calc(1em + 10%) 5% } b { padding: 1ex }",
    "lines": "u { text-decoration: underline dotted red } b { text-decoration: overline } .b { text-decoration: none }",
    "borders": "p { border: medium solid; outline: thin dashed; box-sizing: border-box; min-width: 70%; height: 9mm }",
    "collapse": "table { border-collapse: collapse; padding: 3px } td { border: 2px solid; padding: 10% }",
    "floats": ".b { float: inline-end; position: relative; top: 10% } li { position: absolute; display: inline }",
    "pages": ".b { page: broad } @page broad { margin: 5mm; size: a4 landscape } p { break-before: auto }",
}


def _values(style: str) -> Iterator[tuple[str, str, str]]:
    html = weasyprint.HTML(string=page(BODY, style=style).html)
    ask = get_all_computed_styles(html)
    for element in html.etree_element.iter():
        for part in (None, "marker"):
            for name in INITIAL_VALUES:
                yield element.tag, name, repr(ask(element, part)[name])


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_values_are_those_of_the_engine(style: str) -> None:
    """Every property of every element and of its marker has the same value."""
    alone = list(_values(style))
    with styling.asked_once():
        assert list(_values(style)) == alone
    assert len(alone) > 2000


def _lengths(box: Any) -> Iterator[tuple[Any, ...]]:
    yield (box.element_tag, *(getattr(box, name, None) for name in (*styling.USED, "position_x", "position_y")))
    for child in box.children:
        yield from _lengths(child)


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_lengths_are_those_of_the_engine(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every box is as high, as wide and as far from others."""

    def found() -> list[tuple[Any, ...]]:
        document = lay_out(page(BODY * 3, style=style), ASSETS).document
        return [lengths for each in document.pages for lengths in _lengths(each._page_box)]

    swiftly = found()
    monkeypatch.setattr(styling, "asked_once", nullcontext)
    assert swiftly == found()
