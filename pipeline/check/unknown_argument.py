"""Rest a brief only on arguments that exist.

A brief selects arguments by the names of their files in briefs/arguments/. A name that no file has
would leave out what the brief claims to weigh.

Good:

    # first-brief.yaml
    arguments:
      for: [lights-help]
      against: [lights-cost]

Bad:

    # first-brief.yaml
    arguments:
      for: [lights-help, light-helps]
      against: [lights-cost]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import taken_over, targets
from pipeline.model import Library
from pipeline.problem import Problem, did_you_mean


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each name of an argument that no file has."""
    named = [reference for argument in library.arguments.values() for reference in taken_over(argument)]
    named += [reference for brief in library.briefs.values() for reference in targets(brief)]
    for reference in named:
        id = reference.name.partition("/")[0]
        if not library.knows("arguments", id):
            hint = did_you_mean(id, library.arguments) or f"write briefs/arguments/{id}.yaml"
            message = f"no argument is called '{id}'"
            yield Problem(mark=reference.mark, rule="unknown-argument", message=message, hint=hint)
