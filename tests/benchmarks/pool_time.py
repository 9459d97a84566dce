"""Time warm processes against cold ones: `python tests/benchmarks/pool_time.py`.

Two processes that are forked from a server with the engine loaded are ready in what part of the time that two need
which start from nothing; and six briefs in one process take what part of the processor time of six commands. Both
sides are run turn by turn, so that other load falls on both; the median of the ratios is printed, and one above its
limit ends with 1.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests import example  # noqa: E402 - tests is no package that is installed

LIMITS = {"ready": 1.0, "warm": 0.5}
ROUNDS = 3
BRIEFS = 6


def run(*command: str | Path, folder: Path = ROOT) -> None:
    """Run this Python."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, *command], check=True, capture_output=True, cwd=folder, env=environment)


def ready(context: str) -> float:
    """Wall time until two processes that start so have loaded the engine."""
    code = (
        "import sys; from pipeline import executor; from pipeline.render import engine\n"
        "executor.CONTEXT = sys.argv[1]\n"
        "bounds = executor.Bounds(seconds=600, memory=2**31)\n"
        "list(executor.spread(engine.libraries, [(), ()], 2, bounds))"
    )
    begun = time.perf_counter()
    run("-c", code, context)
    return time.perf_counter() - begun


def processor(project: Path, *orders: tuple[str, ...]) -> float:
    """Processor time of a build for each order, one after the other."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for order in orders:
        run("-m", "pipeline", "build", "--fresh", "--jobs", "1", "--format", "pdf", *order, folder=project)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    """Print both ratios."""
    with tempfile.TemporaryDirectory() as folder:
        briefs = example.make(Path(folder))
        slugs = [f"brief-{number}" for number in range(BRIEFS)]
        for name in ("first-brief", "second-brief"):
            (briefs / f"{name}.yaml").unlink()
        for slug in slugs:
            (briefs / f"{slug}.yaml").write_text(example.BRIEF.replace("every harbour", f"{slug} too"), "utf-8")
        alone = [(slug,) for slug in slugs]
        pairs = {
            "ready": [(ready("forkserver"), ready("spawn")) for _ in range(ROUNDS)],
            "warm": [(processor(Path(folder), ()), processor(Path(folder), *alone)) for _ in range(ROUNDS)],
        }
    ratios = {name: median(mine / other for mine, other in found) for name, found in pairs.items()}
    sys.stdout.write(f"forked from a server  {ratios['ready']:5.2f} x two processes that start from nothing\n")
    sys.stdout.write(f"{BRIEFS} briefs at once     {ratios['warm']:5.2f} x {BRIEFS} commands for one each\n")
    return int(any(ratios[name] > limit for name, limit in LIMITS.items()))


if __name__ == "__main__":
    sys.exit(main())
