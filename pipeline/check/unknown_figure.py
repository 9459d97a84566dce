"""Place only figures that exist, and mention only figures that are placed.

A brief places a figure in its `figures`, or in its text with `{{ figure("wrecks") }}` on a line of its
own, and mentions it by its number with `[](#figure-wrecks)`. The id is the name of the figure's file
in briefs/figures/.

Good:

    # first-brief.yaml
    background: |
      The difference is large ([](#figure-wrecks)).

      {{ figure("wrecks") }}

Bad:

    # first-brief.yaml
    background: |
      The difference is large.

      {{ figure("wreks") }}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.reading import mentioned_figures, placed_figures, shown_figures
from pipeline.model import Brief, Library
from pipeline.problem import Problem, did_you_mean
from pipeline.recipient import PLACED
from pipeline.record import BRACES, FIGURE_LINE, SLOT


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that is placed and doesn't exist, or mentioned and not placed."""
    for brief in library.briefs.values():
        yield from _unknown_in(brief, library)
        yield from _misplaced_in(brief)


def _unknown_in(brief: Brief, library: Library) -> Iterator[Problem]:
    placed = {name for name, *_ in placed_figures(brief)}
    for reference in shown_figures(brief):
        name = reference.name
        if not library.knows("figures", name):
            hint = did_you_mean(name, library.figures) or f"write briefs/figures/{name}.yaml"
            message = f"no figure is called '{name}'"
            yield Problem(mark=reference.mark, rule="unknown-figure", message=message, hint=hint)
    for reference in mentioned_figures(brief):
        name = reference.name
        if name not in placed:
            hint = did_you_mean(name, placed) or f'place it with {{{{ figure("{name}") }}}} on a line of its own'
            message = f"this brief places no figure '{name}'"
            yield Problem(mark=reference.mark, rule="unknown-figure", message=message, hint=hint)


def _misplaced_in(brief: Brief) -> Iterator[Problem]:
    """Yield a problem for braces that would be printed as they stand, because they place no figure."""
    for record, path, text in brief.prose():
        for match, mark in record.matches(path, text, BRACES):
            is_slot = SLOT.match(text, match.start()) or PLACED.match(text, match.start())
            if not is_slot and not FIGURE_LINE.search(_line_of(text, match.start())):
                hint = 'write {{ figure("id") }} on a line of its own'
                yield Problem(mark=mark, rule="unknown-figure", message="these braces place no figure", hint=hint)


def _line_of(text: str, position: int) -> str:
    return text[:position].rpartition("\n")[2] + text[position:].partition("\n")[0]
