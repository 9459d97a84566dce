"""A build that goes on after each change keeps its processes, sees every edit, and puts out what a fresh one would."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import click
import pytest

from pipeline import making
from pipeline.build import build
from pipeline.cli import again, changes, options
from pipeline.cli.again import Once, keep_building
from pipeline.cli.report import Report
from pipeline.cli.watch import Watch
from pipeline.cluster import Cluster
from pipeline.executor import CONTEXT
from pipeline.product import Order
from pipeline.project import Project
from pipeline.source import remembering
from pipeline.standing import State
from tests import example

ARGUMENT = "briefs/arguments/lights-help.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The example, with templates and assets of its own."""
    (root := tmp_path / "project").mkdir()
    example.make(root)
    for name in ("templates", "assets"):
        if (root / name).is_symlink():
            (root / name).unlink()
            shutil.copytree(example.ROOT / name, root / name)
    return root


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but what holds it, by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()}


def change(path: Path, old: str, new: str) -> None:
    """Write a file anew with another text in it."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


class Watching:
    """A build that goes on, and what it tells."""

    def __init__(self, root: Path) -> None:
        command = [sys.executable, "-m", "pipeline", "-C", str(root), "build", "--watch", "--jobs", "2", "--json"]
        self.process = subprocess.Popen(
            command, cwd=example.ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        self.told: list[Mapping[str, Any]] = []

    def until_it_waits(self) -> list[Mapping[str, Any]]:
        """What it tells until it waits for a change."""
        assert self.process.stdout
        told = []
        for line in self.process.stdout:
            told.append(json.loads(line))
            if told[-1]["event"] == "waiting":
                return told
        raise AssertionError(self.process.communicate()[1])


@contextmanager
def watched(root: Path) -> Iterator[Watching]:
    """Start one, and stop it."""
    one = Watching(root)
    try:
        yield one
    finally:
        one.process.kill()
        one.process.communicate()


def below(process: int) -> set[int]:
    """The processes that one has started, and those that these have."""
    found, parents = {process}, dict[int, int]()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(place.parent.name)] = int(place.read_text(encoding="utf-8").rpartition(")")[2].split()[1])
        except (OSError, ValueError):
            continue
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {process}


@pytest.mark.slow
@pytest.mark.skipif(CONTEXT != "forkserver", reason="processes are looked up where Linux has them")
def test_a_library_is_built_again_by_the_same_processes(root: Path, tmp_path: Path) -> None:
    """Through an edit, a mistake and its mending, a new template; at the end all is as a fresh build has it."""
    with watched(root) as one:
        assert one.until_it_waits()[-2]["written"] > 0
        processes = below(one.process.pid)
        assert len(processes) >= 5, "two servers of Python's, two that make briefs, and a pandoc"

        change(root / ARGUMENT, "Lighthouses make harbours safer", "Lighthouses make most harbours safer")
        assert one.until_it_waits()[-2]["written"] > 0
        assert "Lighthouses make most harbours safer" in (root / "public/first-brief/index.html").read_text("utf-8")
        assert below(one.process.pid) >= processes

        change(root / ARGUMENT, "    text: Harbours with", "    txet: Harbours with")
        refused = one.until_it_waits()
        assert [told["rule"] for told in refused if told["event"] == "problem"][:1] == ["unknown-key"]
        change(root / ARGUMENT, "txet", "text")
        assert one.until_it_waits()[-2]["written"] == 0

        change(root / "templates/page/foot.html.jinja", "<footer", '<footer data-new="yes"')
        assert one.until_it_waits()[-2]["written"] > 0
        assert len(below(one.process.pid) - processes) >= 4, "those that end may still be there"
        assert 'data-new="yes"' in (root / "public/first-brief/index.html").read_text("utf-8")

        one.process.send_signal(signal.SIGINT)
        assert one.process.communicate()[1] == "\nopenbrief: interrupted\n", "whoever is left would hold the pipe open"
        assert one.process.returncode == 130
    fresh = Project.at(root, tmp_path / "fresh")
    build(fresh, Order(fresh=True))
    assert tree(root / "public") == tree(fresh.output)


def once(root: Path) -> Once:
    """A build of pages that is made in this process."""
    context = click.Context(click.Command("build"), parent=click.Context(click.Command("openbrief")))
    asked = {"slugs": (), "formats": ("html",), "shard": None}
    return Once(context, Project.at(root), Report(sys.stderr), asked, why=False, wait=0)


class Ended(Exception):
    """Raised in place of waiting for a change."""


def test_what_changes_while_it_is_built_is_not_put_out(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And all is built once more; so that an edit which is taken back meanwhile can't leave its products behind."""
    published = []

    class Editing(Watch):
        """Edits when a product is made for the first time."""

        edited = False

        @contextmanager
        def __call__(self, stage: str, brief: str = "") -> Iterator[None]:
            if stage == "article" and not self.edited:
                self.edited = True
                change(root / ARGUMENT, "Lighthouses make harbours safer", "Lighthouses make most harbours safer")
            if stage == "publish":
                published.append(self.edited)
            yield

    waited: list[State] = []

    def wait(before: State, look: Callable[[], State]) -> State:
        if waited:
            raise Ended
        waited.append(now := look())
        assert now != before
        return now

    monkeypatch.setattr(again, "next_state", wait)
    with pytest.raises(Ended):
        keep_building(once(root), 1, Editing(Report(sys.stderr)))
    assert published == [True]
    assert "Lighthouses make most harbours safer" in (root / "public/first-brief/index.html").read_text("utf-8")


def test_what_never_settles_is_named_once(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is written during each build lets none be put out; a program that begins anew knows what was said."""
    rounds = []

    class Writing(Watch):
        """Writes a file during each build."""

        @contextmanager
        def __call__(self, stage: str, brief: str = "") -> Iterator[None]:
            assert stage != "publish"
            if stage == "compare":
                (root / ARGUMENT).write_bytes((root / ARGUMENT).read_bytes() + b"\n")
            yield

    def wait(_before: State, look: Callable[[], State]) -> State:
        rounds.append(capsys.readouterr().err)
        if len(rounds) == 4:
            raise Ended
        if len(rounds) == 3:  # a style changes too
            (root / "assets/css/type.css").touch()
        return look()

    class BegunAnew(Exception):
        """Raised in its place."""

    def begin(*_: object) -> None:
        raise BegunAnew

    monkeypatch.setattr(again, "next_state", wait)
    monkeypatch.setattr(again, "_begin_anew", begin)
    monkeypatch.setenv(again.UNSETTLED, "")
    with pytest.raises(BegunAnew):
        keep_building(once(root), 1, Writing(Report(sys.stderr)))
    with pytest.raises(Ended):
        keep_building(once(root), 1, Writing(Report(sys.stderr)))
    said = f"{ARGUMENT} keeps changing while briefs are built; nothing is published so long\n"
    assert rounds == ["", said, "", ""]
    assert again.UNSETTLED not in os.environ


def test_what_stays_loads_what_its_processes_do() -> None:
    """They are told before that is imported here."""
    assert making.all_made.__module__ == options.WORK


def test_a_brief_that_is_gone_is_said_and_waited_for(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor may write a file by taking it away first."""

    def wait(_before: State, _look: object) -> State:
        raise Ended

    monkeypatch.setattr(again, "next_state", wait)
    (root / "briefs/first-brief.yaml").unlink()
    one = once(root)
    one.context.parent.params["root"] = str(root)  # type: ignore[union-attr]
    one.asked["slugs"] = ("first-brief",)  # type: ignore[index]
    with pytest.raises(Ended):
        keep_building(one, 1, Watch(one.report))
    assert "no brief is called 'first-brief'" in capsys.readouterr().err


def test_other_machines_are_not_kept(root: Path) -> None:
    """Only processes of this one are."""
    one = once(root)
    with pytest.raises(click.UsageError, match="on this machine alone"):
        keep_building(one, Cluster(address="tls://x:1"), Watch(one.report))


@pytest.mark.parametrize(
    ("file", "kept"),
    [
        (ARGUMENT, True),
        ("briefs/sources.yaml", True),
        ("briefs/sources/able-2024.txt", True),
        ("briefs/house.yaml", False),
        ("briefs/locale/fr.po", False),
        ("briefs/fonts/Own.ttf", False),
        ("assets/css/type.css", False),
        ("templates/page.html.jinja", False),
    ],
)
def test_what_is_loaded_once_lets_the_program_begin_anew(root: Path, file: str, *, kept: bool) -> None:
    """Texts of the library are read at every build; a file that comes or goes is a change too."""
    before = changes.state(root)
    path = root / file
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(path.read_bytes() + b"\n" if path.exists() else b"new")
    after = changes.state(root)
    assert before != after
    assert changes.is_told_anew(before, after, root) is changes.is_told_anew(after, before, root) is kept


def test_the_program_is_looked_at_and_what_editors_leave_is_not(root: Path) -> None:
    """Modules are part of the state; a swap file beside a brief, and a cache of Python's, are not."""
    before = changes.state(root)
    assert changes.__file__ in before
    assert not [path for path in before if "__pycache__" in path]
    (root / "briefs/.first-brief.yaml.swp").write_bytes(b"b0VIM")
    assert changes.state(root) == before


def test_a_change_is_waited_for_until_it_is_whole() -> None:
    """What still changes is looked at again."""
    states = iter([{"a": (1,)}, {"a": (1,)}, {"a": (2,)}, {"a": (3,)}, {"a": (3,)}, {"a": (4,)}])
    assert changes.next_state({"a": (1,)}, lambda: next(states)) == {"a": (3,)}


def test_what_always_changes_holds_nothing_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built after so many looks; what is built is guarded."""
    monkeypatch.setattr(changes, "SETTLED", 0)
    states = ({"a": (number,)} for number in count())
    assert changes.next_state({"a": (0,)}, lambda: next(states)) == {"a": (changes.LOOKS + 1,)}


def test_what_says_the_same_is_not_parsed_again() -> None:
    """By its name and its text."""
    parse = remembering()
    first = parse("a: b", "x.yaml")
    assert parse("a: b", "x.yaml") is first
    assert parse("a: c", "x.yaml").data == {"a": "c"}
    assert parse("a: b", "y.yaml").file == "y.yaml"
