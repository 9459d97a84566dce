"""Where a page shows a quote, it says whether that was verified; paper shows neither."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.compose import compose
from pipeline.render.article import article
from pipeline.trace import trace
from tests import harbours

ROOT = Path(__file__).parents[1]
STYLE = ROOT / "assets/styles/apa-numeric-superscript-brackets.csl"
FINDING = "finding: Wrecks fell by a third.\n"
TEXT = ("sources.yaml", "{read: full, funder", "{read: full, text: sources/able.txt, funder")


def quoting(words: str) -> tuple[str, str, str]:
    """The change that adds a quote to the first evidence of the library of harbours."""
    return "arguments/lights-help.yaml", FINDING, f"{FINDING}        quote: {words}\n"


def body(root: Path, *changes: tuple[str, str, str], stored: str = "Wrecks fell by a third.") -> str:
    """The HTML of the brief of harbours, changed, with a stored text."""
    (root / "briefs/sources").mkdir(parents=True)
    (root / "briefs/sources/able.txt").write_text(stored, encoding="utf-8")
    library = harbours.loaded(root, *changes)
    manuscript = compose(library, library.briefs["first-brief"], ROOT / "templates", argue(library))
    return article(manuscript, STYLE).body


@pytest.mark.parametrize(
    ("words", "changes", "state", "said"),
    [
        ("wrecks fell", (TEXT,), "verified", "quote verified against the stored text"),
        (
            "'[all] wrecks […] third'",
            (TEXT,),
            "verified",
            "quote verified against the stored text, with words left out, apart from what stands in brackets",
        ),
        ("wrecks rose", (TEXT,), "mismatch", "quote not found in the stored text"),
        ("wrecks fell", (), "unverifiable", "quote not verified: there is no stored text to compare it with"),
    ],
)
def test_the_page_marks_the_state(
    words: str, changes: tuple[tuple[str, str, str], ...], state: str, said: str, tmp_path: Path
) -> None:
    """Behind the quote, in words; the other states are said of none."""
    html = " ".join(body(tmp_path, quoting(words), *changes).split())
    shown = re.findall(
        r'<div class="quoted quoted-(\w+)">\s*(?:<p>)?“(.*?)” <span class="found">\[(.*?)\]</span>', html
    )
    assert shown
    assert set(shown) == {(state, words.strip("'"), said)}


def test_a_quote_stands_in_the_trace_alone(tmp_path: Path) -> None:
    """Which the stylesheet of paper leaves out."""
    before, trace_section = body(tmp_path, quoting("wrecks fell"), TEXT).split('id="trace"')
    assert "wrecks fell" in trace_section
    assert "wrecks fell" not in before
    assert re.search(r"\.trace\b[^{}]*\{display:none\}", (ROOT / "assets/css/paper.css").read_text(encoding="utf-8"))


def test_signs_in_a_quote_are_the_sources_own(tmp_path: Path) -> None:
    """None of them is Markdown, HTML or a citation to us."""
    html = " ".join(
        body(tmp_path, quoting("'*a* <b>b</b> [c](http://d.example) @able-2024 `e` ::: {{ f }} $g$'")).split()
    )
    assert "“*a* &lt;b&gt;b&lt;/b&gt; [c](http://d.example) @able-2024 `e` ::: {{ f }} $g$”" in html


def test_a_trace_has_quotes_for_programs(tmp_path: Path) -> None:
    """In JSON and in the table, with their states; nothing where nothing is quoted."""
    library = harbours.loaded(tmp_path, quoting("wrecks fell"))
    traced = trace(library, library.briefs["first-brief"], argue(library))
    first, second = next(step.findings for step in traced.steps[0].within() if step.findings)
    assert (first.quote, first.quote_state) == ("wrecks fell", "unverifiable")
    assert (second.quote, second.quote_state, second.quoted) == ("", "", "")
    head, *rows = traced.rows()
    assert {len(row) for row in rows} == {len(head)}
    assert ("wrecks fell", "unverifiable") in {row[-2:] for row in rows}
