"""Use only characters that the fonts can draw.

A character without a drawing is printed as an empty box, or in a font that happens to be on the
machine. Source Serif 4 and Source Sans 3 have the Latin, Greek and Cyrillic scripts; Noto Naskh Arabic
and Noto Sans Arabic have Arabic. For another script, a house adds a font of its own: see the rule `font`.
Each script is told once, where it first stands.

Good:

    # first-brief.yaml
    affected: Sailors of the Ægean.

Bad:

    # first-brief.yaml
    affected: Sailors of 日本.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.forms import Undrawn
from pipeline.problem import Mark, Problem
from pipeline.record import Record


def places(undrawn: Iterable[Undrawn], records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem for the first place where a character of each script stands that no font draws.

    What stands in none of the records, of which the first is the brief, is told of the brief.
    """
    left, searched = list(undrawn), tuple(records)
    for record in searched if left else ():
        for path, value in record.values_within():
            for script in list(left) if isinstance(value, str) else ():
                pattern = re.compile(f"[{re.escape(''.join(script.characters))}]")
                for match, mark in record.matches(path, value, pattern):
                    left.remove(script)
                    yield problem(script, match[0], mark)
                    break
    yield from (problem(script, min(script.characters), searched[0].mark()) for script in left)


def problem(undrawn: Undrawn, first: str, mark: Mark) -> Problem:
    """Say which script no font draws, at a place where its character `first` stands."""
    return Problem(mark=mark, rule="missing-glyph", message=undrawn.said(first), hint=undrawn.hint)
