"""Ask other people's programs to read what openbrief writes: Argdown's own, and the Graphviz that comes with it.

npm installs them once, into build/argdown/, as tests/interchange/argdown/package-lock.json has them: each package is
checked against its hash, and none of their install scripts is run.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

PACKAGES = Path(__file__).parent / "argdown"
PLACE = Path(__file__).parents[2] / "build" / "argdown"
_DRAW = """
const draw = require("@aduh95/viz.js/sync");
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => draw(text))));
"""


def unavailable() -> str:
    """Why the programs can't run here, or nothing; installs them where npm is there and they are not."""
    if shutil.which("npm") is None or shutil.which("node") is None:
        return "there is no npm: install Node.js, the package npm on Debian"
    PLACE.mkdir(parents=True, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        return "" if _ready() else _install()


def _ready() -> bool:
    """Whether what the lock names was installed; the list is copied last."""
    done = PLACE / "installed.json"
    return done.exists() and done.read_bytes() == (PACKAGES / "package-lock.json").read_bytes()


def _install() -> str:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(PACKAGES / name, PLACE / name)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel", "error"]
    done = subprocess.run(command, cwd=PLACE, capture_output=True, text=True, check=False, timeout=240)
    if done.returncode:
        return f"npm could not install Argdown: {done.stderr.strip().splitlines()[-1:]}"
    shutil.copy(PACKAGES / "package-lock.json", PLACE / "installed.json")
    return ""


def argdown(texts: Mapping[str, str], folder: Path) -> dict[str, dict[str, Any]]:
    """What Argdown reads in each text, by name; AssertionError with its words where it refuses one."""
    for name, text in texts.items():
        (folder / f"{name}.argdown").write_text(text, encoding="utf-8")
    program = str(PLACE / "node_modules" / "@argdown" / "cli" / "dist" / "cli.js")
    command = ["node", program, "json", f"{folder}/*.argdown", str(folder / "read")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "NO_COLOR": "1"})
    said = done.stdout + done.stderr
    assert done.returncode == 0, said
    read = {name: folder / "read" / f"{name}.json" for name in texts}
    assert all(path.exists() for path in read.values()), said
    return {name: json.loads(path.read_text(encoding="utf-8")) for name, path in read.items()}


def drawn(texts: Sequence[str]) -> list[str]:
    """What Graphviz draws of each text in DOT, as SVG; AssertionError with its words where it refuses one."""
    done = subprocess.run(
        ["node", "-e", _DRAW], input=json.dumps(texts), cwd=PLACE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    drawings: list[str] = json.loads(done.stdout)
    return drawings
