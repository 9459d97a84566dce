"""Time `--help` of every command as a ratio to an empty Python: `python tests/benchmarks/help_time.py`.

Both are run turn by turn, so that other load falls on both; the median of the ratios is printed, and one
above LIMIT ends with 1.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from statistics import median

LIMIT = 12.0
ROUNDS = 15
COMMANDS = ((), ("build",), ("check",), ("list",), ("explain",), ("schema",))


def seconds(*arguments: str) -> float:
    """Wall time of one run of this Python."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, cwd=Path(__file__).parents[2])
    return time.perf_counter() - begun


def ratio(command: tuple[str, ...], rounds: int = ROUNDS) -> float:
    """The median ratio of `openbrief COMMAND --help` to `python -c pass`."""
    pairs = [(seconds("-m", "pipeline", *command, "--help"), seconds("-c", "pass")) for _ in range(rounds)]
    return median(mine / empty for mine, empty in pairs)


def main() -> int:
    """Print the ratio of each command."""
    ratios = {command: ratio(command) for command in COMMANDS}
    for command, value in ratios.items():
        sys.stdout.write(f"{' '.join(('openbrief', *command, '--help')):<28} {value:5.1f} x python -c pass\n")
    return int(max(ratios.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
