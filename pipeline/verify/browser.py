"""Run what judges a page in node and in Chromium: the text of a page in, what was seen out.

`web/` holds the scripts and the locked packages that they need. One visit to a page serves all checks of it.
"""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.problem import ToolFailed
from pipeline.verify import tools
from pipeline.verify.finding import Finding

SECONDS = 300
"""What a visit may take."""


@functools.lru_cache(maxsize=16)
def visit(page: str) -> Mapping[str, Any]:
    """What Chromium shows of a page at several sizes and in several looks: see `web/browse.mjs`."""
    seen: Mapping[str, Any] = asked("browse.mjs", page, str(tools.chromium()))
    return seen


def asked(script: str, page: str, *arguments: str) -> Any:
    """What a script of `web/` says of a page; raises ToolFailed where it fails."""
    with tempfile.TemporaryDirectory(prefix="openbrief-verify-") as folder:
        file, result = Path(folder) / "page.html", Path(folder) / "result.json"
        file.write_text(page, encoding="utf-8")
        run([shutil.which("node") or "node", str(tools.WEB / script), *arguments, str(file), str(result)])
        return json.loads(result.read_text(encoding="utf-8"))


def run(command: list[str], *, codes: Iterable[int] = (0,)) -> subprocess.CompletedProcess[bytes]:
    """Run a tool to its end; raises ToolFailed where it can't be run, takes too long or ends with another code."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=SECONDS, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise ToolFailed(f"{name} can't be run: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"{name} has not ended after {SECONDS} seconds") from error
    if done.returncode not in codes:
        raise ToolFailed(f"{name} failed: {done.stderr.decode(errors='replace').strip()[-500:]}")
    return done


def findings(said: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    """Yield a finding for each thing that was said, with all places where it was."""
    places: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for each in said:
        places.setdefault((each.get("rule", ""), each["message"]), []).append(each)
    for (rule, message), several in places.items():
        place = "; ".join(dict.fromkeys(each["place"] for each in several if each.get("place")))
        yield Finding(message=message, rule=rule, place=place, times=max(each.get("times", 1) for each in several))
