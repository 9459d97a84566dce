"""A held folder is its maker's alone, and nobody takes away what may be somebody else's."""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli.turn import turn
from pipeline.folder import UNFINISHED, opened
from pipeline.forms import Output
from pipeline.locks import held, let_go, lock
from pipeline.problem import ToolFailed
from pipeline.shelf import PREFIX, shelf
from tests import example

MAKING = """
import sys
from pathlib import Path
from pipeline.locks import held, let_go
for _ in range(150):
    place, descriptor = held(Path(sys.argv[1]), "made-")
    (place / "file").write_text("x")
    assert [*place.iterdir()], place
    let_go(place, descriptor)
"""


@pytest.fixture
def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """A filesystem that has none."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr(fcntl, "flock", refuse)


def test_a_lock_is_mine_or_another_s(tmp_path: Path) -> None:
    """And another's until that one lets go."""
    place, mine = held(tmp_path, "made-")
    again = os.open(place, os.O_RDONLY)
    assert (lock(mine), lock(again)) == ("mine", "another's")
    os.close(mine)
    assert lock(again) == "mine"
    let_go(place, again)
    assert not place.exists()


@pytest.mark.usefixtures("without_locks")
def test_where_there_are_no_locks_nothing_is_swept(tmp_path: Path) -> None:
    """Neither the shelf of a run that may live, nor what it may be writing; two runs can't wait for each other."""
    left = tmp_path / "a" / f".x.pdf{UNFINISHED}"
    left.parent.mkdir()
    left.touch()
    above = tmp_path / left.name
    above.touch()
    with shelf(tmp_path) as living:
        (stored,) = living.lay([Output(path="a.pdf", data=b"pdf")])
        with shelf(tmp_path), turn(tmp_path, 0, print), opened(tmp_path) as folder:
            folder.put([Output(path="a/a.pdf", data=b"pdf")])
        assert stored.where.read_bytes() == b"pdf"
    assert left.exists()
    assert above.exists()
    assert not [*tmp_path.glob(f"{PREFIX}*")]


def _sweeping(monkeypatch: pytest.MonkeyPatch, deed: Callable[[Path], object]) -> None:
    """Let another process do something to the first folder that is made, before its maker locks it."""
    given, opens = list[str](), os.open

    def open_after(path: str | Path, flags: int, **how: Any) -> int:
        if not given:
            given.append(str(path))
            deed(Path(path))
        return opens(path, flags, **how)

    monkeypatch.setattr("pipeline.locks.os.open", open_after)


def test_a_folder_that_another_has_locked_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is being taken away: another one is made."""
    opens, taken = os.open, dict[Path, int]()

    def take(place: Path) -> None:
        taken[place] = opens(place, os.O_RDONLY)
        fcntl.flock(taken[place], fcntl.LOCK_EX)

    _sweeping(monkeypatch, take)
    place, descriptor = held(tmp_path, "made-")
    assert len(taken) == 1
    assert place not in taken
    let_go(place, descriptor)
    let_go(*taken.popitem())
    assert not [*tmp_path.iterdir()]


def test_a_folder_that_another_has_swept_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Before its maker could open it."""
    _sweeping(monkeypatch, shutil.rmtree)
    place, descriptor = held(tmp_path, "made-")
    assert [*tmp_path.iterdir()] == [place]
    let_go(place, descriptor)


def test_no_folder_vanishes_under_its_owner(tmp_path: Path) -> None:
    """Of several processes that make, sweep and let go of folders in one place."""
    command = [sys.executable, "-c", MAKING, str(tmp_path)]
    processes = [subprocess.Popen(command, cwd=example.ROOT, stderr=subprocess.PIPE, text=True) for _ in range(4)]
    assert [process.communicate()[1] for process in processes] == [""] * 4
    assert not [*tmp_path.iterdir()]


def test_nothing_is_swept_in_a_folder_that_is_held(tmp_path: Path) -> None:
    """The processes of a pool share theirs, and what they leave there goes with it."""
    pool, descriptor = held(tmp_path, "made-")
    left = pool / "made-left"
    left.mkdir()
    let_go(*held(pool, "made-"))
    assert [*pool.iterdir()] == [left]
    let_go(pool, descriptor)
    assert not [*tmp_path.iterdir()]


def test_a_build_leaves_alone_what_is_no_shelf_of_ours(tmp_path: Path) -> None:
    """A link, a file, a pipe, or a folder of somebody else's: none of them ends it."""
    public, elsewhere = tmp_path / "public", tmp_path / "elsewhere"
    public.mkdir()
    elsewhere.mkdir()
    (elsewhere / "file").touch()
    (public / f"{PREFIX}link").symlink_to(elsewhere)
    (public / f"{PREFIX}nowhere").symlink_to(tmp_path / "nowhere")
    (public / f"{PREFIX}file").touch()
    os.mkfifo(public / f"{PREFIX}pipe")
    if os.geteuid() == 0:
        (public / f"{PREFIX}theirs").mkdir(0o700)
        os.chown(public / f"{PREFIX}theirs", 12345, 12345)
    before = {*public.iterdir()}
    with shelf(public) as place:
        assert place.lay([Output(path="a.pdf", data=b"pdf")])
    assert {*public.iterdir()} == before
    assert (elsewhere / "file").exists()
    assert not (tmp_path / "nowhere").exists()


def test_a_folder_that_can_not_be_opened_is_a_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As where too many files are open: said once, with nothing left behind."""

    def refuse(_place: Path) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    root = tmp_path / "public"
    with opened(root):
        _sweeping(monkeypatch, refuse)
        with pytest.raises(OSError, match="Too many open files"):
            held(root, PREFIX)
        assert not [*root.iterdir()]


def test_a_shelf_that_can_not_be_made_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a sentence with the output folder's name."""

    def refuse(*_: object) -> None:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))

    monkeypatch.setattr("pipeline.shelf.held", refuse)
    with pytest.raises(ToolFailed, match=r"can't write to .*public: Too many open files"), shelf(tmp_path / "public"):
        pass
    assert not (tmp_path / "public").exists()
