"""Time a cluster against the pool of this machine: `python tests/benchmarks/cluster_time.py`.

Two dozen calls of 0.3 s of processor time each, by two processes of the local pool, and by two workers of Dask over
TLS, on this machine too. Each side pays what it pays in a build: the pool starts its processes, forked from a server
that runs already; the cluster, whose workers run already, connects, compares the machines, hands out calls and fetches
a megabyte of results for each. Both sides are run once before, and then turn by turn, so that other load falls on both.
The median of the ratios is printed, and one above its limit ends with 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pipeline import executor  # noqa: E402 - tests is no package that is installed
from pipeline.cluster import spreading  # noqa: E402
from tests.behaving import busy  # noqa: E402
from tests.clusters import started  # noqa: E402

LIMIT = 1.15
ROUNDS = 3
CALLS = [(0.3, 2**20)] * 24
BOUNDS = executor.Bounds(seconds=600, memory=2**31)


def seconds(results: Iterable[object]) -> float:
    """Wall time until all results are there; raises ValueError where one isn't what was asked for."""
    begun = time.perf_counter()
    found = [len(result) for result in results if isinstance(result, bytes)]
    if found != [size for _, size in CALLS]:
        raise ValueError(f"{len(found)} of {len(CALLS)} calls gave results")
    return time.perf_counter() - begun


def main() -> int:
    """Print the ratio."""
    with tempfile.TemporaryDirectory() as folder, started(Path(folder)) as machines:
        pairs = [
            (
                seconds(spreading.spread(busy, CALLS, machines.cluster, BOUNDS)),
                seconds(executor.spread(busy, CALLS, 2, BOUNDS)),
            )
            for _ in range(1 + ROUNDS)
        ][1:]
    ratio = median(there / here for there, here in pairs)
    here = median(here for _, here in pairs)
    sys.stdout.write(f"Dask, two workers     {ratio:5.2f} x two processes of the local pool ({here:.1f} s)\n")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
