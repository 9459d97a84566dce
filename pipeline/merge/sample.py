"""Draw copies from a folder at random: the list of copies and a seed in, some of their files out.

Before anything is drawn, each file of the list must be there and be the copy that its row names: a file has in its
identifier (`/ID`) what the id of its copy is made of. Whoever sends files by the list sends nobody what is another's.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.folder import check_paths
from pipeline.merge.entries import printable
from pipeline.merge.roll import RULE
from pipeline.merge.strangers import INDEX
from pipeline.problem import Mark, Problem, Refused

END = 1 << 16
"""How many bytes at the end of a PDF hold its identifiers: the dictionary of its table of objects is there."""
MOST_PROBLEMS = 100
_IDENTIFIER = re.compile(rb"/ID ?\[\(([0-9a-f]{32})\)")


@dataclass(frozen=True, slots=True)
class Sample:
    """Some copies of a folder."""

    files: tuple[Path, ...]
    """In the order of their list."""
    of: int
    """How many copies there are."""


def holds_copies(folder: Path) -> bool:
    """Whether a folder is one that `openbrief merge` has written."""
    return (folder / INDEX).is_file()


def drawn(folder: Path, number: int, seed: str) -> Sample:
    """Draw so many copies, or all where there are fewer; the same seed draws the same ones of the same list.

    Raises Refused with each row whose file is missing or is another copy.
    """
    problems, chosen, total = list[Problem](), list[tuple[bytes, int, str]](), 0
    for line, cells in _rows(folder):
        total += 1
        mark = Mark(file=str(folder / INDEX), line=line)
        if wrong := _wrong(folder, cells):
            problems.append(Problem(mark=mark, rule=RULE, message=wrong, hint="run `openbrief merge` again"))
            if len(problems) >= MOST_PROBLEMS:
                break
            continue
        lot = hashlib.sha256("\0".join((seed, *cells[:2])).encode()).digest()
        # A heap keeps the lowest lots: each copy is as likely as any other, and no list is kept.
        _keep(chosen, number, (bytes(255 - byte for byte in lot), line, cells[0]))
    if problems:
        raise Refused(problems)
    return Sample(tuple(folder / name for _, _, name in sorted(chosen, key=lambda each: each[1])), total)


def _keep(chosen: list[tuple[bytes, int, str]], number: int, lot: tuple[bytes, int, str]) -> None:
    if len(chosen) < number:
        heapq.heappush(chosen, lot)
    else:
        heapq.heappushpop(chosen, lot)


def _rows(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row of the list with its line; raises Refused where it can't be read or is no such list."""
    name, reason = str(folder / INDEX), "it is no list of copies"
    try:
        with (folder / INDEX).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            if next(rows, [])[:2] == ["file", "id"]:
                for cells in rows:
                    yield rows.line_num, cells
                return
    except (OSError, ValueError, csv.Error) as error:
        reason = f"it can't be read: {error}"
    raise Refused([Problem(mark=Mark(file=name), rule=RULE, message=reason, hint="run `openbrief merge` again")])


def _wrong(folder: Path, cells: list[str]) -> str:
    """What is wrong with the file of a row; empty where it is the copy that the row names."""
    if len(cells) < 2:
        return "this row names no file and no id"
    name, id = cells[:2]
    try:
        check_paths([name])
    except ValueError:
        return f"{name!a} is no name of a copy"
    found = _identifier(folder / name)
    if found is None:
        return f"the copy {name} is not there"
    match = _IDENTIFIER.search(found)
    if not match:
        return f"{name} is no whole copy"
    own = printable(bytes.fromhex(match[1].decode()))
    return "" if own == id else f"{name} is the copy {own}, and this row's is {id}"


def _identifier(path: Path) -> bytes | None:
    """The end of a file; None where there is none."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as file:
        file.seek(max(0, os.fstat(descriptor).st_size - END))
        return file.read(END)
