"""Hedge a causal claim, or give evidence that can show a cause.

That two things go together doesn't show that one brings the other about (Hill, The environment and
disease, 1965). Trials, quasi-experiments and systematic reviews can show it; other kinds of evidence
start at low certainty in GRADE (Guyatt and others, 2011), and a model gives back the causes that were
put into it. A causal claim without evidence that can is held `probably` or `possibly`, with moderate
certainty or less.

Good:

    # arguments/lights-help.yaml
    qualifier: very-likely
    certainty: high
    grounds:
      - id: lit-by-lot
        text: Harbours that were lit by lot saw fewer wrecks than the others.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third in the harbours that were drawn.
            locator: {page: 4}
            kind: trial
            direction: supports
            strength: strong

Bad:

    # arguments/lights-help.yaml
    certainty: high
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Argument, Library
from pipeline.parts import bearing
from pipeline.problem import Problem
from pipeline.record import HEDGED, HEDGES

SHOWS_CAUSES = frozenset(["trial", "quasi-experiment", "systematic-review"])
"""Kinds of evidence that can tell a cause from a coincidence."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each causal claim that is held more firmly than its evidence allows."""
    for argument in library.arguments.values():
        if argument.type != "causal" or _can_show_a_cause(argument):
            continue
        for name, value, allowed in (
            ("qualifier", argument.qualifier, HEDGES),
            ("certainty", argument.certainty, HEDGED),
        ):
            if value not in allowed:
                yield Problem(
                    mark=argument.mark(name),
                    rule="causal-evidence",
                    message=f"none of the evidence can show a cause, and this says '{value}'",
                    hint=f"say {' or '.join(allowed)}, or add a trial, a quasi-experiment or a systematic review",
                )


def _can_show_a_cause(argument: Argument) -> bool:
    found = (item for ground in argument.grounds for item in ground.evidence)
    return any(item.kind in SHOWS_CAUSES and bearing("ground", item) == "for" for item in found)
