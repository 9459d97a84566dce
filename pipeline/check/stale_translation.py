"""Look at a translation again when its original has changed.

A translation of what a text no longer says may state a figure that is no longer there, so it isn't printed: the text
counts as untranslated. `openbrief translate update` marks it as fuzzy and shows the former original; a translator mends
it and takes the mark away. As with `untranslated`, house.yaml may say for some languages that this is a warning.

Good:

    # house.yaml
    description: A house that watches lighthouses.
    products:
      - languages: [en-GB]

Bad:

    # locale/fr.po
    msgctxt "house/description"
    msgid "A house that watched lighthouses."
    msgstr "Une maison qui observait les phares."

    # house.yaml
    description: A house that watches lighthouses.
    products:
      - languages: [en-GB, fr]
    severities: {untranslated: "off"}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.translation import languages, missing


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each translation whose original says something else now, or that is marked as fuzzy."""
    for language, briefs in languages(library).items():
        for text, message in missing(library, language, briefs):
            if message and (message.translation or message.original != text.text):
                changed = message.original != text.text
                place = f"{text.mark.file}:{text.mark.line}"
                yield Problem(
                    mark=message.mark,
                    rule="stale-translation",
                    message=f"the original has changed: {text.context}"
                    if changed
                    else f"this translation is marked as fuzzy: {text.context}",
                    hint=f"it stands in {place}; run `openbrief translate update {language}` and mend the translation"
                    if changed
                    else f"hold it against {place}, mend it, and delete `fuzzy`",
                )
