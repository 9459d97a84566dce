"""Write tables as CSV that a spreadsheet may open: rows in, text out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_SETS_OFF = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection"); the last four are full-width."""


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Give the rows as CSV (RFC 4180, with plain line ends); a cell that could be a formula gets an apostrophe."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_defused(cell) for cell in row] for row in rows)
    return text.getvalue()


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" ").startswith(_SETS_OFF) else cell
