"""The page is valid HTML, SVG and CSS, says vnu, the checker of the W3C's validator.

Stylesheets for paper use CSS Generated Content for Paged Media, which vnu does not know; these properties are
left out of account, and so are its warnings.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pipeline.verify import browser, tools
from pipeline.verify.finding import Finding

TOOLS = (tools.JAVA, tools.PACKAGES)
JAR = tools.WEB / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
PAGED = re.compile(
    "CSS: “(string-set|bookmark-level|bookmark-label|hyphenate-character|hyphenate-limit-[a-z]+)”: Property “.*” "
    "doesn't exist|CSS: “content”: “(string|target-counter)\\(.*is not a “content” value"
    "|CSS: “font-variant-numeric”: Property .* but exists in"
    "|CSS: Unrecognized at-rule “@starting-style”"
)
"""What vnu says of CSS that it does not know yet."""


def _ask(files: Sequence[Path], _folder: Path) -> Sequence[Any]:
    """What vnu says of each file, in one run; it names each by its address."""
    command = [shutil.which("java") or "java", "-jar", str(JAR), "--errors-only", "--format", "json", *map(str, files)]
    done = browser.run(command, codes=(0, 1), seconds=browser.SECONDS * len(files))
    said: dict[str, list[Any]] = {file.as_uri(): [] for file in files}
    for message in json.loads(done.stderr)["messages"]:
        address = re.sub("^file:/+", "file:///", message.get("url", ""))
        said.get(address, said[files[0].as_uri()]).append(message)  # what is said of no file is still said
    return list(said.values())


AHEAD = browser.Asked(_ask)


def find(page: str) -> Iterator[Finding]:
    """Yield the errors, with lines and columns."""
    for said in AHEAD(page):
        if not PAGED.match(said["message"]):
            place = f"line {said.get('lastLine', '?')}, column {said.get('lastColumn', '?')}"
            yield Finding(message=said["message"], place=place)
