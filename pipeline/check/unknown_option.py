"""Let every recommendation carry out an option that the brief weighs.

A recommendation names, in `supports`, the id of one of the brief's `options`. A reader can then see
what it was weighed against.

Good:

    # first-brief.yaml
    recommendations:
      - text: Light every harbour.
        actor: The harbour board
        action: light
        timeframe: within a year
        supports: light-all
        rests_on: [lights-help]
        strength: strong

Bad:

    # first-brief.yaml
    recommendations:
      - text: Light every harbour.
        actor: The harbour board
        action: light
        timeframe: within a year
        supports: light-every-harbour
        rests_on: [lights-help]
        strength: strong
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem, did_you_mean


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each recommendation that supports none of its brief's options."""
    for brief in library.briefs.values():
        ids = [option.id for option in brief.options]
        for item in brief.recommendations:
            if item.supports not in ids:
                known = (
                    f"use one of {', '.join(dict.fromkeys(ids))}" if ids else "write the options that the brief weighs"
                )
                hint = did_you_mean(item.supports, ids) or known
                message = f"this brief has no option '{item.supports}'"
                yield Problem(mark=item.mark("supports"), rule="unknown-option", message=message, hint=hint)
