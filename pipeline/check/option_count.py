"""Offer at least two options, and changing nothing is one of them.

A brief with one option is an advertisement. What a measure brings can only be judged against what
happens without it, so one option has the id `status-quo` (HM Treasury, The Green Book: every appraisal
starts from business as usual). A news explainer explains, and needs no options.

Good:

    # first-brief.yaml
    options:
      - {id: status-quo, text: Leave it., benefits: No bill., harms: Wrecks., costs: None., uncertainty: Small.}
      - {id: light-all, text: Light all., benefits: Fewer wrecks., harms: Glare., costs: Oil., uncertainty: Weather.}

Bad:

    # second-brief.yaml
    options: []
    recommendations: []
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem

FEWEST = 2
STATUS_QUO = "status-quo"


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each brief with fewer than two options, or without the status quo."""
    for brief in library.briefs.values():
        if brief.explainer is not None:
            continue
        mark = brief.key_mark("options")
        if (count := len(brief.options)) < FEWEST:
            message = f"this brief offers {'one option' if count else 'no option'}; two are the fewest"
            hint = f"add what else could be done, and what happens when nothing is: `id: {STATUS_QUO}`"
            yield Problem(mark=mark, rule="option-count", message=message, hint=hint)
        elif all(option.id != STATUS_QUO for option in brief.options):
            message = "none of the options is to change nothing"
            hint = f"add it, and give it the id `{STATUS_QUO}`"
            yield Problem(mark=mark, rule="option-count", message=message, hint=hint)
