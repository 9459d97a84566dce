"""Open a PDF to look inside: bytes in, an open document out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any


@contextmanager
def document_of(pdf: bytes) -> Iterator[Any]:
    """Give the document, a pikepdf.Pdf, for as long as the context lasts; raises ValueError for what can't be read."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as document:
            yield document
    except (pikepdf.PdfError, pikepdf.PasswordError) as error:
        raise ValueError(plain(error)) from error


def plain(said: object) -> str:
    """What qpdf says, without the name that it gives to bytes in memory: another one in every run."""
    return re.sub(r"stream <_io\.BytesIO object at \w+>(?:: | )?", "", str(said)).strip()


@contextmanager
def pages_of(pdf: bytes) -> Iterator[Any]:
    """Give the document as PDFium has it; raises ValueError where it can't read or draw a part of it."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"PDFium says: {error}") from error
