"""A build that would do nothing is answered from bytes alone, with the same words, and never where it would do more."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.cli.turn import NAME
from pipeline.project import Project
from pipeline.unchanged import FOLDERS, RECORD, told
from tests import example

pytestmark = pytest.mark.slow
NOON = 1795435200
"""23 November 2026."""
HEAVY = {"click", "yaml", "pydantic", "jinja2", "weasyprint", "json", "re", "pathlib", "pipeline.cli", "pipeline.model"}


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(NOON))
    monkeypatch.delenv("NO_COLOR", raising=False)


def arguments(root: Path) -> list[str]:
    """The command line that is looked at."""
    return ["-C", str(root), "build", "--format", "html", "--jobs", "1"]


def slowly(root: Path) -> str:
    """What the command tells when it runs in earnest."""
    typed = arguments(root)
    done = CliRunner().invoke(commands, typed, obj=typed, color=True)
    assert done.exit_code == 0, done.output
    return done.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example with a file that it warns of, built."""
    root = tmp_path_factory.mktemp("unchanged") / "project"
    root.mkdir()
    example.make(root)
    (root / "briefs/notes.md").write_text("Not ours.\n", encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(NOON))
        slowly(root)
    return root


@pytest.fixture
def project(made: Path) -> Path:
    """The example; tests leave it as they found it."""
    assert told(arguments(made)) is not None
    return made


def test_it_tells_what_the_command_would(project: Path) -> None:
    """Warnings, sentences and colours are the same, and the command has nothing to do."""
    text = told(arguments(project))
    assert text == slowly(project)
    assert "briefs/notes.md:1:1" in click.unstyle(text)
    assert text.endswith("0 files written, 4 unchanged, 0 removed\n")
    assert text != click.unstyle(text)


def test_nothing_else_is_loaded(project: Path) -> None:
    """No library is imported, and in a pipe no colour is left."""
    show = "; print(' '.join(sys.modules))"
    code = f"import sys; from pipeline.__main__ import main; sys.argv[1:] = {arguments(project)!r}; main(){show}"
    run = [sys.executable, "-c", code]
    environment = {**os.environ, "PYTHONPATH": str(example.ROOT)}
    done = subprocess.run(run, capture_output=True, text=True, check=True, env=environment)
    loaded = set(done.stdout.split())
    assert "pipeline.unchanged" in loaded
    assert not HEAVY & loaded
    assert done.stderr == click.unstyle(slowly(project))


Change = Callable[[Path], Callable[[], object]]
"""Changes something, and gives what undoes it."""


def rewritten(name: str, old: bytes, new: bytes) -> Change:
    """Replace bytes in a file and leave its size and time as they were, if it can be."""

    def change(root: Path) -> Callable[[], object]:
        path = root / name
        before, status = path.read_bytes(), path.stat()
        assert old in before
        path.write_bytes(before.replace(old, new, 1))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        return lambda: path.write_bytes(before)

    return change


def added(name: str, make: Callable[[Path], object]) -> Change:
    """Put something new in a place."""

    def change(root: Path) -> Callable[[], object]:
        make(root / name)
        return (root / name).unlink

    return change


def gone(name: str) -> Change:
    """Take a file away."""

    def change(root: Path) -> Callable[[], object]:
        before = (root / name).read_bytes()
        (root / name).unlink()
        return lambda: (root / name).write_bytes(before)

    return change


def linked(name: str) -> Change:
    """Let a link to the same bytes stand in a file's place."""

    def change(root: Path) -> Callable[[], object]:
        path, aside = root / name, root / "aside"
        path.rename(aside)
        path.symlink_to(aside)

        def undo() -> None:
            path.unlink()
            aside.rename(path)

        return undo

    return change


CHANGES = {
    "an argument": rewritten("briefs/arguments/lights-help.yaml", b"safer", b"safar"),
    "a comment": rewritten("briefs/house.yaml", b"Example house", b"Example_house"),
    "a template": rewritten("templates/page.html.jinja", b"<body", b"<bodi"),
    "a stylesheet": rewritten("assets/css/type.css", b"{", b"["),
    "a font": rewritten("assets/fonts/SourceSans3-Bold.ttf", b"\x00", b"\x01"),
    "a new file": added("briefs/third-brief.yaml", Path.touch),
    "a new template": added("templates/x.jinja", Path.touch),
    "a link to a folder": added("briefs/linked", lambda path: path.symlink_to("arguments")),
    "a link to nothing": added("briefs/linked.yaml", lambda path: path.symlink_to("nothing")),
    "a pipe": added("briefs/pipe.yaml", os.mkfifo),
    "a page": rewritten("public/first-brief/index.html", b"<body", b"<bodi"),
    "the manifest": rewritten("public/manifest.json", b'"format": 2', b'"format": 1'),
    "a lost page": gone("public/index.html"),
    "a lost source": gone("briefs/second-brief.yaml"),
    "a linked page": linked("public/first-brief/index.html"),
    "a linked folder": linked("public/first-brief"),
    "no record": gone("/".join(RECORD)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_whatever_differs_is_looked_at(change: Change, project: Path) -> None:
    """One byte, one name, one link is enough; and when it is as it was, there is nothing to do again."""
    before = told(arguments(project))
    undo = change(project)
    try:
        assert told(arguments(project)) is None
    finally:
        undo()
    assert told(arguments(project)) == before


def test_a_record_that_was_harmed_counts_for_nothing(project: Path) -> None:
    """Not with one bit flipped, anywhere, nor cut off."""
    path = project.joinpath(*RECORD)
    whole = path.read_bytes()
    try:
        for at in range(0, len(whole), len(whole) // 20):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert told(arguments(project)) is None
            path.write_bytes(whole[:at])
            assert told(arguments(project)) is None
    finally:
        path.write_bytes(whole)


def test_another_day_place_command_or_tool_is_another_build(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rules ask what day it is; packages may have come or gone."""
    asked = arguments(project)
    assert told([*asked, "--why"]) is None
    assert told(asked[2:]) is None
    assert told([*asked[:2], "check"]) is None
    assert told([]) is None
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(NOON + 86_400))
        assert told(asked) is None
    with monkeypatch.context() as patch:
        patch.chdir(tmp_path)
        assert told(asked) is None
    with monkeypatch.context() as patch:
        (tmp_path / "other-1.0.dist-info").mkdir()
        patch.syspath_prepend(tmp_path)
        assert told(asked) is None
    assert told(asked) is not None


def test_what_a_killed_run_left_is_looked_at(project: Path) -> None:
    """The command runs, and takes it away."""
    left = project / "public" / NAME
    left.write_text("")
    assert told(arguments(project)) is None
    slowly(project)
    assert not left.exists()
    assert told(arguments(project)) is not None


def test_a_record_that_is_no_plain_file_counts_for_nothing(project: Path) -> None:
    """A pipe that nobody writes to isn't waited for, and no link is followed."""
    path = project.joinpath(*RECORD)
    assert told(arguments(project)) is not None
    elsewhere = path.rename(path.with_name("elsewhere"))
    path.symlink_to(elsewhere)
    assert told(arguments(project)) is None
    path.unlink()
    os.mkfifo(path)
    assert told(arguments(project)) is None
    elsewhere.replace(path)


@pytest.mark.parametrize("option", ["--json", "--why", "--fresh"])
def test_who_asks_for_more_gets_it(option: str, project: Path) -> None:
    """What is told in figures, with reasons or of everything made anew is never kept."""
    typed = [*arguments(project), option]
    assert CliRunner().invoke(commands, typed, obj=typed).exit_code == 0
    assert told(typed) is None


def test_all_that_a_project_reads_is_looked_at() -> None:
    """The folders are those that a project knows, but for what is kept, which changes nothing, and where it goes."""
    project = Project.shipped()
    known = {getattr(project, name) for name in dir(Project) if isinstance(getattr(Project, name), property)}
    assert {project.root / name for name in FOLDERS} == known - {project.kept, project.place}
