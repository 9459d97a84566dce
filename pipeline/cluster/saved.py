"""Keep products that are made until their release is out: entries in, small releases in build/finished/ out.

Each is a release of its own, so that a build takes it as it takes one from `--take`: only where it was made from the
very same inputs, and has the bytes that its manifest says. What a build didn't come to put out costs nobody twice.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from pipeline.forms import Entry
from pipeline.problem import Refused, ToolFailed
from pipeline.project import Project
from pipeline.publish import publish


def save(project: Project, entry: Entry) -> None:
    """Keep a product, in place of whatever is there; where the disk refuses, it is not kept, and goes out all the same.

    A file that is no longer what was made is told of when the release takes it.
    """
    place = _folder(project) / entry.metadata.file
    _remove(place)
    with suppress(ToolFailed, Refused):
        publish(place, [entry], lambda _entries: "", whole=False)


def saved(project: Project) -> tuple[Path, ...]:
    """The folders of all that is kept and can be listed."""
    with suppress(OSError):
        return tuple(sorted(_folder(project).iterdir()))
    return ()


def forget(project: Project, names: Iterable[str]) -> None:
    """Throw away what has been put out, and the folder when nothing else is kept there."""
    for name in names:
        _remove(_folder(project) / name)
    with suppress(OSError):
        _folder(project).rmdir()


def _remove(place: Path) -> None:
    """Remove a folder, or what stands in its place; a link goes, and what it leads to stays."""
    with suppress(OSError):
        if place.is_symlink() or place.is_file():
            place.unlink()
    shutil.rmtree(place, ignore_errors=True)


def _folder(project: Project) -> Path:
    return project.root / "build" / "finished"
