"""A list of recipients is read as spreadsheets write it, row by row, and each fault has its place."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.merge.roll import Faults, Roll, Row, known_as, read_roll
from pipeline.problem import Refused


def _roll(folder: Path, data: bytes | str) -> Roll:
    path = folder / "list.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_roll(path, "list.csv")


def _rows(folder: Path, data: bytes | str) -> list[Row]:
    faults = Faults()
    rows = list(_roll(folder, data).rows(faults))
    assert not faults.problems
    return rows


def _faults(folder: Path, data: bytes | str) -> list[tuple[int, int, str]]:
    faults = Faults()
    try:
        list(_roll(folder, data).rows(faults))
    except Refused as refused:
        faults.problems += refused.problems
    return [(problem.mark.line, problem.mark.column, problem.message) for problem in faults.problems]


@pytest.mark.parametrize(
    "data",
    [
        "name,district\nAnna,Dalarna\n",
        "name;district\r\nAnna;Dalarna\r\n",
        "name\tdistrict\nAnna\tDalarna",
        b"\xef\xbb\xbfname,district\nAnna,Dalarna\n",
        'sep=|\nname|district\n"Anna"|Dalarna\n',
        '"name";"district"\n\n;;\n"Anna";"Dal\narna"\n'.replace("Dal\narna", "Dalarna"),
    ],
)
def test_reads_what_spreadsheets_write(tmp_path: Path, data: bytes | str) -> None:
    """Commas, semicolons and tabs, with and without a mark of the encoding, quoted and not; empty rows are none."""
    roll = _roll(tmp_path, data)
    (row,) = roll.rows(Faults())
    assert (roll.cell(row, "name"), roll.cell(row, "district"), row.number) == ("Anna", "Dalarna", 1)


def test_columns_have_names_in_any_writing(tmp_path: Path) -> None:
    """Capitals, spaces and strokes don't count; a column without a name is nobody's."""
    roll = _roll(tmp_path, "Local Figure,,E_MAIL\n1,2,3\n")
    assert dict(roll.columns) == {"local-figure": 0, "e-mail": 2}
    assert known_as(" LOCAL_figure ") == "local-figure"


def test_a_cell_knows_its_place(tmp_path: Path) -> None:
    """Behind quotes, separators in quotes and ends of lines."""
    roll = _roll(tmp_path, 'name,district,note\n\n"Karlsson, Anna","Dal\narna ""x""",last\n')
    (row,) = roll.rows(Faults())
    assert row.cells == ("Karlsson, Anna", 'Dal arna "x"', "last")
    marks = [roll.mark(row, place) for place in range(3)]
    assert [(mark.line, mark.column) for mark in marks] == [(3, 1), (3, 18), (4, 13)]
    assert marks[2].excerpt == 'arna ""x""",last'


@pytest.mark.parametrize(
    ("data", "found"),
    [
        ("", (1, 1, "the first row names no columns")),
        ("name,Name\n", (1, 6, "two columns are called 'Name'")),
        (b"\xff\xfen\x00", (1, 1, "the list is UTF-16")),
        (b"name\nS\xf8ren\n", (2, 2, "the list is not UTF-8: the byte 0xf8 stands here")),
        ("name\na,b\n", (2, 3, "this row has more cells than the first")),
        ('name\nx\n"open\nand on\n', (3, 1, "a quotation mark that opens in this row is never closed")),
        ('name\n"open" or\n', (2, 1, "a quotation mark stands inside a cell")),
        ("name\rx\r", (1, 1, "the lines end as on old Macs")),
        ('name\n"' + "x\n" * 20_000, (2, 1, "this row is longer than 20,000 characters")),
    ],
)
def test_what_is_no_list_is_refused_at_its_place(
    tmp_path: Path, data: bytes | str, found: tuple[int, int, str]
) -> None:
    """With its line and column, and never a traceback."""
    assert _faults(tmp_path, data) == [found]


CELLS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), max_size=30)


@settings(max_examples=60)
@given(rows=st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=6), sign=st.sampled_from(",;\t"))
def test_what_was_written_is_read(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], sign: str) -> None:
    """Whatever stands in a cell, and every cell is where its mark says."""
    text = io.StringIO()
    csv.writer(text, delimiter=sign, lineterminator="\r\n").writerows([["a", "b", "c"], *rows])
    read = _rows(tmp_path_factory.mktemp("roll"), text.getvalue())
    kept = [[" ".join(cell.split(" ")).strip(" ") for cell in row] for row in rows if any(cell.strip() for cell in row)]
    assert [[" ".join(part for part in cell.split(" ") if part) for cell in row] for row in kept] == [
        list(row.cells) for row in read
    ]


@settings(max_examples=100)
@given(data=st.binary(max_size=200))
def test_no_bytes_break_it(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Anything at all is rows or problems."""
    folder = tmp_path_factory.mktemp("roll")
    for line, column, message in _faults(folder, data) + _faults(folder, b"a;b\n" + data):
        assert line >= 1
        assert column >= 1
        assert message
