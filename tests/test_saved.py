"""Products that were kept are there for a build that can list them, and no build fails for one that can't."""

from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from pipeline.cluster.saved import save, saved
from pipeline.project import Project
from tests.test_publish import _entry


def test_what_cannot_be_listed_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that isn't there, a file in its place, and one that may not be read hold nothing."""

    def refuse(_: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    project = Project.at(tmp_path)
    assert saved(project) == ()
    place = tmp_path / "build/finished"
    place.parent.mkdir()
    place.write_text("")
    assert saved(project) == ()
    place.unlink()
    (place / "one").mkdir(parents=True)
    assert saved(project) == (place / "one",)
    monkeypatch.setattr(Path, "iterdir", refuse)
    assert saved(project) == ()


def test_what_cannot_be_kept_stops_no_build(tmp_path: Path) -> None:
    """A file in the folder's place stays there; without it, the product is kept."""
    project = Project.at(tmp_path)
    place = tmp_path / "build/finished"
    place.parent.mkdir()
    place.write_text("mine")
    save(project, _entry("a"))
    assert (saved(project), place.read_text()) == ((), "mine")
    place.unlink()
    save(project, _entry("a"))
    assert saved(project) == (place / "a",)
