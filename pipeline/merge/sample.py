"""Draw copies from a folder at random: the list of copies and a seed in, some of their files out.

Before anything is drawn, each file of the list must be there and be the copy that its row names, and so must the Word
document and the page beside it. Whoever sends files by the list sends nobody what is another's.
"""

from __future__ import annotations

import csv
import hashlib
import heapq
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.folder import check_paths, peek
from pipeline.merge.identity import copy_of
from pipeline.merge.journal import JOURNAL, UNDONE, done
from pipeline.merge.roll import RULE
from pipeline.merge.strangers import INDEX
from pipeline.problem import Mark, Problem, Refused, ToolFailed

MOST_PROBLEMS = 100
BESIDE = {"docx": ("Word document", "Word documents"), "html": ("page", "pages")}
"""In which forms a copy may be there besides PDF, and what these are called."""
_AGAIN = "run `openbrief merge` again"


@dataclass(frozen=True, slots=True)
class Sample:
    """Some copies of a folder."""

    files: tuple[Path, ...]
    """In the order of their list."""
    of: int
    """How many copies there are."""
    beside: Mapping[str, int]
    """How many there are in other forms, too."""

    @property
    def said(self) -> str:
        """What was found of them, in words."""
        others = [f"{number:,} {BESIDE[form][number != 1]}" for form, number in self.beside.items() if number]
        also = f", as {'is' if list(self.beside.values()) == [1] else 'are'} {' and '.join(others)}" if others else ""
        return f"each of {self.of:,} copies is that of its row{also}, {len(self.files):,} drawn at random"


def holds_copies(folder: Path) -> bool:
    """Whether a folder is one that `openbrief merge` has written; raises ToolFailed where it can't be looked into."""
    with _reading(folder):
        return (folder / INDEX).is_file()


def drawn(folder: Path, number: int, seed: str) -> Sample:
    """Draw so many copies, or all where there are fewer; the same seed draws the same ones of the same list.

    Raises Refused with each row one of whose files is missing or is another copy, and ToolFailed where one can't be
    read.
    """
    problems, chosen, total = list[Problem](), list[tuple[bytes, int, str]](), 0
    beside, counted = _beside(folder), Counter[str]()
    for line, cells in _rows(folder):
        total += 1
        mark = Mark(file=str(folder / INDEX), line=line)
        wrong = list(_wrong(folder, cells, beside, counted))
        problems += (Problem(mark=mark, rule=RULE, message=message, hint=hint) for message, hint in wrong)
        if len(problems) >= MOST_PROBLEMS:
            break
        if not wrong:
            lot = hashlib.sha256("\0".join((seed, *cells[:2])).encode()).digest()
            # A heap keeps the lowest lots: each copy is as likely as any other, and no list is kept.
            _keep(chosen, number, (bytes(255 - byte for byte in lot), line, cells[0]))
    if problems:
        raise Refused(problems)
    files = tuple(folder / name for _, _, name in sorted(chosen, key=lambda each: each[1]))
    return Sample(files, total, {form: counted[form] for form in BESIDE if counted[form]})


@contextmanager
def _reading(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ToolFailed:
    return ToolFailed(f"can't read {path}: {error.strerror}")


def _beside(folder: Path) -> frozenset[str]:
    """The names of what is there, or should be as the journal has it."""
    with _reading(folder):
        there = {path.name for path in folder.iterdir()}
    finished = {path for path, (key, _) in done(peek(folder, JOURNAL) or b"").items() if key != UNDONE}
    return frozenset(there | finished)


def _keep(chosen: list[tuple[bytes, int, str]], number: int, lot: tuple[bytes, int, str]) -> None:
    if len(chosen) < number:
        heapq.heappush(chosen, lot)
    else:
        heapq.heappushpop(chosen, lot)


def _rows(folder: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row of the list with its line; raises Refused where it can't be read or is no such list."""
    name, reason = str(folder / INDEX), "it is no list of copies"
    try:
        with _reading(folder / INDEX), (folder / INDEX).open(encoding="utf-8-sig", newline="") as file:
            rows = csv.reader(file)
            if next(rows, [])[:2] == ["file", "id"]:
                for cells in rows:
                    yield rows.line_num, cells
                return
    except (ValueError, csv.Error) as error:
        reason = f"it can't be read: {error}"
    raise Refused([Problem(mark=Mark(file=name), rule=RULE, message=reason, hint=_AGAIN)])


def _wrong(folder: Path, cells: list[str], beside: frozenset[str], counted: Counter[str]) -> Iterator[tuple[str, str]]:
    """Say what is wrong with the files of a row, and what to do; count those in other forms."""
    if len(cells) < 2:
        yield "this row names no file and no id", _AGAIN
        return
    name, id = cells[:2]
    stem = name.removesuffix(".pdf")
    try:
        check_paths([name])
    except ValueError:
        stem = ""
    if not stem or stem == name:
        yield f"{name!a} is no name of a copy", _AGAIN
        return
    if said := _another(folder / name, id):
        yield said, _AGAIN
    for form in BESIDE:
        if (other := f"{stem}.{form}") in beside:
            counted[form] += 1
            if said := _another(folder / other, id):
                yield said, f"{_AGAIN}, with --{form}, or with --clean to do without"


def _another(path: Path, id: str) -> str:
    """What is wrong with a file; empty where it is the copy of that id."""
    try:
        own = copy_of(path)
    except FileNotFoundError:
        return f"the copy {path.name} is not there"
    except OSError as error:
        raise _unreadable(path, error) from error
    if not own:
        return f"{path.name} is no whole copy"
    return "" if own == id else f"{path.name} is the copy {own}, and this row's is {id}"
