"""A product that crashes, hangs or eats memory is told by its name; all others are made, and nothing is published."""

from __future__ import annotations

import os
import signal
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from pipeline import making as module
from pipeline.build import build
from pipeline.problem import Refused
from pipeline.product import Order, Product
from pipeline.project import Project
from pipeline.shelf import Shelf
from tests import example

pytestmark = pytest.mark.slow
HTML = Order(formats=("html",), fresh=True)
MADE = module._laid_apart
HOUSE = example.HOUSE + "limits: {seconds: SECONDS, memory: 512}\n"


def misbehaving(project: Project, product: Product, order: Order, files: tuple[str, ...], shelf: Shelf) -> Any:
    """Make a product as ever, unless its brief is named for what it does."""
    if product.slug == "crashing":
        os.kill(os.getpid(), signal.SIGABRT)
    elif product.slug == "eating":
        bytearray(2**30)
    return MADE(project, product, order, files, shelf)


def hanging(*_: Any) -> Any:
    """Never end."""
    threading.Event().wait()


def _project(root: Path, seconds: int, *slugs: str) -> Project:
    briefs = example.make(root)
    (briefs / "house.yaml").write_text(HOUSE.replace("SECONDS", str(seconds)), encoding="utf-8")
    for slug in slugs:
        (briefs / f"{slug}.yaml").write_text(example.BRIEF.replace("Light every", "See every"), encoding="utf-8")
    (briefs / "second-brief.yaml").write_text(
        example.BRIEF.replace("Winter is near.", "A <b>bold</b> word."), encoding="utf-8"
    )
    return Project.at(root)


def test_each_loses_itself_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a late stage finds in another brief comes together with it, at each brief's title."""
    project = _project(tmp_path, 600, "crashing", "eating")
    project.output.mkdir()
    (project.output / "kept.txt").write_text("kept", encoding="utf-8")
    monkeypatch.setattr(module, "_laid_apart", misbehaving)
    with pytest.raises(Refused) as refused:
        build(project, HTML, jobs=2)
    lost = {one.mark.file: one.message for one in refused.value.problems if one.rule == "not-made"}
    assert lost["briefs/crashing.yaml"] == "'crashing' was not made: its process crashed (SIGABRT)"
    if sys.platform == "linux":  # elsewhere memory has no bound
        assert lost.pop("briefs/eating.yaml") == "'eating' was not made: it needs more than 512 MiB of memory"
    assert len(lost) == 1
    assert {one.mark.file for one in refused.value.problems if one.rule == "raw-html"} == {"briefs/second-brief.yaml"}
    assert [path.name for path in project.output.iterdir()] == ["kept.txt"]


def test_what_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After as many seconds as the house allows; the hint says what to raise."""
    project = _project(tmp_path, 1)
    monkeypatch.setattr(module, "_laid_apart", hanging)
    with pytest.raises(Refused) as refused:
        build(project, HTML, jobs=2)
    told = [(one.mark.file, one.message) for one in refused.value.problems]
    assert told == [
        (f"briefs/{slug}.yaml", f"'{slug}' was not made: it took longer than 1 seconds")
        for slug in ("first-brief", "second-brief")
    ]
    assert all("`limits.seconds`" in one.hint for one in refused.value.problems)


def test_pages_have_a_limit(tmp_path: Path) -> None:
    """A brief of more pages than the house allows is refused where it is set on paper."""
    briefs = example.make(tmp_path)
    house = example.HOUSE + "limits: {pages: 1}\nproducts: [{editions: [full]}]\n"
    (briefs / "house.yaml").write_text(house, encoding="utf-8")
    with pytest.raises(Refused, match="it has more than 1 pages"):
        build(Project.at(tmp_path), Order(slugs=["first-brief"], formats=("pdf",)))
