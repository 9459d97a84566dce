"""Whatever authors write either comes out well in every form, or is named before anything is rendered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.problem import Refused
from pipeline.project import Project
from pipeline.verify import CHECKS, Product
from tests import example
from tests.constructs import PASSING, REFUSED
from tests.tooling import needs

pytestmark = pytest.mark.slow

GROUPS = 3
LOOKED_AT = (
    *("pdf-ua", "pdf-a", "syntax", "fonts", "text-layer", "same-text", "languages", "tables", "parents"),
    *("bookmarks", "metadata", "pdf-links", "two-engines", "page-links", "html-validate"),
)
TEXT = "  Wrecks are counted every year [@able-2024].\n"


def _indented(text: str) -> str:
    return "".join(f"  {line}\n" if line else "\n" for line in text.split("\n"))


def _project(root: Path, briefs: Mapping[str, str]) -> Project:
    """A project with these briefs, whose text is that of the example with something in its midst."""
    folder = example.make(root)
    (folder / "second-brief.yaml").unlink()
    (folder / "first-brief.yaml").unlink()
    plan = "products:\n  - editions: [full]\n"  # which has room for them all
    (folder / "house.yaml").write_text(example.HOUSE + plan, encoding="utf-8")
    for slug, text in briefs.items():
        (folder / f"{slug}.yaml").write_text(example.BRIEF.replace(TEXT, text), encoding="utf-8")
    return Project.at(root)


def _texts(names: Iterable[str]) -> str:
    return "\n\n".join(PASSING[name] for name in names)


def _product(project: Project, slug: str) -> Product:
    folder = project.output / slug
    return Product(name=slug, pdf=folder / f"{slug}.pdf", page=folder / "index.html")


def _found(product: Product, name: str) -> list[str]:
    check = CHECKS[name]
    return [str(finding) for finding in check.find(**product.given(check.takes))]


def _guilty(root: Path, names: Iterable[str], check: str) -> list[str]:
    """The constructs in which the check finds something when they stand alone."""
    briefs = {f"alone-{number}": name for number, name in enumerate(names)}
    project = _project(root, {slug: _indented(PASSING[name]) for slug, name in briefs.items()})
    build(project)
    return [name for slug, name in briefs.items() if _found(_product(project, slug), check)]


def _group(number: int) -> list[str]:
    return list(PASSING)[number::GROUPS]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Briefs that hold all constructs that pass."""
    texts = {f"group-{number}": _indented(_texts(_group(number))) for number in range(GROUPS)}
    project = _project(tmp_path_factory.mktemp("constructs"), texts)
    build(project)
    return project


def test_there_are_constructs_enough() -> None:
    """At least 119, and no name twice."""
    assert len({**PASSING, **REFUSED}) == len(PASSING) + len(REFUSED) >= 119


@pytest.mark.parametrize("check", [pytest.param(name, marks=needs(*CHECKS[name].tools)) for name in LOOKED_AT])
def test_constructs_pass(built: Project, tmp_path: Path, check: str) -> None:
    """Each check finds nothing in any of them; where it does, the test says in which construct."""
    for number in range(GROUPS):
        found = _found(_product(built, f"group-{number}"), check)
        assert not found, (found, _guilty(tmp_path / "alone", _group(number), check))


def _boxed(root: Path, names: Iterable[str]) -> tuple[Project, list[str]]:
    """A project whose brief has a box for each of these constructs, and the construct at each line of its file."""
    folder = example.make(root)
    (folder / "second-brief.yaml").unlink()
    brief, at = example.BRIEF + "boxes:\n", [""] * (example.BRIEF.count("\n") + 1)
    for name in names:
        box = f"  - title: A box\n    text: |\n{_indented(_indented(_indented(REFUSED[name][0])))}"
        brief, at = brief + box, at + [name] * box.count("\n")
    (folder / "first-brief.yaml").write_text(brief, encoding="utf-8")
    return Project.at(root), at


def test_constructs_are_refused(tmp_path: Path) -> None:
    """Each is named by its rule, at its own lines, with nothing else said of it, before any file is written.

    What one stage refuses keeps the next from looking, so what was named is taken away, and the rest is tried again.
    """
    left, tries = list(REFUSED), 0
    while left:
        project, at = _boxed(tmp_path / str(tries), left)
        with pytest.raises(Refused) as refused:
            build(project)
        errors = [problem for problem in refused.value.problems if problem.severity == "error"]
        said = {(at[problem.mark.line - 1], problem.rule) for problem in errors}
        assert said <= {(name, REFUSED[name][1]) for name in left}
        assert all(problem.message and problem.mark.column for problem in errors)
        assert not project.output.exists()
        left, tries = [name for name in left if name not in {name for name, _ in said}], tries + 1
    assert tries <= 4
