"""Run a command, and say what it and all that it started has spent."""

from __future__ import annotations

import ctypes
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SUBREAPER = 36
"""PR_SET_CHILD_SUBREAPER (prctl, 2): processes whose parents have ended become ours, and are reckoned with."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spent:
    """What a command has spent."""

    wall: float
    """Seconds until it ended."""
    cpu: float
    """Seconds of processors, of all its processes."""
    memory: int
    """Bytes of the largest of them."""
    own: int = 0
    """Bytes of the command's first process."""
    others: int = 0
    """Bytes of the largest that it started."""


def spent(command: Sequence[str | Path], where: Path, environment: Mapping[str, str] | None = None) -> Spent:
    """Run a command; raises RuntimeError where it fails."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)
    begun = time.perf_counter()
    nowhere: Any = subprocess.DEVNULL
    process = subprocess.Popen(
        command, cwd=where, env={**os.environ, **(environment or {})}, stdout=nowhere, stderr=nowhere
    )
    _, status, used = os.wait4(process.pid, 0)
    wall, cpu, own = time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss
    others = 0
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    while True:
        try:
            _, _, used = os.wait4(-1, 0)
        except ChildProcessError:
            memory = max(own, others)
            return Spent(wall=wall, cpu=cpu, memory=memory * 1024, own=own * 1024, others=others * 1024)
        cpu, others = cpu + used.ru_utime + used.ru_stime, max(others, used.ru_maxrss)
