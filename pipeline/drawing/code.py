"""Draw an address as a QR code (ISO/IEC 18004): text in, SVG out.

Error correction is level M, which reads with 15 % of the code lost. A module is one unit wide; around the code stay
four units of white, the quiet zone that the standard asks for. Black on white, whatever the house's colours are.
"""

from __future__ import annotations

from html import escape

import segno

QUIET = 4
"""Modules of white on every side."""


def code(text: str, label: str) -> str:
    """Draw a code that says `text`; `label` is what stands for it where it can't be seen."""
    rows = [bytes(row) for row in segno.make(text, error="m", micro=False, boost_error=False).matrix]
    size = len(rows) + 2 * QUIET
    path = "".join(_row(number, row) for number, row in enumerate(rows))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="{escape(label)}">'
        f'<path fill="#ffffff" d="M0 0h{size}v{size}h-{size}z"/><path fill="#000000" d="{path}"/></svg>'
    )


def _row(number: int, row: bytes) -> str:
    """The dark modules of a row, each run of them as one box."""
    found, start = "", 0
    for end in range(1, len(row) + 1):
        if end == len(row) or row[end] != row[start]:
            run = end - start
            found += f"M{start + QUIET} {number + QUIET}h{run}v1h-{run}z" if row[start] else ""
            start = end
    return found
