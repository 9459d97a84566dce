"""What benchmarks are measured on is a library like others, and other programs get the same words."""

from __future__ import annotations

from pathlib import Path

from pipeline.build import examine
from pipeline.project import Project
from tests import example
from tests.benchmarks import corpus


def test_the_library_has_no_problems(tmp_path: Path) -> None:
    """Briefs share one argument, and every rule is content."""
    for name in ("templates", "assets"):
        (tmp_path / name).symlink_to(example.ROOT / name)
    assert corpus.library(tmp_path, 10) == 100
    library, problems = examine(Project.at(tmp_path), today="2026-11-23")
    assert list(problems) == []
    sharing = [brief.id for brief in library.briefs.values() if "argument-0" in brief.arguments.for_]
    assert len(library.briefs) == 10
    assert sorted(sharing) == ["brief-0", "brief-1", "brief-2"]


def test_the_markdown_has_the_words_of_the_briefs(tmp_path: Path) -> None:
    """Claims, grounds, objections, answers and recommendations stand in both."""
    corpus.library(tmp_path, 2)
    corpus.markdown(tmp_path, 2)
    text = (tmp_path / "brief-1.md").read_text(encoding="utf-8")
    library, _ = examine(Project.at(tmp_path))
    brief = library.briefs["brief-1"]
    said = [brief.bottom_line, brief.why_now or "", *(advice.text for advice in brief.recommendations)]
    for id in (*brief.arguments.for_, *brief.arguments.against):
        argument = library.arguments[id]
        said += [argument.claim, *(ground.text[:-1] for ground in argument.grounds)]
        said += [objection.text for objection in argument.objections]
    assert len(said) > 30
    assert [sentence for sentence in said if sentence not in text] == []
