"""Open the zip files that Word documents and EPUB books are: bytes in, their parts and the XML in them out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.etree import ElementTree as ET

MOST = 100_000_000
"""Bytes that all parts together may have; a brief's have less than two million."""


def parts_of(data: bytes) -> Mapping[str, bytes]:
    """Give the parts by their names, in their order; raises ValueError for what is no zip file, or too much of one."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if sum(entry.file_size for entry in file.infolist()) > MOST:
                raise ValueError(f"it has more than {MOST:,} bytes")
            return {name: file.read(name) for name in file.namelist() if not name.endswith("/")}
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise ValueError(f"it can't be unpacked: {error}") from error


def xml_of(parts: Mapping[str, bytes], name: str) -> ET.Element:
    """Give the root of a part; raises ValueError where it is missing or no XML."""
    if name not in parts:
        raise ValueError(f"it has no part '{name}'")
    try:
        return ET.fromstring(parts[name])  # noqa: S314 - expat stops what grows without measure, and fetches nothing
    except ET.ParseError as error:
        raise ValueError(f"{name}: {error}") from error
