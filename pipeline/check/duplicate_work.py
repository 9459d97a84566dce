"""Name each work once in sources.yaml.

One study under two citekeys looks like two pieces of evidence, and is counted as two where sources are
weighed. Two sources are one work when they have the same DOI, however it is written (DOIs know no
capitals: DOI Handbook, International DOI Foundation), or the same title and year and no wholly different
authors. A preprint and the article that came of it are one work, too: cite what was read, and name the
other in its `note`.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: 2024
        DOI: 10.1000/lights.2024
        custom: {read: abstract}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        DOI: 10.1000/lights.2024
        custom: {read: abstract}
      - id: able-2024-again
        type: report
        title: Lighthouses
        publisher: Harbour Board
        DOI: 10.1000/LIGHTS.2024
        custom: {read: abstract}

    # figures/wrecks.yaml
    sources: [able-2024, able-2024-again]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.works import twins


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each source that is the same work as an earlier one."""
    for source, earlier, by in twins(library.sources.values()):
        yield Problem(
            mark=source.mark("id"),
            rule="duplicate-work",
            message=f"'{source.id}' is the same work as '{earlier.id}': they share {by}",
            hint=f"the first is on line {earlier.mark('id').line}; cite one of them and delete the other",
        )
