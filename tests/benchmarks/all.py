"""Run every benchmark of this folder, one after the other: a table on the terminal, and build/bench.json.

`python tests/benchmarks/all.py`. One that goes beyond its limit is marked, and ends this with 1 when all have run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def run(file: Path) -> dict[str, str | bool]:
    """Run one benchmark; what it said, and whether it kept its limit."""
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, cwd=ROOT, check=False)
    said = done.stdout.strip() or done.stderr.strip()
    return {"name": file.stem, "kept": done.returncode == 0, "said": said}


def main() -> int:
    """Print a row for each as it ends, and keep them all."""
    found = []
    for file in sorted(HERE.glob("*_time.py")):
        found.append(row := run(file))
        first, *rest = str(row["said"]).splitlines() or [""]
        sys.stdout.write(f"{row['name']:12}  {'kept' if row['kept'] else 'OVER'}  {first}\n")
        sys.stdout.writelines(f"{'':20}{line}\n" for line in rest)
        sys.stdout.flush()
    folder = ROOT / "build"
    folder.mkdir(exist_ok=True)
    (folder / "bench.json").write_text(json.dumps(found, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return int(not all(row["kept"] for row in found))


if __name__ == "__main__":
    sys.exit(main())
