"""Read the files inside a PDF that somebody sent: bytes in, files by name out; nothing of it is trusted.

A small PDF can hold gigabytes, go round in circles and call files whatever it likes. What is read is bounded before it
is unpacked, and names are only looked up: none of them becomes a path.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from pipeline.source import MAX_BYTES

RECORD = "openbrief.json"
"""The file that says what the others are, and what the PDF was made with."""
MAX_PDF = 50_000_000
"""How large a PDF may be."""
MAX_FILES = 1_000
"""How many files may be inside it."""
MAX_TOTAL = 50_000_000
"""How many bytes they may have together."""
MAX_UNPACKED = 64_000_000
"""How many bytes one stream may unpack to; the PDF's own tables are streams, too."""
MAX_NAME = 200
"""How many characters a name may have."""
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_ASTRAY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


class Unsound(Exception):
    """Raised for a PDF from which no library can be taken; its text is one sentence without a full stop."""


def enclosed(pdf: bytes) -> Mapping[str, bytes]:
    """The files inside a PDF by their names; raises Unsound for what can't be read, or is too much."""
    if len(pdf) > MAX_PDF:
        raise Unsound(f"it is larger than {MAX_PDF:,} bytes")
    if not pdf.startswith(b"%PDF-"):
        raise Unsound("it is no PDF")
    if b"/LZW" in _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), pdf):
        raise Unsound("it is packed with LZW, which openbrief never writes and which can't be bounded")
    with _opened(pdf) as document:
        found: dict[str, bytes] = {}
        total = 0
        for name, described in _listed(document):
            if name in found:
                raise Unsound(f"two files inside it are called {shown(name)}")
            found[name] = _content(name, described)
            total += len(found[name])
            if total > MAX_TOTAL:
                raise Unsound(f"the files inside it are larger than {MAX_TOTAL:,} bytes together")
        return found


def shown(name: str) -> str:
    """A name as sentences have it: in quotation marks, printable, and no longer than a line."""
    return ascii(name if len(name) <= 60 else f"{name[:57]}...")


@contextmanager
def _opened(pdf: bytes) -> Iterator[Any]:
    import pikepdf

    before: Any = pikepdf.settings.set_qpdf_limits(
        flate_max_memory=MAX_UNPACKED,
        run_length_max_memory=MAX_UNPACKED,
        png_max_memory=MAX_UNPACKED,
        tiff_max_memory=MAX_UNPACKED,
        max_stream_filters=2,
        doc_max_warnings=100,
    )
    try:
        with pikepdf.open(BytesIO(pdf), attempt_recovery=False, suppress_warnings=True) as document:
            if document.is_encrypted:
                raise Unsound("it is encrypted")
            yield document
    except pikepdf.PasswordError as error:
        raise Unsound("it is encrypted") from error
    except pikepdf.PdfError as error:
        raise Unsound("it is damaged, or unpacks to more than it should") from error
    except _ASTRAY as error:
        raise Unsound("its list of files is no list that can be followed") from error
    finally:
        pikepdf.settings.set_qpdf_limits(**before)


def _listed(document: Any) -> Iterator[tuple[str, Any]]:
    """Every name in the tree of embedded files (ISO 32000-1, 7.9.6) with what describes it."""
    root = document.Root.get("/Names", {}).get("/EmbeddedFiles")
    waiting, seen, count = [] if root is None else [root], set[tuple[int, int]](), 0
    while waiting:
        node = waiting.pop()
        if node.is_indirect and node.objgen in seen:
            raise Unsound("its list of files goes round in a circle")
        seen.add(node.objgen)
        kids, names = node.get("/Kids", ()), node.get("/Names", ())
        count += len(kids) + len(names) // 2
        if count > MAX_FILES:
            raise Unsound(f"it holds more than {MAX_FILES:,} files")
        waiting += reversed(list(kids))
        for index in range(0, len(names) - 1, 2):
            yield str(names[index]), names[index + 1]


def _content(name: str, described: Any) -> bytes:
    if len(name) > MAX_NAME:
        raise Unsound(f"a file inside it has a name of {len(name):,} characters")
    import pikepdf

    try:
        content = bytes(described.EF.F.get_stream_buffer())
    except pikepdf.PdfError as error:
        raise Unsound(f"the file {shown(name)} inside it is damaged, or unpacks to more than it should") from error
    if len(content) > MAX_BYTES:
        raise Unsound(f"the file {shown(name)} inside it is larger than {MAX_BYTES:,} bytes")
    return content
