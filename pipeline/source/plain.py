"""Read one file as text: a path in, its characters out; what is no plain text file of a fair size is refused."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from pipeline.problem import Mark, Problem, Refused

MAX_BYTES = 2_000_000
"""How large a file may be."""


def text_of(path: Path, name: str, *, what: str, smaller: str, links: bool = True, within: Path | None = None) -> str:
    """Read a file, of which problems say that it should be `what`, and that one can make it `smaller` so.

    Raises Refused when it is no plain file, a link where no `links` are followed, or one that leads out of the folder
    `within`; when it is larger than `MAX_BYTES`, can't be read, or is not UTF-8.
    """
    if within is not None and not path.resolve().is_relative_to(within.resolve()):
        raise refused(name, "wrong-file", "this link leads out of the project", "put the file itself here")
    if not links and path.is_symlink():
        raise refused(name, "wrong-file", "this is a link", "put the file itself here")
    try:
        data = _bytes(path, links=links)
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        raise refused(name, "wrong-file", message, "check who may read it") from None
    if data is None:
        raise refused(name, "wrong-file", "this is not a plain file", f"put {what} here, or delete it")
    if len(data) > MAX_BYTES:
        raise refused(name, "too-large", f"the file is larger than {MAX_BYTES:,} bytes", smaller)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").splitlines(keepends=True) or [""]
        line, column = len(before), len(before[-1]) + 1
        if before[-1].endswith("\n"):
            line, column = line + 1, 1
        message = f"the file is not UTF-8: the byte {data[error.start]:#04x} stands here"
        raise refused(name, "syntax", message, "save the file with the encoding UTF-8", line, column) from None


def refused(name: str, rule: str, message: str, hint: str, line: int = 1, column: int = 1) -> Refused:
    """Refuse the file called `name`, for what stands at a place in it."""
    return Refused([Problem(mark=Mark(file=name, line=line, column=column), rule=rule, message=message, hint=hint)])


def _bytes(path: Path, *, links: bool) -> bytes | None:
    """The first bytes of a plain file, one more than allowed at most; None for pipes, devices and folders."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    flags |= 0 if links else getattr(os, "O_NOFOLLOW", 0)
    if not stat.S_ISREG(path.stat(follow_symlinks=links).st_mode):
        return None
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None
