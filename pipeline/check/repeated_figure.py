"""Place a figure once in a brief.

A figure has one number and one place, which links lead to; set a second time it would stand there as a
figure of its own. Place it where it is first needed, and mention it elsewhere with `[](#figure-wrecks)`.

Good:

    # first-brief.yaml
    background: |
      Wrecks are counted every year.

      {{ figure("wrecks") }}
    implementation: The board counts wrecks, as before ([](#figure-wrecks)).

Bad:

    # first-brief.yaml
    background: |
      Wrecks are counted every year.

      {{ figure("wrecks") }}
    figures: [wrecks]
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import placed_figures
from pipeline.model import Library
from pipeline.problem import Mark, Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each place of a figure but the first in the brief's file."""
    for brief in library.briefs.values():
        first: dict[str, Mark] = {}
        for mark, name in sorted((reference.mark, reference.name) for reference in placed_figures(brief)):
            before = first.setdefault(name, mark)
            if before != mark:
                message = f"this brief places the figure '{name}' twice"
                hint = f"the first is on line {before.line}; mention it here with [](#figure-{name})"
                yield Problem(mark=mark, rule="repeated-figure", message=message, hint=hint)
