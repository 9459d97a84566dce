"""Say what has changed since a build began: a project's root in, the state of every file that is read out.

What is read twice may be read in two states, and what comes of the second would be listed with the inputs of the
first. A file that was changed and changed back has the bytes that it had; so the system's word on it is compared.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath

from pipeline.problem import ToolFailed

FOLDERS = ("briefs", "templates", "assets")
"""What a build reads below the project's root, whole; the program is read besides."""
NOT_OURS = ("__pycache__", "node_modules")
PROGRAM = Path(__file__).parent
FEW = 3
"""How many files are named."""
State = Mapping[str, tuple[int, ...]]
"""The files by their paths, as the system describes them."""


class Changed(ToolFailed):
    """Raised where files were changed while products were made from them; `files` are their paths."""

    def __init__(self, files: Sequence[str]) -> None:
        self.files = tuple(files)
        were = "was changed while it was" if len(files) == 1 else "were changed while they were"
        super().__init__(f"{listed(files)} {were} built: nothing was published; build again")


@dataclass(frozen=True, slots=True)
class Standing:
    """What there was before anything was read, and how to look at it again."""

    root: Path
    look: Callable[[], State]
    before: State

    @classmethod
    def of(cls, root: Path) -> Standing:
        """What there is now."""
        return cls(root, look := partial(state, root), look())

    def altered(self) -> frozenset[str]:
        """Name what has come, gone or changed by its path from the root, and packages as `what is installed`."""
        changed = {path for path, _ in {*self.before.items()} ^ {*self.look().items()}}
        return frozenset(path.removeprefix(f"{self.root}/") or "what is installed" for path in changed)


def touching(altered: frozenset[str], made_from: Container[str]) -> tuple[str, ...]:
    """Those of some files that a product is made from; all products are from whatever is no text of the library."""
    return tuple(sorted(name for name in altered if name in made_from or not is_text(name)))


def is_text(name: str) -> bool:
    """Whether a path from the root is that of a text of the library, which is read anew at every build."""
    return name.startswith("briefs/") and PurePosixPath(name).suffix in (".yaml", ".txt")


def listed(files: Sequence[str]) -> str:
    """Name the first of some files, and say how many others there are."""
    named, more = [*files[:FEW]], len(files) - FEW
    if more > 0:
        named.append(f"{more} more")
    return " and ".join(filter(None, [", ".join(named[:-1]), named[-1]]))


def state(root: Path) -> State:
    """Give the state of every file that a build of a project reads, and of the program."""
    found = {}
    for path in _files(root):
        try:
            known = os.stat(path)  # noqa: PTH116 - a thousand paths, ten times a second
        except OSError:  # it has just gone, or a link leads nowhere
            continue
        found[path] = (known.st_mtime_ns, known.st_ctime_ns, known.st_size, known.st_ino, known.st_dev)
    return found


def _files(root: Path) -> Iterator[str]:
    known: set[tuple[int, int]] = set()
    for folder in (*(root / name for name in FOLDERS), PROGRAM):
        for parent, folders, files in os.walk(folder, followlinks=True):
            if (place := _place(parent)) in known:  # a link leads back here
                folders.clear()
                continue
            known.add(place)
            folders[:] = [name for name in folders if name not in NOT_OURS]
            yield from (f"{parent}/{name}" for name in files if not _is_unread(name))


def _place(folder: str) -> tuple[int, int]:
    with suppress(OSError):
        found = os.stat(folder)  # noqa: PTH116 - as above
        return found.st_dev, found.st_ino
    return 0, 0


def _is_unread(name: str) -> bool:
    """Whether nothing reads a file: what editors keep beside one that is open."""
    return name.startswith(".") and not name.endswith((".yaml", ".yml", ".jinja"))
