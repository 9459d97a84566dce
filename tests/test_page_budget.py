"""An edition that can't be made short enough says by how much, and what to shorten."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from pipeline.build import build, examine
from pipeline.check.page_budget import too_long
from pipeline.edition import SHAPES
from pipeline.fit import Laid, TooMuch
from pipeline.problem import Refused
from pipeline.product import Order
from pipeline.project import Project
from tests import example


@pytest.mark.slow
def test_the_largest_part_is_named(tmp_path: Path) -> None:
    """A first recommendation of several pages can't be left out of one."""
    briefs = example.make(tmp_path)
    long = " ".join(["Light every harbour before the winter storms."] * 150)
    text = example.BRIEF.replace("  - text: Light every harbour.", f"  - text: {long}")
    assert long in text
    (briefs / "first-brief.yaml").write_text(f"{text}products: [{{editions: [one-page]}}]\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build(Project.at(tmp_path), Order(slugs=["first-brief"], formats=["pdf"]))
    [problem] = [item for item in refused.value.problems if item.rule == "page-budget"]
    assert problem.mark.line == text.splitlines().index(f"  - text: {long}") + 1
    over = int(problem.message.partition(" edition is ")[2].partition(" mm too long")[0])
    assert over >= 1
    assert problem.hint.startswith("shorten what it shows; the largest part is 'first-brief#recommendation-1'")


@pytest.mark.parametrize(
    ("address", "way"),
    [
        ("first-brief#key-message-2", ("key_messages", 1)),
        ("first-brief#why-now", ("why_now",)),
        ("first-brief#background", ("background",)),
        ("lights-help/other-coasts", ("title",)),
        ("", ("title",)),
    ],
)
def test_it_is_told_where_the_largest_part_stands(tmp_path: Path, address: str, way: tuple[str | int, ...]) -> None:
    """In the brief, where it is of the brief."""
    example.make(tmp_path)
    brief = examine(Project.at(tmp_path))[0].briefs["first-brief"]
    laid = SimpleNamespace(heights={"other": 1.0, address: 2.0} if address else {})
    assert too_long(brief, SHAPES["one-page"], TooMuch(cast("Laid", laid), 9.0)).mark == brief.mark(*way)
