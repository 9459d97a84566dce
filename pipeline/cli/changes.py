"""Notice what changes of all that a build reads: a project's root in, the state of every file out.

Files are asked for again and again: a network folder or a container's mount gives no notice of what changes in it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from pipeline import unchanged

PAUSE = 0.1
"""Seconds between two looks."""
SHARE = 20
"""How many times what a look takes of a processor is waited at least: large projects cost no more of it than small."""
SETTLED = 0.02
"""Seconds for which nothing more must change: programs write a file in several steps."""
PROGRAM = Path(unchanged.__file__).parent
State = Mapping[str, tuple[int, ...]]
"""The files by their paths, as the system describes them."""


def state(root: Path) -> State:
    """Give the state of every file that a build of a project reads, of the program, and of what it is made with."""
    found = {}
    for path in _files(root):
        try:
            known = os.stat(path)  # noqa: PTH116 - a thousand paths, ten times a second
        except OSError:  # it has just gone, or a link leads nowhere
            continue
        found[path] = (known.st_mtime_ns, known.st_ctime_ns, known.st_size, known.st_ino, known.st_dev)
    return {**found, "": (hash(unchanged.tools()),)}


def _files(root: Path) -> Iterator[str]:
    for folder in (*(root / name for name in unchanged.FOLDERS), PROGRAM):
        for parent, folders, files in os.walk(folder):
            folders[:] = [name for name in folders if name not in unchanged.NOT_OURS]
            yield from (f"{parent}/{name}" for name in files if not _is_unread(name))


def _is_unread(name: str) -> bool:
    """Whether nothing reads a file: what editors keep beside one that is open."""
    return name.startswith(".") and not name.endswith((".yaml", ".yml", ".jinja"))


def next_state(before: State, look: Callable[[], State]) -> State:
    """Wait until something is not as `before`, and nothing changes any more; give what there is then."""
    while True:
        begun = time.process_time()
        if (now := look()) != before:
            break
        time.sleep(max(PAUSE, SHARE * (time.process_time() - begun)))
    while True:
        time.sleep(SETTLED)
        latest, now = now, look()
        if now == latest:
            return now


def is_told_anew(before: State, now: State, root: Path) -> bool:
    """Whether what has changed is read anew by a program that has built before.

    These are texts of the library. Fonts, templates, styles, words and the program itself are loaded once, and
    house.yaml says how much memory processes have, which is told them when they start.
    """
    changed = {path for path, _ in {*before.items()} ^ {*now.items()}}
    own = f"{root}/briefs/"
    return all(path.startswith(own) and _is_text(PurePosixPath(path[len(own) :])) for path in changed)


def _is_text(name: PurePosixPath) -> bool:
    return name.suffix in (".yaml", ".txt") and name.as_posix() != "house.yaml"
