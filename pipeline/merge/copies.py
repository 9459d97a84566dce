"""Write copies into a folder: copies that are ready in; one whole file each out, and only those that are missing.

A journal says which files are ours and which are done. A run that was killed or interrupted goes on where it stopped; a
list that has grown has its new rows written; what somebody else has made is let be.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.folder import Folder, Pieces
from pipeline.merge.journal import JOURNAL, UNDONE, Done, Journal, done
from pipeline.merge.spool import Ready
from pipeline.merge.strangers import INDEX, STALE, check_places
from pipeline.sheet import as_csv
from pipeline.source.characters import visible

MARKED = "\ufeff"
"""What tells spreadsheets that a file is UTF-8."""
_NUMBER = re.compile(r"\d{5,}-")
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
    moved: int = 0
    """How many copies are called otherwise than before by their numbers alone."""

    @property
    def shifted(self) -> bool:
        """Whether most copies are called otherwise than before."""
        return 2 * self.moved > self.copies


def write(
    folder: Folder, heads: Sequence[str], spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], *, fresh: bool
) -> Written:
    """Write the files of all copies, by the kinds of their languages, and a list of them below the `heads` of rows.

    The spool is read twice: what will be written is in the journal before anything is.
    Raises Refused where files of somebody else's stand in the places of ours, and ToolFailed when the disk is full or
    a place can't be written.
    """
    there = folder.names()
    before = folder.read(JOURNAL) or b""
    if there:
        check_places(folder, before, _wanted(spool, kinds), there)
    run = _Run(named=done(before), there=there)
    with folder.adding(JOURNAL) as file, folder.writing(INDEX) as index:
        journal = Journal(folder, file, before)
        index.write(f"{MARKED}{as_csv([['file', 'id', *heads]])}".encode())
        try:
            journal.claim(_changing(spool, kinds, run))
            for ready in spool:
                run.counted.copies += 1
                if run.named and (path := kinds[ready.language][0].path(ready)) not in run.named:
                    run.come.add(_unnumbered(path))
                for kind in kinds[ready.language]:
                    if kind.wanted:
                        run.counted.files += 1
                        run.counted.new += _one(folder, ready, kind, journal, run, fresh=fresh)
                    elif run.named.get(path := kind.path(ready), (b"", 0))[0] == kind.key_of(ready):
                        run.left.discard(path)
                cells = [visible(cell) for cell in ready.cells]
                index.write(as_csv([[kinds[ready.language][0].path(ready), ready.copy, *cells]]).encode())
        finally:
            journal.flush()
    run.counted.stale = _stale(folder, run.left)
    run.counted.moved = sum(path.endswith(".pdf") and _unnumbered(path) in run.come for path in run.counted.stale)
    return run.counted


def _unnumbered(path: str) -> str:
    """The name of a copy's file without the number of its row."""
    return _NUMBER.sub("", path, count=1)


@dataclass(slots=True)
class _Run:
    """What a run knows of a folder."""

    named: Done
    """What the journal said before."""
    there: frozenset[str]
    """The names of all that was there."""
    counted: Written = field(default_factory=Written)
    left: set[str] = field(init=False)
    """Files that were written before, as long as no row has come that they are of."""

    come: set[str] = field(default_factory=set)
    """What copies that are new in this folder are called, without their numbers."""

    def __post_init__(self) -> None:
        self.left = set(self.named)


def _wanted(spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]]) -> Iterator[str]:
    for ready in spool:
        yield from (kind.path(ready) for kind in kinds[ready.language] if kind.wanted)


def _changing(spool: Iterable[Ready], kinds: Mapping[str, tuple[Kind, ...]], run: _Run) -> Iterator[str]:
    """The files that are new, or were made from something else; and those that somebody took away for good."""
    for ready in spool:
        for kind in kinds[ready.language]:
            path = kind.path(ready)
            key = run.named.get(path, (b"", 0))[0]
            gone = key and not kind.wanted and path not in run.there
            if key != UNDONE and (gone or (kind.wanted and key != kind.key_of(ready))):
                yield path


def _one(folder: Folder, ready: Ready, kind: Kind, journal: Journal, run: _Run, *, fresh: bool) -> bool:
    """Write a file that is not done, and say whether it was not."""
    path, key = kind.path(ready), kind.key_of(ready)
    run.left.discard(path)
    if not fresh and (known := run.named.get(path)) and known == (key, folder.size(path)):
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
    """Remove the files that say what no row says any more, and give how many these were; no copy lacks them then."""
    if not written.stale:
        return len(folder.remove([STALE]))
    with folder.adding(JOURNAL) as file:
        journal = Journal(folder, file, folder.read(JOURNAL) or b"")
        journal.claim(written.stale)
        removed = folder.remove([*written.stale, STALE])
        journal.forget(written.stale)
    return len(removed) - 1
