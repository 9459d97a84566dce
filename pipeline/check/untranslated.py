"""Translate what is printed in another language.

A product in another language than its brief's needs a translation of each text it prints, in briefs/locale/LANG.po. A
house that would rather print some passages in their own language, each marked as such, says `untranslated: warning` in
house.yaml for the files it means: `severities_for: [{files: briefs/locale/*.po, rules: {untranslated: warning}}]`.
`openbrief translate update` adds what is missing to the file, for translators to fill in. Where more than ten texts
of a file wait, they are one problem, and `openbrief translate status` counts on.

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
from pipeline.translation import file_of, languages, missing, texts

MOST = 10
"""How many texts of a file are told one by one."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each empty translation, and one for each file that lacks many, or texts altogether."""
    for language, briefs in languages(library).items():
        if f"locale/{language}" not in library.unloaded:
            yield from _in_file(library, language, briefs)


def _in_file(library: Library, language: str, briefs: tuple[str, ...]) -> Iterator[Problem]:
    found = [
        (text, message)
        for text, message in missing(library, language, briefs)
        if message is None or (not message.translation and message.original == text.text)
    ]
    whole, absent = Mark(file=file_of(language)), [text.context for text, message in found if message is None]
    add = f"run `openbrief translate update {language}`, and translate what it adds"
    if len(found) > MOST:
        yield Problem(
            mark=whole,
            rule="untranslated",
            message=f"{len(found)} of {len(texts(library, briefs))} texts have no translation",
            hint=add if absent else "translate them in this file; `openbrief translate status` counts",
        )
        return
    for text, message in found:
        if message is not None:
            yield Problem(
                mark=message.mark,
                rule="untranslated",
                message=f"this has no translation: {message.context}",
                hint=f"write it as `msgstr`; the original stands in {text.mark.file}:{text.mark.line}",
            )
    if absent:
        more = f" and {len(absent) - 1} more" if absent[1:] else ""
        said = f"the text '{absent[0]}'{more} is not in this file"
        yield Problem(mark=whole, rule="untranslated", message=said, hint=add)
