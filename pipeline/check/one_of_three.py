"""Answer an objection, concede it, or say what would settle it: one of the three.

An objection that is left standing without a word looks forgotten, and one that is both answered and
conceded says two things. So each has exactly one of `response`, `conceded` and `open`.

Good:

    # arguments/lights-help.yaml
    objections:
      - id: glare
        text: Lights dazzle the crews of small boats.
        kind: rebuts
        conceded: They do near the shore, and the claim holds for ships alone.

Bad:

    # arguments/lights-help.yaml
    objections:
      - id: glare
        text: Lights dazzle the crews of small boats.
        kind: rebuts
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each objection that has none or several of response, conceded and open."""
    for argument in library.arguments.values():
        for objection in argument.objections:
            given = [name for name in ("response", "conceded", "open") if getattr(objection, name) is not None]
            if len(given) == 1:
                continue
            has = " and ".join(given) if given else "no answer"
            yield Problem(
                mark=objection.mark("id"),
                rule="one-of-three",
                message=f"the objection '{objection.id}' has {has}",
                hint="keep one of them" if given else "write one of `response`, `conceded` or `open`",
            )
