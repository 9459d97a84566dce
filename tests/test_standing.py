"""A release lists each product with what it was made from, whatever is edited while it is built."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem

from pipeline import making, standing, unchanged
from pipeline.build import build
from pipeline.cli import main
from pipeline.cluster import Cluster
from pipeline.cluster.pack import pack
from pipeline.cluster.saved import saved
from pipeline.line import Watch
from pipeline.product import Order
from pipeline.project import Project
from pipeline.standing import Changed, Standing, listed, state
from tests import example

FIRST = "briefs/first-brief.yaml"
TITLE = "title: Light every harbour in the country"
TEXT = Order(formats=["txt"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A library with two products that share an argument; templates are its own."""
    briefs = example.make(tmp_path)
    (briefs / "house.yaml").write_text(example.HOUSE + "products: [{editions: [brief]}]\n", encoding="utf-8")
    return Project.at(tmp_path)


def edited(path: Path, old: str, new: str) -> None:
    """Write a file anew with another text in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def when(stage: str, edit: Callable[[], Any]) -> Watch:
    """A watch that edits once, as soon as a stage is through."""
    left = [edit]

    @contextmanager
    def watch(now: str, _brief: str) -> Iterator[None]:
        yield
        if now == stage and left:
            left.pop()()

    return watch


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_saved_after_the_inputs_were_taken_is_not_put_out(project: Project, jobs: int) -> None:
    """Nor ever after: the edit is undone, and the next build has what one that began afresh would have."""
    path, old, new = project.root / FIRST, TITLE, TITLE + " at night"
    with pytest.raises(Changed) as raised:
        build(project, TEXT, when("compare", lambda: edited(path, old, new)), jobs=jobs)
    assert str(raised.value) == f"{FIRST} was changed while it was built: nothing was published; build again"
    assert not project.output.exists()
    assert [path.name for path in saved(project)] == ["second-brief"], "what it doesn't touch need not be made again"
    edited(path, new, old)
    build(project, TEXT, jobs=jobs)
    fresh = Project.at(project.root, project.root / "fresh")
    build(fresh, Order(formats=["txt"], fresh=True))
    text = (project.output / "first-brief/first-brief.txt").read_text(encoding="utf-8")
    assert text == (fresh.output / "first-brief/first-brief.txt").read_text(encoding="utf-8")
    assert "at night" not in text
    assert not saved(project)


def test_an_edit_that_is_undone_before_the_end_is_noticed(project: Project) -> None:
    """The bytes are what they were, and what was read between may not be."""
    path = project.root / FIRST

    def there_and_back() -> None:
        edited(path, TITLE, TITLE + " at night")
        edited(path, TITLE + " at night", TITLE)

    with pytest.raises(Changed):
        build(project, TEXT, when("compare", there_and_back))


@pytest.mark.parametrize(
    ("stage", "file"),
    [
        ("read", "briefs/arguments/lights-help.yaml"),
        ("compare", "briefs/house.yaml"),
        ("article", "briefs/fonts/Own.ttf"),
    ],
)
def test_files_that_all_share_are_watched_at_every_stage(project: Project, stage: str, file: str) -> None:
    """An argument that both show, the house, and a file that comes where fonts are."""
    path = project.root / file
    path.parent.mkdir(exist_ok=True)

    def add() -> None:
        path.write_bytes((path.read_bytes() if path.exists() else b"") + b"\n")

    with pytest.raises(Changed, match=file):
        build(project, TEXT, when(stage, add))
    assert saved(project) == ()


def test_what_no_product_is_made_from_may_change(project: Project) -> None:
    """A colleague who edits another brief holds nobody up, and what is there already is not made from anything anew."""
    path = project.root / FIRST
    only = Order(slugs=("second-brief",), formats=["txt"])
    release = build(project, only, when("compare", lambda: edited(path, TITLE, TITLE + " at night")))
    assert release.products == 1
    other = project.root / "briefs/second-brief.yaml"
    assert build(project, only, when("compare", other.touch)).products == 1


def test_nothing_of_a_wrong_state_is_kept_for_a_store(project: Project) -> None:
    """Or else the next build would take it from there, and put it out."""
    MemoryFileSystem.store.clear()
    sent, path = project.sent_to("memory://house/briefs"), project.root / "briefs/arguments/lights-help.yaml"
    old, new = "Lighthouses make harbours safer", "Lighthouses make most harbours safer"
    with pytest.raises(Changed):
        build(sent, TEXT, when("compare", lambda: edited(path, old, new)))
    assert saved(sent) == ()
    assert not MemoryFileSystem.store
    edited(path, new, old)
    build(sent, TEXT)
    assert any("harbours" in file.getvalue().decode() for file in MemoryFileSystem.store.values())
    assert not any(new in file.getvalue().decode() for file in MemoryFileSystem.store.values())
    MemoryFileSystem.store.clear()


def test_other_machines_get_what_the_inputs_were_read_from(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Or nothing: nobody is asked to make anything of what was saved before it was packed."""

    def late(packed: Project) -> bytes:
        edited(project.root / FIRST, TITLE, TITLE + " at night")
        return pack(packed)

    monkeypatch.setattr(making, "pack", late)
    monkeypatch.setattr(making, "spread_over", None)
    with pytest.raises(Changed, match=FIRST):
        build(project, TEXT, jobs=Cluster(address="tls://x:1"))


def test_a_command_says_so_in_one_sentence(
    project: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a tool or the machine failed, the exit code is the same."""

    def late(_: Standing) -> frozenset[str]:
        return frozenset({FIRST})

    monkeypatch.setattr(Standing, "altered", late)
    with pytest.raises(SystemExit, match="3"):
        main(["-C", str(project.root), "build", "--format", "txt", "--jobs", "1"])
    said = capsys.readouterr().err.splitlines()
    assert said == [f"openbrief: error: {FIRST} was changed while it was built: nothing was published; build again"]


def test_many_files_are_counted() -> None:
    """Three are named."""
    assert [listed(["a", "b", "c", "d", "e"][:number]) for number in (1, 2, 3, 5)] == [
        "a",
        "a and b",
        "a, b and c",
        "a, b, c and 2 more",
    ]
    assert str(Changed(["a", "b"])).startswith("a and b were changed while they were built")


def test_what_lies_behind_links_is_looked_at(tmp_path: Path) -> None:
    """Builds read it, too; a link that leads back is followed once."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/type.css").write_text("p{}")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/css").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/back").symlink_to(tmp_path / "assets")
    assert f"{tmp_path}/assets/css/type.css" in state(tmp_path)
    before = state(tmp_path)
    (tmp_path / "elsewhere/type.css").write_text("p{color:red}")
    assert state(tmp_path) != before


def test_what_is_watched_is_what_a_build_that_does_nothing_has_read() -> None:
    """Two modules say which folders these are, since `unchanged` may load nothing."""
    assert (standing.FOLDERS, standing.NOT_OURS) == (unchanged.FOLDERS, unchanged.NOT_OURS)
