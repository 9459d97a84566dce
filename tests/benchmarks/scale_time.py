"""Time libraries of ten and of a hundred briefs: `python tests/benchmarks/scale_time.py [FEW [MANY]]`.

Ten times as many briefs should take ten times as long, no process should grow with them, and two processes should be
faster than one. Printed are the ratios; one above its limit ends with 1. What every build does once, such as starting
processes, is taken from a build of one brief.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import corpus
from tests.benchmarks.spent import Spent, spent

FEW, MANY = 10, 100
LIMITS = {"time of a brief": 1.2, "memory": 1.3, "two processes": 0.7}
ROOT = Path(__file__).parents[2]


def built(briefs: int, jobs: int) -> Spent:
    """Build so many briefs from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        corpus.library(root, briefs)
        for name in ("templates", "assets"):
            (root / name).symlink_to(ROOT / name)
        return spent([Path(sys.executable).parent / "openbrief", "-C", root, "build", "--jobs", str(jobs)], ROOT)


def main(few: int = FEW, many: int = MANY) -> int:
    """Print each ratio beside its limit."""
    once, alone, together, most = built(1, 2), built(few, 1), built(few, 2), built(many, 2)
    each_of_few, each_of_many = (together.cpu - once.cpu) / (few - 1), (most.cpu - once.cpu) / (many - 1)
    ratios = {
        "time of a brief": each_of_many / each_of_few,
        "memory": most.memory / together.memory,
        "two processes": together.wall / alone.wall,
    }
    sys.stdout.write(f"{few} and {many} briefs: {each_of_few:.2f} and {each_of_many:.2f} s of processor each, ")
    sys.stdout.write(f"largest process {together.memory / 1e6:.0f} and {most.memory / 1e6:.0f} MB\n")
    for name, ratio in ratios.items():
        sys.stdout.write(f"{name:<16} {ratio:5.2f}, at most {LIMITS[name]:g}\n")
    return int(any(ratio > LIMITS[name] for name, ratio in ratios.items()))


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:3])))
