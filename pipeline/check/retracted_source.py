"""Tell readers when a source that a brief relies on was retracted.

Retracted work goes on being cited for years, mostly by authors who do not say so (Hsiao and Schneider 2021,
"Continued use of retracted papers", Quantitative Science Studies 2). Here a source with `retracted` no longer counts
as evidence, and a brief that weighs an argument which cites it, or cites it itself, has to say so in its
history: the entry whose `change` tells what came of it `acknowledges` the source. The reference list says
"retracted" in any case.

Good:

    # sources.yaml
    references:
      - id: carr-2020
        type: report
        title: A report on foghorns
        publisher: Harbour Board
        custom: {read: full, retracted: {date: 2026-01-05, notice: Withdrawn by its author.}}

    # first-brief.yaml
    why_now: Winter is near, and a report was withdrawn [@carr-2020].
    history:
      - version: "1.0"
        date: 2026-11-23
        change: A report on foghorns was withdrawn; nothing rests on it.
        acknowledges: [carr-2020]

Bad:

    # sources.yaml
    references:
      - id: carr-2020
        type: report
        title: A report on foghorns
        publisher: Harbour Board
        custom: {read: full, retracted: {date: 2026-01-05, notice: Withdrawn by its author.}}

    # first-brief.yaml
    why_now: Winter is near, and foghorns help [@carr-2020].
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.argue import excerpt
from pipeline.check.reading import citations, shown_figures
from pipeline.model import Brief, Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each retracted source that a brief relies on in silence, and each told of needlessly."""
    retracted = {id for id, source in library.sources.items() if source.custom.retracted is not None}
    for brief in library.briefs.values():
        told = {name for change in brief.history for name in change.acknowledges}
        used = _sources_of(library, brief) & retracted if retracted else frozenset()
        for name in sorted(used - told):
            yield Problem(
                mark=brief.key_mark("history"),
                rule="retracted-source",
                message=f"the source '{name}' was retracted, and this brief does not say so",
                hint=f"add a change to `history` that says what follows, with `acknowledges: [{name}]`",
            )
        for change in brief.history:
            for number, name in enumerate(change.acknowledges):
                if name in library.sources and name not in retracted:
                    yield Problem(
                        mark=change.mark("acknowledges", number),
                        rule="retracted-source",
                        message=f"the source '{name}' is not retracted",
                        hint="delete it here, or add `retracted` to it in briefs/sources.yaml",
                    )


def _sources_of(library: Library, brief: Brief) -> set[str]:
    """Every source that a brief, its figures, and the arguments that it weighs or rests on cite."""
    part = excerpt(library, (*brief.arguments.for_, *brief.arguments.against), [brief.id])
    placed = {id for id, *_ in shown_figures(brief)}
    figures = {id: figure for id, figure in library.figures.items() if id in placed}
    return {name for name, *_ in citations(part.model_copy(update={"figures": figures}))}
