"""`openbrief build` says what it does, ends with the right code, and can be stopped at any time."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests import example

pytestmark = pytest.mark.slow
MODULE = (sys.executable, "-m", "pipeline")


def _run(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(example.ROOT), **environment}
    return subprocess.run([*MODULE, *arguments], capture_output=True, text=True, check=False, cwd=root, env=environment)


def _events(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def _tree(root: Path) -> dict[str, bytes]:
    """Every file below a folder, but what is kept in build/ to be quicker next time."""
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in files.items() if not name.startswith("build/")}


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An example project with a release; copied by tests that change it."""
    root = tmp_path_factory.mktemp("released") / "project"
    example.make(root)
    done = _run(root, "build")
    assert done.returncode == 0, done.stderr
    return root


@pytest.fixture
def project(released: Path, tmp_path: Path) -> Path:
    """A copy of the project with its release."""
    return Path(shutil.copytree(released, tmp_path / "project"))


def _change(project: Path, name: str, old: str, new: str) -> None:
    path = project / "briefs" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_prints_the_files_it_wrote(project: Path) -> None:
    """Paths on stdout, one sentence on stderr."""
    _change(project, "first-brief.yaml", "Winter is near.", "Winter is here.")
    done = _run(project, "build")
    assert done.returncode == 0
    names = ["first-brief/index.html", "first-brief/first-brief.pdf", "manifest.json"]
    assert done.stdout.splitlines() == [f"public/{name}" for name in names]
    assert done.stderr == "3 files written, 3 unchanged, 0 removed\n"


def test_four_mistakes_in_four_files_come_together(project: Path) -> None:
    """Each with its line and column; exit code 1, and the last release untouched."""
    before = _tree(project / "public")
    _change(project, "first-brief.yaml", "bottom_line:", "botom_line:")
    _change(project, "second-brief.yaml", "[@able-2024]", "[@abel-2024]")
    _change(project, "figures/wrecks.yaml", "title: Harbours", 'title: "Harbours')
    _change(project, "house.yaml", "authors: [Example house]", "authors: Example house")
    done = _run(project, "build", "--json")
    assert done.returncode == 1
    *events, end = _events(done.stdout)
    errors = [event for event in events if event["event"] == "problem" and event["severity"] == "error"]
    assert [(event["file"], event["line"], event["column"], event["rule"]) for event in errors] == [
        ("briefs/figures/wrecks.yaml", 2, 8, "syntax"),
        ("briefs/first-brief.yaml", 3, 1, "unknown-key"),
        ("briefs/house.yaml", 6, 10, "wrong-type"),
        ("briefs/second-brief.yaml", 11, 34, "unknown-source"),
    ]
    assert end["event"] == "end"
    assert end["errors"] == 4
    assert "nothing was published" in end["message"]
    assert _tree(project / "public") == before


def test_problems_are_printed_to_be_clicked(project: Path) -> None:
    """Place, sentence, rule, the line with a caret, a hint, and a sum at the end."""
    _change(project, "first-brief.yaml", "bottom_line:", "botom_line:")
    done = _run(project, "build")
    assert done.returncode == 1
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0].startswith("briefs/first-brief.yaml:3:1: error: ")
    assert lines[0].endswith("[unknown-key]")
    assert lines[1].strip() == "botom_line: Every harbour should have a light."
    assert lines[2] == "    ^"
    assert lines[3] == "hint: did you mean 'bottom_line'?"
    assert lines[-1].endswith(" in 1 file; nothing was published")


def test_json_tells_every_stage_with_its_time(project: Path) -> None:
    """Stages, files and the end; nothing on stderr."""
    done = _run(project, "build", "first-brief", "--draft", "--json")
    events = _events(done.stdout)
    assert done.stderr == ""
    stages = [event["stage"] for event in events if event["event"] == "stage"]
    assert stages == [
        *("read", "load", "check", "compare", "argue", "compose", "article", "layout", "page", "pdf", "publish")
    ]
    assert all(event["done"] and event["seconds"] >= 0 for event in events if event["event"] == "stage")
    assert {Path(event["path"]).name for event in events if event["event"] == "file"} == {
        "first-brief-DRAFT.pdf",
        "index-DRAFT.html",
        "manifest.json",
    }
    assert events[-1] == {"event": "end", "message": events[-1]["message"], "errors": 0, "warnings": 0, "written": 3,
                          "unchanged": 5, "removed": 0}  # fmt: skip


def test_writes_elsewhere(project: Path) -> None:
    """--output names another folder, also from a folder inside the project, and public/ stays as it was."""
    before = _tree(project / "public")
    done = _run(project / "briefs", "build", "first-brief", "--format", "html", "--output", "../out")
    assert done.returncode == 0, done.stderr
    assert set(_tree(project / "out")) == {"first-brief/index.html", "index.html", "manifest.json"}
    assert _tree(project / "public") == before


def test_a_linked_folder_ends_with_3(project: Path, tmp_path: Path) -> None:
    """A link in the output folder is refused in one sentence, and nothing is written behind it."""
    shutil.rmtree(project / "public" / "first-brief")
    (tmp_path / "elsewhere").mkdir()
    (project / "public" / "first-brief").symlink_to(tmp_path / "elsewhere")
    done = _run(project, "build")
    assert done.returncode == 3
    assert done.stderr.startswith("openbrief: error: can't write ")
    assert len(done.stderr.splitlines()) == 1
    assert not list((tmp_path / "elsewhere").iterdir())


STAGES = [("1", stage) for stage in ("read", "check", "compose", "article", "layout", "page", "pdf")]
HELD = example.ROOT / "tests" / "cases" / "held"
ENDS = {signal.SIGINT: (130, "openbrief: interrupted"), signal.SIGTERM: (143, "openbrief: terminated")}
STOPS = [*((*stage, signal.SIGINT) for stage in (*STAGES, ("2", "check"), ("2", "held")))]
STOPS += [("1", "article", signal.SIGTERM), ("2", "held", signal.SIGTERM)]


@pytest.mark.parametrize(("jobs", "stage", "number"), STOPS)
def test_can_be_stopped(project: Path, jobs: str, stage: str, number: signal.Signals) -> None:
    """Ctrl-C ends with 130, SIGTERM with 143, and the last release is as it was.

    No process is left, which would hold the pipes open. In the stage `held` both that make briefs stand still.
    """
    _change(project, "arguments/lights-help.yaml", "Lighthouses make", "Lighthouses surely make")
    before, held = _tree(project), [str(HELD)] if stage == "held" else []
    with subprocess.Popen(
        [*MODULE, "build", "--json", "--jobs", jobs],
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([*held, str(example.ROOT)])},
    ) as process:
        assert process.stdout
        assert process.stderr
        for line in process.stdout:
            if json.loads(line).get("stage") == stage:
                break
        process.send_signal(number)
        said = process.stderr.read()
        process.stdout.read()
    assert (process.returncode, said.strip()) == ENDS[number]
    assert _tree(project) == before


def test_the_same_bytes_everywhere(released: Path, tmp_path: Path) -> None:
    """Neither hash seed, time zone, language nor folder shows in any file."""
    other = Path(shutil.copytree(released, tmp_path / "another place"))
    shutil.rmtree(other / "public")
    done = _run(other, "build", PYTHONHASHSEED="4711", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert done.returncode == 0, done.stderr
    assert _tree(other / "public") == _tree(released / "public")


def test_an_edition_that_nobody_plans_is_refused(project: Path) -> None:
    """Nothing would be made, so the command says where to look; a mistyped name meets the nearest."""
    unplanned = _run(project, "build", "--edition", "questions")
    assert unplanned.returncode == 2
    assert "no brief plans such a product: see `openbrief products`" in unplanned.stderr
    mistyped = _run(project, "build", "--edition", "one-pag")
    assert mistyped.returncode == 2
    assert "did you mean 'one-page'?" in mistyped.stderr
