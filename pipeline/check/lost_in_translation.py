"""Keep the citations, figures, links and numbers of a text when it is translated.

What a translation loses, its readers don't learn; what it adds, nobody has sourced. Numbers are read as each language
writes them: `$8.8 trillion` is `8 800 milliards de dollars`, and 1,500 in English is 1.500 in German. Each stands in
both texts as often, with the same sign, and the same currency or per cent; a citation keeps the numbers of its pages.
Whole numbers up to twelve may be written in words, as long as the other text has no number in digits instead. That two
numbers have changed places can't be told: languages have orders of their own. Where a difference is right, a
translator's comment says why: `# openbrief: allow lost-in-translation because …`.

Good:

    # house.yaml
    description: A house that watches lighthouses.

Bad:

    # locale/fr.po
    msgctxt "house/description"
    msgid "A house that watches 40 lighthouses."
    msgstr "Une maison qui observe 14 phares."

    # house.yaml
    description: A house that watches 40 lighthouses.
    products:
      - languages: [en-GB, fr]
    severities: {untranslated: "off"}
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from pipeline.catalogue import Message
from pipeline.model import Library
from pipeline.numerals import Numeral, digits, numerals, unmatched
from pipeline.problem import Problem
from pipeline.record import CITATION
from pipeline.translation import languages, texts

_PLACED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
_LOCATOR = re.compile(
    rf"{CITATION.pattern}(?:(?P<within>[^;\[\]@]*)(?=[;\]])|\s?\[(?P<behind>[^\[\]@]*)\](?!\())", re.ASCII
)
"""A citation with what says where in the work: `[@able-2024, p. 33]`, `@able-2024 [p. 33]`."""
IN_WORDS = 12
"""Whole numbers up to this may stand in words."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each thing that a translation lost or added."""
    for language, briefs in languages(library).items():
        catalogue = library.catalogues.get(language)
        for text in texts(library, briefs) if catalogue else ():
            message = catalogue.messages.get(text.context) if catalogue else None
            if message and message.says(text.text):
                for what in _differences(message, library.house.language, language):
                    yield Problem(
                        mark=message.mark,
                        rule="lost-in-translation",
                        message=f"this translation {what}",
                        hint=f"the original stands in {text.mark.file}:{text.mark.line}",
                    )


def _differences(message: Message, source: str, language: str) -> Iterator[str]:
    original, translation = message.original, message.translation
    for what, pattern in (("the citation", CITATION), ("the place", _PLACED), ("the link", _LINK)):
        before, after = (_found(pattern, text) for text in (original, translation))
        yield from (f"loses {what} '{lost}'" for lost in before - after)
        yield from (f"adds {what} '{added}'" for added in after - before)
    before, after = _located(original), _located(translation)
    if before != after and _found(CITATION, original) == _found(CITATION, translation):
        yield from (f"loses the locator in '{lost}'" for lost in before - after)
        yield from (f"adds the locator in '{added}'" for added in after - before)
    lost, added = unmatched(numerals(original, source), numerals(translation, language))
    for verb, ours, theirs in (("loses", lost, added), ("adds", added, lost)):
        yield from (f"{verb} the number {number.text}" for number in ours if theirs or not _in_words(number))


def _found(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(next(filter(None, match.groups()), match[0]) if match.groups() else match[0]
                   for match in pattern.finditer(text))  # fmt: skip


def _located(text: str) -> Counter[str]:
    """The places in works that a text names, each as its citekey and the numbers behind it."""
    found = (
        (match[1] or match[2], digits(match["within"] or match["behind"] or "")) for match in _LOCATOR.finditer(text)
    )
    return Counter(f"{citekey}, {', '.join(numbers)}" for citekey, numbers in found if numbers)


def _in_words(number: Numeral) -> bool:
    """Whether a language may write it in words."""
    values = [value for value, _ in number.readings]
    return bool(values) and all(value.is_integer() and 0 <= value <= IN_WORDS for value in values)
