"""The PDF conforms to PDF/UA-1, says veraPDF: every reader can get at its text, in order, with all alternatives.

Judged are all rules of ISO 14289-1 that a machine can judge; the findings bear the number of the clause.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import vera
from pipeline.verify.finding import Finding

TOOLS = vera.TOOLS


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield the rules that the PDF breaks."""
    return vera.broken(pdf, "ua1")
