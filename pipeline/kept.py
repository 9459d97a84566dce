"""Keep what a stage made of the same before: a digest of all that it read in, the JSON that came of it out, or nothing.

Each value is a file of its own, below a folder that may be thrown away at any time. It counts only while its bytes are
as they were written, and a disk that refuses is no problem: then the stage does its work.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from stat import S_ISREG
from typing import Any

MOST = 256 * 1024 * 1024
"""How many bytes are kept; where there are more, those that were used last are, up to half of it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """What stages made before, in a folder; without one, nothing is kept."""

    folder: Path | None = None
    asked: bool = True
    """Whether what is there is used."""

    def get(self, key: str) -> Any:
        """Give the value of this key; None where there is none."""
        if self.folder is None or not self.asked:
            return None
        path = self.folder / key[:2] / key
        with suppress(OSError, ValueError, RecursionError):
            digest, text = _read(path).split(b"\n", 1)
            if digest == _digest(key, text):
                os.utime(path)
                return json.loads(text)
        return None

    def put(self, key: str, value: Any) -> None:
        """Keep a value that is plain JSON."""
        if self.folder is None:
            return
        path, text = self.folder / key[:2] / key, json.dumps(value, ensure_ascii=False).encode()
        unfinished = path.with_name(f"{key}.{os.getpid()}")
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(_digest(key, text) + b"\n" + text)
            unfinished.replace(path)
            _sweep(self.folder)


NOTHING = Kept()


def key(what: str, *read: bytes) -> str:
    """Give the key of what a stage makes of what it has `read`; `what` names the stage."""
    whole = hashlib.sha256(what.encode())
    for part in read:
        whole.update(b"%d " % len(part))
        whole.update(part)
    return whole.hexdigest()


def contents(files: Iterable[Path]) -> Iterable[bytes]:
    """Give the names and bytes of files, in the order of their paths."""
    for path in sorted(files):
        if path.is_file():
            yield path.name.encode()
            yield path.read_bytes()


def _read(path: Path) -> bytes:
    """A plain file's bytes, or none; nothing else is opened for long, or waited for."""
    with os.fdopen(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW), "rb") as file:
        status = os.fstat(file.fileno())
        return file.read() if S_ISREG(status.st_mode) and status.st_size <= MOST else b""


def _digest(key: str, text: bytes) -> bytes:
    return hashlib.sha256(key.encode() + text).hexdigest().encode()


@cache
def _sweep(folder: Path) -> None:
    """Remove what was used longest ago where there is too much; once in a process."""
    files = []
    for path in folder.glob("??/*"):
        with suppress(OSError):
            status = path.stat()
            files.append((status.st_mtime_ns, status.st_size, path))
    left = sum(size for _, size, _ in files)
    if left > MOST:
        for _, size, path in sorted(files):
            if left > MOST // 2:
                with suppress(OSError):
                    path.unlink()
                left -= size
