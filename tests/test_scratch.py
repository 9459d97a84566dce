"""Temporary folders go with their processes, and what a killed one has left goes with the next."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.scratch import PREFIX, scratch
from tests import example

HOLDING = """
import sys
from pathlib import Path
from pipeline.render.fonts import isolate
from pipeline.scratch import scratch
isolate(Path("assets"))
with scratch() as place:
    (place / "file").write_text("x")
    print(place, flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for temporary files, of this process and of those that it starts."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def holding() -> subprocess.Popen[str]:
    """Start a process with fonts and a scratch folder of its own, and wait until it has them."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=example.ROOT
    )
    assert process.stdout
    assert PREFIX in process.stdout.readline()
    return process


def test_a_folder_goes_with_its_process(temporary: Path) -> None:
    """With all that is in it, and the fonts' one too."""
    with holding() as process:
        assert len([*temporary.iterdir()]) == 2
        process.communicate("")
    assert process.returncode == 0
    assert [*temporary.iterdir()] == []


def test_what_a_killed_process_left_goes_with_the_next(temporary: Path) -> None:
    """What another has in use stays, until that one is killed too."""
    with holding() as living:
        with holding() as killed:
            left = {*temporary.iterdir()}
            killed.send_signal(signal.SIGKILL)
        assert len(left) == 4
        assert {*temporary.iterdir()} == left
        with scratch() as place:
            assert len([*temporary.iterdir()]) == 3
            assert place.is_dir()
        living.send_signal(signal.SIGKILL)
    with scratch() as place:
        assert [*temporary.iterdir()] == [place]
    assert [*temporary.iterdir()] == []


def test_what_is_no_folder_of_ours_is_left(temporary: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """No link is followed, nothing is waited for, and a folder of another name or of somebody else's stays."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "file").touch()
    (temporary / f"{PREFIX}link").symlink_to(elsewhere)
    os.mkfifo(temporary / f"{PREFIX}pipe")
    (temporary / "openbrief-notes").mkdir()
    if os.geteuid() == 0:
        (temporary / f"{PREFIX}theirs").mkdir()
        os.chown(temporary / f"{PREFIX}theirs", 12345, 12345)
    before = {*temporary.iterdir()}
    with scratch():
        pass
    assert {*temporary.iterdir()} == before
    assert (elsewhere / "file").exists()
