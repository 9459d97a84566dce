"""Use only characters that the bundled fonts can draw.

A character without a drawing is printed as an empty box, or in a font that happens to be on the
machine. Source Serif 4 and Source Sans 3 have the Latin, Greek and Cyrillic scripts.

Good:

    # first-brief.yaml
    affected: Sailors of the Ægean.

Bad:

    # first-brief.yaml
    affected: Sailors of 日本.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from pipeline.problem import Problem
from pipeline.record import Record


def places(lacking: Mapping[str, str], records: Iterable[Record]) -> Iterator[Problem]:
    """Yield a problem for each place where a character of `lacking` stands, which describes each in words."""
    if not lacking:
        return
    pattern = re.compile(f"[{re.escape(''.join(lacking))}]")
    hint = "write it in words, or with a character that Source Sans 3 and Source Serif 4 have"
    for record in records:
        for path, value in record.values_within():
            for match, mark in record.matches(path, value, pattern) if isinstance(value, str) else ():
                message = f"no bundled font can draw {lacking[match[0]]}"
                yield Problem(mark=mark, rule="missing-glyph", message=message, hint=hint)
