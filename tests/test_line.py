"""One product goes through its stages as often as its fitting asks for."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.build import examine
from pipeline.edition import Choice, part_address
from pipeline.line import Line, unwatched
from pipeline.problem import Refused
from pipeline.product import Order, planned
from pipeline.project import Project
from tests import example


def test_a_missing_glyph_is_told_where_its_own_article_has_it(tmp_path: Path) -> None:
    """Also where another article, without the figure that has it, was made in between."""
    file = example.make(tmp_path) / "figures" / "wrecks.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("wrecks a year", "\u0e01 wrecks a year"), encoding="utf-8")
    project = Project.at(tmp_path)
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    line = Line(project, library, product, Order(fresh=True), unwatched)
    figure = Choice(addresses=(part_address(line.brief, "background"),), what="passage")
    line.article(())
    line.article((figure,))
    with pytest.raises(Refused) as refused:
        line.page(())
    (problem,) = refused.value.problems
    assert str(problem.mark).startswith("briefs/figures/wrecks.yaml:")
    assert line.page((figure,)).metadata.slug == "first-brief"


def test_an_argument_that_a_brief_does_not_show_changes_nothing_of_it(tmp_path: Path) -> None:
    """Also where it has, in Markdown, what the brief has as plain words."""
    briefs = example.make(tmp_path)
    words = "Every harbour should have *a light*."
    brief = example.BRIEF.replace("Every harbour should have a light.", words)
    (briefs / "first-brief.yaml").write_text(brief, encoding="utf-8")
    before = _page(tmp_path)
    assert words in before
    other = example.ARGUMENT.replace("What is seen can be steered by.", words)
    (briefs / "arguments" / "a-stranger.yaml").write_text(other, encoding="utf-8")
    assert _page(tmp_path) == before


def _page(root: Path) -> str:
    project = Project.at(root)
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    return Line(project, library, product, Order(fresh=True), unwatched).page(()).html
