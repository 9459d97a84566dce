"""Spread work over processes: a function and what it takes in, results in the same order out."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

from pipeline.problem import ToolFailed

R = TypeVar("R")


def spread(work: Callable[..., R], calls: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[R]:
    """Yield `work(*call)` for each call in their order, made by `jobs` processes that share nothing.

    They start from nothing, since text layout doesn't survive a fork; Ctrl-C is this process's to hear, and drops what
    was not begun. Raises what `work` raises, and ToolFailed where a process ends without a word.
    """
    spawning = get_context("spawn")
    with (
        _interrupted_between_results() as stop,
        ProcessPoolExecutor(jobs, mp_context=spawning, initializer=_leave_interrupts) as pool,
    ):
        try:
            for one in [pool.submit(work, *call) for call in calls]:
                while not wait([one], timeout=0.1).done:
                    stop()
                stop()
                yield one.result()
            stop()
        except BrokenProcessPool as error:
            raise ToolFailed("a process that made briefs ended without a word: try `--jobs 1`") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


@contextmanager
def _interrupted_between_results() -> Iterator[Callable[[], None]]:
    """Give a function that raises KeyboardInterrupt if Ctrl-C was pressed.

    In the midst of a pool's own work Python would print the exception and go on.
    """
    pressed: list[int] = []

    def stop() -> None:
        if pressed:
            raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield stop
        return
    before = signal.signal(signal.SIGINT, lambda number, _frame: pressed.append(number))
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
