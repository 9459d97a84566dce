"""CSV can be read back, and a spreadsheet computes nothing from it."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.sheet import as_csv


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\uff1d1"])
def test_formulas_are_defused(cell: str) -> None:
    """An apostrophe makes text of what a spreadsheet would compute."""
    assert as_csv([[cell]]).lstrip('"').startswith("'")


@given(st.lists(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=2), min_size=1))
def test_cells_are_read_back(rows: list[list[str]]) -> None:
    """A cell comes back as it was, or with one apostrophe before it."""
    read = list(csv.reader(io.StringIO(as_csv(rows), newline="")))
    assert [[cell.removeprefix("'") for cell in row] for row in read] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
