"""The PDF is written without a mistake, says qpdf: the table of objects, every object and every stream.

veraPDF mends what it can while it reads, so it does not see a damaged stream. qpdf mends a table that names the wrong
places in a stream of objects, and Poppler believes it, so that table is followed here, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.objects import astray
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
    if wrong := list(astray(pdf)):
        message = f"the table of objects says of object {wrong[0]} that it lies where another one does"
        yield Finding(message=message, times=len(wrong))
