"""Keep places for what differs from copy to copy: an article in, the same with slots out; a page in, a copy's page out.

A slot is a box of one line and of fixed width, whatever stands in it, so that nothing else on the page moves. In a page
for screens it is as wide as its words.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from html import escape

from pipeline.forms import Article

OPEN, CLOSE = "\ue003", "\ue004"
"""A slot's place in a text is OPEN + its number + CLOSE; no input file may hold these characters."""
_PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_NOWHERE = re.compile(rf"<[^<>]*{OPEN}|<(h[1-6]|a|del|s|u|ins)\b[^<>]*>(?:(?!</\1>).)*?{OPEN}(\d+)", re.DOTALL)
"""A slot in an attribute, or in what is listed elsewhere too or has a line that would be as long as its words."""
_SLOT = re.compile(r'(<span class="slot" data-slot="(\d+)"[^<>]*>)[^<>]*(</span>)')
_LETTERS = re.compile(r'<p class="letters" style="display:none">.*?</p>', re.DOTALL)
PLACEHOLDER = "x"


def place(number: int) -> str:
    """What stands in a text for the slot of a number."""
    return f"{OPEN}{number}{CLOSE}"


def astray(article: Article) -> Iterator[int]:
    """The numbers of slots that stand where none can: in headings, links, and what is struck out or underlined."""
    for found in _NOWHERE.finditer(article.body):
        yield int(found[2] or _PLACE.findall(article.body[found.start() :])[0])
    for text in article.fields.values():
        yield from map(int, _PLACE.findall(text))


def placed(article: Article, widths: Sequence[float], letters: Collection[str]) -> Article:
    """Set slots of some widths, in millimetres, in their places; pages draw their fonts from `letters` too."""
    body = _PLACE.sub(lambda found: _span(int(found[1]), widths[int(found[1])]), article.body)
    drawn = escape(" ".join(sorted(letters)))
    return replace(article, body=f'{body}<p class="letters" style="display:none">{drawn}</p>')


def filled(html: str, texts: Sequence[str]) -> str:
    """Put a copy's texts into the slots of a page for screens."""
    return _SLOT.sub(lambda found: f"{found[1]}{escape(texts[int(found[2])])}{found[3]}", without_letters(html))


def without_letters(html: str) -> str:
    """A page without the letters that its fonts had to have."""
    return _LETTERS.sub("", html)


def _span(number: int, width: float) -> str:
    return f'<span class="slot" data-slot="{number}" style="width:{width:g}mm">{PLACEHOLDER}</span>'
