"""Pages look as they did: nothing moves, vanishes or changes its weight without somebody looking at it.

`make golden` writes the pictures anew. A failing test leaves before, after and difference side by side in build/looks/.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import numpy as np
import pytest

from pipeline.render.fonts import isolate
from pipeline.verify import tools
from tests import likeness
from tests.tooling import needs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "looks"
SHOWN = ROOT / "build" / "looks"
WHOLE = "ai-alliance"
"""The brief of which whole pages are kept."""
WIDTHS = (1280, 360)
HIGHEST = 2400
"""Pixels of a page on a screen that are looked at."""
SOFT = 24
"""What another release of Chromium may smooth otherwise, in greys of 255."""
FEW = 0.01
"""The share of squares that may still differ on a screen."""


def _compare(name: str, now: likeness.Picture | None, tolerance: int, most: float = 0) -> str:
    """Keep a picture, or say in what it differs from the one that was kept; nothing where it doesn't."""
    path = KEPT / f"{name}.png"
    if os.environ.get("OPENBRIEF_GOLDEN"):
        if now is None:
            path.unlink()
        else:
            likeness.keep(path, now)
        return ""
    before = likeness.read(path)
    size = before.size if before is not None else 0
    times = size if before is None or now is None else likeness.differing(before, now, tolerance)
    if before is not None and now is not None and times <= most * size:
        return ""
    shown = SHOWN / f"{name.replace('/', '-')}.png"
    likeness.side_by_side(shown, before, now)
    return f"{name}: {times} of {size} points differ, see {shown.relative_to(ROOT)}"


def _pages(public: Path) -> dict[str, likeness.Picture]:
    return {
        f"{'whole' if whole else 'ink'}/{path.stem}-{number}": likeness.coarse(page) if whole else likeness.ink(page)
        for path in sorted(public.rglob("*.pdf"))
        for number, page in enumerate(likeness.drawn(path), start=1)
        for whole in ((True, False) if path.stem == WHOLE else (False,))
    }


def test_golden_pages(public: Path) -> None:
    """Every page on paper has the ink that it had, the pages of one brief every pixel; none is new, and none gone."""
    now = _pages(public)
    paths = (path for kind in ("ink", "whole") for path in KEPT.glob(f"{kind}/*.png"))
    kept = {path.relative_to(KEPT).with_suffix("").as_posix() for path in paths}
    assert len(now) >= 20
    said = [
        _compare(name, now.get(name), likeness.GREY if name.startswith("whole/") else likeness.INK)
        for name in sorted({*now, *kept})
    ]
    assert not [each for each in said if each]


def _shoot(page: Path, to: Path) -> None:
    """Take pictures of a page, as wide as each of WIDTHS, in PNG files of these names."""
    script = ROOT / "tests" / "looks" / "shoot.mjs"
    asked = {"file": str(page), "widths": WIDTHS, "height": HIGHEST, "to": str(to)}
    job = {"executablePath": tools.chromium(), **asked}
    subprocess.run(["node", str(script), json.dumps(job)], check=True, timeout=120)


@needs(*tools.BROWSING)
def test_pictures_need_no_quiet_machine(public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not a pixel differs after PDFs were made in this process, which leaves it the fonts of the engine alone."""
    page = public / WHOLE / "index.html"
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    for name in ("before", "after"):
        (tmp_path / name).mkdir()
        _shoot(page, tmp_path / name)
        isolate(ROOT / "assets")
    for width in WIDTHS:
        before, after = ((tmp_path / name / f"{width}.png").read_bytes() for name in ("before", "after"))
        assert before == after


@needs(*tools.BROWSING)
def test_golden_screens(public: Path, tmp_path: Path) -> None:
    """A page on wide and narrow screens is as dark in each part as it was, whatever release of Chromium shows it."""
    _shoot(public / WHOLE / "index.html", tmp_path)
    said = []
    for width in WIDTHS:
        now = likeness.read(tmp_path / f"{width}.png")
        assert now is not None
        assert now.shape == (HIGHEST, width)
        said.append(_compare(f"screen/{WHOLE}-{width}", likeness.ink(now), SOFT, FEW))
    assert not [each for each in said if each]


def test_one_letter_is_seen() -> None:
    """A full stop more on a page is more than the tolerance, and so is a page that has grown."""
    page = np.full((100, 100), 255, np.uint8)
    dotted = page.copy()
    dotted[52:55, 52:55] = 0
    assert likeness.differing(likeness.ink(page), likeness.ink(page), likeness.INK) == 0
    assert likeness.differing(likeness.ink(page), likeness.ink(dotted), likeness.INK) == 1
    assert likeness.differing(likeness.coarse(page), likeness.coarse(dotted), likeness.GREY) == 9
    assert likeness.differing(page, page[:-1], likeness.INK) == page.size


def test_the_difference_is_shown(tmp_path: Path) -> None:
    """Before, after and difference stand side by side; what is new has white before it."""
    page = np.full((300, 200), 255, np.uint8)
    dark = page.copy()
    dark[:150] = 0
    likeness.side_by_side(tmp_path / "both.png", page, dark)
    likeness.side_by_side(tmp_path / "new.png", None, dark)
    for name in ("both.png", "new.png"):
        shown = likeness.read(tmp_path / name)
        assert shown is not None
        assert shown.shape == (900, 3 * (3 * 200 + 2 * 8))
