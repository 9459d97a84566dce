"""Write copies into a folder: copies that are ready in; one whole file each out, and only those that are missing.

The journal has a line for each file that is done: what it was made from, its length, its name; of lines that name the
same file, the last holds. A run that was killed or interrupted goes on where it stopped; a list that has grown has its
new rows written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.folder import Folder, Pieces, check_paths
from pipeline.merge.spool import Ready
from pipeline.sheet import as_csv
from pipeline.source.characters import visible

JOURNAL = "journal.txt"
INDEX = "copies.csv"
MARKED = "\ufeff"
"""What tells spreadsheets that a file is UTF-8."""
STALE = "stale.txt"
"""Lists files that are there and say what no row says any more."""
SAFE = 1000
"""How many files are written before the journal says so; the disk has them then."""
_UNDONE = bytes(12)
"""The key of a file that is about to be written anew; none is made from that."""
Make = Callable[[Ready], Pieces]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One file that each copy in a language has."""

    ending: str
    key: bytes
    """A digest of what all of them are made from."""
    make: Make
    wanted: bool = True
    """Whether it is written; where not, one that was written before can be outdated."""

    def path(self, ready: Ready) -> str:
        """What its file of a copy is called."""
        return f"{ready.name}.{self.ending}"

    def key_of(self, ready: Ready) -> bytes:
        """A digest of what a copy is made from."""
        return hashlib.sha256(self.key + ready.digest).digest()[:12]


@dataclass(slots=True)
class Written:
    """How many files there are, and how many of them are new."""

    copies: int = 0
    files: int = 0
    new: int = 0
    stale: tuple[str, ...] = ()
    """Files that say what no row says any more."""


class _Journal:
    """What was written before, and what is now; a line is written when the disk has its file."""

    def __init__(self, folder: Folder, file: BinaryIO, before: bytes) -> None:
        self.folder, self.file, self.lines = folder, file, list[bytes]()
        self.done = {path: (key, size) for key, size, path in _lines(before)}
        self.left = set(self.done)
        """Files that were written before, as long as no row has come that they are of."""
        if before and not before.endswith(b"\n"):  # a run was killed in the midst of a line
            file.write(b"\n")

    def add(self, key: bytes, size: int, path: str) -> None:
        self.lines.append(f"{key.hex()} {size} {path}\n".encode())
        if len(self.lines) >= SAFE:
            self.flush()

    def flush(self) -> None:
        """Have the disk take all files, and say so."""
        if self.lines:
            self.folder.wait()
            self.file.write(b"".join(self.lines))
            self.lines.clear()

    def undo(self, paths: Iterable[str]) -> None:
        """Forget files that are about to change: whatever stops the run then, none is taken for what it was."""
        for path in paths:
            self.add(_UNDONE, 0, path)
        self.flush()


def write(
    folder: Folder, heads: Sequence[str], spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], *, fresh: bool
) -> Written:
    """Write the files of all copies, by the kinds of their languages, and a list of them below the `heads` of rows.

    The spool is read twice where the folder has copies: what will change is forgotten before anything is written.
    Raises ToolFailed when the disk is full or a place can't be written.
    """
    before, counted = folder.read(JOURNAL) or b"", Written()
    with folder.adding(JOURNAL) as file, folder.writing(INDEX) as index:
        journal = _Journal(folder, file, before)
        index.write(f"{MARKED}{as_csv([['file', 'id', *heads]])}".encode())
        try:
            if journal.done:
                journal.undo(_changing(spool, kinds, journal))
            for ready in spool:
                counted.copies += 1
                for kind in kinds[ready.language]:
                    if kind.wanted:
                        counted.files += 1
                        counted.new += _one(folder, ready, kind, journal, fresh=fresh)
                    elif (path := kind.path(ready)) in journal.left and journal.done[path][0] == kind.key_of(ready):
                        journal.left.discard(path)
                cells = [visible(cell) for cell in ready.cells]
                index.write(as_csv([[kinds[ready.language][0].path(ready), ready.copy, *cells]]).encode())
        finally:
            journal.flush()
    counted.stale = _stale(folder, journal.left)
    return counted


def _changing(spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], journal: _Journal) -> Iterator[str]:
    """The files that were made from something else."""
    for ready in spool:
        for kind in kinds[ready.language]:
            path = kind.path(ready)
            if kind.wanted and path in journal.done and journal.done[path][0] != kind.key_of(ready):
                yield path


def _one(folder: Folder, ready: Ready, kind: Kind, journal: _Journal, *, fresh: bool) -> bool:
    """Write a file that is not done, and say whether it was not."""
    path, key = kind.path(ready), kind.key_of(ready)
    journal.left.discard(path)
    if not fresh and (done := journal.done.get(path)) and done == (key, folder.size(path)):
        return False
    journal.add(key, folder.fill(path, kind.make(ready)), path)
    return True


def _stale(folder: Folder, left: Iterable[str]) -> tuple[str, ...]:
    """List those of the files that stand there, and give them."""
    found = tuple(sorted(path for path in left if folder.size(path) >= 0))
    if found:
        with folder.writing(STALE) as file:
            file.write("".join(f"{path}\n" for path in found).encode())
    else:
        folder.remove([STALE])
    return found


def cleaned(folder: Folder, written: Written) -> int:
    """Remove the files that say what no row says any more, and give how many these were."""
    return len(folder.remove([*written.stale, STALE])) - bool(written.stale)


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
    """Whether a journal can name such a file: one that `write` could have written."""
    try:
        check_paths([path.decode("ascii")])
    except ValueError:
        return False
    return b"/" not in path
