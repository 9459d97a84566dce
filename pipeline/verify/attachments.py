"""The PDF carries what it was made from: every file that its record lists, once, unchanged and dated as the PDF is.

Whoever receives it can then make it again, and no viewer shows a file twice, or saves one outside the folder that it
was told.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.enclosed import RECORD, Unsound, enclosed, shown
from pipeline.forms import enclosed_as
from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)+")
"""A name that is one on every system, and no path."""
RELATIONSHIPS = ("/Source", "/Data", "/Supplement")


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield what is missing from the record or from the file, changed, listed twice, dated otherwise or badly named."""
    try:
        inside = enclosed(pdf)
    except Unsound as unsound:
        yield Finding(message=str(unsound))
        return
    if RECORD not in inside:
        yield Finding(message=f"no {RECORD} is inside, which says what it was made from")
    else:
        yield from _recorded(inside)
    if list(inside) != sorted(inside):
        yield Finding(message="the files inside are not in the order of their names, so viewers don't find them")
    for name in inside:
        if not SAFE.fullmatch(name):
            yield Finding(message=f"a file inside is called {shown(name)}, which is no name on every system")
    with document_of(pdf) as document:
        yield from _associated(document, list(inside))


def _recorded(inside: Mapping[str, bytes]) -> Iterator[Finding]:
    """Compare the files with the record of them."""
    listed = {enclosed_as(item["path"]): item["sha256"] for item in json.loads(inside[RECORD])["files"]}
    for name in sorted({*listed, *inside} - {RECORD}):
        if name not in inside:
            yield Finding(message=f"the record lists {shown(name)}, which is not inside")
        elif name not in listed:
            yield Finding(message=f"{shown(name)} is inside, and the record doesn't list it")
        elif hashlib.sha256(inside[name]).hexdigest() != listed[name]:
            yield Finding(message=f"{shown(name)} is not what the record says")


def _associated(document: Any, names: list[str]) -> Iterator[Finding]:
    """Look at the files that belong to the document, and at what is said of each."""
    items = list(document.Root.get("/AF", ()))
    found = [str(item.get("/UF", "")) for item in items]
    for name in sorted({*found, *names}):
        if found.count(name) != 1 or name not in names:
            times = found.count(name)
            yield Finding(message=f"{shown(name)} stands {times} times among the files that belong to the document")
    day = str(document.docinfo.get("/CreationDate", ""))
    for name, item in zip(found, items, strict=True):
        for finding in _described(item, day):
            yield Finding(message=finding, place=name)


def _described(item: Any, day: str) -> Iterator[str]:
    content = item.EF.F
    params = content.get("/Params", {})
    if str(item.get("/AFRelationship")) not in RELATIONSHIPS:
        yield f"it is not said what it is to the document, which must be one of {', '.join(RELATIONSHIPS)}"
    if not str(item.get("/Desc", "")).strip():
        yield "it has no description"
    if "/Subtype" not in content:
        yield "it has no media type"
    for key in ("/CreationDate", "/ModDate"):
        if not day or not str(params.get(key, "")).startswith(day):
            yield f"its {key[1:]} is not the day of the PDF, {day}"
    if int(params.get("/Size", -1)) != len(content.get_stream_buffer()):
        yield "its size is not what is said of it"
