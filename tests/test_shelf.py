"""Finished files lie on the disk until their release takes them, and nowhere when the run is over."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.folder import opened
from pipeline.forms import Listed, Output, Stored, listed
from pipeline.problem import ToolFailed
from pipeline.publish import done_before, publish
from pipeline.shelf import PREFIX, shelf
from tests import example
from tests.test_publish import _entry, _index, _tree

PAGE = Output(path="a/index.html", data=b"a page")
OTHER = Output(path="b/index.html", data=b"another")
HOLDING = """
import sys
from pathlib import Path
from pipeline.forms import Output
from pipeline.shelf import shelf
with shelf(Path(sys.argv[1])) as place:
    place.lay([Output(path="a/index.html", data=b"half of it")])
    print(place.name, flush=True)
    sys.stdin.read()
"""


def _shelves(root: Path) -> Sequence[str]:
    return sorted(path.name for path in root.glob(f"{PREFIX}*"))


def test_what_is_laid_down_is_known_by_its_digest(tmp_path: Path) -> None:
    """And lies below the output folder; with the shelf it goes, and the folder with it, if nothing was put there."""
    with shelf(tmp_path / "public") as place:
        (stored,) = place.lay([PAGE])
        assert listed(stored) == listed(PAGE)
        assert stored.where.read_bytes() == b"a page"
        assert stored.where.is_relative_to(tmp_path / "public")
        assert place.lay([PAGE])[0] == stored
    assert not (tmp_path / "public").exists()


def test_a_file_is_not_copied_into_its_place(tmp_path: Path) -> None:
    """The very file that was laid down is the one that stands there in the end."""
    with shelf(tmp_path) as place:
        (stored,) = place.lay([PAGE])
        made = stored.where.stat().st_ino
        with opened(tmp_path) as folder:
            assert folder.put([stored, OTHER]) == (PAGE.path, OTHER.path)
            assert folder.put([stored, listed(OTHER)]) == ()
    assert (tmp_path / PAGE.path).stat().st_ino == made
    assert _tree(tmp_path) == {"a/index.html": "a page", "b/index.html": "another"}


def _refuse(*_names: object, **_how: object) -> None:
    raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))


def test_a_file_is_copied_where_no_link_can_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As onto another filesystem."""
    monkeypatch.setattr(os, "link", _refuse)
    with shelf(tmp_path / "here") as place, opened(tmp_path / "there") as folder:
        (stored,) = place.lay([PAGE])
        folder.put([stored])
        assert stored.where.stat().st_ino != (tmp_path / "there" / PAGE.path).stat().st_ino
    assert _tree(tmp_path / "there") == {"a/index.html": "a page"}


def test_a_file_that_has_changed_is_not_put_out(tmp_path: Path) -> None:
    """Neither from a shelf nor left in its place, and nothing else is put out either."""
    with shelf(tmp_path) as place, opened(tmp_path) as folder:
        folder.put([OTHER])
        (stored,) = place.lay([PAGE])
        stored.where.write_bytes(b"tampered")
        with pytest.raises(ToolFailed, match=r"can't put out a/index\.html: somebody has changed it"):
            folder.put([Output(path=OTHER.path, data=b"new"), stored])
        (tmp_path / OTHER.path).write_bytes(b"by hand")
        with pytest.raises(ToolFailed, match=r"can't put out b/index\.html: somebody has changed it"):
            folder.put([PAGE, listed(OTHER)])
    assert _tree(tmp_path) == {"b/index.html": "by hand"}


def test_a_shelf_is_swept_when_its_run_is_dead(tmp_path: Path) -> None:
    """While that lives it stays, whoever builds there besides."""
    command = [sys.executable, "-c", HOLDING, str(tmp_path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=example.ROOT
    ) as process:
        assert process.stdout
        name = process.stdout.readline().strip()
        with shelf(tmp_path) as place:
            assert _shelves(tmp_path) == sorted([name, place.name])
        process.kill()
        process.wait()
        assert _shelves(tmp_path) == [name]
    with shelf(tmp_path) as place:
        assert _shelves(tmp_path) == [place.name]
    assert not _shelves(tmp_path)


def test_a_disk_that_refuses_names_the_place(tmp_path: Path) -> None:
    """Not where it lies meanwhile."""
    with shelf(tmp_path / "public") as place:
        (tmp_path / "public" / place.name / "a").write_bytes(b"in the way")
        with pytest.raises(ToolFailed, match=rf"can't write {tmp_path}/public/a/index\.html: "):
            place.lay([PAGE])


def test_what_is_taken_from_elsewhere_stays_there(tmp_path: Path) -> None:
    """A part of a release is copied, so that whatever becomes of it harms no file of the whole."""
    entry = replace(_entry("a"), inputs={"text": "1"})
    publish(tmp_path / "part", [entry], _index, whole=True)
    known = {"a": {"text": "1"}}
    with shelf(tmp_path / "public") as place:
        done = done_before(tmp_path / "part", known, ("pdf", "html"), place)
        assert {type(output) for output in done["a"].outputs} == {Stored}
        publish(tmp_path / "public", [done["a"]], _index, whole=True)
    assert (tmp_path / "public" / "a" / "a.pdf").stat().st_nlink == 1
    assert _tree(tmp_path / "public") == _tree(tmp_path / "part")
    again = done_before(tmp_path / "public", known, ("pdf", "html"))
    assert {type(output) for output in again["a"].outputs} == {Listed}
    assert publish(tmp_path / "public", [again["a"]], _index, whole=True).written == ()
