"""Cite every source that sources.yaml has.

A source that nothing cites is either left over or missing from the argument that was built on it.
Nothing is said while a file can't be loaded, for it may hold the citation.

Good:

    # figures/wrecks.yaml
    sources: [able-2024]

Bad:

    # sources.yaml
    references:
      - id: baker-2023
        type: report
        title: A report on foghorns
        publisher: Harbour Board
        custom: {read: abstract}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import citations
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each source that nothing cites."""
    if library.unloaded:
        return
    used = {name for name, *_ in citations(library)}
    for id, source in library.sources.items():
        if id not in used:
            mark, message = source.mark("id"), f"nothing cites the source '{id}'"
            yield Problem(mark=mark, rule="unused-source", message=message, hint="cite it, or delete it")
