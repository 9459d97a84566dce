"""Plain text comes out of Markdown as it went in."""

from __future__ import annotations

import html
import random
import re
from urllib.parse import unquote

import pytest

from pipeline.markdown import address, literal
from pipeline.render.article import article
from tests.render.test_article import STYLE, manuscript, prose, token

SIGNS = "ab1 ()+*_`~$#@&<>[]{}|!:=%\\/?,;^-."
TEXTS = [
    "2026. A year", "1) One", "(1) One", "- Light", "+ 3%", "* 4 *", "# One", "#. One", "a. b", "1.", "| x", "> x",
    ": x", "% x", "=== x", "::: x", "@able-2024", "mail a@b.org", "2 * 3 * 4", "_x_ *y* `z`", "</title><script>",
    "&amp; &lt;", "x^2^ and H~2~O", "[x](javascript:1)", "![x](y)", "<http://example.org>", "$x$", "\\alpha \\\\",
    "{{ 7*7 }}",
    "<b>", "[a]{.b}", "(@) x", "^[note]", "~~x~~", "http://a_b_c.org/*x*", "C++ & C#", "...", "x" * 300,
]  # fmt: skip


def _printed(texts: list[str]) -> list[str]:
    """What pandoc makes of each, as a reader would see it."""
    passages = [prose(literal(text)) for text in texts]
    body = article(manuscript("\n\n".join(token(index) for index in range(len(texts))), *passages), STYLE).body
    return [
        " ".join(html.unescape(found).replace("\u2026", "...").split())
        for found in re.findall(r"(?s)<p>(.*?)</p>", body)
    ]


@pytest.mark.slow
def test_says_what_was_typed() -> None:
    """Neither what looks like Markdown nor any heap of signs means more than it says."""
    chance = random.Random(7)
    heaps = ["".join(chance.choices(SIGNS, k=chance.randint(1, 12))) for _ in range(600)]
    heaps = [" ".join(heap.split()) for heap in heaps if not re.search(r"--|\.\.\.|\[\^|^\W*$", heap)]
    assert len(heaps) > 300
    texts = TEXTS + heaps
    assert _printed(texts) == texts


@pytest.mark.parametrize("text", ["It's \u201cgood\u201d - 5.5% of it.", "A word, and another; a third: more?"])
def test_leaves_plain_words_alone(text: str) -> None:
    """Words with marks between them need nothing."""
    assert literal(text) == text


@pytest.mark.slow
def test_an_address_leads_where_it_says() -> None:
    """No sign in an address ends it, opens an entity, or makes a second link."""
    urls = [
        "https://e.org/?a=1&copy=2&copy;",
        "https://e.org/a_b_(c)*d*",
        "https://e.org/)[x](y",
        "https://e.org/a~b#c",
    ]
    urls += [
        "https://e.org/><script>",
        'https://e.org/"q"',
        r"https://e.org/a\_b",
        "https://e.org/%20",
        "https://e.org/{x}",
    ]
    text = "\n\n".join(f"[{literal(url)}]({address(url)})" for url in urls)
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', article(manuscript(text), STYLE).body)
    assert len(found) == len(urls)
    assert [unquote(html.unescape(target)) for target, _ in found] == [unquote(url) for url in urls]
