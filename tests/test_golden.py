"""Golden cases: a small library, and what it is at each stage's border.

A case is a folder in tests/golden/ with `briefs/` and, beside it, the problems, and the manuscript and
article of each brief. `make golden` writes them anew; every file is compared, and none may be missing or left over.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.check import check
from pipeline.compose import compose
from pipeline.forms import CLOSE, OPEN, Manuscript
from pipeline.load import load
from pipeline.problem import as_text, in_order
from pipeline.render.article import article
from pipeline.source import read_folder

ROOT = Path(__file__).parents[1]
CASES = sorted(path for path in (ROOT / "tests/golden").iterdir() if path.is_dir())


def _stages(case: Path) -> Iterator[tuple[str, str]]:
    """The name and the text of every file that the case must have beside its input."""
    reading = read_folder(case / "briefs", case)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    found = in_order([*reading.problems, *problems, *check(library)])
    yield "problems.txt", "\n\n".join(map(as_text, found)) + "\n"
    if any(problem.severity == "error" for problem in found):
        return
    for slug, brief in library.briefs.items():
        manuscript = compose(library, brief, ROOT / "templates", argue(library))
        yield f"{slug}.md", _shown(manuscript)
        style = ROOT / "assets/styles" / f"{library.house.citation_style}.csl"
        yield f"{slug}.html", article(manuscript, style).body.strip() + "\n"


def _shown(manuscript: Manuscript) -> str:
    """The manuscript with tokens that can be read, then its passages by number."""
    lines = [re.sub(f"{OPEN}([0-9]+){CLOSE}", r"«\1»", text) for text in (manuscript.text, *_listed(manuscript))]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"


def _listed(manuscript: Manuscript) -> Iterator[str]:
    for number, passage in enumerate(manuscript.passages):
        origin = f"{'trusted, ' if passage.trusted else ''}from {passage.mark or 'a template'}"
        yield f"\n«{number}» {origin}:\n\n{passage.text}"


def test_golden_cases_exist() -> None:
    """There is a case that goes all the way and one that stops at its problems."""
    assert len(CASES) >= 2
    assert [case for case in CASES if list(case.glob("*.html"))]
    assert [case for case in CASES if not list(case.glob("*.html"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Path) -> None:
    """Each stage gives what the case says, no more and no less."""
    stages = dict(_stages(case))
    if os.environ.get("OPENBRIEF_GOLDEN"):
        for path in case.glob("*.*"):
            path.unlink()
        for name, text in stages.items():
            (case / name).write_text(text, encoding="utf-8")
    assert {path.name for path in case.glob("*.*")} == set(stages)
    for name, text in stages.items():
        assert (case / name).read_text(encoding="utf-8") == text, name
