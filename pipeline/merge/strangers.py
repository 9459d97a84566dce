"""Find what stands in the places of copies and is somebody else's: a folder and its journal in, problems out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from pipeline.folder import Folder, peek
from pipeline.merge.journal import JOURNAL, done, is_journal
from pipeline.problem import Mark, Problem, Refused

INDEX = "copies.csv"
STALE = "stale.txt"
"""Lists files that are there and say what no row says any more."""
MOST_NAMED = 20
"""How many copies of somebody else's are named."""
_HEAD = re.compile(rb'(?:\xef\xbb\xbf)?"?file"?[,;\t]"?id"?(?:[,;\t\r\n]|\Z)')
"""How a list of copies begins, also where a spreadsheet has saved it."""
_HINT = "name a folder that is empty or does not exist yet, or take the file away"


def check_places(folder: Folder, journal: bytes, paths: Iterable[str], there: frozenset[str]) -> None:
    """Raise Refused where something of somebody else's has the name of a file of ours, or of a copy.

    Copies are ours where a line of the journal names them; of what is there, names are given.
    """
    own = (path for path in (JOURNAL, INDEX, STALE) if path in there and not _is_ours(folder, path, journal))
    found = [_problem(folder, path, "openbrief would write a file of that name") for path in own]
    named = done(journal)
    found += _problems(folder, (path for path in paths if path in there and path not in named))
    if found:
        raise Refused(found)


def has_copies(folder: Path) -> bool:
    """Whether copies are written into a folder: a journal or a list of copies of ours is there."""
    found = ((test, peek(folder, name) or b"") for name, test in ((JOURNAL, is_journal), (INDEX, is_index)))
    return any(data.strip() and test(data) for test, data in found)


def is_index(data: bytes) -> bool:
    """Whether a file is a list of copies; one that holds nothing is anybody's."""
    return not data.strip() or bool(_HEAD.match(data))


def _is_ours(folder: Folder, path: str, journal: bytes) -> bool:
    """Whether a file of that name is the one that a merge has written; a link or a folder is none."""
    data = folder.read(path)
    if data is None:
        return False
    if path == STALE:
        return {*data.decode(errors="replace").split()} <= {*done(journal)}
    if path == INDEX:
        return is_index(data) and bool(journal.strip() or not data.strip())  # a journal is there before any list
    return is_journal(data)


def _problems(folder: Folder, paths: Iterator[str]) -> Iterator[Problem]:
    for path in islice(paths, MOST_NAMED):
        yield _problem(folder, path, "a copy would take its place")
    if more := sum(1 for _ in paths):
        message = f"{more} more files here stand in the places of copies, too"
        yield Problem(mark=Mark(file=str(folder.root)), message=message, rule="recipients", hint=_HINT)


def _problem(folder: Folder, path: str, why: str) -> Problem:
    message = f"this file was not made by `openbrief merge`, and {why}"
    return Problem(mark=Mark(file=str(folder.root / path)), message=message, rule="recipients", hint=_HINT)
