"""A build takes every brief through all stages, and puts out all of them or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from pipeline.build import build, examine
from pipeline.manifest import NAME
from pipeline.problem import Refused
from pipeline.product import Order
from pipeline.project import Project
from pipeline.publish import Release, last_release
from tests import example

pytestmark = pytest.mark.slow
FILES = {
    "first-brief/first-brief.pdf",
    "first-brief/index.html",
    "second-brief/second-brief.pdf",
    "second-brief/index.html",
    "index.html",
    "manifest.json",
}


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Release, list[tuple[str, str]]]:
    """The example, built once, with the stages in their order."""
    root = tmp_path_factory.mktemp("example")
    example.make(root)
    stages = []

    @contextmanager
    def watch(stage: str, brief: str) -> Iterator[None]:
        yield
        stages.append((stage, brief))

    project = Project.at(root)
    return project, build(project, watch=watch), stages


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The example, not built yet."""
    example.make(tmp_path)
    return Project.at(tmp_path)


def test_puts_out_every_brief_in_both_forms(built: tuple[Project, Release, object]) -> None:
    """Two files for each brief, an index page and a manifest."""
    project, release, _ = built
    tree = _tree(project.output)
    assert set(tree) == set(release.written) == FILES
    assert all(tree[path].startswith(b"%PDF-1.7") for path in tree if path.endswith(".pdf"))
    assert all(tree[path].lower().startswith(b"<!doctype html>") for path in tree if path.endswith(".html"))
    assert "Light every harbour" in tree["index.html"].decode()
    assert "Pay for every harbour" in tree["index.html"].decode().replace("&nbsp;", " ")


def test_lists_pages_and_reading_time(built: tuple[Project, Release, object]) -> None:
    """The manifest knows how long each brief is."""
    last = last_release(built[0].output)
    assert last
    assert [brief.metadata.slug for brief in last.briefs] == ["first-brief", "second-brief"]
    assert all(brief.pages and brief.pages >= 1 and brief.minutes >= 1 and not brief.draft for brief in last.briefs)
    assert set(last.paths) == FILES - {NAME}


def test_goes_through_the_stages_in_order(built: tuple[Project, Release, list[tuple[str, str]]]) -> None:
    """Reading comes first, publishing last, and every brief takes the same way."""
    way = ["argue", "compose", "article", "layout", "page", "pdf"]
    assert built[2] == [
        *((stage, "") for stage in ("read", "load", "check", "compare")),
        *((stage, brief) for brief in ("first-brief", "second-brief") for stage in way),
        ("publish", ""),
    ]


def test_a_second_build_changes_nothing(built: tuple[Project, Release, object]) -> None:
    """The same library gives the same bytes."""
    again = build(built[0])
    assert (again.written, again.removed) == ((), ())


def test_builds_one_brief_in_one_form(project: Project) -> None:
    """Only what was asked for is made, and the index lists it."""
    release = build(project, Order(slugs=["second-brief"], formats=["html"]))
    assert set(release.written) == {"second-brief/index.html", "index.html", "manifest.json"}
    assert set(_tree(project.output)) == set(release.written)


def test_several_processes_make_the_same(built: tuple[Project, Release, object]) -> None:
    """Not a byte differs, so nothing is written anew."""
    again = build(built[0], jobs=2)
    assert (again.written, again.removed) == ((), ())


def test_marks_drafts(project: Project) -> None:
    """A draft says so in the names of its files and on its pages."""
    release = build(project, Order(slugs=["first-brief"], draft=True))
    assert set(release.written) == {"first-brief/first-brief-DRAFT.pdf", "first-brief/index-DRAFT.html", NAME}
    assert "draft" in _tree(project.output)["first-brief/index-DRAFT.html"].decode().lower()


@pytest.mark.parametrize("jobs", [1, 2])
def test_problems_of_all_briefs_come_together(project: Project, jobs: int) -> None:
    """What a late stage finds in one brief doesn't hide what it finds in the next, and nothing is put out."""
    for slug, text in (("first-brief", "A <b>bold</b> word."), ("second-brief", "A ![picture](/etc/passwd).")):
        path = project.briefs / f"{slug}.yaml"
        path.write_text(path.read_text().replace("Winter is near.", text))
    with pytest.raises(Refused) as refused:
        build(project, jobs=jobs)
    found = {(problem.mark.file, problem.mark.line, problem.rule) for problem in refused.value.problems}
    assert {("briefs/first-brief.yaml", 8, "raw-html"), ("briefs/second-brief.yaml", 8, "image-in-text")} <= found
    assert not project.output.exists()


def test_one_bad_brief_leaves_the_last_release_as_it_was(project: Project) -> None:
    """Even the good brief's new version is held back."""
    build(project, Order(formats=["html"]))
    before = _tree(project.output)
    good, bad = project.briefs / "first-brief.yaml", project.briefs / "second-brief.yaml"
    good.write_text(good.read_text().replace("Winter is near.", "Winter is here."))
    bad.write_text(bad.read_text().replace("Winter is near.", "Winter is <i>here</i>."))
    with pytest.raises(Refused):
        build(project)
    assert _tree(project.output) == before


def test_a_deleted_brief_goes_with_the_next_build(project: Project) -> None:
    """Its files are removed, and no other."""
    build(project)
    (project.briefs / "second-brief.yaml").unlink()
    release = build(project)
    assert release.removed == ("second-brief/index.html", "second-brief/second-brief.pdf")
    assert set(_tree(project.output)) == {path for path in FILES if not path.startswith("second")}


def test_characters_that_no_font_has_are_found_where_they_stand(project: Project) -> None:
    """Briefs, arguments, figures and sources are searched; the first place of each script is named."""
    for name, old in (
        ("first-brief.yaml", "Winter is near."),
        ("arguments/lights-help.yaml", "Charts became better"),
        ("figures/wrecks.yaml", "wrecks a year"),
        ("sources.yaml", "A report"),
    ):
        path = project.briefs / name
        before, letter = path.read_text(encoding="utf-8"), {"first": "\u65e5", "argum": "\u05d0", "figur": "\u0e01"}
        path.write_text(before.replace(old, f"{letter.get(name[:5], chr(0x1F600))} {old}"), encoding="utf-8")
    with pytest.raises(Refused) as refused:
        build(project, Order(slugs=["first-brief"]))
    assert {problem.rule for problem in refused.value.problems} == {"missing-glyph"}
    places = [str(problem.mark).removeprefix("briefs/") for problem in refused.value.problems]
    assert set(places) == {
        "arguments/lights-help.yaml:18:11",
        "figures/wrecks.yaml:4:44",
        "first-brief.yaml:8:10",
        "sources.yaml:4:12",
    }


@pytest.mark.parametrize(
    ("old", "new", "rule", "place"),
    [
        ("citation_style: apa", "citation_style: apb", "citation-style", "briefs/house.yaml:5:17"),
        ("citation_style: apa", "citation_style: ../../apa", "citation-style", "briefs/house.yaml:5:17"),
        ("name: ", "brand: {logo: none.svg}\nname: ", "logo", "briefs/house.yaml:1:15"),
        ("name: ", "brand: {logo: ../briefs/house.yaml}\nname: ", "logo", "briefs/house.yaml:1:15"),
        ("name: ", "brand: {logo: /etc/passwd}\nname: ", "logo", "briefs/house.yaml:1:15"),
        ("name: ", "brand: {logo: linked.svg}\nname: ", "logo", "briefs/house.yaml:1:15"),
    ],
)
def test_refuses_files_that_the_assets_lack(project: Project, old: str, new: str, rule: str, place: str) -> None:
    """A style or logo is a file inside assets/, reached by no other way."""
    (project.assets / "linked.svg").symlink_to("/etc/passwd")
    house = project.briefs / "house.yaml"
    house.write_text(house.read_text().replace(old, new, 1))
    _, problems = examine(project)
    assert [(str(problem.mark), problem.rule) for problem in problems if problem.severity == "error"] == [(place, rule)]
