"""Cut a file of sources to those that are needed: text and names in, the same text without the other sources out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from pipeline.problem import Refused
from pipeline.source.document import read

LINE = re.compile("[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")


def only(text: str, file: str, ids: Collection[str]) -> str:
    """The text of sources.yaml without the sources that are not in `ids`, every other line as it is.

    Comments right above a source stay or go with it. A text that can't be cut between lines is given whole, and so is
    one of which nothing would be left. Raises Refused where the text can't be read.
    """
    document = read(text, file)
    data: Any = document.data
    items = data.get("references") if isinstance(data, dict) else None
    if not isinstance(items, list):
        return text
    lines = LINE.findall(text)
    starts = list(_starts(lines, [document.marks.value(("references", index)) for index in range(len(items))]))
    if None in starts:
        return text
    ends = [*starts[1:], len(lines)]
    kept = [isinstance(item, dict) and item.get("id") in ids for item in items]
    spans = zip(starts, ends, kept, strict=True)
    cut = "".join([*lines[: starts[0]], *(line for start, end, keep in spans if keep for line in lines[start:end])])
    wanted = {**data, "references": [item for item, keep in zip(items, kept, strict=True) if keep]}
    return cut if _reads(cut, file, wanted) else text


def _starts(lines: Sequence[str], marks: Sequence[Any]) -> Iterator[Any]:
    """The line on which each item or the comments above it begin, counted from 0; None where no line begins with it."""
    for mark in marks:
        start = mark.line - 1
        if lines[start][: mark.column - 1].lstrip("\ufeff").strip() != "-":
            yield None
            return
        while start > 0 and lines[start - 1].lstrip().startswith("#"):
            start -= 1
        yield start


def _reads(text: str, file: str, wanted: Any) -> bool:
    try:
        return bool(read(text, file).data == wanted)
    except Refused:
        return False
