"""Open a PDF to look inside: bytes in, an open document out."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any, ParamSpec

from pipeline.verify.finding import Finding

Parameters = ParamSpec("Parameters")
ASTRAY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What looking into a file raises where its parts are not what the standard says."""


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


def guarded(find: Callable[Parameters, Iterator[Finding]]) -> Callable[Parameters, Iterator[Finding]]:
    """Let a check yield one more finding, and not raise, where the file can't be followed any further."""

    @functools.wraps(find)
    def guard(*arguments: Parameters.args, **named: Parameters.kwargs) -> Iterator[Finding]:
        try:
            yield from find(*arguments, **named)
        except ASTRAY as error:
            yield Finding(message=f"the file can't be followed any further: {error}")

    return guard
