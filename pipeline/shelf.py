"""Lay finished files down on the disk as they are made: bytes in, records of where they lie out.

A shelf is a folder inside the output folder, so that files come into their places without being copied, and no process
holds more than one product. It goes with its run; one whose run was killed is taken away by the next.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from pipeline.folder import Folder, contents, entered
from pipeline.forms import Finished, Stored, listed
from pipeline.locks import held, let_go
from pipeline.problem import ToolFailed

PREFIX = ".openbrief-made-"
"""What the names of shelves begin with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelf:
    """Where a run lays down what it has made."""

    root: Path
    """The output folder."""
    name: str
    """Of the folder inside it."""

    def lay(self, outputs: Iterable[Finished]) -> tuple[Stored, ...]:
        """Write files, so that no power cut undoes it, and say where they lie.

        Raises ToolFailed where the disk refuses, or a file is not what it was any more.
        """
        with entered(self.root / self.name) as descriptor:
            folder = Folder(self.root, descriptor)  # if the disk refuses, it says so of their places
            return tuple(self._laid(folder, output) for output in outputs)

    def _laid(self, folder: Folder, output: Finished) -> Stored:
        with folder.writing(output.path) as file:
            file.write(contents(output))
            file.flush()
            os.fsync(file.fileno())
        known = listed(output)
        where = self.root / self.name / output.path
        return Stored(path=known.path, bytes=known.bytes, sha256=known.sha256, where=where)


@contextmanager
def shelf(root: Path) -> Iterator[Shelf]:
    """Make a shelf in the output folder, which is made where it is missing, and taken away if it stays empty.

    Raises ToolFailed where nothing can be written there.
    """
    missing = not root.exists()
    with entered(root), ExitStack() as stack:
        if missing:
            stack.callback(_leave, root)
        try:
            place, descriptor = held(root, PREFIX)
        except OSError as error:
            raise ToolFailed(f"can't write to {root}: {error.strerror}") from error
        stack.callback(let_go, place, descriptor)
        yield Shelf(root=root, name=place.name)


def _leave(root: Path) -> None:
    with suppress(OSError):
        root.rmdir()
