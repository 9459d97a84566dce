"""Use every argument in a brief.

An argument that no brief weighs is not published. Name it in a brief's `arguments`, or move its file
out of the library until it is needed. Nothing is said while a file can't be loaded.

Good:

    # first-brief.yaml
    arguments:
      for: [lights-help]
      against: [lights-cost]

Bad:

    # arguments/foghorns-help.yaml
    claim: Foghorns make harbours safer.
    short: Foghorns help
    type: causal
    qualifier: possibly
    certainty: low
    warrant: What is heard can be steered by.
    grounds:
      - id: heard-in-fog
        text: A foghorn is heard three miles out.
        evidence:
          - {source: able-2024, finding: Heard at three miles., strength: weak, kind: trial}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import taken_over, targets
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each argument that no brief names."""
    if library.unloaded:
        return
    named = [name for brief in library.briefs.values() for name, *_ in targets(brief)]
    named += [name for argument in library.arguments.values() for name, *_ in taken_over(argument)]
    used = {name.partition("/")[0] for name in named}
    for id, argument in library.arguments.items():
        if id not in used:
            hint = "name it in a brief's `arguments`, or delete it"
            yield Problem(
                mark=argument.mark(), rule="unused-argument", message=f"no brief uses the argument '{id}'", hint=hint
            )
