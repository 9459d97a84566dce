"""Spread work over processes: a function and what it takes in, results in the same order out."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Any, TypeVar

from pipeline.problem import ToolFailed

R = TypeVar("R")


def spread(work: Callable[..., R], calls: Sequence[tuple[Any, ...]], jobs: int) -> Iterator[R]:
    """Yield `work(*call)` for each call in their order, made by `jobs` processes that share nothing.

    They start from nothing, since text layout doesn't survive a fork; Ctrl-C is this process's to hear, and drops what
    was not begun. Raises what `work` raises, and ToolFailed where a process ends without a word.
    """
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts) as pool:
        waiting = [pool.submit(work, *call) for call in calls]
        try:
            for one in waiting:
                yield one.result()
        except BrokenProcessPool as error:
            raise ToolFailed("a process that made briefs ended without a word: try `--jobs 1`") from error
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
