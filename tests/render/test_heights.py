"""What is kept of layouts saves layouts, and decides nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline import line as module
from pipeline.build import examine
from pipeline.fit import Fitted
from pipeline.forms import Page
from pipeline.kept import Kept
from pipeline.line import Line, unwatched
from pipeline.product import Order, planned
from pipeline.project import Project
from pipeline.render import heights as kept_heights
from pipeline.render import pdf
from pipeline.render.heights import Heights, plain
from pipeline.render.measure import Measures
from pipeline.render.pdf import Layout
from tests import example

MESSAGES = "".join(
    f"  - {{text: Lights are good for {number} reasons., rests_on: [lights-help]}}\n" for number in range(3, 9)
)
LONG = "affected: |\n  " + "Sailors wait for light, and their families wait for them. " * 40
LAID = Callable[[], int]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """The example as one page, with more than that holds."""
    briefs = example.make(tmp_path)
    text = example.BRIEF.replace("affected: Sailors.", LONG).replace("options:\n", f"{MESSAGES}options:\n")
    (briefs / "first-brief.yaml").write_text(f"{text}products: [{{editions: [one-page]}}]\n", encoding="utf-8")
    return Project.at(tmp_path)


@pytest.fixture
def laid(monkeypatch: pytest.MonkeyPatch) -> LAID:
    """How often the engine has worked since this was asked last."""
    count, lay_out = [0], pdf.lay_out

    def counted(*given: object) -> Layout:
        count[0] += 1
        return lay_out(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "lay_out", counted)

    def since() -> int:
        count.append(count[0])
        count[0] = 0
        return count.pop()

    return since


def fitted(project: Project, *, fresh: bool = False) -> Fitted[Layout]:
    """The one page, fitted."""
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    return Line(project, library, product, Order(fresh=fresh), unwatched).fitted()


def test_a_second_fitting_lays_out_once(project: Project, laid: LAID) -> None:
    """It chooses the same, and comes out the same; with `--fresh` nothing that is kept is asked."""
    first = fitted(project)
    assert (laid(), bool(first.left_out)) == (first.layouts, True)
    assert first.layouts > 2
    house = project.briefs / "house.yaml"
    house.write_text(f"{house.read_text(encoding='utf-8')}# nothing of this is printed\n", encoding="utf-8")
    again = fitted(project)
    assert laid() == 1
    fresh = fitted(project, fresh=True)
    assert laid() == first.layouts
    for other in (again, fresh):
        assert (other.left_out, plain(other.laid)) == (first.left_out, plain(first.laid))


@pytest.mark.parametrize("used", [0.0, 1e9])
def test_what_is_not_so_decides_nothing(
    project: Project, laid: LAID, monkeypatch: pytest.MonkeyPatch, used: float
) -> None:
    """Where what is kept says that all fits, or that nothing does, and it is not so, the engine lays all out."""
    first = fitted(project)
    wrong = Measures(used=used, rooms=(1000.0,), slack=0, spare=0, heights={}, margin=frozenset(), beside=frozenset())

    def known(heights: Heights, _page: Page) -> Measures:
        heights.found += 1
        return wrong

    monkeypatch.setattr(Heights, "get", known)
    laid()
    again = fitted(project)
    assert laid() >= first.layouts
    assert (again.left_out, plain(again.laid)) == (first.left_out, plain(first.laid))


def test_what_is_kept_is_of_exactly_that_page(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another word, another file that a page may ask for, another limit and another engine are another layout."""
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    line = Line(project, library, product, Order(), unwatched)
    page, kept = line._proof(()), Kept(folder=project.kept)

    def heights(most: int = 500) -> Heights:
        return Heights(kept, project.assets, (), most)

    keys = [heights().key(page), heights().key(replace(page, paged=page.paged + " ")), heights(499).key(page)]
    font = next((project.assets / "fonts").glob("*.ttf"))
    whole = font.read_bytes()
    font.write_bytes(bytes([whole[0] ^ 1]) + whole[1:])
    keys.append(heights().key(page))
    font.write_bytes(whole)
    assert heights().key(page) == keys[0]
    kept_heights._engine.cache_clear()
    monkeypatch.setattr(kept_heights, "native", lambda: {"pango": "0.1"})
    keys.append(heights().key(page))
    kept_heights._engine.cache_clear()
    assert len(set(keys)) == 5


@pytest.mark.parametrize("value", [[], 3, "x", {"rooms": [1]}, {"rooms": None}])
def test_what_is_no_layout_is_none(project: Project, value: object) -> None:
    """Whatever stands there."""
    library, _ = examine(project)
    product = planned(library.house, library.briefs["first-brief"])[0]
    page, kept = Line(project, library, product, Order(), unwatched)._proof(()), Kept(folder=project.kept)
    heights = Heights(kept, project.assets, (), 500)
    kept.put(heights.key(page), value)
    assert heights.get(page) is None
