"""Lock folders for as long as a process has them open: a place and a prefix in, a new folder held there out.

The system frees a lock with its process, however that ends. A folder of this user that nobody has locked is what a
killed process left, and whoever makes the next one there takes it away.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

Answer = Literal["mine", "another's", "no locks"]
"""Whose a lock is. Where the filesystem has no locks nobody can tell who else works there."""
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC


def lock(descriptor: int) -> Answer:
    """Lock what is open here as long as it is, without waiting, and say whose the lock is now."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return "another's"
    except OSError:
        return "no locks"
    return "mine"


def held(root: Path, prefix: str) -> tuple[Path, int]:
    """Make a folder in `root`, take away those of killed processes, and give it with what holds its lock.

    In a folder that is held itself nothing is taken away: all in it goes with it. Raises OSError, with nothing left
    behind, where no folder can be made or opened.
    """
    if not root.name.startswith(prefix):
        _sweep(root, prefix)
    while True:
        place = Path(tempfile.mkdtemp(prefix=prefix, dir=root))
        try:
            descriptor = os.open(place, _FOLDER)
        except FileNotFoundError:  # another process has swept it before it was locked
            continue
        except OSError:
            with suppress(OSError):
                place.rmdir()
            raise
        if lock(descriptor) != "another's" and place.exists():  # or else another process is sweeping it, or has
            return place, descriptor
        os.close(descriptor)


def let_go(place: Path, descriptor: int) -> None:
    """Take the folder away, with all that is in it."""
    shutil.rmtree(place, ignore_errors=True)
    os.close(descriptor)


def _sweep(root: Path, prefix: str) -> None:
    """Take away this user's own folders whose processes have ended; follow no link, and make nothing."""
    for place in root.glob(f"{prefix}*"):
        with suppress(OSError):
            descriptor = os.open(place, _FOLDER)
            try:
                if os.fstat(descriptor).st_uid == os.geteuid() and lock(descriptor) == "mine":
                    shutil.rmtree(place, ignore_errors=True)
            finally:
                os.close(descriptor)
