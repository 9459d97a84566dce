"""Give each source what its type needs to be found.

An article is found through its journal, a report through who put it out, a page through its address.
The Citation Style Language names types and variables (CSL 1.0.2, appendices III and IV) and demands none;
what is asked here follows from how these appendices describe each type, and from what style guides ask
in common. A publisher that is also the author may be left out (Publication Manual of the APA, 7th edition,
section 9.29), and so may a newspaper that is named as the author. A page without a date needs the day on
which it was read (the same, section 9.16), as `accessed` of CSL or of `custom`.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: article-journal
        title: A report on lighthouses
        container-title: Journal of Harbours
        custom: {read: abstract}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: article-journal
        title: A report on lighthouses
        custom: {read: abstract}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.csl import Source, Type
from pipeline.model import Library
from pipeline.problem import Problem

Needs = tuple[tuple[str, ...], ...]
"""Groups of fields; of each group a source needs one."""
_CONTAINER: Needs = (("container-title",),)
_PUBLISHER: Needs = (("publisher",),)
_PERIODICAL: Needs = (("container-title", "an organisation as its author"),)
_PAGE: Needs = (("URL",), ("issued", "accessed"))
_EVENT = ("event-title", "event", "container-title")
_LAW: Needs = (("number", "container-title", "chapter-number", "section", "DOI", "URL"),)
NEEDS: dict[Type, Needs] = {
    "article": (("publisher", "archive", "number", "DOI", "URL"),),
    "article-journal": _CONTAINER,
    "article-magazine": _PERIODICAL,
    "article-newspaper": _PERIODICAL,
    "bill": _LAW,
    "book": _PUBLISHER,
    "chapter": _CONTAINER,
    "dataset": (("publisher", "archive", "DOI", "URL"),),
    "entry": _CONTAINER,
    "entry-dictionary": _CONTAINER,
    "entry-encyclopedia": _CONTAINER,
    "legal_case": (("authority", "container-title", "number", "URL"),),
    "legislation": _LAW,
    "paper-conference": (_EVENT,),
    "patent": (("number",),),
    "personal_communication": (("recipient", "archive", "container-title"),),
    "post": _PAGE,
    "post-weblog": _PAGE,
    "regulation": _LAW,
    "report": (("publisher", "an organisation as its author"),),
    "software": (("publisher", "DOI", "URL"),),
    "speech": (_EVENT,),
    "standard": (("publisher", "authority", "an organisation as its author"),),
    "thesis": _PUBLISHER,
    "webpage": _PAGE,
}
"""What each type needs; types that are not here need no more than the model asks."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each source and each thing that its type needs and it doesn't have."""
    for source in library.sources.values():
        had = _fields(source)
        for group in NEEDS.get(source.type, ()):
            if had.isdisjoint(group):
                yield Problem(
                    mark=source.mark("type"),
                    rule="source-fields",
                    message=f"{_article(source.type)} needs {_listed(group)}, and '{source.id}' has none",
                    hint=f"add `{group[0]}: …`, or choose the type that fits",
                )


def _fields(source: Source) -> set[str]:
    """The names of what a source has, as the table above has them."""
    had = {type(source).model_fields[name].alias or name for name, value in source if value is not None}
    if source.custom.accessed:
        had.add("accessed")
    if any(name.literal for name in source.author or ()):
        had.add("an organisation as its author")
    return had


def _article(kind: str) -> str:
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _listed(group: tuple[str, ...]) -> str:
    named = [name if " " in name else f"`{name}`" for name in group]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"
