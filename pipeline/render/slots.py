"""Keep places for what differs from copy to copy: an article in, the same with slots out; a page in, a copy's page out.

A slot is a box of one line and of fixed width, whatever stands in it, so that nothing else on the page moves. In a page
for screens it is as wide as its words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from html import escape

from pipeline.forms import Article
from pipeline.wording.locale import direction

OPEN, CLOSE = "\ue003", "\ue004"
"""A slot's place in a text is OPEN + its number + CLOSE; no input file may hold these characters."""
PLACES = re.compile(f"{OPEN}(\\d+){CLOSE}")
"""Places in a text, each with its number."""
FSI, PDI = "\u2068", "\u2069"
"""Stand around words whose direction is their own (Unicode Standard Annex 9, 2.4); no list holds them."""
FROM_RIGHT = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefe\U00010800-\U00010fff\U0001e800-\U0001efff"
"""Letters and figures that run from right to left, for a class of a pattern."""
_TURNING = re.compile(f"[{FROM_RIGHT}]")
_NOWHERE = re.compile(rf"<[^<>]*{OPEN}|<(h[1-6]|a|del|s|u|ins)\b[^<>]*>(?:(?!</\1>).)*?{OPEN}(\d+)", re.DOTALL)
"""A slot in an attribute, or in what is listed elsewhere too or has a line that would be as long as its words."""
_NOTES = re.compile(r'<section class="endnotes".*?</section>', re.DOTALL)
_SLOT = re.compile(r'(<span class="slot" data-slot="(\d+)"[^<>]*>)[^<>]*(</span>)')
_LETTERS = re.compile(r'<p class="letters" style="display:none">.*?</p>', re.DOTALL)
PLACEHOLDER = "x"


def place(number: int) -> str:
    """What stands in a text for the slot of a number."""
    return f"{OPEN}{number}{CLOSE}"


def astray(article: Article) -> Iterator[int]:
    """The numbers of slots that stand where none can: in headings, links, notes, what is struck out or underlined."""
    for found in _NOWHERE.finditer(article.body):
        yield int(found[2] or PLACES.findall(article.body[found.start() :])[0])
    for text in (*_NOTES.findall(article.body), *article.fields.values()):
        yield from map(int, PLACES.findall(text))


def placed(article: Article, slots: Sequence[tuple[float, str]], letters: Collection[str]) -> Article:
    """Set slots in their places: each with its width in millimetres, and its language where that may not be its text's.

    Pages draw their fonts from `letters` too.
    """
    body = PLACES.sub(lambda found: _span(int(found[1]), *slots[int(found[1])]), article.body)
    drawn = escape(" ".join(sorted(letters)))
    return replace(article, body=f'{body}<p class="letters" style="display:none">{drawn}</p>')


def marked(article: Article) -> Article:
    """An article whose slots hold their places, for forms that have no boxes; no letters stand behind it."""
    body = _SLOT.sub(lambda found: f"{found[1]}{place(int(found[2]))}{found[3]}", _LETTERS.sub("", article.body))
    return replace(article, body=body)


def isolated(text: str) -> str:
    """A text whose direction neither turns what stands around it nor is turned by that."""
    return f"{FSI}{text}{PDI}"


def turning(text: str) -> bool:
    """Whether some of a text runs from right to left."""
    return bool(_TURNING.search(text))


def bare(text: str) -> str:
    """A text without the signs that keep directions apart, as it is read and not drawn."""
    return text.replace(FSI, "").replace(PDI, "")


def held(text: str) -> str:
    """A text as it stands in the slot of a page for browsers."""
    return escape(text).replace(FSI, "<bdi>").replace(PDI, "</bdi>")


def fillable(html: str, held: Callable[[str], str] = held) -> Callable[[Sequence[str]], str]:
    """Give what puts a copy's texts into the slots of a page, which loses the letters that its fonts had to have."""
    parts = _SLOT.split(_LETTERS.sub("", html))

    def filled(texts: Sequence[str]) -> str:
        slots = zip(parts[::4], parts[1::4], parts[2::4], parts[3::4], strict=False)
        said = (f"{before}{start}{held(texts[int(number)])}{end}" for before, start, number, end in slots)
        return "".join((*said, parts[-1]))

    return filled


def _span(number: int, width: float, language: str) -> str:
    said = f' lang="{language}" dir="{direction(language)}"' if language else ""
    return f'<span class="slot" data-slot="{number}" style="width:{width:g}mm"{said}>{PLACEHOLDER}</span>'
