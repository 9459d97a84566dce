"""The PDF is written without a mistake, says qpdf: the table of objects, every object and every stream.

veraPDF mends what it can while it reads, so it does not see a damaged stream.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import plain

TOOLS = (tools.PIKEPDF,)


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield what qpdf says of the file."""
    from io import BytesIO

    import pikepdf

    said: list[object]
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False) as document:
            said = [*document.get_warnings(), *document.check_pdf_syntax()]
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        said = [str(error)]
    for sentence in dict.fromkeys(plain(each) for each in said):
        yield Finding(message=sentence)
