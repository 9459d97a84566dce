"""No two runs work for the same folder at once: the second waits, and what a killed run leaves holds nobody up."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.cli.turn import NAME, turn
from pipeline.problem import ToolFailed
from tests import example

BUILD = (sys.executable, "-m", "pipeline", "build", "--format", "txt")
HOLD = """
import os, signal, sys
from pathlib import Path
from pipeline.cli.turn import turn
with turn(Path(sys.argv[1]), 0, print):
    print("held", flush=True)
    sys.stdin.read()
"""


def _holder(root: Path) -> subprocess.Popen[str]:
    """A process that holds the folder until its stdin ends."""
    pipe = subprocess.PIPE
    process = subprocess.Popen([sys.executable, "-c", HOLD, root], stdin=pipe, stdout=pipe, text=True, cwd=example.ROOT)
    assert process.stdout
    assert process.stdout.readline() == "held\n"
    return process


def test_a_folder_is_as_before_when_the_turn_ends(tmp_path: Path) -> None:
    """The file goes, and so does a folder that was made and stayed empty."""
    said: list[str] = []
    with turn(tmp_path / "public", 0, said.append):
        known = json.loads((tmp_path / "public" / NAME).read_text(encoding="utf-8"))
        assert known == {"process": os.getpid(), "host": os.uname().nodename}
    assert not (tmp_path / "public").exists()
    with turn(tmp_path, 0, said.append):
        assert (tmp_path / NAME).exists()
    assert not list(tmp_path.iterdir())
    assert said == []


def test_a_second_run_says_for_whom_it_waits_and_gives_up(tmp_path: Path) -> None:
    """With the process, its machine and the time; the folder stays the first one's."""
    said: list[str] = []
    with _holder(tmp_path) as process:
        with pytest.raises(ToolFailed, match=r"was not done after 0\.2 seconds"), turn(tmp_path, 0.2, said.append):
            pass
        assert len(said) == 1
        assert f"{tmp_path}: process {process.pid} on {os.uname().nodename}, since " in said[0]
        assert (tmp_path / NAME).exists()
        process.communicate("")
    with turn(tmp_path, 0, said.append):
        pass


def test_a_killed_run_holds_nobody_up(tmp_path: Path) -> None:
    """Its file is still there, and its lock is free at once."""
    with _holder(tmp_path) as process:
        process.kill()
        process.wait()
    assert (tmp_path / NAME).exists()
    said: list[str] = []
    with turn(tmp_path, 0, said.append):
        pass
    assert (said, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("text", ["", "{", "[]", '{"process": "x", "host": 1}'])
def test_a_file_that_says_nothing_is_no_obstacle(tmp_path: Path, text: str) -> None:
    """Who holds the folder is then not told."""
    said: list[str] = []
    with _holder(tmp_path) as process:
        (tmp_path / NAME).write_text(text, encoding="utf-8")
        with pytest.raises(ToolFailed, match="another run"), turn(tmp_path, 0, said.append):
            pass
        process.communicate("")
    assert said == [f"another run is working for {tmp_path}; waiting up to 0 seconds"]


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """What stands behind a link in the place of the file is left alone."""
    (tmp_path / "public").mkdir()
    (tmp_path / "public" / NAME).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ToolFailed, match="can't write to"), turn(tmp_path / "public", 0, print):
        pass
    assert not (tmp_path / "elsewhere").exists()


@pytest.mark.slow
def test_a_build_waits_for_its_turn(tmp_path: Path) -> None:
    """It begins when the first run is done, or ends with 3 where that takes too long."""
    example.make(tmp_path)
    public = tmp_path / "public"
    environment = {**os.environ, "PYTHONPATH": str(example.ROOT)}
    with _holder(public) as holder:
        given_up = subprocess.run(
            [*BUILD, "--wait", "0"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert given_up.returncode == 3
        assert given_up.stderr.splitlines()[-1].startswith("openbrief: error: another run is working for ")
        with subprocess.Popen(BUILD, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as waiting:
            assert waiting.stderr
            assert f"process {holder.pid} on " in waiting.stderr.readline()
            assert not (public / "index.html").exists()
            holder.communicate("")
            waiting.stderr.read()
    assert waiting.returncode == 0
    assert (public / "first-brief" / "first-brief.txt").exists()
    assert not (public / NAME).exists()
