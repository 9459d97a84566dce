"""Time from saving a file to the new briefs under `build --watch`: `python tests/benchmarks/watch_time.py`.

The library is that of `peers_time`, 50 briefs in 500 YAML files. One argument that three briefs show is edited while
`openbrief build --watch` keeps its processes; the edit is told as a part of the whole build, beside what a new command
takes for the same, and beside pandoc and Typst for these three briefs, PDF alone. All are run turn by turn; printed are
medians of ratios, and one above its limit ends with 1. On a busy machine they were 0.05, 0.44 and 6.3: an engine in
Python does not reach Typst.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.benchmarks import corpus
from tests.benchmarks.peers_time import HERE, ROOT, edit, made, ours, typst
from tests.benchmarks.spent import Spent

ROUNDS = 5
LIMITS = {"watch, whole build": 0.08, "watch, new command, CPU": 0.5, "watch, typst": 1.0}
TICKS = os.sysconf("SC_CLK_TCK")


class Watching:
    """A build that goes on."""

    def __init__(self, root: Path) -> None:
        command: list[str | Path] = [HERE / "openbrief", "-C", root, "build", "--watch", "--jobs", "2", "--json"]
        self.process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.wait()

    def wait(self) -> None:
        """Return when it waits for a change."""
        assert self.process.stdout
        for line in self.process.stdout:
            if json.loads(line)["event"] == "waiting":
                return
        raise RuntimeError("the build has ended")

    def edited(self, root: Path, number: int) -> Spent:
        """Edit an argument, and say what passes until its briefs are there."""
        before, begun = self._processor(), time.perf_counter()
        edit(root, number)
        self.wait()
        return Spent(wall=time.perf_counter() - begun, cpu=self._processor() - before, memory=0)

    def end(self) -> None:
        """End it, and let go of all that it had started, so that nobody else is reckoned with that."""
        self.process.terminate()
        self.process.wait()
        with suppress(ChildProcessError):
            while True:
                os.wait()

    def _processor(self) -> float:
        """Seconds that all its processes have had of processors, those among them that have ended left out."""
        times, parents = dict[int, float](), dict[int, int]()
        for place in Path("/proc").glob("[0-9]*/stat"):
            try:
                parts = place.read_text(encoding="utf-8").rpartition(")")[2].split()
            except OSError:
                continue
            number = int(place.parent.name)
            parents[number], times[number] = int(parts[1]), (int(parts[11]) + int(parts[12])) / TICKS
        found = {self.process.pid}
        while more := {child for child, parent in parents.items() if parent in found} - found:
            found |= more
        return sum(times[number] for number in found if number in times)


def measured(root: Path) -> dict[str, list[float]]:
    """The ratios of every round."""
    found: dict[str, list[float]] = {name: [] for name in (*LIMITS, "watch, new command")}
    cold = ours(root)
    for number in range(1, ROUNDS + 1):
        edit(root, 2 * number)
        new, three = ours(root), typst(root, corpus.SHARING)  # each waits for all that this process has started
        one = Watching(root)
        try:
            one.edited(root, 1)
            kept = one.edited(root, 1)
        finally:
            one.end()
        found["watch, whole build"].append(kept.wall / cold.wall)
        found["watch, new command"].append(kept.wall / new.wall)
        found["watch, typst"].append(kept.wall / three.wall)
        found["watch, new command, CPU"].append(kept.cpu / new.cpu)
        sys.stderr.write(f"round {number}: whole {cold}, new command {new}, watch {kept}, typst {three}\n")
    return found


def main() -> int:
    """Print each ratio beside its limit."""
    with tempfile.TemporaryDirectory() as folder:
        found = measured(made(Path(folder).resolve()))
    over = False
    for name, ratios in found.items():
        ratio, limit = median(ratios), LIMITS.get(name)
        over |= limit is not None and ratio > limit
        spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
        sys.stdout.write(f"{name:<26} {ratio:5.2f} ({spread})" + (f", at most {limit:g}\n" if limit else "\n"))
    return int(over)


if __name__ == "__main__":
    sys.exit(main())
