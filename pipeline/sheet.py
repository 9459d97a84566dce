"""Write tables as CSV that a spreadsheet may open: rows in, text out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

_SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20"
"""What makes a spreadsheet read a cell as a formula (OWASP, "CSV Injection"); the last four are full-width."""
_FORMULA = re.compile(rf"\A(?= *[\t\r\n{_SIGNS}])|(?<=[;\t\r\n])(?=[\s\"]*[{_SIGNS}])")
"""Where a cell could be one: at its start, and behind what a spreadsheet may take for the end of a cell or a row."""


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """Give the rows as CSV (RFC 4180, with plain line ends), each cell in quotation marks.

    What could be a formula has an apostrophe before it, also where a spreadsheet parts cells at semicolons or tabs.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([_FORMULA.sub("'", cell) for cell in row] for row in rows)
    return text.getvalue()
