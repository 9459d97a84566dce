"""Keep the citations, figures, links and numbers of a text when it is translated.

What a translation loses, its readers don't learn; what it adds, nobody has sourced. Numbers are read as each language
writes them: `$8.8 trillion` is `8 800 milliards de dollars`. Whole numbers up to twelve may be written in words. Where
a difference is right, a translator's comment says why: `# openbrief: allow lost-in-translation because …`.

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
from pipeline.numerals import values
from pipeline.problem import Problem
from pipeline.record import CITATION
from pipeline.translation import languages, texts

_PLACED = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_LINK = re.compile(r"\]\(([^)\s]+)\)|<(https?://[^>\s]+)>")
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
    for what, pattern in (("the citation", CITATION), ("the place", _PLACED), ("the link", _LINK)):
        before, after = (_found(pattern, text) for text in (message.original, message.translation))
        yield from (f"loses {what} '{lost}'" for lost in before - after)
        yield from (f"adds {what} '{added}'" for added in after - before)
    stated, said = values(message.original, source), values(message.translation, language)
    for verb, ours, theirs, other in (
        ("loses", stated, said, message.translation),
        ("adds", said, stated, message.original),
    ):
        for value in sorted(ours.keys() - theirs.keys()):
            if not _in_words(value) and ours[value] not in other:  # the 3.5 of a name is no number to translate
                yield f"{verb} the number {ours[value]}"


def _found(pattern: re.Pattern[str], text: str) -> Counter[str]:
    return Counter(next(filter(None, match.groups()), match[0]) if match.groups() else match[0]
                   for match in pattern.finditer(text))  # fmt: skip


def _in_words(value: float) -> bool:
    return value.is_integer() and value <= IN_WORDS
