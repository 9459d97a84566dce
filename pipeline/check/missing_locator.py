"""Say where in a source the finding stands.

A reader who wants to check a finding shouldn't have to read two hundred pages for it, and a writer who
read the work knows the place. So evidence from a work with pages that was read in full names one in
its `locator`: a page, chapter, section, paragraph, figure or table. Web pages, posts, news, repositories
and data have no pages that stay; their address leads there. What was read in abstract or through a
report needs none, and neither does a work of one page.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: book
        title: All about lighthouses
        publisher: Harbour Board
        custom: {read: full}
    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third.
            locator: {page: 12}
            kind: observational
            strength: moderate

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: book
        title: All about lighthouses
        publisher: Harbour Board
        custom: {read: full}
    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third.
            kind: observational
            strength: moderate
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.csl import Source
from pipeline.model import Evidence, Library
from pipeline.problem import Problem

WITH_PAGES = frozenset(
    ["article", "article-journal", "article-magazine", "bill", "book", "chapter", "classic", "hearing", "legal_case",
     "legislation", "manuscript", "pamphlet", "paper-conference", "patent", "periodical", "regulation", "report",
     "review", "review-book", "standard", "thesis", "treaty"]
)  # fmt: skip
"""Types of works in which a place can be named."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each piece of evidence that doesn't say where in its source it stands."""
    for argument in library.arguments.values():
        for item in argument.within():
            if not isinstance(item, Evidence) or (item.locator and item.locator.model_fields_set):
                continue
            source = library.sources.get(item.source)
            if source is not None and _has_places(source):
                yield Problem(
                    mark=item.mark("source"),
                    rule="missing-locator",
                    message=f"this doesn't say where in '{item.source}' it stands, which was read in full",
                    hint="add a locator, as in `locator: {page: 12}`",
                )


def _has_places(source: Source) -> bool:
    one_page = source.number_of_pages == "1" or (source.page or "-").isdigit()
    return source.custom.read == "full" and source.type in WITH_PAGES and not one_page
