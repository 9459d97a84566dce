"""The page about figures shows every kind as it is drawn, from facts of the shipped library."""

from __future__ import annotations

import copy
import os
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.chart import Dots, GroupedBars, Slopes, Waffle
from pipeline.check.figure_without_words import find
from pipeline.figure import FIGURE_RECORDS, Groups, Spectrum
from pipeline.handout import alone
from pipeline.load import load
from pipeline.model import Library
from pipeline.project import Project
from pipeline.source import read, read_folder
from tests.drawing.pictures import drawn

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "assets/docs/figures.md").read_text(encoding="utf-8")
SHOWN: dict[str, tuple[str, str]] = {
    id: (alt, text)
    for alt, id, text in re.findall(
        r"^!\[([^\n]+)\]\(figures/([\w-]+)\.svg\)\n\n```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE
    )
}


@cache
def _library() -> Library:
    """The shipped library with the figures of the page in it."""
    documents = [*read_folder(ROOT / "briefs", ROOT).documents]
    have = {Path(document.file).stem for document in documents if "/figures/" in document.file}
    documents += [read(text, f"briefs/figures/{id}.yaml") for id, (_, text) in SHOWN.items() if id not in have]
    library, problems = load(documents)
    assert [problem for problem in problems if "/figures/" in problem.mark.file] == []
    return library


def test_every_kind_is_shown() -> None:
    """Each has a heading, in the order of the records, with its data and its picture."""
    kinds = [str(record.model_fields["kind"].annotation.__args__[0]) for record in FIGURE_RECORDS]
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [*kinds]
    assert {_library().figures[id].kind for id in SHOWN} == set(kinds)
    assert PAGE.count("```yaml") == len(SHOWN) == len(kinds) + 1


@pytest.mark.parametrize("id", SHOWN)
def test_a_shipped_figure_is_shown_as_it_stands(id: str) -> None:
    """Its data are those of its file; what ships in no brief cites the library's sources alone."""
    alt, text = SHOWN[id]
    file = ROOT / "briefs/figures" / f"{id}.yaml"
    figure = _library().figures[id]
    assert figure.alt == alt
    if file.exists():
        assert file.read_text(encoding="utf-8").partition("\n")[2] == text
    assert [citekey for citekey in figure.sources if citekey not in _library().sources] == []


def test_their_words_can_stand_for_them() -> None:
    """The rule about words of figures finds nothing on the page."""
    assert list(find(_library())) == []


def test_counts_on_the_page_are_those_of_the_library() -> None:
    """Members by sector and models by level are counted again from the figures that ship."""
    figures = _library().figures
    sectors, members = figures["alliance-sectors"], figures["alliance-members"]
    levels, spectrum = figures["openness-levels"], figures["openness-spectrum"]
    assert isinstance(sectors, GroupedBars)
    assert isinstance(members, Groups)
    assert isinstance(levels, Waffle)
    assert isinstance(spectrum, Spectrum)
    counted = [(group.label, (len(group.items), len(group.less_certain))) for group in members.groups]
    assert [(group.label, group.values) for group in sectors.groups] == counted
    assert [part.count for part in levels.parts] == [len(level.items) for level in reversed(spectrum.levels)]
    assert sum(part.count for part in levels.parts) == 25


def test_shares_are_those_of_the_argument() -> None:
    """The argument that cites the index states both; the rest of a hundred adds up."""
    text = (ROOT / "briefs/arguments/openness-speeds-innovation.yaml").read_text(encoding="utf-8")
    assert "The open-source share was 44.4% in 2022 and 65.7% in 2023." in text
    figure = _library().figures["open-share"]
    assert isinstance(figure, Slopes)
    assert [sum(values) for values in zip(*(line.values for line in figure.series), strict=True)] == [100, 100]


def test_the_interval_is_that_of_the_trial() -> None:
    """The shipped figure of the trial states it in its note."""
    note = _library().figures["novice-trial"].note or ""
    assert "1.4 times; 95% credible interval 0.74" in note
    figure = _library().figures["single-steps"]
    assert isinstance(figure, Dots)
    (dot,) = figure.dots
    assert (dot.low, dot.value, dot.high) == (0.74, 1.4, 2.62)


@pytest.mark.parametrize("id", SHOWN)
def test_golden_pictures_are_what_is_drawn(id: str) -> None:
    """Each is the drawing of today, but for its fonts, whose bytes differ by machine; `make golden` writes them."""
    project = Project.at(ROOT)
    made = alone(project, _library(), _library().figures[id], _library().house.language)
    file = ROOT / "assets/docs/figures" / f"{id}.svg"
    if os.environ.get("OPENBRIEF_GOLDEN"):
        file.write_text(made, encoding="utf-8")
    fonts = re.compile(r"url\([^)]*\)")
    assert fonts.sub("", file.read_text(encoding="utf-8")) == fonts.sub("", made)


def test_no_picture_is_left_over() -> None:
    """Every picture in the folder is on the page."""
    assert {path.stem for path in (ROOT / "assets/docs/figures").iterdir()} == set(SHOWN)


WRONG = st.sampled_from(
    [
        "",
        "-1",
        "0",
        "1e9",
        "123456789",
        ".nan",
        "abc",
        "2024-02-30",
        "wide",
        [],
        {},
        ["1"],
        [["1"]],
        {"label": "a"},
        None,
    ]
)
"""What may stand anywhere by mistake."""


def _places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value in a file."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from _places(value, (*path, step))


@pytest.mark.parametrize("id", SHOWN)
@settings(max_examples=40)
@given(data=st.data())
def test_a_file_with_a_mistake_is_drawn_or_refused_at_a_line(id: str, data: st.DataObject) -> None:
    """One value of a good file is replaced, deleted or doubled: never a crash, and each problem has its place."""
    tree = yaml.load(SHOWN[id][1], Loader=yaml.BaseLoader)
    *way, last = data.draw(st.sampled_from([path for path in _places(tree) if path[0] not in ("sources", "kind")]))
    parent = tree
    for step in way:
        parent = parent[step]
    change = data.draw(st.sampled_from(["replace", "delete", "double"]))
    if change == "replace":
        parent[last] = data.draw(WRONG)
    elif change == "delete":
        del parent[last]
    elif isinstance(parent, list):
        parent.append(copy.deepcopy(parent[last]))
    text = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)
    library, problems = load([read(text, f"briefs/figures/{id}.yaml")])
    ours = [problem for problem in problems if problem.mark.file.endswith(f"/{id}.yaml")]
    assert all(problem.mark.line >= 1 and problem.mark.column >= 1 and problem.message for problem in ours)
    assert (id in library.figures) != bool(ours)
    if id in library.figures:
        assert drawn(library.figures[id]).tag.endswith("svg")
