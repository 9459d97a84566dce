"""Translate what is printed in another language.

A product in another language than its brief's needs a translation of each text it prints, in briefs/locale/LANG.po. A
house that would rather print some passages in their own language, each marked as such, says `untranslated: warning` in
house.yaml for the files it means: `severities_for: [{files: briefs/locale/*.po, rules: {untranslated: warning}}]`.
`openbrief translate update` adds what is missing to the file, for translators to fill in.

Good:

    # house.yaml
    description: A house that watches lighthouses.
    products:
      - languages: [en-GB]

Bad:

    # house.yaml
    description: A house that watches lighthouses.
    products:
      - languages: [en-GB, fr]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Mark, Problem
from pipeline.translation import file_of, languages, missing


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each empty translation, and one for each file that lacks texts altogether."""
    for language, briefs in languages(library).items():
        if f"locale/{language}" in library.unloaded:
            continue
        absent: list[str] = []
        for text, message in missing(library, language, briefs):
            if message is None:
                absent.append(text.context)
            elif not message.translation and message.original == text.text:
                yield Problem(
                    mark=message.mark,
                    rule="untranslated",
                    message=f"this has no translation: {message.context}",
                    hint=f"write it as `msgstr`; the original stands in {text.mark.file}:{text.mark.line}",
                )
        if absent:
            more = f" and {len(absent) - 1} more" if absent[1:] else ""
            yield Problem(
                mark=Mark(file=file_of(language)),
                rule="untranslated",
                message=f"the text '{absent[0]}'{more} is not in this file",
                hint=f"run `openbrief translate update {language}`, and translate what it adds",
            )
