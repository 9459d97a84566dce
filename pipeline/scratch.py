"""Make folders for temporary files: nothing in, a folder out that goes with its process, however that ends.

Each is locked as long as its process has it open. One that nobody has locked is what a killed process left, and the
next process of the same user takes it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

PREFIX = "openbrief-held-"
"""What the names of these folders begin with, and of no others."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


@contextmanager
def scratch() -> Iterator[Path]:
    """Make a folder for temporary files, and take it away with all that is in it."""
    place, descriptor = held()
    try:
        yield place
    finally:
        let_go(place, descriptor)


def held() -> tuple[Path, int]:
    """Make a folder for temporary files, take away those of killed processes, and give it with what holds its lock."""
    _sweep(Path(tempfile.gettempdir()))
    while True:
        place = Path(tempfile.mkdtemp(prefix=PREFIX))
        with suppress(FileNotFoundError):
            descriptor = os.open(place, _FOLDER)
            _is_locked(descriptor)  # where it can't be, nobody sweeps
            if place.exists():  # or else another process has swept it before it was locked
                return place, descriptor
            os.close(descriptor)


def let_go(place: Path, descriptor: int) -> None:
    """Take the folder away, with all that is in it."""
    shutil.rmtree(place, ignore_errors=True)
    os.close(descriptor)


def _sweep(temporary: Path) -> None:
    """Take away this user's own folders whose processes have ended; follow no link."""
    for place in temporary.glob(f"{PREFIX}*"):
        with suppress(OSError):
            descriptor = os.open(place, _FOLDER)
            try:
                if os.fstat(descriptor).st_uid == os.geteuid() and _is_locked(descriptor):
                    shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(descriptor)


def _is_locked(descriptor: int) -> bool:
    """Lock a folder; tell whether it could be, for where there are no locks a folder may be in use all the same."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
