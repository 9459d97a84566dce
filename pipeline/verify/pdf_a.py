"""The PDF conforms to PDF/A-3a, says veraPDF: it will look the same in fifty years, with nothing but itself.

Judged are all rules of ISO 19005-3, level A, that a machine can judge; the findings bear the number of the clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import vera
from pipeline.verify.finding import Finding

TOOLS = vera.TOOLS


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield the rules that the PDF breaks."""
    return vera.broken(pdf, "3a")
