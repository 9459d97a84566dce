"""Write copies into a folder: copies that are ready in; one whole file each out, and only those that are missing.

The journal has a line for each file that is done: what it was made from, its length, its name. A run that was killed
or interrupted goes on where it stopped; a list that has grown has its new rows written.
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
"""Lists copies that are there and whose rows are gone."""
SAFE = 1000
"""How many files are written before the journal says so; the disk has them then."""
Make = Callable[[Ready], Pieces]


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """One file that each copy in a language has."""

    ending: str
    key: bytes
    """A digest of what all of them are made from."""
    make: Make


@dataclass(slots=True)
class Written:
    """How many files there are, and how many of them are new."""

    copies: int = 0
    files: int = 0
    new: int = 0
    stale: tuple[str, ...] = ()
    """Files of copies whose rows are gone."""


class _Journal:
    """What was written before, and what is now; a line is written when the disk has its file."""

    def __init__(self, folder: Folder, file: BinaryIO, before: bytes, *, fresh: bool) -> None:
        self.folder, self.file, self.lines = folder, file, list[bytes]()
        lines = list(_lines(before))
        self.done = {} if fresh else {key: size for key, size, _ in lines}
        self.left: dict[str, set[str]] = {}
        """Files that were written before, by the names of their copies, as long as no row has come for these."""
        for _, _, path in lines:
            self.left.setdefault(path.rpartition(".")[0], set()).add(path)
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


def write(
    folder: Folder, heads: Sequence[str], spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], *, fresh: bool
) -> Written:
    """Write the files of all copies, by the kinds of their languages, and a list of them below the `heads` of rows.

    Raises ToolFailed when the disk is full or a place can't be written.
    """
    before, counted = folder.read(JOURNAL) or b"", Written()
    with folder.adding(JOURNAL) as file, folder.writing(INDEX) as index:
        journal = _Journal(folder, file, before, fresh=fresh)
        index.write(f"{MARKED}{as_csv([['file', 'id', *heads]])}".encode())
        try:
            for ready in spool:
                counted.copies += 1
                journal.left.pop(ready.name, None)
                for kind in kinds[ready.language]:
                    counted.files += 1
                    counted.new += _one(folder, ready, kind, journal)
                first = kinds[ready.language][0]
                cells = [visible(cell) for cell in ready.cells]
                index.write(as_csv([[f"{ready.name}.{first.ending}", ready.copy, *cells]]).encode())
        finally:
            journal.flush()
    counted.stale = _stale(folder, journal.left)
    return counted


def _one(folder: Folder, ready: Ready, kind: Kind, journal: _Journal) -> bool:
    """Write a file that is not done, and say whether it was not."""
    path = f"{ready.name}.{kind.ending}"
    key = hashlib.sha256(kind.key + ready.digest).digest()[:12]
    if (size := journal.done.get(key)) is not None and size == folder.size(path):
        return False
    journal.add(key, folder.fill(path, kind.make(ready)), path)
    return True


def _stale(folder: Folder, left: Mapping[str, set[str]]) -> tuple[str, ...]:
    """List the files that stand there for rows that are gone, and give them."""
    found = tuple(sorted(path for paths in left.values() for path in paths if folder.size(path) >= 0))
    if found:
        with folder.writing(STALE) as file:
            file.write("".join(f"{path}\n" for path in found).encode())
    else:
        folder.remove([STALE])
    return found


def cleaned(folder: Folder, written: Written) -> int:
    """Remove the files of copies whose rows are gone, and give how many these were."""
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
