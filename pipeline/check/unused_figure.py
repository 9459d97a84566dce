"""Place every figure in a brief.

A figure that no brief places is not published. Name it in a brief's `figures`, or place it in the
text with `{{ figure("wrecks") }}`. Nothing is said while a file can't be loaded.

Good:

    # first-brief.yaml
    background: |
      Wrecks are counted every year.

      {{ figure("wrecks") }}

Bad:

    # figures/foghorns.yaml
    kind: bars
    title: Foghorns are louder than bells
    alt: Bars showing foghorns at 130 decibels and bells at 90.
    description: Foghorns reach 130 decibels and bells 90.
    sources: [able-2024]
    unit: decibels
    bars:
      - {label: Foghorns, value: 130}
      - {label: Bells, value: 90}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import shown_figures
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that no brief places."""
    if library.unloaded:
        return
    used = {name for brief in library.briefs.values() for name, *_ in shown_figures(brief)}
    for id, figure in library.figures.items():
        if id not in used:
            hint = "name it in a brief's `figures`, or delete it"
            yield Problem(
                mark=figure.mark(), rule="unused-figure", message=f"no brief places the figure '{id}'", hint=hint
            )
