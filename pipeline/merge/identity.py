"""Say which copy a file is: a file in any of the forms of copies in, the id of its copy out.

A PDF has in its identifier (`/ID`) what the id is made of; a Word document and a page for browsers say it behind the
`#` of their identifiers (`dc:identifier`, `dcterms.identifier`; RFC 8141, 2.3.3).
"""

from __future__ import annotations

import errno
import os
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import BinaryIO

from pipeline.forms import urn
from pipeline.merge.entries import LETTERS, printable
from pipeline.merge.spool import Ready

ENDS = 1 << 16
"""How many bytes at the end of a PDF hold its identifiers, in the dictionary of its table of objects; and how many at
the head of a page."""
PDF = b"%PDF-"
CORE = "docProps/core.xml"
HARMED = (
    *(zipfile.BadZipFile, zlib.error, struct.error, EOFError, KeyError, NotImplementedError, OverflowError),
    *(RuntimeError, ValueError),
)
"""What reading a parcel raises that is none, or was harmed."""
_COPY = f"([{LETTERS}]{{5}}-[{LETTERS}]{{5}})"
_IN_PDF = re.compile(rb"/ID ?\[\(([0-9a-f]{32})\)")
_IN_WORD = re.compile(f"<dc:identifier>urn:uuid:[0-9a-f-]{{36}}#{_COPY}</dc:identifier>".encode())
_IN_PAGE = re.compile(f'<meta name="dcterms.identifier" content="urn:uuid:[0-9a-f-]{{36}}#{_COPY}">'.encode())


def identified(identifier: str, ready: Ready) -> str:
    """What tells a copy of a version of a product from all other files: its URN, and its id."""
    return f"{instance(identifier, ready)}#{ready.copy}"


def instance(identifier: str, ready: Ready) -> str:
    """The URN of a copy."""
    return urn(f"{identifier}#{ready.digest.hex()}")


def copy_of(path: Path) -> str:
    """The id of the copy that a file is; empty where it is no whole copy.

    Raises FileNotFoundError where there is none, or a link, and OSError where it can't be read.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink():
            raise FileNotFoundError(path) from error
        raise
    with os.fdopen(descriptor, "rb") as file:
        return _FORMS[path.suffix](file)


def _of_pdf(file: BinaryIO) -> str:
    head = file.read(len(PDF))
    file.seek(max(0, os.fstat(file.fileno()).st_size - ENDS))
    end = file.read(ENDS)
    found = _IN_PDF.search(end) if head == PDF and end.rstrip().endswith(b"%%EOF") else None
    return printable(bytes.fromhex(found[1].decode())) if found else ""


def _of_word(file: BinaryIO) -> str:
    try:
        with zipfile.ZipFile(file) as parts:
            found = _IN_WORD.search(parts.read(CORE))
    except HARMED:
        return ""
    except OSError as error:
        if error.errno not in {None, errno.EINVAL}:  # of a harmed stream, or a place before the file's beginning
            raise
        return ""
    return found[1].decode() if found else ""


def _of_page(file: BinaryIO) -> str:
    found = _IN_PAGE.search(file.read(ENDS))
    file.seek(max(0, os.fstat(file.fileno()).st_size - 16))
    return found[1].decode() if found and file.read().rstrip().endswith(b"</html>") else ""


_FORMS: Mapping[str, Callable[[BinaryIO], str]] = {".pdf": _of_pdf, ".docx": _of_word, ".html": _of_page}
