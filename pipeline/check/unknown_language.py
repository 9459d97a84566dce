"""Name languages by tags that exist.

A tag of BCP 47 begins with the code of a language, `en`; that of a script, `Hant`, and of a region, `GB`, may stand
behind it. Codes are looked up in CLDR. Britain's is `GB`: a browser, a screen reader or a shop for books that meets
`en-UK` knows neither spelling nor voice for it.

Good:

    # house.yaml
    language: en-GB
    products:
      - languages: [en-GB]

Bad:

    # house.yaml
    language: en-GB
    products:
      - languages: [en-GB, en-UK]
    severities: {untranslated: "off"}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Mark, Problem
from pipeline.wording.locale import unknown


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each tag of a language that holds a code which nothing bears."""
    for tag, mark in _named(library):
        if wrong := unknown(tag):
            message, hint = wrong
            yield Problem(mark=mark, rule="unknown-language", message=message, hint=hint)


def _named(library: Library) -> Iterator[tuple[str, Mark]]:
    if "house" not in library.unloaded:
        yield library.house.language, library.house.mark("language")
    for plans in (library.house.products, *(brief.products for brief in library.briefs.values())):
        for plan in plans:
            yield from ((tag, plan.mark("languages", place)) for place, tag in enumerate(plan.languages))
    for brief in library.briefs.values():
        if brief.language:
            yield brief.language, brief.mark("language")
