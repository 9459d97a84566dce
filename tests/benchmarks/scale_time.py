"""Time libraries of ten and of a hundred briefs: `python tests/benchmarks/scale_time.py [--whole]`.

Ten times as many briefs should take ten times as long, no process that makes them should grow with them, the one that
has them made should hold the library and nothing more (it is compared with `openbrief check`), and two processes should
be 1.8 times as fast as one. Printed are the ratios; one above its limit ends with 1. What every build does once, as
starting processes, is taken from a build of one brief. With `--whole` 1,000 briefs and 10,000 files are built, too.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import corpus
from tests.benchmarks.spent import Spent, spent

FEW, MANY, WHOLE = 10, 100, 1_000
SHARED = 40
"""How many briefs two processes are given, and one."""
LIMITS = {"time of a brief": 1.2, "memory of makers": 1.3, "memory beside": 1.3, "two processes": 1 / 1.8}
ROOT = Path(__file__).parents[2]
COMMAND = Path(sys.executable).parent / "openbrief"


def built(briefs: int, jobs: int) -> Spent:
    """Build so many briefs from nothing."""
    with _library(briefs) as root:
        return spent([COMMAND, "-C", root, "build", "--jobs", str(jobs)], ROOT)


def checked(briefs: int) -> Spent:
    """Check so many briefs."""
    with _library(briefs) as root:
        return spent([COMMAND, "-C", root, "check"], ROOT)


@contextmanager
def _library(briefs: int) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        corpus.library(root, briefs)
        for name in ("templates", "assets"):
            (root / name).symlink_to(ROOT / name)
        yield root


def say(briefs: int, each: float, made: Spent) -> None:
    """Print what a build of so many took."""
    memory = f"{made.others / 1e6:.0f} MB at most to make them, {made.own / 1e6:.0f} MB to have them made"
    sys.stdout.write(f"{briefs:,} briefs: {each:.2f} s of processor each, {made.wall:.0f} s in all; {memory}\n")
    sys.stdout.flush()


def main(*, whole: bool = False) -> int:
    """Print each ratio beside its limit; the largest library stands for all."""
    once, few = built(1, 2), built(FEW, 2)
    each_of_few = (few.cpu - once.cpu) / (FEW - 1)
    say(FEW, each_of_few, few)
    ratios = dict.fromkeys(LIMITS, 0.0)
    for count in (MANY, WHOLE) if whole else (MANY,):
        many, looked = built(count, 2), checked(count)
        each = (many.cpu - once.cpu) / (count - 1)
        say(count, each, many)
        sys.stdout.write(f"{count:,} checked: {looked.cpu:.1f} s of processor, {looked.own / 1e6:.0f} MB\n")
        ratios["time of a brief"] = max(ratios["time of a brief"], each / each_of_few)
        ratios["memory of makers"] = max(ratios["memory of makers"], many.others / few.others)
        ratios["memory beside"] = max(ratios["memory beside"], many.own / looked.own)
    alone, together = built(SHARED, 1), built(SHARED, 2)
    ratios["two processes"] = together.wall / alone.wall
    for name, ratio in ratios.items():
        sys.stdout.write(f"{name:<16} {ratio:5.2f}, at most {LIMITS[name]:.2f}\n")
    return int(any(ratio > LIMITS[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main(whole="--whole" in sys.argv[1:]))
