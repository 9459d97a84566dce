"""Pack and unpack the zip files that Word documents and EPUB books are: the same parts give the same bytes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

FIRST = ("mimetype", "[Content_Types].xml")
"""What stands first, and for EPUB unpacked (EPUB 3.3, 4.2.3)."""
LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The first moment that zip knows; no part tells when it was made."""


def unpacked(data: bytes) -> dict[str, bytes]:
    """The parts of a zip file by their names."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip file of the parts, sorted, without times and without the machine's marks."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        for name in sorted(parts, key=lambda name: (name not in FIRST, name)):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(entry, parts[name], kind, 9)
    return into.getvalue()
