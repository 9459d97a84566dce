"""Stylesheets that are read once make the pages that the engine makes of them each time."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from pipeline.problem import Refused
from pipeline.render import sheets
from pipeline.render.pdf import pdf
from tests.render.paper import ASSETS, page

pytestmark = pytest.mark.slow

BODY = """<p class="a" style="color: #123456">Said<span class="n"> in a note</span> of <q>ships</q>.</p>
<ol><li>First</li><li class="a">Second</li></ol><p id="b" class="a">Told.</p>"""
NOTE = ".n { float: footnote } .n::footnote-call { color: #a00000 } @page { @footnote { border-top: 1pt solid } }"
STYLES = {
    "plain": ".a { color: #a00000 } li::marker { color: #00a000 } p::before { content: '+ ' }",
    "cascade": "p { color: red !important } #b { color: #0000a0 } .a { color: #00a000 } p { color: #a0a000 }",
    "layers": "@layer low, high; @layer high { p { color: #a00000 } } @layer low { p { color: #00a000 } }",
    "media": "@media print { .a { color: #a00000 } } @media screen { .a { color: #00a000 } }",
    "note": NOTE,
    "note with an escape": NOTE.replace("footnote }", "f\\6f otnote }"),
    "counter": "@counter-style stars { system: cyclic; symbols: '*'; suffix: ' ' } ol { list-style-type: stars }",
    "two sheets": ".a { color: #a00000 } </style><style> p { color: #00a000 } .a { text-indent: 2em }",
    "page": "@page :first { margin-left: 40mm } @page { margin-left: 10mm; @top-right { content: 'Over' } }",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_pages_are_those_of_the_engine_alone(style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are the same bytes, the first time and the second."""
    made = page(BODY, style=style)
    first, second = pdf(made, ASSETS).data, pdf(made, ASSETS).data
    monkeypatch.setattr(sheets, "read_once", nullcontext)
    assert first == second == pdf(made, ASSETS).data


def test_a_note_may_be_asked_for_by_an_attribute(monkeypatch: pytest.MonkeyPatch) -> None:
    """An element says itself that it is a note, and is one."""
    made = page(BODY.replace('class="n"', 'style="float: footnote"'), style="")
    data = pdf(made, ASSETS).data
    monkeypatch.setattr(sheets, "read_once", nullcontext)
    assert data == pdf(made, ASSETS).data


def test_what_the_engine_warns_of_is_told_each_time() -> None:
    """A stylesheet with a mistake is no stylesheet to keep."""
    for _ in range(2):
        with pytest.raises(Refused, match="colour"):
            pdf(page(BODY, style="p { colour: red }"), ASSETS)


def test_sets_of_stylesheets_are_kept_and_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """The latest are kept, and each but once; the order of a page's sheets counts."""
    monkeypatch.setattr(sheets, "KEPT", 3)
    monkeypatch.setattr(sheets, "_kept", {})
    for number in (0, 1, 2, 3, 4, 4):
        head = f"<style>p {{ margin-left: {number}px }}</style>"
        pdf(page("<p>Told.</p>", head=head), ASSETS)
    assert [texts[0] for _, texts in sheets._kept] == [f"p {{ margin-left: {number}px }}" for number in (2, 3, 4)]
    assert all(len(texts) == 2 for _, texts in sheets._kept)


@pytest.mark.parametrize("word", ["import", "IMPORT", "\\69mport", "i\\6d port"])
def test_what_takes_in_another_file_is_known(word: str) -> None:
    """Its text is not all that it says, however the word is written; such a sheet is read each time."""
    assert sheets._IMPORTED.search(f"p {{ color: red }} @{word} url(parts.css);")
    assert not sheets._IMPORTED.search("@media print { a::after { content: '\\2013 import' } }")
