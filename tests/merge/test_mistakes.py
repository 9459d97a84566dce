"""All mistakes of a list are told at once, each with what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.merge import Wanted, checked
from pipeline.problem import Problem, Refused
from pipeline.project import Project
from tests.merge import invited


def _told(root: Path, people: str) -> tuple[Problem, ...]:
    path = invited.make(root, invited.COVERED)
    path.write_text(people, encoding="utf-8")
    with pytest.raises(Refused) as refused:
        checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)
    return tuple(refused.value.problems)


def test_wide_texts_are_told_with_all_other_mistakes(tmp_path: Path) -> None:
    """In the order of the list, though they are found when all that stands around them is laid out."""
    people = f"name,district\nAnna,Dalarna\n{'Bertil Wide ' * 9},Dalarna\n,Dalarna\nCarin\u202e,Dalarna\n"
    found = [(problem.mark.line, problem.rule) for problem in _told(tmp_path, people)]
    assert sorted({line for line, _ in found}) == [3, 4, 5]
    assert found == sorted(found)
    assert (5, "hidden-character") in found


def test_a_name_that_no_font_draws_has_a_remedy(tmp_path: Path) -> None:
    """At the cell that holds it, which need be no name: other letters, or a font."""
    first, second, *_ = _told(
        tmp_path, "name,district\n\u6771\u4eac\u592a\u90ce,Dalarna\nAnna,\u4eac\u90fd\nBo,Dalarna\n"
    )
    assert (first.mark.line, first.mark.column) == (2, 1)
    assert first.message.endswith("nor 3 more characters of Chinese or Japanese")
    assert first.hint.startswith(
        "write it in letters that the brief's fonts have, or copy DroidSansFallbackFull.ttf of"
    )
    assert "`fonts` in house.yaml: `openbrief explain font`" in first.hint
    assert (second.mark.line, second.mark.column) == (3, 6)
