"""Read a list of recipients: a CSV file in, its rows one at a time out, each cell with its place.

A row is never kept, so that a list may be of any length. The first row names the columns; how their names are written
doesn't count: `Local figure` is `local-figure`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from pipeline.problem import Mark, Problem, Refused, in_order
from pipeline.source.characters import HIDDEN, hidden_character, visible

RULE = "recipients"
DELIMITERS = (",", ";", "\t")
MOST_CHARACTERS = 20_000
"""How long a row may be; what is longer has a quotation mark that nothing closes."""
MOST_IN_CELL = 500
MOST_PROBLEMS = 100
"""How many errors of a list are told at once, and how many of its rows that stand there twice."""
_BLANK = re.compile(r"[ \t\r\n]+")
_SEPARATOR = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""What Excel writes before the first row, and reads."""
_ENCODINGS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
_FAULTS = {
    "unexpected end of data": ("a quotation mark that opens in this row is never closed", "close it, or double it"),
    "expected after": ("a quotation mark stands inside a cell", "set the cell in quotation marks, and double this one"),
    "new-line": ("the lines end as on old Macs", "save the list with line ends of Windows or Unix"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One recipient."""

    number: int
    """Counts recipients from 1."""
    line: int
    """Where the row begins in its file."""
    cells: tuple[str, ...]
    raw: str
    """The row as the file has it."""


@dataclass(frozen=True, slots=True)
class Roll:
    """A list of recipients whose first row has been read."""

    path: Path
    name: str
    """The file as marks and problems call it."""
    delimiter: str
    columns: Mapping[str, int]
    """The place of each column in a row, by its name as `known_as` writes it."""
    heads: tuple[str, ...]
    head: Mark
    """Where the first row stands."""
    first: int
    """The line that comes next."""

    def rows(self, faults: Faults) -> Iterator[Row]:
        """Yield each row that holds something, and tell `faults` of what can't be read."""
        with self.path.open("rb") as file:
            lines = _Lines(file, self.name)
            yield from self._rows(lines, faults)

    def _rows(self, lines: _Lines, faults: Faults) -> Iterator[Row]:
        try:
            for _ in range(self.first - 1):
                next(lines)
            lines.begin()
            number = 0
            for cells in csv.reader(lines, delimiter=self.delimiter, strict=True):
                line, raw = lines.begin()
                if any(cell.strip() for cell in cells):
                    number += 1
                    row = Row(number, line, tuple(_BLANK.sub(" ", cell).strip(" ") for cell in cells), raw)
                    if any(row.cells[len(self.heads) :]):
                        faults.add(self.mark(row, len(self.heads)), "this row has more cells than the first", _SHIFTED)
                    yield row
        except csv.Error as error:
            line, raw = lines.begin()
            faults.add(Mark(file=self.name, line=line, excerpt=_first(raw)), *_said(str(error)))
        except Refused as refused:
            faults.problems += refused.problems

    def cell(self, row: Row, column: str) -> str:
        """What stands in a column; nothing where the list has no such column, or the row ends before."""
        place = self.columns.get(column)
        return row.cells[place] if place is not None and place < len(row.cells) else ""

    def mark(self, row: Row, place: int) -> Mark:
        """Where a row's cell of that number stands."""
        line, column, lines = row.line, 1, row.raw.split("\n")
        starts = _starts(row.raw, self.delimiter)
        if place < len(starts):
            before = row.raw[: starts[place]]
            line, column = row.line + before.count("\n"), len(before.rpartition("\n")[2]) + 1
        return Mark(file=self.name, line=line, column=column, excerpt=visible(lines[line - row.line].rstrip("\r")))

    def mark_of(self, row: Row, column: str) -> Mark:
        """Where a row's cell of that column stands."""
        return self.mark(row, self.columns.get(column, 0))


_SHIFTED = "set a cell that has the sign between cells in it in quotation marks"


@dataclass(slots=True)
class Faults:
    """Keeps the first problems of a list; its warnings apart, for no number of them ends the reading."""

    problems: list[Problem] = field(default_factory=list)
    """The errors."""
    repeats: list[Problem] = field(default_factory=list)
    """A warning for each of the first rows that stand there twice."""
    more: int = 0
    """How many rows stand there twice behind these."""
    beyond: Mark | None = None
    """Where the first of them is."""

    def add(self, mark: Mark, message: str, hint: str = "") -> None:
        """Keep a problem."""
        self.problems.append(Problem(mark=mark, rule=RULE, message=message, hint=hint))

    def repeat(self, mark: Mark, first: int) -> None:
        """Keep a warning of a row that is the one of line `first` again; where there are many, count it."""
        if len(self.repeats) < MOST_PROBLEMS:
            self.repeats.append(_again(mark, f"this row is that of line {first} again, and gets no second copy"))
        else:
            self.more += 1
            self.beyond = self.beyond or mark

    @property
    def enough(self) -> bool:
        """Whether there are as many errors as are told at once."""
        return len(self.problems) >= MOST_PROBLEMS

    @property
    def told(self) -> tuple[Problem, ...]:
        """All that is told of the list, in its order."""
        rest = []
        if self.beyond:
            which = "1 more row is one" if self.more == 1 else f"{self.more:,} more rows, from this one on, are some"
            rest.append(_again(self.beyond, f"and {which} of those above again, and no second copy is made"))
        return in_order([*self.problems, *self.repeats, *rest])


def known_as(name: str) -> str:
    """A column's name as it is compared: small letters, with hyphens between words."""
    return re.sub(r"[\s_-]+", "-", name.strip()).casefold()


def read_roll(path: Path, name: str) -> Roll:
    """Read the first row of a list; raises Refused where there is none, or it is no such file."""
    if not path.is_file():
        raise _refused(Mark(file=name), "this is not a plain file", "name a CSV file")
    with path.open("rb") as file:
        lines = _Lines(file, name)
        first, delimiter = next(lines, ""), ""
        if found := _SEPARATOR.fullmatch(first):
            delimiter = found[1]
            first = next(lines, "")
        delimiter = delimiter or max(DELIMITERS, key=lambda sign: len(_starts(first, sign)))
        try:
            cells = next(csv.reader(_chained(first, lines), delimiter=delimiter, strict=True), [])
        except (csv.Error, TypeError) as error:
            raise _refused(Mark(file=name, excerpt=visible(_first(first))), *_said(str(error))) from None
        return _roll(path, lines, delimiter, cells)


def _roll(path: Path, lines: _Lines, delimiter: str, cells: Sequence[str]) -> Roll:
    line, raw = lines.begin()
    line = line + 1 if _SEPARATOR.match(raw) else line
    raw = _SEPARATOR.sub("", raw, count=1)
    head = Row(0, line, tuple(_BLANK.sub(" ", cell).strip(" ") for cell in cells), raw)
    bare = Roll(path, lines.name, delimiter, {}, head.cells, Mark(file=lines.name, line=line), lines.line)
    if not any(head.cells):
        raise _refused(bare.head, "the first row names no columns", "name each column in the first row of the list")
    problems, columns = [], dict[str, int]()
    for place, cell in enumerate(head.cells):
        if cell and columns.setdefault(known_as(cell), place) != place:
            problems.append(
                _problem(bare.mark(head, place), f"two columns are called '{cell}'", "give one another name")
            )
        if hidden := HIDDEN.search(cell):
            problems.append(hidden_character(bare.mark(head, place), hidden))
    if problems:
        raise Refused(problems)
    mark = Mark(file=lines.name, line=line, excerpt=visible(_first(raw)))
    return Roll(path, lines.name, delimiter, columns, head.cells, mark, lines.line)


class _Lines(Iterator[str]):
    """The lines of a file, decoded one by one; they keep the row that is being read."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        self.file, self.name = file, name
        self.line, self.start, self.row = 1, 1, list[str]()
        self.length = 0
        """The number of the next line; the number of the row's first line, its lines, and how long they are."""

    def __next__(self) -> str:
        data = self.file.readline(MOST_CHARACTERS * 4)
        if not data:
            raise StopIteration
        if self.line == 1:
            if data[:2] in _ENCODINGS:
                raise _refused(Mark(file=self.name), "the list is UTF-16", "save it as `CSV UTF-8`")
            data = data.removeprefix(b"\xef\xbb\xbf")
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start].decode("utf-8")
            mark = Mark(file=self.name, line=self.line, column=len(before) + 1, excerpt=visible(before))
            message = f"the list is not UTF-8: the byte {data[error.start]:#04x} stands here"
            raise _refused(mark, message, "save it as `CSV UTF-8`") from None
        self.line += 1
        self.row.append(text)
        self.length += len(text)
        if self.length > MOST_CHARACTERS:
            mark = Mark(file=self.name, line=self.start, excerpt=visible(_first(self.row[0]))[:200])
            message = f"this row is longer than {MOST_CHARACTERS:,} characters"
            raise _refused(mark, message, "look for a quotation mark that opens in it and is never closed")
        return text

    def begin(self) -> tuple[int, str]:
        """Give where the row that was read begins, and the row; what comes next is another."""
        start, raw = self.start, "".join(self.row)
        self.start, self.row, self.length = self.line, [], 0
        return start, raw


def _chained(first: str, lines: Iterator[str]) -> Iterator[str]:
    if first:
        yield first
    yield from lines


def _starts(raw: str, delimiter: str) -> list[int]:
    """Where each cell of a row begins."""
    starts, quoted = [0], False
    for place, sign in enumerate(raw):
        if sign == '"' and (quoted or place == starts[-1] or raw[place - 1] == '"'):
            quoted = not quoted
        elif sign == delimiter and not quoted:
            starts.append(place + 1)
    return starts


def _first(raw: str) -> str:
    return raw.split("\n", maxsplit=1)[0].rstrip("\r")


def _said(error: str) -> tuple[str, str]:
    return next((said for part, said in _FAULTS.items() if part in error), (f"this row can't be read: {error}", ""))


def _problem(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark=mark, rule=RULE, message=message, hint=hint)


def _again(mark: Mark, message: str) -> Problem:
    return Problem(mark=mark, rule=RULE, severity="warning", message=message, hint="delete one of them")


def _refused(mark: Mark, message: str, hint: str) -> Refused:
    return Refused([_problem(mark, message, hint)])
