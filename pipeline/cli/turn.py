"""Wait for one's turn at a folder: no two runs work for the same one at once.

The run whose turn it is holds a lock on a file there, which says who it is. The system frees the lock with the process,
however that ends, so that what a killed run leaves holds nobody up.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from pipeline.folder import entered
from pipeline.locks import lock
from pipeline.problem import ToolFailed

NAME = ".openbrief-run"
"""The file that is locked; it goes when the run ends."""
PAUSE = 0.1
"""Seconds between two tries."""


@contextmanager
def turn(root: Path, seconds: float, waiting: Callable[[str], None]) -> Iterator[None]:
    """Keep other runs out of a folder, which is made where it is missing, and taken away if it stays empty.

    `waiting` is told once for whom this run waits. Raises ToolFailed after so many seconds, and where nothing can be
    written there.
    """
    missing = not root.exists()
    with _locked(root, seconds, waiting) as stack:
        if missing:
            stack.callback(_remove, os.rmdir, root)
        stack.callback(_remove, os.unlink, root / NAME)
        yield


def _locked(root: Path, seconds: float, waiting: Callable[[str], None]) -> ExitStack:
    """Give what holds the folder and the locked file open, once nobody else has it."""
    until: float | None = None
    while True:
        with ExitStack() as stack:
            file = _opened(stack, root)
            if file is None:
                continue
            if lock(file) != "another's":  # where there are no locks, publishing still keeps two runs apart
                os.ftruncate(file, 0)
                os.write(file, json.dumps({"process": os.getpid(), "host": os.uname().nodename}).encode())
                if os.fstat(file).st_nlink:  # or else its holder took it away when it was done
                    return stack.pop_all()
                continue
            holder = f"another run is working for {root}{_holder(file)}"
        if until is None:
            until = time.monotonic() + seconds
            waiting(f"{holder}; waiting up to {seconds:g} seconds")
        if time.monotonic() >= until:
            raise ToolFailed(f"{holder}, and was not done after {seconds:g} seconds; see `--wait`")
        time.sleep(PAUSE)


def _opened(stack: ExitStack, root: Path) -> int | None:
    """Open the file in its folder; None where the folder has just been taken away by a run that wrote nothing."""
    folder = stack.enter_context(entered(root))
    try:
        file = os.open(NAME, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o644, dir_fd=folder)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ToolFailed(f"can't write to {root}: {error.strerror}") from error
    stack.callback(os.close, file)
    return file


def _holder(file: int) -> str:
    """Say who holds the file, as far as it says so itself."""
    since = dt.datetime.fromtimestamp(os.fstat(file).st_mtime, dt.UTC).astimezone()
    try:
        known = json.loads(os.pread(file, 1000, 0))
        return f": process {int(known['process'])} on {known['host']}, since {since:%H:%M:%S}"
    except (ValueError, KeyError, TypeError):
        return ""


def _remove(deed: Callable[[Path], None], place: Path) -> None:
    with suppress(OSError):
        deed(place)
