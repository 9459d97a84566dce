"""Keep what is ready to be written in a temporary file: copies in, one after the other; the same copies out."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections import Counter
from collections.abc import Iterator
from typing import IO, NamedTuple

from pipeline.merge.entries import Entry
from pipeline.problem import ToolFailed


class Ready(NamedTuple):
    """One copy, all of whose texts fit."""

    language: str
    name: str
    copy: str
    called: str
    digest: bytes
    cells: tuple[str, ...]
    """Its row."""
    texts: tuple[str, ...]
    """What stands in its slots."""
    runs: tuple[bytes, ...]
    """What draws them, gap by gap."""

    @classmethod
    def of(cls, entry: Entry, runs: tuple[bytes, ...]) -> Ready:
        """An entry and what draws its texts."""
        said = (entry.language, entry.name, entry.copy, entry.called, entry.digest)
        return cls(*said, entry.row.cells, entry.texts, runs)


class Spool:
    """Copies that are ready, on the disk; the file goes with this."""

    def __init__(self) -> None:
        self.file: IO[bytes] = tempfile.TemporaryFile(prefix="openbrief-copies-")  # noqa: SIM115 - closed below
        weakref.finalize(self, self.file.close)
        self.counted = Counter[str]()
        """How many there are in which language."""

    def add(self, ready: Ready) -> None:
        """Keep one more."""
        pickle.dump(tuple(ready), self.file, protocol=pickle.HIGHEST_PROTOCOL)
        self.counted[ready.language] += 1

    def __iter__(self) -> Iterator[Ready]:
        """Give all that were kept, in their order; raises ToolFailed where the file lacks some."""
        self.file.seek(0)
        for number in range(self.counted.total()):
            try:
                kept = pickle.load(self.file)  # noqa: S301 - nobody but this process can write the file
            except (EOFError, pickle.UnpicklingError) as error:
                lost = f"the temporary file of {self.counted.total():,} copies has only {number:,} of them"
                raise ToolFailed(lost) from error
            yield Ready(*kept)
