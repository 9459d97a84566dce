"""Columns that are balanced in few layouts stand where the engine puts them by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from typing import Any

import pytest
from weasyprint.layout import inline

from pipeline.render import balancing
from pipeline.render.pdf import lay_out
from tests.render.paper import ASSETS, page

pytestmark = pytest.mark.slow

STYLE = """.c { columns: 2; column-gap: 6mm; font-size: 8pt } li { break-inside: avoid; margin-bottom: .5mm }
ol { padding: 0; list-style: none } li { position: relative; padding-inline-start: 2em }
li::before { content: attr(value); position: absolute; inset-inline-start: 0 }"""
WORDS = "Of ships and shoals, and of the lights that tell them apart in a fog, much has been said. "


def _words(number: int) -> str:
    return " ".join((WORDS * 60).split()[number % 7 : number % 7 + number])


def _works(*lengths: int) -> str:
    items = "".join(f'<li value="{place}">{_words(length)}</li>' for place, length in enumerate(lengths, 1))
    return f'<ol class="c">{items}</ol>'


def _texts(*lengths: int, between: str = "") -> str:
    return f'<div class="c">{between.join(f"<p>{_words(length)}</p>" for length in lengths)}</div>'


LENGTHS = (12, 31, 17, 44, 9, 28, 63, 14, 21, 35, 18)
CASES = {
    "works": (_works(*LENGTHS), ""),
    "works of one length": (_works(*[23] * 9), ""),
    "one work": (_works(40), ""),
    "two works": (_works(5, 20), ""),
    "nothing": ('<ol class="c"></ol>', ""),
    "texts that break": (_texts(*LENGTHS, 90, 120), ""),
    "one text": (_texts(150), ""),
    "at the end of a page": ("<p>Before it.</p>" * 14 + _works(*LENGTHS), ""),
    "over two pages": ("<p>Before it.</p>" * 20 + _works(*LENGTHS * 4), ""),
    "over three pages": (_texts(*LENGTHS * 9), ""),
    "three columns": (_works(*LENGTHS), ".c { columns: 3 }"),
    "narrow columns": (_works(*LENGTHS), ".c { columns: 20mm } li { overflow-wrap: anywhere }"),
    "right to left": (_works(*LENGTHS), ".c { direction: rtl }"),
    "with what spans": (_texts(*LENGTHS, between="<h3>Over both</h3>"), "h3:nth-of-type(3n) { column-span: all }"),
    "headings": (_texts(*LENGTHS, between="<h3>Stays with the next</h3>"), "h3 { break-after: avoid }"),
    "forced breaks": (_texts(*LENGTHS), "p:nth-child(4) { break-before: column }"),
    "padding": (_works(*LENGTHS), ".c { padding: 4mm; border: 1pt solid } li { padding: 1mm; border: 1pt solid }"),
    "margins that meet": (_texts(*LENGTHS), "p { margin: 4mm 0 2mm } p:nth-child(3n) { margin: -1mm 0 5mm }"),
    "filled in turn": (_works(*LENGTHS), ".c { column-fill: auto; height: 60mm }"),
    "columns in columns": (_texts(*LENGTHS).replace("<p>", '<div class="c"><p>').replace("</p>", "</p></div>"), ""),
    "floats": (_texts(*LENGTHS, between='<i class="f">Beside it</i>'), ".f { float: left; height: 9mm; width: 9mm }"),
    "tables": (_texts(*LENGTHS, between="<table><tr><td>Told</td><td>in a cell</td></tr></table>"), ""),
    "grids": (_texts(*LENGTHS, between='<div class="g"><p>One</p><p>Two</p></div>'), ".g { display: grid }"),
    "first letters": (_texts(*LENGTHS), "p::first-letter { font-size: 300% }"),
    "first letters of all": (_texts(*LENGTHS), ".c::first-letter { font-size: 200% } .c::first-line { color: red }"),
    "positions": (_works(*LENGTHS), "li:nth-child(2n) { top: 3mm } li::before { top: -2mm; font-size: 20pt }"),
    "orphans and widows": (_texts(*LENGTHS), "p { orphans: 4; widows: 4 }"),
    "clones": (_texts(*LENGTHS), "p { box-decoration-break: clone; padding: 2mm; border-radius: 2mm }"),
    "notes": (_texts(*LENGTHS, between='<p>Noted<span class="n">At the foot</span></p>'), ".n { float: footnote }"),
    "higher than a page": (_works(30, 900, 30), ""),
    "on a later page": (f"<h2>Part</h2>{'<p>Before it.</p>' * 40}{_works(*LENGTHS * 2)}", "p { margin: 3mm 0 }"),
}


def _places(body: str, style: str) -> list[tuple[Any, ...]]:
    document = lay_out(page(body, style=STYLE + style), ASSETS).document
    return [place for each in document.pages for place in _of(each._page_box)]


def _of(box: Any) -> Iterator[tuple[Any, ...]]:
    here = (box.position_x, box.position_y, box.width, box.height, box.margin_top, box.margin_bottom)
    sides = getattr(box, "remove_decoration_sides", ())
    yield (box.element_tag, *here, getattr(box, "text", ""), *sorted(sides))
    for child in box.children:
        yield from _of(child)


@pytest.mark.parametrize(("body", "style"), CASES.values(), ids=CASES)
def test_boxes_stand_where_the_engine_puts_them(body: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of them, to the last digit, and as high and as far cut."""
    places = _places(body, style)
    monkeypatch.setattr(balancing, "balanced", nullcontext)
    assert places == _places(body, style)
    assert len(places) > 8


def test_works_are_not_set_for_each_height(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fewer than half as many lines are made as by the engine alone."""
    made: list[Any] = []
    original = inline.get_next_linebox

    def line(context: Any, box: Any, *rest: Any) -> Any:
        made.append(box)
        return original(context, box, *rest)

    monkeypatch.setattr(inline, "get_next_linebox", line)
    places = _places(*CASES["works of one length"])
    few = len(made)
    monkeypatch.setattr(balancing, "balanced", nullcontext)
    made.clear()
    assert places == _places(*CASES["works of one length"])
    assert few < len(made) / 2
