"""CSV can be read back, and a spreadsheet computes nothing from it."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sheet import as_csv


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_formulas_are_defused(cell: str) -> None:
    """An apostrophe makes text of what a spreadsheet would compute."""
    assert as_csv([[cell]]).lstrip('"').startswith("'")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
@pytest.mark.parametrize(
    "cell", ["a;=cmd()", "a;\t =1", 'a";"=1', "a\t@SUM(A1)", 'x;""=1', "two\n=1", "a;;-1", "a;\uff1d1", "Dear =1; +1"]
)
def test_formulas_are_defused_wherever_cells_are_parted(cell: str, sign: str) -> None:
    """A spreadsheet that splits at semicolons or tabs, as many do, finds none either; nor does one without quotes."""
    text = as_csv([["name", cell, "end"], ["Anna", cell, "end"]])
    split = [part for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign) for part in row]
    for part in (*split, *re.split(f"[{sign}\n]", text)):
        assert not part.lstrip(' "').startswith(("=", "+", "-", "@", "\uff1d"))


def test_every_cell_is_quoted() -> None:
    """So that no sign in it ends it."""
    assert as_csv([["a", "", 'b "c"']]) == '"a","","b ""c"""\n'


SIGNS = st.sampled_from(";=+-@'\" ")


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]) | SIGNS), min_size=2), min_size=1))
def test_cells_are_read_back(rows: list[list[str]]) -> None:
    """A cell comes back as it was, or with one apostrophe before what could be a formula."""
    read = list(csv.reader(io.StringIO(as_csv(rows), newline="")))
    assert [[_bare(cell) for cell in row] for row in read] == [[_bare(cell) for cell in row] for row in rows]


def _bare(cell: str) -> str:
    return re.sub("(^|;)'", r"\1", cell)
