"""What calls may do to the processes that make them; light, since each of these loads it."""

from __future__ import annotations

import os
import signal
import time
from multiprocessing import parent_process


def behave(deed: str) -> str:
    """Do well, or what the deed is called."""
    if deed == "crash":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif deed == "hang":
        signal.pause()
    elif deed == "eat":
        return str(len(bytearray(3 * 2**30)))
    elif deed == "raise":
        raise ValueError("so it is")
    elif deed == "kill":
        os.kill(parent(), signal.SIGKILL)
        signal.pause()
    return deed


def doubled(number: int) -> tuple[int, bytes, int]:
    """Twice a number, ten thousand bytes, and the process for which that was made."""
    return 2 * number, bytes([number]) * 10_000, parent()


def parent() -> int:
    """The process that started this one; a worker, where other machines work."""
    started = parent_process()
    assert started
    assert started.pid
    return started.pid


def busy(seconds: float, size: int) -> bytes:
    """So many bytes, for so much processor time."""
    begun = time.process_time()
    while time.process_time() - begun < seconds:
        pass
    return bytes(size)
