"""A manuscript becomes clean HTML, and prose can't break out of its place."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.forms import CLOSE, OPEN, Article, Drawing, Heading, Manuscript, Metadata, Passage
from pipeline.kept import Kept
from pipeline.problem import Mark, Problem, Refused, ToolFailed
from pipeline.render import article as stage
from pipeline.render.article import RULES, article
from pipeline.render.clean import Outline, clean, lost

STYLE = Path(__file__).parents[2] / "assets/styles/apa-numeric-superscript-brackets.csl"
METADATA = Metadata(
    slug="demo",
    title="Demo",
    description="A demo.",
    authors=("openbrief",),
    publisher="openbrief",
    series="Brief",
    issued="2026-11-23",
    version="1.0",
    language="en-GB",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    keywords=(),
)
REPORT = {
    "id": "oecd",
    "type": "report",
    "title": "AI openness",
    "author": [{"literal": "OECD"}],
    "issued": {"date-parts": [[2025, 8, 14]]},
    "DOI": "10.1787/02f73362-en",
    "custom": {"read": "abstract", "read_label": "Read in abstract."},
}
PAGE = {
    "id": "hbs",
    "type": "webpage",
    "title": "Value & cost",
    "author": [{"family": "Hoffmann", "given": "Manuel"}],
    "issued": {"date-parts": [[2024]]},
    "URL": "https://www.hbs.edu/value/",
}


def token(index: int) -> str:
    """A passage's place."""
    return f"{OPEN}{index}{CLOSE}"


def trusted(text: str) -> Passage:
    """A passage as a template writes it."""
    return Passage(text=text, trusted=True)


def prose(text: str, line: int = 1) -> Passage:
    """A passage as a YAML file has it."""
    return Passage(text=text, mark=Mark(file="briefs/demo.yaml", line=line))


def manuscript(
    text: str, *passages: str | Passage, references: tuple[Mapping[str, Any], ...] = (REPORT, PAGE)
) -> Manuscript:
    """A manuscript whose plain strings are prose on lines 1, 2, 3 and so on."""
    numbered = (
        prose(passage, line) if isinstance(passage, str) else passage for line, passage in enumerate(passages, start=1)
    )
    return Manuscript(metadata=METADATA, text=text, passages=tuple(numbered), references=references)


def rendered(text: str, *passages: str | Passage, **more: Any) -> str:
    """The body of that manuscript's article, on one line."""
    return " ".join(article(manuscript(text, *passages, **more), STYLE).body.split())


def problems(text: str, *passages: str | Passage) -> tuple[Problem, ...]:
    """Why that manuscript is refused."""
    with pytest.raises(Refused) as refused:
        article(manuscript(text, *passages), STYLE)
    return refused.value.problems


def cite(number: int, key: str, locator: str = "") -> str:
    """A citation's link as it must be."""
    label = f"{number}&nbsp;({locator})" if locator else f"{number}"
    return f'<a href="#ref-{key}" class="cite" aria-label="Reference {label}" role="doc-biblioref">{label}</a>'


# ------------------------------------------------------------------------------------------------ passages


@pytest.mark.parametrize(
    ("text", "passage", "expected"),
    [
        (token(0), "one\n\ntwo", "<p>one</p> <p>two</p>"),
        (f"A {token(0)}.", "*b*", "<p>A <em>b</em>.</p>"),
        (f"({token(0)}; {token(0)})", "b", "<p>(b; b)</p>"),
        (f"## {token(0)} {{#x}}", "*b*", '<h2 id="x"><em>b</em></h2>'),
        (f"**{token(0)}**", "b", "<p><strong>b</strong></p>"),
        (f"- {token(0)}\n- c", "b", "<ul> <li>b</li> <li>c</li> </ul>"),
        (f"- {token(0)}\n- c", "b\n\nd", "<ul> <li><p>b</p> <p>d</p></li> <li>c</li> </ul>"),
        (f'<p class="lead">{token(0)}</p>', "b", '<p class="lead"> b </p>'),
        (f"<dl><dt>{token(0)}</dt><dd>{token(0)}</dd></dl>", "b", "<dl> <dt> b </dt> <dd> b </dd> </dl>"),
        (f"<aside>\n\n{token(0)}\n\n</aside>", "- b", "<aside> <ul> <li>b</li> </ul> </aside>"),
        (f'[{token(0)}]{{.q lang="fr"}}', "b", '<p><span class="q" lang="fr">b</span></p>'),
        (f"a\n\n{token(0)}\n\nc", "<!-- -->"[:0], "<p>a</p> <p>c</p>"),
    ],
)
def test_sets_a_passage_in_its_place(text: str, passage: str, expected: str) -> None:
    """A token alone becomes blocks, a token in a line becomes a part of that line."""
    assert rendered(text, passage) == expected


@pytest.mark.parametrize(
    ("given", "tag", "side"),
    [("lang=fr", "fr", "ltr"), ('lang="az-Arab"', "az-Arab", "rtl"), ('abbr="ψ" lang=dv', "dv", "rtl")],
)
def test_prose_in_other_languages_runs_its_own_way(given: str, tag: str, side: str) -> None:
    """Whoever names a language of a part need not know where its lines begin."""
    html = rendered(token(0), f"[ψ]{{{given}}} φ")
    assert f'<span lang="{tag}" dir="{side}">' in html


def test_sets_a_passage_in_a_table() -> None:
    """Cells and captions take passages; heads get a scope, columns a side, and the table may scroll."""
    text = f"| Option | Cost |\n|:--|--:|\n| {token(0)} | €12 m |\n\n: {token(1)}\n"
    assert rendered(text, "No *new* rules", 'Two "options"') == (
        '<div class="scroll" tabindex="0" role="region" aria-label="Two “options”"> <table>'
        " <caption>Two “options”</caption>"
        ' <thead> <tr> <th scope="col">Option</th> <th class="right" scope="col">Cost</th> </tr> </thead>'
        ' <tbody> <tr> <th scope="row">No <em>new</em> rules</th> <td class="right">€12 m</td> </tr> </tbody>'
        " </table> </div>"
    )


def test_resolves_trusted_passages_in_each_other() -> None:
    """A template's passage may hold places of its own, at any depth that ends."""
    figure = trusted(f'<figure id="f">\n<div data-drawing="v"></div>\n<figcaption>{token(1)}</figcaption>\n</figure>')
    assert rendered(token(0), figure, "Words") == (
        '<figure id="f"> <div data-drawing="v"></div> <figcaption> Words </figcaption> </figure>'
    )


def test_ends_when_passages_hold_each_other() -> None:
    """A circle of trusted passages is an error of the templates, not an endless run."""
    with pytest.raises(ToolFailed, match="holds itself"):
        article(manuscript(token(0), trusted(token(1)), trusted(f"a {token(0)}")), STYLE)


def test_refuses_a_place_without_passage() -> None:
    """A token that no passage belongs to is an error of the templates."""
    with pytest.raises(ToolFailed, match="no passage has the index 7"):
        article(manuscript(token(7), "a"), STYLE)


@pytest.mark.parametrize("text", [f"`{token(0)}`", f"[a](#{token(0)})", f"    {token(0)}"])
def test_refuses_a_place_in_code_or_addresses(text: str) -> None:
    """A token that nothing can be set into never reaches a reader."""
    with pytest.raises(ValueError, match="no passage can be set"):
        article(manuscript(text, "a"), STYLE)


def test_leaves_places_written_in_prose_alone() -> None:
    """Prose that holds the characters of a place is refused, and no passage is set into it."""
    with pytest.raises(ValueError, match="no passage can be set"):
        article(manuscript(token(0), f"steal {token(1)}", "secret"), STYLE)


def test_gives_fields_as_inline_html() -> None:
    """A field is written apart from the body, and its citations count first."""
    script = manuscript("B [@hbs].", "A *b* [@oecd].")
    script = Manuscript(
        metadata=METADATA, text=script.text, passages=script.passages, references=script.references, fields={"line": 0}
    )
    result = article(script, STYLE)
    assert result.fields == {
        "line": f'A <span class="nb"><em>b</em>&nbsp;<span class="citation">[{cite(1, "oecd")}]</span>.</span>'
    }
    assert cite(2, "hbs") in result.body


# ------------------------------------------------------------------------------------------------ headings


def test_sets_headings_of_prose_below_the_template() -> None:
    """Headings in prose start one level below the heading above them and skip no level."""
    text = f"## Background\n\n{token(0)}\n\n### Part\n\n{token(1)}"
    passages = "## One\n\n#### Two\n\n# Three\n\na", "# Four\n\na"
    levels = re.findall(r'<h(\d) id="([^"]*)"', rendered(text, *passages))
    assert levels == [("2", "background"), ("3", "one"), ("4", "two"), ("3", "three"), ("3", "part"), ("4", "four")]


def test_lists_headings_with_unique_ids() -> None:
    """Headings of levels 2 and 3 make the contents; ids repeat neither each other nor those of HTML."""
    text = f'<section id="why">\n\n## Why {token(0)}?\n\n</section>\n\n## Why?\n\n### Why?\n\n#### Deep\n\n# Top'
    result = article(manuscript(text, "*now* [@oecd]"), STYLE)
    assert result.headings == (
        Heading(level=2, id="why-now", text="Why now?"),
        Heading(level=2, id="why-2", text="Why?"),
        Heading(level=3, id="why-3", text="Why?"),
    )


def test_counts_the_words_that_are_read() -> None:
    """Citations, references and notes are not counted; a hyphen or an apostrophe joins."""
    text = f"## Two words\n\n{token(0)}\n\n::: {{#refs}}\n:::\n"
    result = article(manuscript(text, "It's $4.15 well-known [@oecd].[^1]\n\n[^1]: Not counted at all."), STYLE)
    assert result.words == 5


# ------------------------------------------------------------------------------------------------ citations


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("a word [@oecd].", "a <span class=nb>word~<span class=citation>[1]</span>.</span>"),
        ("a word [@oecd], b", "a <span class=nb>word~<span class=citation>[1]</span>,</span> b"),
        ('"a word" [@oecd]!)', "<span class=nb>“a word”~<span class=citation>[1]</span>!)</span>"),
        (
            "a [@oecd] [@hbs] b",
            "<span class=nb>a~<span class=citation>[1]</span>~<span class=citation>[2]</span></span> b",
        ),
        ("a [@oecd; @hbs].", "<span class=nb>a~<span class=citation>[1,2]</span>.</span>"),
        ("well-known [@oecd]", "well-<span class=nb>known~<span class=citation>[1]</span></span>"),
        ("a [@oecd, p. 4].", "<span class=nb>a~<span class=citation>[1~(p. 4)]</span>.</span>"),
        (f"{'x' * 30} [@oecd].", f"{'x' * 30}<span class=nb>~<span class=citation>[1]</span>.</span>"),
        ("a ([@oecd])", "a <span class=nb>(<span class=citation>[1]</span>)</span>"),
    ],
)
def test_keeps_citations_off_the_start_of_a_line(passage: str, expected: str) -> None:
    """A citation shares a line with the word before it and with the points after it."""
    html = re.sub(r"</?a[^>]*>", "", rendered(token(0), passage)).replace("&nbsp;", "~").replace('"', "")
    assert html.split("</p>")[0] == f"<p>{expected}"


def test_writes_references_where_the_manuscript_says() -> None:
    """References are a numbered list with real links, and say how a work was read."""
    text = f"{token(0)}\n\n## References\n\n::: {{#refs}}\n:::\n\nAfter."
    html = rendered(text, "One [@hbs] and two [@oecd, p. 4].")
    assert cite(2, "oecd", "p. 4") in html
    assert html[html.index("<ol") :] == (
        '<ol class="references" role="list">'
        ' <li id="ref-hbs" value="1"> Hoffmann, M. (2024). <em>Value &amp; cost</em>.'
        ' <a href="https://www.hbs.edu/value/">hbs.edu/value</a> </li>'
        ' <li id="ref-oecd" value="2"> OECD. (2025). <em>AI openness</em>.'
        ' <a href="https://doi.org/10.1787/02f73362-en">doi:10.1787/02f73362-en</a>'
        ' <span class="read read-abstract">Read in abstract.</span> </li> </ol> <p>After.</p>'
    )


def test_writes_no_references_when_nothing_is_cited() -> None:
    """An empty list is not written."""
    assert rendered("a\n\n::: {#refs}\n:::") == "<p>a</p>"


def test_names_the_passage_with_an_unknown_source() -> None:
    """A citekey without source is found at its passage, once, with the nearest key."""
    (problem,) = problems(f"{token(0)} {token(1)}", "fine [@oecd]", "not [@oecdd, p. 3]")
    assert problem.headline == "briefs/demo.yaml:2:1: error: no source has the citekey 'oecdd' [unknown-source]"
    assert problem.hint == "did you mean 'oecd'?"


def test_refuses_a_broken_style(tmp_path: Path) -> None:
    """A style that is missing, is no CSL, or asks for outside entities is a problem of that file."""
    entity = '<?xml version="1.0"?><!DOCTYPE style [<!ENTITY x SYSTEM "file:///etc/passwd">]><style>&x;</style>'
    for name, text in {"none": None, "broken": "no", "entity": entity}.items():
        style = tmp_path / f"{name}.csl"
        if text is not None:
            style.write_text(text)
        with pytest.raises(Refused) as refused:
            article(manuscript("a [@oecd]"), style)
        (problem,) = refused.value.problems
        assert (problem.mark.file, problem.rule) == (style.as_posix(), "citation-style")
        assert "root:" not in problem.message


# ------------------------------------------------------------------------------------------------ notes


def test_writes_notes_at_the_end_or_in_their_place() -> None:
    """Footnotes of all passages are numbered through, and each leads back."""
    back = '<a href="#note-{}-call" role="doc-backlink" aria-label="Back to the text">↑</a>'
    notes = (
        '<section class="endnotes" role="doc-endnotes" aria-label="Notes"><ol>'
        f' <li id="note-1"> <p>b {back.format(1)}</p> </li> <li id="note-2"> <p>d {back.format(2)}</p> </li>'
        " </ol></section>"
    )
    call = '<sup class="note-call"><a id="note-{0}-call" href="#note-{0}" role="doc-noteref">{0}</a></sup>'
    body = f"<p>a{call.format(1)}</p> <p>c{call.format(2)}</p>"
    passages = "a[^1]\n\n[^1]: b", "c[^1]\n\n[^1]: d"
    assert rendered(f"{token(0)}\n\n{token(1)}", *passages) == f"{body} {notes}"
    assert rendered(f"::: {{#notes}}\n:::\n\n{token(0)}\n\n{token(1)}", *passages) == f"{notes} {body}"


# ------------------------------------------------------------------------------------------------ problems


@pytest.mark.parametrize(
    ("passage", "rule"),
    [
        ("![x](http://t.example/pixel.png)", "image-in-text"),
        ("![](/etc/passwd)", "image-in-text"),
        ("a\n\n[x]: /etc/passwd\n\n![x]", "image-in-text"),
        ("[x](javascript:alert(1))", "unsafe-link"),
        ("[x](JaVa&#x09;Script:alert(1))", "unsafe-link"),
        ("<javascript:alert(1)>", "unsafe-link"),
        ("[x](data:text/html,a)", "unsafe-link"),
        ("[x](file:///etc/passwd)", "unsafe-link"),
        ("[x](//evil.example)", "unsafe-link"),
        ("[x](/etc/passwd)", "unsafe-link"),
        ("[x](other.html)", "unsafe-link"),
        ("[x](https:///etc)", "unsafe-link"),
        ("a[^1]\n\n[^1]: [x](javascript:alert(1))", "unsafe-link"),
        ("<script>alert(1)</script>", "raw-html"),
        ('<img src="x" onerror="alert(1)">', "raw-html"),
        ('a <a href="javascript:alert(1)">b</a>', "raw-html"),
        ('<svg><a xlink:href="javascript:alert(1)">b</a></svg>', "raw-html"),
        ('<math><mtext><table><mglyph><style><img title="</style><img onerror=alert(1)>">', "raw-html"),
        ('<iframe srcdoc="<script>alert(1)</script>"></iframe>', "raw-html"),
        ('<base href="https://evil.example/">', "raw-html"),
        ('<meta http-equiv="refresh" content="0">', "raw-html"),
        ("<form><input></form>", "raw-html"),
        ('<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>', "raw-html"),
        ("a <!-- hidden --> b", "raw-html"),
        ("</section>", "raw-html"),
        ("```{=html}\n<b>\n```", "raw-html"),
        ("`<b>`{=html}", "raw-html"),
        ("---\nheader-includes: x\nbibliography: /etc/passwd\n---\n\na", "unsupported-markup"),
        ("[a]{onmouseover=alert(1)}", "unsupported-markup"),
        ("[a]{.smallcaps}", "unsupported-markup"),
        ("[a]{.underline}", "unsupported-markup"),
        ("::: {onclick=alert(1)}\na\n:::", "unsupported-markup"),
        ("## A {#refs}", "unsupported-markup"),
        ("[a](https://e.org){.x}", "unsupported-markup"),
        ("[a](#nowhere)", "unknown-anchor"),
        ("a[^1]", "unknown-footnote"),
        ("# a^[b]\n\nc", "misplaced-footnote"),
        ("a\n\n[^1]: b", "pandoc"),
    ],
)
def test_refuses_what_prose_may_not_hold(passage: str, rule: str) -> None:
    """Nothing is dropped in silence: each has its rule, at its passage."""
    found = problems(f"{token(0)}\n\n{token(1)}", "fine", passage)
    assert {problem.rule for problem in found} == {rule}
    assert {str(problem.mark) for problem in found} == {"briefs/demo.yaml:2:1"}
    assert {problem.hint for problem in found} <= {RULES[rule][1]}


@pytest.mark.parametrize(
    "text", [f"a {token(0)}", f"## {token(0)}", f"| a |\n|---|\n| b {token(0)} |", f"<p>{token(0)}</p>"]
)
@pytest.mark.parametrize("passage", ["one\n\ntwo", "- item", "# heading", "    code"])
def test_refuses_blocks_in_a_line(text: str, passage: str) -> None:
    """Where only a line fits, several paragraphs, lists and headings are a problem."""
    assert {problem.rule for problem in problems(text, passage)} == {"one-paragraph"}


def test_finds_all_problems_at_once() -> None:
    """One run names every passage that has to change."""
    found = problems(f"{token(0)}\n\n{token(1)}", "![a](b) [c](d:e)", "<b>f</b> [@g]")
    assert [(problem.mark.line, problem.rule) for problem in found] == [
        (1, "image-in-text"),
        (1, "unsafe-link"),
        (2, "raw-html"),
        (2, "raw-html"),
        (2, "unknown-source"),
    ]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("{{ 7*7 }} and {% raw %}", "{{ 7*7 }} and {% raw %}"),
        ("a < b, c > d & e", "a &lt; b, c &gt; d &amp; e"),
        ("`<script>`", "<code>&lt;script&gt;</code>"),
        ("costs $5 and $6", "costs $5 and $6"),
        (r"\input{/etc/passwd} C:\temp", r"\input{/etc/passwd} C:\temp"),
        ('it\'s "so" -- 5...', "it\u2019s “so” \u2013 5…"),
        ("<https://e.org/a>", '<a href="https://e.org/a">https://e.org/a</a>'),
        ("[a](mailto:b@e.org)", '<a href="mailto:b@e.org">a</a>'),
        ("- [ ] a"[2:], "[ ] a"),
        ("(@) a", "(@) a"),
    ],
)
def test_prints_other_signs_as_they_are(passage: str, expected: str) -> None:
    """Template signs, money, comparisons and back slashes have no meaning in prose."""
    assert rendered(token(0), passage) == f"<p>{expected}</p>"


def test_follows_a_link_into_the_brief() -> None:
    """A link to a heading of the brief is kept."""
    assert '<a href="#costs">' in rendered(f"{token(0)}\n\n## Costs", "see [there](#costs)")


def test_refuses_html_that_templates_may_not_write() -> None:
    """What the allow-list takes from a template is said, never dropped in silence."""
    found = problems('<section onclick="x">\n\n<iframe></iframe>\n\n</section>\n\n![a](b.png)\n\n[c](javascript:d)')
    assert {problem.rule for problem in found} == {"template-html"}
    assert [problem.message.split("hold ")[1].split()[0] for problem in found] == [
        "a",
        "iframe",
        "img",
        "img",
        "img",
        "section",
    ]


def test_keeps_what_templates_write() -> None:
    """The allow-list lets through the structure of a brief."""
    html = (
        '<section class="a" aria-labelledby="b" role="region"><details open=""><summary>c</summary></details>'
        '<ol start="3" class="d"><li value="4">e</li></ol><abbr title="f">g</abbr><span lang="fr" dir="ltr">h</span>'
        '<table><tbody><tr><th scope="row" rowspan="2">i</th><td colspan="2">j</td></tr></tbody></table></section>'
    )
    assert clean(html) == html
    assert lost(html, Outline(clean(html))) == []


# ------------------------------------------------------------------------------------------------ pandoc


def test_runs_the_pandoc_of_the_package_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pandoc on PATH that claims to be newer is never run, nor one that the environment names."""
    fake = tmp_path / "pandoc"
    fake.write_text(f"#!/bin/sh\ntouch {tmp_path}/ran\necho pandoc 99.0\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYPANDOC_PANDOC", str(fake))
    assert shutil.which("pandoc") == str(fake)
    assert rendered("a") == "<p>a</p>"
    assert not (tmp_path / "ran").exists()


def test_takes_nothing_from_the_users_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the user's data folder, nor Lua's or the runtime's variables change what is written."""
    (tmp_path / "pandoc").mkdir()
    (tmp_path / "pandoc/init.lua").write_text("error('run')")
    (tmp_path / "pandoc/abbreviations").write_text("word\n")
    for name, value in {"XDG_DATA_HOME": tmp_path, "LUA_INIT": "error('run')", "GHCRTS": "-?"}.items():
        monkeypatch.setenv(name, str(value))
    assert rendered("a word b") == "<p>a word b</p>"


def test_stops_a_pandoc_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    """The time of the call is bounded."""
    monkeypatch.setattr(stage, "SECONDS", 0.001)
    with pytest.raises(ToolFailed, match=r"longer than .* for the brief 'demo'"):
        rendered("a")


def test_hands_on_what_later_stages_need() -> None:
    """Metadata and drawings travel along, and the same manuscript gives the same article."""
    drawings = (Drawing(id="v", svg="<svg/>"),)
    script = Manuscript(metadata=METADATA, text='<div data-drawing="v"></div>', passages=(), drawings=drawings)
    first, second = article(script, STYLE), article(script, STYLE)
    assert (first.metadata, first.drawings) == (METADATA, drawings)
    assert isinstance(first, Article)
    assert first == second


# ------------------------------------------------------------------------------------------------ any text


FRAGMENTS = st.sampled_from(
    [
        *(
            "<b>",
            "</section>",
            "<!--",
            "{#x}",
            "{=html}",
            ":::",
            "---",
            "```",
            "`",
            "$",
            "\\",
            "[a]",
            "(b:c)",
            "![",
            "^[",
        ),
        *("[^1]", "\n", "\n\n", "# ", "- ", "| a |\n|---|\n", "1. ", "> ", "    ", "&#0;", "&lt;", "*", "_", '"'),
        *("@oecd", "%", "a", " "),
    ]
)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(FRAGMENTS, min_size=1, max_size=12).map("".join))
def test_prose_never_leaves_its_place(text: str) -> None:
    """Whatever prose says, it is refused at its mark or stands between its neighbours with nothing else changed."""
    around = f'<section class="s">\n\n## Head {{#head}}\n\n{token(0)}\n\n</section>\n\n## Tail {{#tail}}\n'
    html, marks = "", {"briefs/demo.yaml:1:1"}
    try:
        html = rendered(around, text)
    except Refused as refused:
        marks = {str(problem.mark) for problem in refused.problems}
    assert marks == {"briefs/demo.yaml:1:1"}
    if not html:
        return
    assert html.startswith('<section class="s"> <h2 id="head">Head</h2>')
    inside, tail = html.split("</section>", 1)
    assert inside.count("<section") == 1
    assert tail.startswith(' <h2 id="tail">Tail</h2>')


def test_pages_in_french_are_joined_by_a_plain_hyphen() -> None:
    """The style's no-break hyphen shares its glyph with the hyphen, which a PDF would then copy as the other."""
    paper = {**REPORT, "type": "article-journal", "container-title": "Nature", "page": "827-833"}
    written = manuscript(token(0), "A claim [@oecd].", references=(paper,))
    french = replace(written, metadata=replace(METADATA, language="fr"))
    body = article(french, STYLE).body
    assert "827-833" in body
    assert "\u2011" not in body


# ------------------------------------------------------------------------------------------------ what is kept

WRITTEN = {"body": "<p>kept</p>", "fields": [], "findings": [], "messages": []}


def _forged(folder: Path, value: Any) -> Kept:
    """What is kept, with another value in the place of each."""
    for file in (path for path in folder.rglob("*") if path.is_file()):
        Kept(folder=folder).put(file.name, value)
    return Kept(folder=folder)


@pytest.mark.parametrize(
    "value",
    [
        *([], "text", 1, None, {}, {"body": "<p>kept</p>"}),
        *({**WRITTEN, "body": 1}, {**WRITTEN, "fields": [1]}, {**WRITTEN, "fields": [["title"]]}),
        *({**WRITTEN, "messages": [{"pretty": "x"}]}, {**WRITTEN, "messages": {"pretty": "x"}}),
        *({**WRITTEN, "findings": [each]} for each in ({}, {"rule": "x"}, {"rule": "pandoc", "detail": 1}, "pandoc")),
        {**WRITTEN, "findings": [{"rule": "raw-html", "passage": -1}]},
        {**WRITTEN, "findings": [{"rule": "raw-html", "passage": 7}]},
        {**WRITTEN, "findings": [{"rule": "raw-html", "passage": []}]},
    ],
)  # fmt: skip
def test_what_pandoc_never_wrote_is_not_taken(value: Any, tmp_path: Path) -> None:
    """Whatever somebody put in the place of what was kept; what fits is taken, so that this test can tell."""
    made = manuscript(token(0), "made")
    assert article(made, STYLE, Kept(folder=tmp_path)).body.strip() == "<p>made</p>"
    assert article(made, STYLE, _forged(tmp_path, WRITTEN)).body.strip() == "<p>kept</p>"
    assert article(made, STYLE, _forged(tmp_path, value)).body.strip() == "<p>made</p>"


def test_what_pandoc_wrote_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With warnings and problems, too: pandoc is asked once."""
    made = manuscript(f"{token(0)} {token(1)}", "see [@hbs] and ![](a.png)", "<b>no</b>")
    with pytest.raises(Refused) as first:
        article(made, STYLE, Kept(folder=tmp_path))
    monkeypatch.setattr(stage, "_run", lambda *_: pytest.fail("asked again"))
    with pytest.raises(Refused) as second:
        article(made, STYLE, Kept(folder=tmp_path))
    assert first.value.problems == second.value.problems
    assert {problem.rule for problem in second.value.problems} >= {"image-in-text", "raw-html"}
