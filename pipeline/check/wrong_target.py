"""Aim each objection at what its kind can hit.

What rebuts says that the claim is false, so it names no ground; what undermines says that a ground is false, so
it names one; what undercuts grants both and denies the step between them, so it names the ground whose step it
denies, or none when it denies the warrant of them all (Pollock 1987; Prakken 2010). The label of a ground or a
claim depends on what its objections aim at.

Good:

    # arguments/lights-help.yaml
    objections:
      - id: miscounted
        text: Wrecks were counted twice before there was a light.
        kind: undermines
        target: fewer-wrecks
        conceded: They were, in one harbour.

Bad:

    # arguments/lights-help.yaml
    objections:
      - id: miscounted
        text: Wrecks were counted twice before there was a light.
        kind: undermines
        conceded: They were, in one harbour.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each objection that undermines no ground or rebuts one."""
    for argument in library.arguments.values():
        grounds = ", ".join(ground.id for ground in argument.grounds)
        for objection in argument.objections:
            if objection.kind == "undermines" and objection.target is None:
                message = f"the objection '{objection.id}' undermines a ground and names none"
                hint = f"add `target:` with one of {grounds}, or write `kind: rebuts`" if grounds else ""
                yield Problem(mark=objection.mark("kind"), rule="wrong-target", message=message, hint=hint)
            elif objection.kind == "rebuts" and objection.target is not None:
                message = f"the objection '{objection.id}' rebuts the claim and names the ground '{objection.target}'"
                hint = "delete `target`, or write `kind: undermines`"
                yield Problem(mark=objection.mark("target"), rule="wrong-target", message=message, hint=hint)
