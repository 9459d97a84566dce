"""Cite only sources that sources.yaml has.

A claim is worth what its sources are worth, so a citekey that leads nowhere stops the build: in a
`source`, in the `sources` of a figure, and in text, as in `[@kapoor-2024, p. 3]`. Put a backslash
before an @ that is no citation.

Good:

    # figures/wrecks.yaml
    note: Counted by the harbours themselves [@able-2024].

Bad:

    # figures/wrecks.yaml
    note: Counted by the harbours themselves [@abel-2024].
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import citations
from pipeline.model import Library
from pipeline.problem import Problem, did_you_mean


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each citekey that no source has."""
    for reference in citations(library):
        name = reference.name
        if not library.knows("sources", name):
            hint = did_you_mean(name, library.sources) or "add it to briefs/sources.yaml"
            message = f"no source has the citekey '{name}'"
            yield Problem(mark=reference.mark, rule="unknown-source", message=message, hint=hint)
