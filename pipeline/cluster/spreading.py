"""Spread work over other machines: a function and what it takes in, results in the same order out.

`spread` does what `executor.spread` does in this machine, by a scheduler of Dask: the same functions, bounded in the
same way, each call in a child process of a worker. A call whose worker is lost is made again on another; one that ends
several workers is lost, and no other. Dask is loaded here when it is asked to spread, and in `hand`.
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, replace
from hashlib import sha256
from typing import Any

from pipeline.cluster import Cluster
from pipeline.cluster.kit import MEND, differing, kit
from pipeline.cluster.reaching import ANSWER, LAST, PAUSE, WORK, Scheduler, SchedulerLost, reached, unheard
from pipeline.executor import Bounds, Lost, heard_between_results
from pipeline.problem import ToolFailed

AHEAD = 4
"""How many calls wait beyond two for each thread of a worker, so that none of them stands idle."""
PATIENCE = 600
"""How many looks without any worker end the work."""
KILLED = Lost(why="crash")
"""A call whose workers were lost."""
_LATE = object()
"""Said of a result that has not come, though its call had ended."""


def spread(
    work: Callable[..., Any],
    calls: Sequence[tuple[Any, ...]],
    cluster: Cluster,
    bounds: Bounds,
    packed: bytes = b"",
    taken: Callable[[Any], Any] = lambda result: result,
) -> Iterator[Any]:
    """Yield what came of `work(*call)` for each call, or why it was lost, in their order, as `taken` gives it.

    `taken` is asked once for each, as soon as it comes.
    `work` is a function of a module that workers can import; calls and results are plain values and bytes. With
    `packed`, the zip archive of a folder, each worker unpacks it once, and `work` is given its place before the rest.
    Raises ToolFailed where the scheduler can't be reached or is lost, where a machine differs from this one, and where
    no worker is left; Ctrl-C and SIGTERM are heard between two results.
    """
    with heard_between_results() as ask, reached(cluster, ask) as scheduler:
        _compare(scheduler)
        with _unpacked(scheduler, packed) as place:
            name = f"{work.__module__}:{work.__qualname__}"
            mine = kit()
            whole = [(name, call, asdict(bounds), place, mine) for call in calls]
            running = _Running(scheduler, whole, taken)
            yield from running.results()


class _Running:
    """Keeps as many calls under way as the workers can use, and hands out results in order."""

    def __init__(
        self,
        scheduler: Scheduler,
        calls: Sequence[tuple[Any, ...]],
        taken: Callable[[Any], Any],
    ) -> None:
        self.scheduler, self.calls, self.taken = scheduler, calls, taken
        self.arrived: queue.SimpleQueue[int] = queue.SimpleQueue()
        self.futures: dict[int, Any] = {}
        self.begun = 0
        self.threads = self._threads()
        """How many each worker has, when they were asked last."""
        self.suspects: list[int] = []
        """Calls that were with workers when those were lost: whose fault it was shows when each is made alone."""
        self.alone: set[int] = set()

    def results(self) -> Iterator[Any]:
        """Yield them all."""
        done: dict[int, Any] = {}
        for number in range(len(self.calls)):
            while number not in done:
                self._begin()
                arrived = self._next()
                result = self._outcome(self.futures.pop(arrived))
                if result is KILLED and arrived not in self.alone:
                    self.suspects.append(arrived)
                    continue
                done[arrived] = self.taken(result)
            self.scheduler.ask()
            yield done.pop(number)

    def _begin(self) -> None:
        """Begin as many calls as there is room for, and what is suspected when nothing else is left."""
        window = 2 * sum(self.threads.values()) + AHEAD
        while self.begun < len(self.calls) and len(self.futures) < window:
            self._submit(self.begun)
            self.begun += 1
        if not self.futures and self.suspects:
            self.alone.add(self.suspects[0])
            self._submit(self.suspects.pop(0))

    def _submit(self, number: int) -> None:
        from pipeline.cluster.hand import made

        def submit() -> Any:
            future = self.scheduler.client.submit(made, *self.calls[number], pure=False)
            future.add_done_callback(lambda _future: self.arrived.put(number))
            return future

        self.futures[number] = self.scheduler.asked(submit)

    def _next(self) -> int:
        """Wait for the next call that ends."""
        looks = 0
        while True:
            self.scheduler.ask()
            try:
                return self.arrived.get(timeout=PAUSE)
            except queue.Empty:
                self.threads = self._threads()
                looks = 0 if self.threads else looks + 1
                if looks > PATIENCE:
                    raise ToolFailed(f"no worker of {self.scheduler.cluster} is left") from None

    def _outcome(self, future: Any) -> Any:
        """What came of a call; KILLED where workers that had it were lost, more of them than the scheduler bears.

        Where a worker is lost that has a result, the call is made again, which takes as long as it takes: as long as
        the scheduler answers, and has workers.
        """
        from distributed import KilledWorker

        def result() -> Any:
            try:
                return future.result(timeout=ANSWER)
            except KilledWorker:
                return KILLED
            except TimeoutError:
                return _LATE

        while (said := self.scheduler.asked(result, seconds=2 * ANSWER)) is _LATE:
            self.threads = self._threads()
            if not self.threads:
                raise ToolFailed(f"no worker of {self.scheduler.cluster} is left")
        if said is KILLED:
            return KILLED
        kind, value = said
        if kind == "failed":
            raise ToolFailed(f"{value} (on a worker of {self.scheduler.cluster})")
        return Lost(**value) if kind == "lost" else value

    def _threads(self) -> Mapping[str, int]:
        def threads() -> Mapping[str, int]:
            if (status := client.status) != "running":
                raise ConnectionError(status)
            return dict(client.nthreads())

        client = self.scheduler.client
        found: Mapping[str, int] = self.scheduler.asked(threads)
        return found


def _compare(scheduler: Scheduler) -> None:
    """Raise ToolFailed where a machine has other versions than this one, or there is no worker."""
    from pipeline.cluster.hand import vouched

    def of_the_scheduler() -> Any:
        try:
            return client.run_on_scheduler(vouched)
        except OSError:
            raise
        except Exception as error:  # noqa: BLE001 - an older openbrief there may lack anything
            return error

    client, cluster = scheduler.client, scheduler.cluster
    found = dict(scheduler.asked(client.run, vouched, on_error="return", seconds=WORK))
    if not found:
        raise ToolFailed(f"the scheduler at {cluster} has no worker yet: start some first")
    found["the scheduler"] = scheduler.asked(of_the_scheduler, seconds=WORK)
    if said := list(differing(kit(), found)):
        raise ToolFailed(f"not all machines are as this one: {'; '.join(said)}: {MEND}")


@contextmanager
def _unpacked(scheduler: Scheduler, packed: bytes) -> Iterator[str]:
    """Have every worker, also one that comes later, unpack an archive; give the name of its place."""
    from pipeline.cluster.hand import Unpacked

    if not packed:
        yield ""
        return
    client = scheduler.client
    name = f"openbrief-{sha256(packed).hexdigest()[:16]}-{client.id}"
    lost = False
    try:
        scheduler.asked(client.register_plugin, Unpacked(name, packed), name=name, seconds=WORK)
        yield name
    except SchedulerLost:
        lost = True
        raise
    finally:
        if not lost:
            with suppress(Exception):  # whatever ends the work is to be told, not that this failed too
                replace(scheduler, ask=unheard).asked(client.unregister_worker_plugin, name, seconds=LAST)
