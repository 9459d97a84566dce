"""A library that is one-sided, circular and overclaims has exactly the problems that its list says.

The library lies in tests/cases/faults/. A new rule that finds something in it adds its lines to
problems.txt there; lines are sorted, and each is `file:line:column: severity: sentence [rule]`.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.check import check
from pipeline.load import load
from pipeline.source import read_folder

FAULTS = Path(__file__).parents[1] / "cases/faults"
EXPECTED = (FAULTS / "problems.txt").read_text(encoding="utf-8").splitlines()
TODAY = "2026-11-23"


def test_the_list_is_sorted_and_long() -> None:
    """So that two people can add to it, and that it is worth having."""
    assert sorted(EXPECTED) == EXPECTED
    assert len(EXPECTED) > 20
    assert len({line.rpartition("[")[2] for line in EXPECTED}) > 15


def test_finds_each_fault_and_nothing_else() -> None:
    """Every problem has its line in the list, and every line its problem."""
    reading = read_folder(FAULTS / "briefs", FAULTS)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    found = (*reading.problems, *problems, *check(library, TODAY))
    assert sorted(problem.headline for problem in found) == EXPECTED
