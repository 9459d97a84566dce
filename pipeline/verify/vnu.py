"""The page is valid HTML, SVG and CSS, says vnu, the checker of the W3C's validator.

Stylesheets for paper use CSS Generated Content for Paged Media, which vnu does not know; these properties are
left out of account, and so are its warnings.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

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


def find(page: str) -> Iterator[Finding]:
    """Yield the errors, with lines and columns."""
    with tempfile.TemporaryDirectory(prefix="openbrief-verify-") as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        command = [shutil.which("java") or "java", "-jar", str(JAR), "--errors-only", "--format", "json", str(file)]
        done = browser.run(command, codes=(0, 1))
    for said in json.loads(done.stderr)["messages"]:
        if not PAGED.match(said["message"]):
            place = f"line {said.get('lastLine', '?')}, column {said.get('lastColumn', '?')}"
            yield Finding(message=said["message"], place=place)
