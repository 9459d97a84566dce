"""Write each brief in the language of its house.

The arguments and figures of a library are shared by its briefs, and are in the `language` of house.yaml. A brief whose
own texts were in another one would print them as if they were in its language, and so be read out wrongly. A brief in
another language is a translation: leave `language` out, write the brief as the house does, name the other language in
`products`, and translate the texts in briefs/locale/LANG.po, which `openbrief translate update LANG` writes. `products`
may name that language alone. A library of its own, with a house.yaml of its own, is the other way.

Good:

    # house.yaml
    language: en-GB
    # first-brief.yaml
    language: en-GB

Bad:

    # house.yaml
    language: en-GB
    # first-brief.yaml
    language: de
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each brief that says it is in another language than its house."""
    if "house" in library.unloaded:
        return
    ours = library.house.language
    for brief in library.briefs.values():
        if (theirs := brief.language or ours) != ours:
            yield Problem(
                mark=brief.mark("language"),
                rule="brief-language",
                message=f"this brief says it is in '{theirs}', but its arguments and its house are in '{ours}'",
                hint=f"write it in '{ours}' without this line, name '{theirs}' in `products`, as in `products: "
                f"[{{languages: [{theirs}]}}]`, and run `openbrief translate update {theirs}`",
            )
