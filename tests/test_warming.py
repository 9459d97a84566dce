"""A process is warm when it has made a product of nothing; whatever is wrong with a project is told by others."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline import warming
from pipeline.making import Made, make
from pipeline.project import Project
from pipeline.render import scribe
from tests import example


@pytest.fixture
def root(tmp_path: Path) -> Iterator[Path]:
    """The example; this process has its memory back afterwards."""
    before = resource.getrlimit(resource.RLIMIT_DATA)
    example.make(tmp_path)
    yield tmp_path
    resource.setrlimit(resource.RLIMIT_DATA, before)


@pytest.mark.slow
def test_a_product_is_made_as_far_as_its_files_matter(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its text is good, and all but the writing is done; that wants files which are not there."""
    made: list[Made] = []

    def seen(*given: object) -> Made:
        made.append(make(*given))  # type: ignore[arg-type]
        return made[-1]

    monkeypatch.setattr(warming, "make", seen)
    scribe._end()
    warming.warm(Project.at(root))
    ((entry, problems),) = made
    assert (entry, [problem.rule for problem in problems]) == (None, ["wrong-file"])
    assert problems[0].mark.file == "briefs/nothing.yaml"
    assert scribe._kept, "pandoc is at work"
    assert not list(root.rglob("*nothing*"))


def test_a_project_that_is_none_is_no_matter(tmp_path: Path) -> None:
    """Nor is a house that can't be read."""
    warming.warm(Project.at(tmp_path))
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/house.yaml").write_text("name: [", encoding="utf-8")
    warming.warm(Project.at(tmp_path))
