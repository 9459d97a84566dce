"""Make one call on a worker, in a child process that is bounded as it would be in the local pool.

The worker itself does nothing but wait: what crashes, hangs, eats memory or raises loses its own call. Children are
kept warm for the next call, and end with their worker. This module is imported by schedulers and workers, too.
"""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from typing import Any

from distributed import Worker, get_worker
from distributed.diagnostics.plugin import WorkerPlugin

from pipeline.cluster.kit import MEND, differing, kit
from pipeline.cluster.pack import unpack
from pipeline.executor import Bounds, Lost, outcome, started
from pipeline.problem import ToolFailed

_KIT = kit()


class Unpacked(WorkerPlugin):
    """Has an archive unpacked on each worker, as long as its client is there."""

    def __init__(self, name: str, packed: bytes) -> None:
        self.name, self.packed = name, packed

    def setup(self, worker: Worker) -> None:
        """Unpack it where the worker keeps its files, which go with it; raises ToolFailed where it has no room."""
        try:
            unpack(self.packed, place(worker, self.name))
        except OSError as error:
            message = f"{worker.address} can't keep what products are made from: {error.strerror or error}"
            raise ToolFailed(message) from error

    def teardown(self, worker: Worker) -> None:
        """Take it away."""
        unpack(b"", place(worker, self.name))


def made(
    work: str, call: tuple[Any, ...], bounds: dict[str, Any], packed: str, asked: dict[str, str]
) -> tuple[str, Any]:
    """Make a call: `made` with its result, `lost` with what happened to it, or `failed` with a sentence.

    A worker may have come after all machines were compared with the one that has `asked`.
    """
    worker = get_worker()
    try:
        for sentence in differing(asked, {worker.address: vouched()}):
            return "failed", f"not all machines are as this one: {sentence}: {MEND}"
        module, _, name = work.partition(":")
        function = getattr(import_module(module), name)
        whole = (str(place(worker, packed)), *call) if packed else call
        limits = Bounds(**bounds)
        future = _CHILDREN.schedule(worker, limits, module, function, whole)
    except Exception as error:  # noqa: BLE001 - before the call has begun, it is the machine's
        return "failed", f"{type(error).__name__}: {error}"[:1000]
    try:
        result = outcome(future)
    except ToolFailed as error:
        return "failed", str(error)
    except Exception as error:  # noqa: BLE001 - whatever a call raises is its own
        return "lost", {"why": "error", "said": f"{type(error).__name__}: {error}"[:1000]}
    if isinstance(result, Lost):
        return "lost", {"why": result.why, "ended": result.ended}
    return "made", result


def vouched() -> dict[str, str]:
    """What this process works with: as it was when this was loaded, whatever has been installed since."""
    return _KIT


def place(worker: Worker, name: str) -> Path:
    """Where a worker has unpacked an archive."""
    return Path(worker.local_directory) / name


class Children:
    """The children of this worker, all alike: those with other bounds or another module go when they are done."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.kind: tuple[Bounds, str] | None = None
        self.pool: Any = None

    def schedule(self, worker: Worker, bounds: Bounds, module: str, function: Any, arguments: tuple[Any, ...]) -> Any:
        """Give a call to a child, one of as many as the worker has threads."""
        with self.lock:  # or else another thread could let them go before the call is theirs
            if self.kind != (bounds, module) or not self.pool.active:
                self._leave()
                threads, where = worker.state.nthreads, worker.local_directory
                self.pool = started(threads, module, where, memory=bounds.memory, tasks=bounds.tasks)
                self.kind = (bounds, module)
            return self.pool.schedule(function, args=arguments, timeout=bounds.seconds)

    def _leave(self) -> None:
        """Let the children go when they have done what they have to do; nobody waits for that."""
        if (pool := self.pool) is not None:
            pool.close() if pool.active else pool.stop()
            threading.Thread(target=pool.join, daemon=True).start()


_CHILDREN = Children()
