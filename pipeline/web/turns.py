"""Take turns at hosts: one request at a time to each, with a pause after it."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class _Host:
    lock: threading.Lock = field(default_factory=threading.Lock)
    free_from: float = 0.0
    pause: float = 0.0


class Turns:
    """Gives threads their turns."""

    def __init__(self, pause: float) -> None:
        self.pause = pause
        self._hosts: defaultdict[str, _Host] = defaultdict(_Host)
        self._guard = threading.Lock()

    @contextmanager
    def at(self, host: str) -> Iterator[None]:
        """Wait for the turn at a host, and hold it."""
        with self._guard:
            mine = self._hosts[host]
        with mine.lock:
            time.sleep(max(0.0, mine.free_from - time.monotonic()))
            try:
                yield
            finally:
                mine.free_from = time.monotonic() + max(self.pause, mine.pause)

    def slow(self, host: str, pause: float) -> None:
        """Leave a longer pause at a host from now on."""
        with self._guard:
            self._hosts[host].pause = pause
