"""Run what judges pages in node and in Chromium: the texts of pages in, what was seen out.

`web/` holds the scripts and the locked packages that they need. One visit to a page serves all checks of it, and one
run of a tool all pages that are named ahead.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.problem import ToolFailed
from pipeline.verify import tools
from pipeline.verify.finding import Finding

SECONDS = 300
"""What a tool may take for one page."""
KEPT = 256
"""Of how many pages the answers are kept."""


class Asked:
    """What a tool says of a page, or of another form; starting it takes long, so it is asked of many at once."""

    def __init__(self, ask: Callable[[Sequence[Path], Path], Sequence[Any]], ending: str = ".html") -> None:
        """Take a function that gives an answer for each of some files, and may write into a folder beside them."""
        self._ask, self._ending = ask, ending
        self._known: dict[str | bytes, Any] = {}

    def ahead(self, pages: Iterable[str | bytes]) -> None:
        """Ask of those pages that were not asked of yet; raises ToolFailed where the tool fails."""
        new = [page for page in dict.fromkeys(pages) if page not in self._known]
        if not new:
            return
        with tempfile.TemporaryDirectory(prefix="openbrief-verify-") as folder:
            files = [Path(folder, f"page-{number}{self._ending}") for number in range(len(new))]
            for file, page in zip(files, new, strict=True):
                file.write_bytes(page.encode() if isinstance(page, str) else page)
            self._known |= zip(new, self._ask(files, Path(folder)), strict=True)
        while len(self._known) > max(KEPT, len(new)):
            del self._known[next(iter(self._known))]

    def __call__(self, page: str | bytes) -> Any:
        """What it says of one page."""
        self.ahead([page])
        return self._known[page]


def scripted(script: str, *arguments: Callable[[], str | None]) -> Asked:
    """What a script of `web/` says of pages; the arguments before the result and the pages are found when it is run."""

    def ask(files: Sequence[Path], folder: Path) -> Sequence[Any]:
        result = folder / "result.json"
        given = [str(argument()) for argument in arguments]
        node = shutil.which("node") or "node"
        run([node, str(tools.WEB / script), *given, str(result), *map(str, files)], seconds=SECONDS * len(files))
        said: Sequence[Any] = json.loads(result.read_text(encoding="utf-8"))
        return said

    return Asked(ask)


visit = scripted("browse.mjs", tools.chromium)
"""What Chromium shows of a page at several sizes and in several looks: see `web/browse.mjs`."""


def run(
    command: list[str], *, codes: Iterable[int] = (0,), seconds: int = SECONDS
) -> subprocess.CompletedProcess[bytes]:
    """Run a tool to its end; raises ToolFailed where it can't be run, takes too long or ends with another code."""
    name = Path(command[0]).name
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=seconds, stdin=subprocess.DEVNULL)
    except OSError as error:
        raise ToolFailed(f"{name} can't be run: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"{name} has not ended after {seconds} seconds") from error
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
