"""The tags of the PDF hold the text of the HTML page, all of it and in the same order.

So a screen reader reads on paper what a browser shows, nothing is lost between the two, and the order is right. What
the page's stylesheet shows on paper alone or on screen alone is left out of account, as are capitals, white space and
the hyphens that the engine sets at the ends of lines; a drawing counts with its description. Where a tag says another
text than what is drawn (`ActualText`), as for lines that run from right to left, it must have the same letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from pipeline.verify import hypertext, tags, tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF, tools.CSSSELECT2, tools.TINYCSS2, tools.TINYHTML5)
MARKERS = frozenset({"Lbl"})
"""Elements whose text the engine makes: the markers of lists."""
SHOWN = 60
"""Characters of each side that a finding shows."""


def find(pdf: bytes, page: str) -> Iterator[Finding]:
    """Yield the first place where the texts part, and each tag that says other letters than those that are drawn."""
    with document_of(pdf) as document:
        root = tags.structure(document)
    yield from _misspelt(root)
    printed = squeezed("".join(root.texts(but=MARKERS)))
    written = squeezed("".join(hypertext.texts(page))).replace(tags.LINE, "")
    if not written:
        yield Finding(message="the page has no text")
        return
    here, there = parting(printed, written)
    if here < len(printed) or there < len(written):
        seen, meant = printed[here : here + SHOWN], written[there : there + SHOWN]
        message = f"the PDF goes on with '{seen.replace(tags.LINE, '')}' where the page says '{meant}'"
        before = written[max(0, there - SHOWN // 2) : there]
        yield Finding(message=message, place=f"after '{before}'")


def _misspelt(root: tags.Element) -> Iterator[Finding]:
    for element in root.elements():
        if element.instead is not None:
            seen = "".join(kid for kid in element.kids if isinstance(kid, str))
            if _letters(seen) != _letters(element.instead):
                yield Finding(message=f"a tag says '{element.instead.strip()}' where '{seen.strip()}' is drawn")


def _letters(text: str) -> list[str]:
    """The letters, marks and digits of a text, each form of a letter as the letter itself, without their order."""
    return sorted(each for each in unicodedata.normalize("NFKD", text) if unicodedata.category(each)[0] in "LMN")


def squeezed(text: str) -> str:
    """The text without white space but ends of lines, and soft hyphens, in small letters."""
    return re.sub(r"[^\S\n]+|\u00ad", "", text).casefold()


def parting(printed: str, written: str) -> tuple[int, int]:
    """Where two squeezed texts part, of a PDF and of its page, as a place in each."""
    here = there = 0
    while here < len(printed):
        letter = printed[here]
        if letter == tags.LINE:
            here += 1
        elif there < len(written) and letter == written[there]:
            here, there = here + 1, there + 1
        elif there < len(written) and written[there] == hypertext.NUMBER and (number := _number(printed, here)):
            here, there = here + number, there + 1
        elif letter == "-" and printed[here + 1 : here + 2] == tags.LINE:
            here += 1
        else:
            break
    return here, there


def _number(printed: str, here: int) -> int:
    """How many characters of a counter stand here: digits, or a few letters, up to the end of their line."""
    match = re.compile(r"(\d+|[a-z]{1,8})(?=\n)").match(printed, here)
    return len(match[0]) if match else 0
