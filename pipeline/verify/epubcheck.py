"""Ask EPUBCheck, the W3C's judge of books, what is wrong with one, inside this process: bytes in, messages out.

The package epubcheck carries its jars; the first book takes seconds, every other a tenth of one.
"""

from __future__ import annotations

import functools
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.verify import jvm, tools
from pipeline.verify.finding import Finding

TOOLS = (tools.JAVA, tools.JPYPE, tools.VERAPDF, tools.EPUBCHECK)
NAMED = "book.epub"
"""What the book is called while it is looked at."""


def messages(book: bytes) -> Iterator[Finding]:
    """Yield what EPUBCheck says; it never raises for a book, whatever that holds."""
    with tempfile.TemporaryDirectory(prefix="openbrief-verify-") as folder:
        path = Path(folder, NAMED)
        path.write_bytes(book)
        said = _said(path)
    for message in said["messages"]:
        places = message["locations"]
        more = int(message.get("additionalLocations", 0))
        yield Finding(
            message=" ".join(message["message"].replace(str(path), NAMED).split()),
            place="; ".join(dict.fromkeys(_place(each, path) for each in places[:3])),
            rule=message["ID"],
            times=max(1, len(places) + more),
        )


def _place(location: dict[str, Any], path: Path) -> str:
    inside = str(location["path"]).removeprefix(str(path)).removeprefix("/") or NAMED
    return f"{inside}:{location['line']}:{location['column']}" if location["line"] > 0 else inside


@functools.cache
def _judge() -> jvm.Apart:
    return jvm.Apart(jvm.inside("epubcheck", ""))


def _said(path: Path) -> Any:
    """What it reports, as data; every message of it is an error, a warning or worse."""
    judge = _judge()
    from java.io import File, PrintWriter, StringWriter

    written = StringWriter()
    with judge.classes() as found:
        report = found("com.adobe.epubcheck.reporting.CheckingReport")(PrintWriter(written), str(path))
        report.initialize()
        found("com.adobe.epubcheck.api.EpubCheck")(File(str(path)), report).doValidate()
        report.generate()
    said = json.loads(str(written))
    said["messages"] = [each for each in said["messages"] if each["severity"] in {"FATAL", "ERROR", "WARNING"}]
    return said
