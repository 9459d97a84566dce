"""Weigh at least one argument against.

Readers trust a text more, and are persuaded more, when it puts the other side and deals with it (O'Keefe 1999;
Allen 1991, "Meta-analysis comparing the persuasiveness of one-sided and two-sided messages", Western Journal of
Speech Communication 55). Objections to the arguments in favour are not enough: they only defend what the brief
already holds. Name what speaks for another course in `arguments: against`.

Good:

    # first-brief.yaml
    arguments:
      for: [lights-help]
      against: [lights-cost]

Bad:

    # first-brief.yaml
    arguments:
      for: [lights-help, lights-cost]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each brief that weighs arguments, and none against."""
    for brief in library.briefs.values():
        if brief.arguments.for_ and not brief.arguments.against:
            yield Problem(
                mark=brief.key_mark("arguments"),
                rule="one-sided",
                message="this brief weighs no argument against",
                hint="name one in `against`, and write it first if the library has none",
            )
