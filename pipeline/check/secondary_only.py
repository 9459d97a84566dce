"""Rest a key message on more than reports about its sources.

A report about a study can misread it, and three reports can repeat one mistake. A key message is what
readers keep, so at least one source that supports it was read itself, in full or in abstract. How a
source was read stands in its `custom.read`; `secondary` means through a report (see the SIFT method,
Caulfield and Wineburg, Verified, 2023: trace claims to where they come from).

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        custom: {read: abstract}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        custom: {read: secondary}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import evidence_for
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each key message whose sources are all known through reports alone."""
    for brief in library.briefs.values():
        for message in brief.key_messages:
            found = [item for name in message.rests_on for item in evidence_for(library, name)]
            sources = [library.sources[item.source] for item in found if item.source in library.sources]
            if sources and all(source.custom.read == "secondary" for source in sources):
                yield Problem(
                    mark=message.mark("rests_on"),
                    rule="secondary-only",
                    message="every source that this key message rests on is known through reports alone",
                    hint="read one of the sources, add one that was read, or rest the message on something else",
                )
