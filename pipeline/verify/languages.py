"""Words of other languages are marked as such in the PDF, and abbreviations have their long forms, as in the page.

A screen reader changes its voice for a French word, if it is told that it is French (WCAG 2.2, 3.1.2), and can say
what an abbreviation stands for (3.1.4). veraPDF can't know what the words are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.verify import hypertext, tags, tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of
from pipeline.verify.same_text import MARKERS, parting, squeezed

TOOLS = (tools.PIKEPDF, tools.CSSSELECT2, tools.TINYCSS2, tools.TINYHTML5)


def find(pdf: bytes, page: str) -> Iterator[Finding]:
    """Yield each language and each long form that is not said of the same words in both."""
    with document_of(pdf) as document:
        elements = list(tags.structure(document).elements())
    spoken = ((each.language, "".join(each.texts(but=MARKERS))) for each in elements if each.language)
    shortened = ((each.expansion, "".join(each.texts(but=MARKERS))) for each in elements if each.expansion)
    yield from _differing(_gathered(spoken), _gathered(hypertext.spoken(page)), "in the language")
    yield from _differing(_gathered(shortened), _gathered(hypertext.abbreviated(page)), "short for")


def _gathered(said: Iterable[tuple[str, str]]) -> dict[str, str]:
    """All texts of which the same is said, one after the other: the engine breaks them at ends of lines and pages."""
    found: dict[str, str] = {}
    for value, text in said:
        found[value] = found.get(value, "") + text
    return {value: squeezed(text) for value, text in found.items()}


def _differing(printed: dict[str, str], written: dict[str, str], said: str) -> Iterator[Finding]:
    for value in dict.fromkeys((*written, *printed)):
        there, here = written.get(value, "").replace(tags.LINE, ""), printed.get(value, "")
        if parting(here, there) != (len(here), len(there)):
            plain = here.replace(tags.LINE, "")
            yield Finding(message=f"the PDF says of '{plain}' that it is {said} '{value}', and the page of '{there}'")
