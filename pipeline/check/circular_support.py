"""Rest no argument on itself, not even by way of others.

What is used to support a claim has to be better known than the claim; in a circle each part is only as well known
as the next (Aristotle, "Prior Analytics" II 16; Walton 1994, "Begging the question as a pragmatic fallacy", Synthese
100). A ground that takes over another argument, by `rests_on`, falls with it, so a circle gives nothing to any
claim in it.

Good:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-deaths
        text: Where ships are wrecked less often, fewer sailors drown.
        rests_on: [lights-help/fewer-wrecks]

Bad:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-deaths
        text: Where harbours are safer, fewer sailors drown.
        rests_on: [lights-help]
"""

from __future__ import annotations

from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise

from pipeline.model import Library
from pipeline.problem import Mark, Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each circle, at the first `rests_on` that closes it."""
    rests: dict[str, set[str]] = {}
    marks: dict[tuple[str, str], Mark] = {}
    for argument in library.arguments.values():
        rests[argument.id] = {f"{argument.id}/{ground.id}" for ground in argument.grounds}
        for ground in argument.grounds:
            address = f"{argument.id}/{ground.id}"
            rests[address] = set(ground.rests_on)
            marks |= {(address, name): ground.mark("rests_on", n) for n, name in enumerate(ground.rests_on)}
    while circle := _circle(rests):
        steps = [step for step in pairwise(circle) if step in marks]
        first = min(steps, key=marks.__getitem__)
        rests[first[0]].discard(first[1])
        start = circle.index(first[0])
        path = [*circle[start:-1], *circle[:start], first[0]]
        yield Problem(
            mark=marks[first],
            rule="circular-support",
            message=f"'{first[0]}' rests on itself: {' <- '.join(reversed(path))}",
            hint="rest it on evidence, or on an argument that does not need this one",
        )


def _circle(rests: dict[str, set[str]]) -> list[str]:
    """A circle in what rests on what, each before what it rests on; empty when there is none."""
    try:
        TopologicalSorter({name: sorted(others) for name, others in rests.items()}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []
