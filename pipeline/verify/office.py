"""Let LibreOffice open Word documents: bytes in, what its PDF of each holds out.

One start serves many documents. It has a profile of its own, which goes with the run, asks no network and runs no
macro; whatever it started ends with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.problem import ToolFailed
from pipeline.verify import browser, tags, tools
from pipeline.verify.finding import ASTRAY
from pipeline.verify.reading import document_of
from pipeline.verify.told import plain

TOOLS = (tools.LIBREOFFICE, tools.PIKEPDF)
SECONDS = 120
"""What it may take to start, and what it may take for one document."""
FILTER = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
SETTINGS = """\
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" \
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetProxyType" oor:op="fuse"><value>1</value></prop>\
</item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyName" oor:op="fuse">\
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPSProxyPort" oor:op="fuse"><value>9</value>\
</prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyName" oor:op="fuse">\
<value>127.0.0.1</value></prop></item>
<item oor:path="/org.openoffice.Inet/Settings"><prop oor:name="ooInetHTTPProxyPort" oor:op="fuse"><value>9</value>\
</prop></item>
</oor:items>
"""
"""What is linked to from afar is not fetched; were it asked for, it would be asked of a port that nobody answers at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """What LibreOffice makes of a Word document."""

    headings: tuple[tuple[int, str], ...]
    """Level and words of each bookmark of the PDF."""
    figures: int
    """Pictures with a description."""
    bare: int
    """Pictures without one."""
    tables: int
    """Tables that begin with a row of header cells."""
    headless: int
    """Tables that don't."""
    size: tuple[int, int]
    """Width and height of the first page, in points."""


def _ask(files: Sequence[Path], folder: Path) -> Sequence[Shown | str]:
    """What it shows of each file, or why it shows nothing; those that a whole run has no PDF of are tried alone."""
    _convert(files, folder)
    for file in files:
        if len(files) > 1 and not _pdf(file).exists():
            _convert([file], folder)
    return [_shown(_pdf(file)) for file in files]


ASK = browser.Asked(_ask, ".docx")


def _pdf(file: Path) -> Path:
    return file.with_suffix(".pdf")


def _convert(files: Sequence[Path], folder: Path) -> None:
    """Run it on some files to its end, and end what it has left; raises ToolFailed where it can't be run."""
    with tempfile.TemporaryDirectory(prefix="office-", dir=folder) as home:
        profile = Path(home, "profile")
        (profile / "user").mkdir(parents=True)
        (profile / "user" / "registrymodifications.xcu").write_text(SETTINGS, encoding="utf-8")
        command = [
            tools.office() or "soffice",
            f"-env:UserInstallation={profile.as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--convert-to", FILTER),
            *("--outdir", str(folder), *map(str, files)),
        ]
        environment = {"PATH": os.defpath, "HOME": home, "TMPDIR": home, "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
        _run(command, environment, SECONDS * (1 + len(files)))


def _run(command: Sequence[str], environment: dict[str, str], seconds: int) -> None:
    nothing = subprocess.DEVNULL
    try:
        process = subprocess.Popen(
            command, stdin=nothing, stdout=nothing, stderr=nothing, env=environment, start_new_session=True
        )
    except OSError as error:
        raise ToolFailed(f"LibreOffice can't be run: {error.strerror}") from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired as error:
        raise ToolFailed(f"LibreOffice has not ended after {seconds} seconds") from error
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started, which are of its own session."""
    if hasattr(os, "killpg"):
        with contextlib.suppress(ProcessLookupError):  # all have ended
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _shown(pdf: Path) -> Shown | str:
    if not pdf.exists():
        return "LibreOffice can't open it"
    try:
        with document_of(pdf.read_bytes()) as document:
            elements = list(tags.structure(document).elements())
            with document.open_outline() as outline:
                headings = tuple(_bookmarks(outline.root, 1))
            tables = [any(each.kind == "TH" for each in _first_row(it)) for it in elements if it.kind == "Table"]
            figures = [bool(each.alternative) for each in elements if each.kind == "Figure"]
            left, bottom, right, top = map(float, document.pages[0].mediabox)
            return Shown(
                headings=headings,
                figures=sum(figures),
                bare=len(figures) - sum(figures),
                tables=sum(tables),
                headless=len(tables) - sum(tables),
                size=(round(right - left), round(top - bottom)),
            )
    except ASTRAY as error:
        return f"what LibreOffice makes of it can't be read: {error}"


def _first_row(table: tags.Element) -> Iterator[tags.Element]:
    row = next((each for each in table.elements() if each.kind == "TR"), None)
    return row.elements() if row else iter(())


def _bookmarks(items: Any, level: int) -> Iterator[tuple[int, str]]:
    for item in items:
        yield level, plain(str(item.title))
        yield from _bookmarks(item.children, level + 1)
