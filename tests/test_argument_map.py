"""A map has the parts of an argument, and between them what the semantics says."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.argument_map import ArgumentMap, Twig, argument_map, brief_map, twigs
from pipeline.model import Library
from tests import harbours
from tests.drawing.strategies import library


@pytest.fixture
def found(tmp_path: Path) -> Library:
    """The library in which everything occurs."""
    return harbours.loaded(tmp_path)


def _map(found: Library, id: str) -> ArgumentMap:
    return argument_map(found, found.arguments[id], argue(found))


def _links(drawn: ArgumentMap) -> set[tuple[str, str, str]]:
    return {(link.source, link.relation, link.target) for link in drawn.links}


def test_every_step_is_there(found: Library) -> None:
    """An undercut step has a box of its own, between its ground and the claim."""
    assert _links(_map(found, "lights-help")) == {
        ("step from lights-help/fewer-wrecks", "supports", "lights-help"),
        ("lights-help/fewer-wrecks", "supports", "step from lights-help/fewer-wrecks"),
        ("lights-help/better-charts", "undercuts", "step from lights-help/fewer-wrecks"),
        ("lights-help/better-charts/response", "answers", "lights-help/better-charts"),
        ("lights-help/pilots", "supports", "lights-help"),
        ("lights-help/paid-pilots", "undermines", "lights-help/pilots"),
    }


def test_the_warrant_is_shown_where_all_of_it_is_undercut(tmp_path: Path) -> None:
    """It has the words of the file, and is contested as long as an undercutter stands."""
    change = ("arguments/lights-help.yaml", "    kind: undercuts\n    target: fewer-wrecks\n", "    kind: undercuts\n")
    lost = ("sources.yaml", "country: FR}", "country: FR, retracted: {date: 2026-01-01, notice: Withdrawn.}}")
    for changes, label in (((change,), "accepted"), ((change, lost), "contested")):
        drawn = _map(harbours.loaded(tmp_path, *changes), "lights-help")
        box = next(box for box in drawn.boxes if box.kind == "warrant")
        assert (box.text, box.label) == ("What is seen can be steered by.", label)
        assert ("lights-help/better-charts", "undercuts", box.address) in _links(drawn)
        assert (box.address, "supports", "lights-help") in _links(drawn)


def test_a_step_is_no_better_than_its_ground(tmp_path: Path) -> None:
    """Where the ground rests on nothing, nor does the step."""
    gone = "custom: {read: full, funder", "custom: {retracted: {date: 2026-01-01, notice: N.}, read: full, funder"
    lost = ("sources.yaml", *gone)
    more = ("sources.yaml", "country: FR}", "country: FR, retracted: {date: 2026-01-01, notice: Withdrawn.}}")
    drawn = _map(harbours.loaded(tmp_path, lost, more), "lights-help")
    assert {box.label for box in drawn.boxes if box.kind == "step"} == {"unsupported"}


def test_boxes_say_what_they_cite(tmp_path: Path) -> None:
    """Works by name; what is context is not cited, what disputes or is retracted is called so."""
    against = (
        "arguments/lights-help.yaml",
        "kind: testimony, direction: context",
        "kind: testimony, direction: disputes",
    )
    lost = ("sources.yaml", "country: FR}", "country: FR, retracted: {date: 2026-01-01, notice: Withdrawn.}}")
    cites = {box.address: box.cites for box in _map(harbours.loaded(tmp_path, against, lost), "lights-help").boxes}
    assert cites["lights-help/fewer-wrecks"] == "Able 2024; Baker and Cole 2022 (retracted)"
    assert cites["lights-help/pilots"] == "Dunn et al. 2020; disputed by Able 2024"
    assert cites["lights-help/better-charts"] == "Gale Press 2019"
    assert cites["lights-help"] == ""


def test_a_map_holds_what_is_taken_over(found: Library) -> None:
    """A ground of another argument, with what is said against that, but not all of the other."""
    addresses = {box.address for box in _map(found, "lights-cost").boxes}
    assert {"lights-help/fewer-wrecks", "lights-help/better-charts"} <= addresses
    assert not {"lights-help", "lights-help/pilots"} & addresses


def test_a_brief_is_mapped_with_all_that_it_says(found: Library) -> None:
    """Recommendations before key messages, each supported by what it rests on."""
    drawn = brief_map(found, found.briefs["first-brief"], argue(found))
    assert [box.name for box in drawn.boxes if "#" in box.address] == [
        "Recommendation 1", "Recommendation 2", "Key message 1", "Key message 2", "Key message 3",
    ]  # fmt: skip
    assert ("lights-cost/cheap", "supports", "first-brief#recommendation-2") in _links(drawn)
    assert {"lights-help", "lights-cost"} <= {box.address for box in drawn.boxes}


def test_every_link_meets_two_boxes() -> None:
    """Whatever the library names that isn't there."""
    seen = 0
    for seed in range(40):
        made = library(seed)
        labels = argue(made)
        for argument in made.arguments.values():
            drawn = argument_map(made, argument, labels)
            known = [box.address for box in drawn.boxes]
            assert len(known) == len(set(known))
            assert {end for link in drawn.links for end in (link.source, link.target)} <= set(known)
            seen += len(drawn.links)
    assert seen > 1000


def _flat(twig: Twig) -> list[Twig]:
    return [twig, *(lower for other in twig.twigs for lower in _flat(other))]


def test_the_list_says_what_the_map_shows() -> None:
    """Every box is opened once, and every link is a line of it, in circles too."""
    for seed in range(40):
        made = library(seed)
        labels = argue(made)
        for argument in made.arguments.values():
            drawn = argument_map(made, argument, labels)
            listed = [twig for top in twigs(drawn) for twig in _flat(top)]
            opened = [twig.box.address for twig in listed if not twig.again]
            assert sorted(opened) == sorted(box.address for box in drawn.boxes)
            below = {(lower.box.address, lower.relation, twig.box.address) for twig in listed for lower in twig.twigs}
            assert below == _links(drawn)
