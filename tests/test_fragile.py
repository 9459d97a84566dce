"""The sources that a result hangs by are the smallest sets whose loss costs it its label."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.build import examine
from pipeline.fragile import fragile
from pipeline.model import Library
from pipeline.project import Project
from tests import harbours

ROOT = Path(__file__).parents[1]
ORDER = ("unsupported", "contested", "accepted")


def _by_trying(library: Library, address: str) -> set[tuple[str, ...]]:
    """Take away every source and every pair of the whole library: slow, and written without looking at fragile."""
    label = argue(library)[address].label

    def falls(keys: tuple[str, ...]) -> bool:
        return ORDER.index(argue(library, keys)[address].label) < ORDER.index(label)

    single = {(key,) for key in library.sources if falls((key,))}
    others = sorted(key for key in library.sources if (key,) not in single)
    return single | {pair for pair in combinations(others, 2) if falls(pair)}


def test_finds_all_that_trying_finds(tmp_path: Path) -> None:
    """For every result of the library in which everything occurs."""
    library = harbours.loaded(tmp_path)
    found = fragile(library)
    assert len(found) == 5
    for result in found:
        assert {loss.sources for loss in result.losses} == _by_trying(library, result.part.address)
    assert sum(len(result.losses) for result in found) >= 5


def test_one_source_comes_before_two(tmp_path: Path) -> None:
    """And a pair is named only where neither suffices."""
    results = {result.part.name: result for result in fragile(harbours.loaded(tmp_path))}
    assert [(loss.sources, loss.after) for loss in results["Recommendation 2"].losses] == [
        (("baker-2022",), "contested"),
        (("dunn-2020",), "unsupported"),
    ]
    assert [(loss.sources, loss.after) for loss in results["Recommendation 1"].losses] == [
        (("able-2024", "baker-2022"), "unsupported")
    ]


def test_what_is_contested_can_still_lose_its_support(tmp_path: Path) -> None:
    """A recommendation that isn't accepted falls when nothing is left under it."""
    change = ("first-brief.yaml", "[lights-cost/cheap, lights-help]", "[lights-help/pilots]")
    result = fragile(harbours.loaded(tmp_path, change))[1]
    assert result.label == "contested"
    assert [(loss.sources, loss.after) for loss in result.losses] == [(("dunn-2020",), "unsupported")]


def test_what_is_unsupported_has_nothing_to_lose(tmp_path: Path) -> None:
    """No set of sources is named."""
    change = (
        "arguments/lights-cost.yaml",
        "{source: dunn-2020, finding: Oil costs little.,",
        "{source: dunn-2020, finding: x, direction: context,",
    )
    result = fragile(harbours.loaded(tmp_path, change))[1]
    assert (result.label, result.losses) == ("unsupported", ())


def test_one_brief_can_be_asked_about(tmp_path: Path) -> None:
    """None of the others is looked at."""
    library, _ = examine(Project.at(ROOT))
    found = fragile(library, [library.briefs["open-models"]])
    assert {result.brief for result in found} == {"open-models"}


@pytest.mark.slow
def test_single_sources_of_the_shipped_library_are_those_that_trying_finds() -> None:
    """Whatever else the rules of labelling become."""
    library, _ = examine(Project.at(ROOT))
    alone = {key: argue(library, [key]) for key in library.sources}
    now = argue(library)
    for result in fragile(library):
        address = result.part.address
        falling = {k for k in alone if ORDER.index(alone[k][address].label) < ORDER.index(now[address].label)}
        assert {loss.sources[0] for loss in result.losses if len(loss.sources) == 1} == falling
