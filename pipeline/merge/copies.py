"""Write copies into a folder: copies that are ready in; one whole file each out, and only those that are missing.

The journal has a line for each file that is done: what it was made from, its length, its name. A run that was killed
or interrupted goes on where it stopped; a list that has grown has its new rows written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from pipeline.folder import Folder
from pipeline.merge.spool import Ready
from pipeline.sheet import as_csv
from pipeline.source.characters import visible

JOURNAL = "journal.txt"
INDEX = "copies.csv"
MARKED = "\ufeff"
"""What tells spreadsheets that a file is UTF-8."""
Make = Callable[[Ready], bytes | bytearray]


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


def write(
    folder: Folder, heads: Sequence[str], spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], *, fresh: bool
) -> Written:
    """Write the files of all copies, by the kinds of their languages, and a list of them below the `heads` of rows.

    Raises ToolFailed when the disk is full or a place can't be written.
    """
    before, counted = folder.read(JOURNAL) or b"", Written()
    done = {} if fresh else dict(_lines(before))
    with folder.adding(JOURNAL) as journal, folder.writing(INDEX) as index:
        if before and not before.endswith(b"\n"):  # a run was killed in the midst of a line
            journal.write(b"\n")
        index.write(f"{MARKED}{as_csv([['file', 'id', *heads]])}".encode())
        for ready in spool:
            counted.copies += 1
            for kind in kinds[ready.language]:
                counted.files += 1
                counted.new += _one(folder, ready, kind, done, journal)
            first = kinds[ready.language][0]
            cells = [visible(cell) for cell in ready.cells]
            index.write(as_csv([[f"{ready.name}.{first.ending}", ready.copy, *cells]]).encode())
    return counted


def _one(folder: Folder, ready: Ready, kind: Kind, done: Mapping[bytes, int], journal: BinaryIO) -> bool:
    """Write a file that is not done, and say whether it was not."""
    path = f"{ready.name}.{kind.ending}"
    key = hashlib.sha256(kind.key + ready.digest).digest()[:12]
    if done.get(key, -2) == folder.size(path):
        return False
    data = kind.make(ready)
    with folder.writing(path) as file:
        file.write(data)
    journal.write(f"{key.hex()} {len(data)} {path}\n".encode())
    return True


def _lines(journal: bytes) -> Iterator[tuple[bytes, int]]:
    """What each file was made from, and how long it is; a line that is none is skipped."""
    for line in journal.splitlines():
        key, _, rest = line.partition(b" ")
        size = rest.partition(b" ")[0]
        if len(key) == 24 and size.isdigit():
            try:
                yield bytes.fromhex(key.decode("ascii")), int(size)
            except ValueError:
                continue
