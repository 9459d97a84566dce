"""Remember which files of a folder are ours: what was written and what is about to be, in; lines of a journal out.

A line has what a file was made from, its length and its name; of lines that name the same file, the last holds. A file
that no line names was made by somebody else: every name is in the journal before its file is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import BinaryIO

from pipeline.folder import Folder, check_paths

JOURNAL = "journal.txt"
MARK = b"# openbrief merge: of each file here, what it was made from, how many bytes it has, its name\n"
"""Begins a journal."""
SAFE = 1000
"""How many files are written before the journal says so; the disk has them then."""
UNDONE = bytes(12)
"""The key of a file that is about to be written; none is made from that."""
GONE = bytes([255]) * 12
"""The key of a file that was removed: whoever puts another there makes it theirs."""
Done = Mapping[str, tuple[bytes, int]]
"""Files by their names, each with what it was made from and its length."""


class Journal:
    """Writes down what is done; a line is written when the disk has its file."""

    def __init__(self, folder: Folder, file: BinaryIO, before: bytes) -> None:
        self.folder, self.file, self.lines = folder, file, list[bytes]()
        if not before:
            file.write(MARK)
        elif not before.endswith(b"\n"):  # a run was killed in the midst of a line
            file.write(b"\n")

    def add(self, key: bytes, size: int, path: str) -> None:
        """Write down that a file is done, sooner or later."""
        self.lines.append(_line(key, size, path))
        if len(self.lines) >= SAFE:
            self.flush()

    def flush(self) -> None:
        """Have the disk take all files, and say so."""
        if self.lines:
            self.folder.wait()
            self.file.write(b"".join(self.lines))
            self.lines.clear()

    def claim(self, paths: Iterable[str]) -> None:
        """Name files that are about to be written: whatever stops the run then, they are ours, and not what they were.

        The disk has the lines before this returns.
        """
        self._write(_line(UNDONE, 0, path) for path in paths)

    def forget(self, paths: Iterable[str]) -> None:
        """Say that files are gone; the disk has the lines before this returns."""
        self._write(_line(GONE, 0, path) for path in paths)

    def _write(self, lines: Iterator[bytes]) -> None:
        claimed = False
        while some := b"".join(islice(lines, SAFE)):
            self.file.write(some)
            claimed = True
        if claimed:
            os.fsync(self.file.fileno())


def done(journal: bytes) -> dict[str, tuple[bytes, int]]:
    """The files that a journal names, and doesn't say to be removed since."""
    named = {path: (key, size) for key, size, path in _lines(journal)}
    return {path: found for path, found in named.items() if found[0] != GONE}


def is_journal(data: bytes) -> bool:
    """Whether a file is a journal of ours; older ones begin with a file, and one that holds nothing is anybody's."""
    first = data.lstrip().partition(b"\n")[0] + b"\n"
    return not data.strip() or MARK.startswith(data) or first == MARK or any(_lines(first))


def _line(key: bytes, size: int, path: str) -> bytes:
    return f"{key.hex()} {size} {path}\n".encode()


def _lines(journal: bytes) -> Iterator[tuple[bytes, int, str]]:
    """What each file was made from, how long it is, and its name; a line that is none is skipped."""
    for line in journal.splitlines():
        key, size, path = (*line.split(b" ", 2), b"", b"")[:3]
        if len(key) == 24 and size.isdigit() and _usable(path):
            try:
                yield bytes.fromhex(key.decode("ascii")), int(size), path.decode("ascii")
            except ValueError:
                continue


def _usable(path: bytes) -> bool:
    """Whether a journal can name such a file: one that a merge could have written."""
    try:
        check_paths([path.decode("ascii")])
    except ValueError:
        return False
    return b"/" not in path
