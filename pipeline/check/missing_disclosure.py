"""Disclose who wrote a brief, who paid for it, and how it was made.

A reader weighs a brief by who stands behind it: authors and how to reach them, reviewers, funders,
interests, the use of AI, how evidence was searched, and under which licence it may be passed on (ICMJE
recommendations, sections II.A and II.B; Transparify's criteria for think tanks). Each stands in the brief, or in
house.yaml for all of them. "None" is a disclosure; silence is not.

Good:

    # house.yaml
    authors: [Ann Able, Ben Baker]

Bad:

    # house.yaml
    authors: []
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Disclosures, Library
from pipeline.problem import Problem

MISSING = {
    "authors": "who wrote it",
    "contact": "where mistakes can be reported",
    "reviewers": "who reviewed it",
    "funding": "who paid for it",
    "conflicts": "whose interests could bear on it",
    "ai_use": "how AI was used",
    "method": "how evidence was searched and chosen",
    "licence": "under which licence it may be used",
}


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each disclosure that is missing from a brief and from the house."""
    if "house" in library.unloaded:
        return
    absent = [name for name in Disclosures.model_fields if not getattr(library.house, name)]
    for brief in library.briefs.values():
        for name in absent:
            if not getattr(brief, name):
                yield Problem(
                    mark=brief.mark(),
                    rule="missing-disclosure",
                    message=f"neither this brief nor house.yaml says {MISSING[name]}",
                    hint=f"add `{name}:` to one of them",
                )
