"""Open what a page refers to, or refuse: URLs in, bytes of a few kinds of local file out.

Nothing is read but regular files below the allowed folders and `data:` URLs of images; every refusal is remembered,
because the PDF engine goes on without the thing it could not have.
"""

from __future__ import annotations

import base64
import binascii
import os
import stat
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

TYPES = {
    ".css": "text/css",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
"""The kinds of file a page may refer to, by ending."""

SIGNATURES = {
    "font/ttf": b"\x00\x01\x00\x00",
    "image/jpeg": b"\xff\xd8\xff",
    "image/png": b"\x89PNG\r\n\x1a\n",
}
"""How the content of a binary kind starts."""

IMAGES = frozenset({"image/jpeg", "image/png", "image/svg+xml"})
"""What a `data:` URL may hold."""

LARGEST = 20_000_000
"""The most bytes of one resource."""


class Denied(URLFetchingError):  # type: ignore[misc] # WeasyPrint ships no types
    """Raised inside the PDF engine for a resource that may not be opened."""


class LocalFetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint ships no types
    """Open files below `folders` and `data:` images; refuse all else, and keep each refusal in `denials`."""

    def __init__(self, folders: Iterable[Path]) -> None:
        super().__init__(timeout=1, allowed_protocols=(), allow_redirects=False)
        self.folders = tuple(folder.resolve() for folder in folders)
        self.denials: dict[str, str] = {}
        """Why each refused URL was refused."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:  # noqa: ARG002 - the base class's signature
        """The content at `url`; the base class comes here from all its other entries.

        Raises Denied.
        """
        try:
            content, kind = self._read(url)
            _verify(content, kind)
        except Denied as denial:
            self.denials[url] = str(denial)
            raise Denied(f"{url}: {denial}") from denial
        return URLFetcherResponse(url, content, {"Content-Type": kind})

    def _read(self, url: str) -> tuple[bytes, str]:
        scheme = url.partition(":")[0].lower()
        if scheme == "data":
            return _embedded(url)
        if scheme == "file":
            return self._file(url)
        raise Denied("only files of the project and embedded images can be used")

    def _file(self, url: str) -> tuple[bytes, str]:
        parts = urlsplit(url)
        path = unquote(parts.path)
        if parts.netloc or "\0" in path:
            raise Denied("it is not the address of a local file")
        place = Path(path).resolve()
        if not any(place.is_relative_to(folder) for folder in self.folders):
            raise Denied("it lies outside the folders a page may use")
        kind = TYPES.get(place.suffix.lower())
        if kind is None:
            raise Denied(f"files ending in {place.suffix or 'nothing'} can't be used")
        return _regular(place), kind


def _regular(place: Path) -> bytes:
    """Read a regular file without following a link or waiting for a pipe."""
    try:
        descriptor = os.open(place, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError as error:
        raise Denied(f"it can't be read: {error.strerror}") from error
    with os.fdopen(descriptor, "rb") as file:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise Denied("it is not a regular file")
        return file.read(LARGEST + 1)


def _embedded(url: str) -> tuple[bytes, str]:
    head, _, payload = url[len("data:") :].partition(",")
    kind, *parameters = head.lower().split(";")
    if kind not in IMAGES:
        raise Denied(f"embedded data of the type {kind or 'text/plain'} can't be used")
    content = unquote_to_bytes(payload)
    if "base64" not in parameters:
        return content, kind
    try:
        return base64.b64decode(content), kind
    except binascii.Error as error:
        raise Denied("its base64 is damaged") from error


def _verify(content: bytes, kind: str) -> None:
    if len(content) > LARGEST:
        raise Denied(f"it has more than {LARGEST // 1_000_000} megabytes")
    if not content.startswith(SIGNATURES.get(kind, b"")):
        raise Denied(f"its content is not {kind}")
    if kind == "image/svg+xml" and (b"<!DOCTYPE" in content or b"<!ENTITY" in content):
        raise Denied("an SVG image may not declare a document type or entities")
