"""Spread work over other machines: a function and what it takes in, results in the same order out.

`spread` does what `executor.spread` does in this machine, by a scheduler of Dask: the same functions, bounded in the
same way, each call in a child process of a worker. A call whose worker is lost is made again on another; one that ends
several workers is lost, and no other. Dask is loaded here when it is asked to spread, and in `hand`.
"""

from __future__ import annotations

import logging
import queue
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from pipeline.cluster import PEM, Cluster
from pipeline.cluster.kit import differing, kit
from pipeline.executor import Bounds, Lost, heard_between_results
from pipeline.problem import ToolFailed

AHEAD = 4
"""How many calls wait beyond two for each thread of a worker, so that none of them stands idle."""
PAUSE, PATIENCE = 0.1, 600
"""Seconds between two looks at what has come, and how many looks without any worker end the work."""
REACH = "30s"
"""How long a scheduler may take to answer at first."""
KILLED = Lost(why="crash")
"""A call whose workers were lost."""


class SchedulerLost(ToolFailed):
    """Raised where nobody is left to ask."""


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
    with _connected(cluster) as client, heard_between_results() as ask:
        _compare(client, cluster)
        with _unpacked(client, cluster, packed) as place:
            name = f"{work.__module__}:{work.__qualname__}"
            mine = kit()
            whole = [(name, call, asdict(bounds), place, mine) for call in calls]
            running = _Running(client, cluster, whole, ask, taken)
            yield from running.results()


class _Running:
    """Keeps as many calls under way as the workers can use, and hands out results in order."""

    def __init__(
        self,
        client: Any,
        cluster: Cluster,
        calls: Sequence[tuple[Any, ...]],
        ask: Callable[[], None],
        taken: Callable[[Any], Any],
    ) -> None:
        self.client, self.cluster, self.calls, self.ask, self.taken = client, cluster, calls, ask, taken
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
            self.ask()
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

        future = self.futures[number] = self.client.submit(made, *self.calls[number], pure=False)
        future.add_done_callback(lambda _future: self.arrived.put(number))

    def _next(self) -> int:
        """Wait for the next call that ends."""
        looks = 0
        while True:
            self.ask()
            try:
                return self.arrived.get(timeout=PAUSE)
            except queue.Empty:
                self.threads = self._threads()
                looks = 0 if self.threads else looks + 1
                if looks > PATIENCE:
                    raise ToolFailed(f"no worker of {self.cluster} is left") from None

    def _outcome(self, future: Any) -> Any:
        """What came of a call; KILLED where workers that had it were lost, more of them than the scheduler bears."""
        from distributed import KilledWorker

        said = None
        while said is None:
            with _lost_with(self.client, self.cluster):
                try:
                    said = future.result(timeout=10)
                except TimeoutError:
                    self.ask()
                except KilledWorker:
                    return KILLED
        kind, value = said
        if kind == "failed":
            raise ToolFailed(f"{value} (on a worker of {self.cluster})")
        return Lost(**value) if kind == "lost" else value

    def _threads(self) -> Mapping[str, int]:
        with _lost_with(self.client, self.cluster):
            if self.client.status != "running":
                raise ConnectionError(self.client.status)
            return dict(self.client.nthreads())


@contextmanager
def _connected(cluster: Cluster) -> Iterator[Any]:
    """Give a client of the scheduler; raises ToolFailed where there is none, or Dask is not installed."""
    try:
        import distributed
    except ImportError as error:
        install = "run `make setup-cluster`, or install openbrief[cluster]"
        raise ToolFailed(f"`--on dask:` needs packages that are not installed: {install}") from error
    for name in ("distributed", *logging.root.manager.loggerDict):
        if name.split(".")[0] == "distributed":
            logging.getLogger(name).setLevel(logging.CRITICAL)  # what goes wrong is said once, below
    dask: Any = distributed
    security = dask.Security(require_encryption=False)
    if cluster.certificates:
        ca, certificate, key = (str(cluster.certificates / name) for name in PEM)
        security = dask.Security(
            require_encryption=True, tls_ca_file=ca, tls_client_cert=certificate, tls_client_key=key
        )
    try:
        client = dask.Client(cluster.address, security=security, timeout=REACH, set_as_default=False)
    except (OSError, ValueError, TypeError) as error:
        signed = ", and that its certificate and this one are signed by ca.pem" if cluster.certificates else ""
        raise ToolFailed(f"can't reach a scheduler at {cluster}: see that it runs{signed}") from error
    try:
        yield client
    finally:
        client.close(timeout=2)


@contextmanager
def _lost_with(client: Any, cluster: Cluster) -> Iterator[None]:
    """Say in one sentence that the scheduler is gone, or what else a machine raised."""
    from concurrent.futures import CancelledError

    try:
        yield
    except ToolFailed:
        raise
    except Exception as error:  # whatever a machine raises is raised here again
        alive = client.status == "running" and not isinstance(error, CancelledError | ConnectionError)
        if alive:
            said = f"a machine of {cluster} failed: {type(error).__name__}: {error}"
            raise ToolFailed(said[:1000]) from error
        kept = "what was made is kept, and the same command goes on from there"
        raise SchedulerLost(f"the scheduler at {cluster} was lost: {kept}") from error


def _compare(client: Any, cluster: Cluster) -> None:
    """Raise ToolFailed where a machine has other versions than this one, or there is no worker."""
    from pipeline.cluster.hand import vouched

    with _lost_with(client, cluster):
        found = dict(client.run(vouched, on_error="return"))
        if not found:
            raise ToolFailed(f"the scheduler at {cluster} has no worker yet: start some first")
        try:
            found["the scheduler"] = client.run_on_scheduler(vouched)
        except ImportError as error:
            found["the scheduler"] = error
    if said := list(differing(kit(), found)):
        mend = "install there what is here, and start them anew"
        raise ToolFailed(f"not all machines are as this one: {'; '.join(said)}: {mend}")


@contextmanager
def _unpacked(client: Any, cluster: Cluster, packed: bytes) -> Iterator[str]:
    """Have every worker, also one that comes later, unpack an archive; give the name of its place."""
    from pipeline.cluster.hand import Unpacked

    if not packed:
        yield ""
        return
    name = f"openbrief-{sha256(packed).hexdigest()[:16]}-{client.id}"
    with _lost_with(client, cluster):
        client.register_plugin(Unpacked(name, packed), name=name)
    lost = False
    try:
        yield name
    except SchedulerLost:
        lost = True
        raise
    finally:
        if not lost:
            with suppress(OSError, RuntimeError):  # whatever ends the work is to be told, not that this failed too
                client.unregister_worker_plugin(name)
