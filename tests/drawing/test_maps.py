"""Maps of arguments: nothing lies on anything else, lines end where they belong, and words say what shapes show."""

from __future__ import annotations

import re
from itertools import combinations, pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.argue import argue
from pipeline.argument_map import ArgumentMap, argument_map, brief_map
from pipeline.build import examine
from pipeline.drawing import draw_map
from pipeline.drawing.dot import dot
from pipeline.drawing.maps import MapPlan, PlacedBox, PlacedLink, place
from pipeline.model import Brand, Library
from pipeline.project import Project
from pipeline.templating import environment
from tests import harbours
from tests.drawing.strategies import library

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The library that ships."""
    return examine(Project.at(ROOT))[0]


def _all(library: Library) -> list[ArgumentMap]:
    labels = argue(library)
    return [
        *(argument_map(library, argument, labels) for argument in library.arguments.values()),
        *(brief_map(library, brief, labels) for brief in library.briefs.values()),
    ]


def _points(link: PlacedLink) -> list[tuple[float, float]]:
    """The corners of a line: of a curve, where it would turn if it weren't round."""
    x, y, found = 0.0, 0.0, []
    for sign, said in re.findall(r"([MLHVQ])([^MLHVQ]*)", link.path):
        numbers = [float(number) for number in NUMBER.findall(said)]
        x, y = (numbers[0], y) if sign == "H" else (x, numbers[0]) if sign == "V" else (numbers[0], numbers[1])
        found.append((x, y))
        x, y = (numbers[2], numbers[3]) if sign == "Q" else (x, y)
        found.append((x, y))
    return found


def _touches(box: PlacedBox, x: float, y: float, *, left: bool) -> bool:
    side = box.x if left else box.x + box.width
    return abs(side - x) < 0.2 and box.y + 3 < y < box.y + box.height - 3


def _overlap(one: PlacedBox, other: PlacedBox) -> bool:
    across = one.x < other.x + other.width and other.x < one.x + one.width
    return across and one.y < other.y + other.height - 0.05 and other.y < one.y + one.height - 0.05


def _crosses(box: PlacedBox, start: tuple[float, float], end: tuple[float, float]) -> bool:
    """Whether a level or upright line passes through a box, and not only along its side."""
    (left, right), (top, bottom) = sorted((start[0], end[0])), sorted((start[1], end[1]))
    beside = right <= box.x + 0.2 or left >= box.x + box.width - 0.2
    return not (beside or bottom <= box.y or top >= box.y + box.height)


def _check(drawn: ArgumentMap, plan: MapPlan) -> None:
    """Assert what holds of every map."""
    for box in plan.boxes:
        assert box.x >= 0 <= box.y
        assert box.x + box.width <= plan.width
        assert box.y + box.height <= plan.height
        for text in (*box.head, *box.body, *box.note):
            assert box.y < text.y - text.size * 0.7
            assert text.y + text.size * 0.2 < box.y + box.height
    for one, other in combinations(plan.boxes, 2):
        assert not _overlap(one, other), (one.box.address, other.box.address)
    boxes = {placed.box.address: placed for placed in plan.boxes}
    links = [link for link in drawn.links if link.source != link.target]
    for link, line in zip(links, plan.links, strict=True):
        points = _points(line)
        ends = (points[-1], points[0]) if line.back == 1 else (points[0], points[-1])
        assert _touches(boxes[link.source], *ends[0], left=line.back == 1), link
        assert _touches(boxes[link.target], *ends[1], left=line.back == -1), link
        assert ends[1] == pytest.approx((line.x, line.y), abs=0.1)
        for start, end in pairwise(points):
            assert not [box.box.address for box in plan.boxes if _crosses(box, start, end)], link


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9))
def test_any_argument_can_be_mapped(seed: int) -> None:
    """No box lies on another or outside, and every line ends at its two boxes and passes through none."""
    found = library(seed)
    labels = argue(found)
    for argument in found.arguments.values():
        drawn = argument_map(found, argument, labels)
        assert 1 <= len(drawn.boxes) <= 60 + sum(box.kind in {"warrant", "step"} for box in drawn.boxes)
        _check(drawn, place(drawn))


def test_random_arguments_have_everything() -> None:
    """The libraries of the test before hold circles, steps, long lines and large maps."""
    maps = [drawn for seed in range(60) for drawn in _all(library(seed))]
    plans = [place(drawn) for drawn in maps]
    assert max(len(drawn.boxes) for drawn in maps) > 40
    assert any(line.back == -1 for plan in plans for line in plan.links)
    assert any(link.source == link.target for drawn in maps for link in drawn.links)
    assert any(len(_points(line)) > 8 for plan in plans for line in plan.links)
    kinds = {box.kind for drawn in maps for box in drawn.boxes}
    assert kinds == {"claim", "warrant", "step", "ground", "objection", "response"}


def test_shipped_maps_hold_together(shipped: Library) -> None:
    """The same of what ships, briefs too."""
    maps = _all(shipped)
    assert len(maps) == 10
    for drawn in maps:
        _check(drawn, place(drawn))


def test_lines_of_an_argument_do_not_cross(shipped: Library) -> None:
    """A shipped argument is nearly a tree, so its lines have no need to."""
    labels, seen = argue(shipped), 0
    for argument in shipped.arguments.values():
        lines = [list(pairwise(_points(line))) for line in place(argument_map(shipped, argument, labels)).links]
        for one, other in combinations(lines, 2):
            seen += 1
            assert not [(a, b) for a in one for b in other if _meet(a, b)], argument.id
    assert seen > 300


def _meet(one: tuple[tuple[float, float], ...], other: tuple[tuple[float, float], ...]) -> bool:
    """Whether two level or upright pieces of line have a point in common."""
    (left, right), (top, bottom) = (sorted(values) for values in zip(*one, strict=True))
    (west, east), (north, south) = (sorted(values) for values in zip(*other, strict=True))
    return bool(left <= east and west <= right and top <= south and north <= bottom)


def test_drawings_are_the_same_every_time(shipped: Library) -> None:
    """Byte for byte, from a library that is read anew."""
    again = examine(Project.at(ROOT))[0]
    sandbox = environment(ROOT / "templates")
    first, second = ([draw_map(sandbox, drawn, Brand(), "m") for drawn in _all(found)] for found in (shipped, again))
    assert first == second
    assert [dot(drawn) for drawn in _all(shipped)] == [dot(drawn) for drawn in _all(again)]


def test_a_drawing_says_in_words_what_it_shows(tmp_path: Path) -> None:
    """Every box has its kind and its label, attacks are broken lines, and the picture has a name."""
    found = harbours.loaded(tmp_path)
    drawn = argument_map(found, found.arguments["lights-help"], argue(found))
    svg = ET.fromstring(draw_map(environment(ROOT / "templates"), drawn, Brand(), "map.x"))
    assert svg.attrib["role"] == "img"
    assert (
        [element.attrib["id"] for element in svg[:2]] == svg.attrib["aria-labelledby"].split() == ["map.x-t", "map.x-d"]
    )
    said = " ".join(text.text or "" for text in svg.iter(f"{SVG}text"))
    for words in (
        *(box.standing for box in drawn.boxes),
        "contested (answered)",
        "supports",
        "Able 2024; Baker and Cole",
    ):
        assert words in said
    broken = [path for path in svg.iter(f"{SVG}path") if "stroke-dasharray" in path.attrib]
    assert len(broken) == 1 + sum(link.is_attack for link in drawn.links) == 4


def test_dot_is_written_safely() -> None:
    """What a text holds ends no string and means nothing to Graphviz."""
    for seed in range(20):
        for drawn in _all(library(seed)):
            lines = dot(drawn).splitlines()
            assert len(lines) == 5 + len(drawn.boxes) + len(drawn.links)
            for line in lines:
                outside = re.sub(r'"(?:[^"\\]|\\.)*"', "", line)
                assert re.fullmatch(r"[a-zA-Z0-9 ={}\[\],.>-]*", outside), line
