"""Spread work over processes: a function and what it takes in, results in the same order out.

A call whose process crashes, hangs or eats memory is lost, and no other.
"""

from __future__ import annotations

import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from multiprocessing import connection, get_context, parent_process
from typing import Any, Literal, TypeVar

from pipeline.problem import ToolFailed
from pipeline.scratch import scratch

R = TypeVar("R")

CONTEXT = "forkserver" if sys.platform == "linux" else "spawn"
"""How processes start: two are ready in 0.61 of the time of spawn (tests/benchmarks/pool_time.py).

Text layout doesn't survive a fork once it is in use; a server that has only loaded it does."""
PRELOADED = ("pipeline.render.preloaded",)
"""What the server of forks loads, once for all processes."""
TASKS = 50
"""How many calls a process works at before a fresh one takes its place: its pandoc's memory grows with each."""
SIGNALS = (signal.SIGINT, signal.SIGTERM)
NO_PROCESS = "no process that makes briefs can be started or kept: try `--jobs 1`"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bounds:
    """What a call may use."""

    seconds: float
    memory: int
    """In bytes, of what its process has for itself; Linux alone holds to it."""
    tasks: int = TASKS


@dataclass(frozen=True, kw_only=True, slots=True)
class Lost:
    """A call that gave no result."""

    why: Literal["time", "memory", "crash", "error"]
    ended: int = 0
    """How its process crashed: the number of a signal, negative, or an exit code."""
    said: str = ""
    """What was raised, where another machine made it; on this one it is raised."""


def begin(work: str) -> None:
    """Start the server of forks for what a module's functions do, so that it loads while this process reads."""
    if CONTEXT == "forkserver":
        from multiprocessing.forkserver import ensure_running

        _context(work)
        with _interrupts_blocked():
            ensure_running()


def _context(work: str) -> Any:
    """How processes start that load a module, and what all need."""
    starting: Any = get_context(CONTEXT)
    if CONTEXT == "forkserver":
        starting.set_forkserver_preload([*PRELOADED, work])
    return starting


@dataclass(frozen=True, kw_only=True, slots=True)
class Crew:
    """Processes that stay together for one piece of work after another."""

    pool: Any

    @property
    def is_lost(self) -> bool:
        """Whether one of them was ended from outside, by a machine that lacks memory or by somebody: then all are."""
        return not self.pool.active


@contextmanager
def hired(jobs: int, module: str, tasks: int = TASKS, first: Callable[[], object] | None = None) -> Iterator[Crew]:
    """Have so many processes for the functions of a module; all end with this context, and their temporary files too.

    They start with the first call, or at once where there is something that each does at `first`.
    """
    with scratch() as place:
        pool = started(jobs, module, str(place), tasks=tasks, first=first)
        try:
            with _interrupts_blocked():
                if first and not pool.active:
                    raise ToolFailed(NO_PROCESS)
            yield Crew(pool=pool)
        finally:
            pool.stop()
            pool.join()


def spread(
    work: Callable[..., R], calls: Sequence[tuple[Any, ...]], jobs: int | Crew, bounds: Bounds
) -> Iterator[R | Lost]:
    """Yield `work(*call)` for each call in their order, made by `jobs` processes that share nothing, or by a crew.

    Ctrl-C and SIGTERM are this process's to hear: whoever heard them before is asked between two results, and may
    raise; all processes are ended then. They end by themselves when this one is killed.
    Raises what `work` raises, and ToolFailed where no process can be had any more.
    """
    with heard_between_results() as ask, ExitStack() as stack:
        if isinstance(jobs, int):
            jobs = stack.enter_context(hired(jobs, work.__module__, bounds.tasks))
        with _interrupts_blocked():  # by processes that are started too: at a terminal Ctrl-C goes to all of them
            futures = [_scheduled(jobs.pool, bounds, work, call) for call in calls]
        stack.callback(_call_off, futures)
        for future in futures:
            while not wait([future], timeout=0.1).done:
                ask()
                if not jobs.pool.active and not future.done():  # it was lost just as it was given the call
                    raise ToolFailed(NO_PROCESS)
            ask()
            yield outcome(future)
        ask()


def _scheduled(pool: Any, bounds: Bounds, work: Callable[..., Any], call: tuple[Any, ...]) -> Any:
    """What will come of a call; raises ToolFailed where the pool has lost its processes before."""
    try:
        return pool.schedule(_bounded, args=(bounds.memory, work, *call), timeout=bounds.seconds)
    except RuntimeError as error:
        raise ToolFailed(NO_PROCESS) from error


def _call_off(futures: Sequence[Any]) -> None:
    """End what is not done, so that nobody works on what nobody waits for."""
    for future in futures:
        future.cancel()


def _bounded(memory: int, work: Callable[..., R], *call: Any) -> R:
    """Do some work in a process that may use so much memory."""
    bound(memory)
    return work(*call)


def started(
    jobs: int,
    module: str,
    place: str,
    tasks: int = TASKS,
    memory: int = 0,
    first: Callable[[], object] | None = None,
) -> Any:
    """Start a pool of processes for the functions of a module, with their temporary files in a place.

    Without `memory`, in bytes, each call says what it may use.
    """
    from pebble import ProcessPool

    return ProcessPool(jobs, tasks, _make_ready, (memory, place, first), _context(module))


def outcome(future: Any) -> Any:
    """What came of a call, once it has ended; raises what it raised."""
    from pebble import ProcessExpired

    error = future.exception()
    if isinstance(error, ProcessExpired):
        return Lost(why="crash", ended=error.exitcode)
    if isinstance(error, TimeoutError) and error.args[:1] == ("Task timeout",):
        return Lost(why="time")
    if isinstance(error, MemoryError):
        return Lost(why="memory")
    if isinstance(error, BrokenProcessPool):
        raise ToolFailed(NO_PROCESS) from error
    return future.result()


@contextmanager
def heard_between_results() -> Iterator[Callable[[], None]]:
    """Give a function that hands signals that came to whoever heard them before.

    In the midst of a pool's own work Python would print the exception and go on.
    """
    came: list[signal.Signals] = []
    if threading.current_thread() is not threading.main_thread():
        yield lambda: None
        return
    before = {number: heard for number in SIGNALS if callable(heard := signal.getsignal(number))}

    def ask() -> None:
        if came:
            before[came[0]](came[0], None)

    for number in before:
        signal.signal(number, lambda number, _frame: came.append(signal.Signals(number)))
    try:
        yield ask
    finally:
        for number, heard in before.items():
            signal.signal(number, heard)


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl-C; what starts meanwhile inherits that, and never hears it."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _make_ready(memory: int, place: str, first: Callable[[], object] | None) -> None:
    """Bound what this process may use, put its temporary files where they go with the pool, and end with the parent.

    Then do what it does at `first`.
    """
    signal.signal(signal.SIGTERM, signal.SIG_DFL)  # at once, in whatever library it is
    tempfile.tempdir = place
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if memory:
        bound(memory)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if first:
        first()


def bound(memory: int) -> None:
    """Bound how much memory this process may have, and what it starts from now on; the next call may have more."""
    if sys.platform == "linux":  # elsewhere this counts nothing that a library asks the system for
        with suppress(ImportError, ValueError, OSError):
            import resource

            _, most = resource.getrlimit(resource.RLIMIT_DATA)
            resource.setrlimit(resource.RLIMIT_DATA, (memory, most))


def _end_with_parent() -> None:
    """Wait until the parent is gone, however that came about."""
    if (parent := parent_process()) is not None:
        connection.wait([parent.sentinel])
        signal.raise_signal(signal.SIGKILL)
