"""The page about figures shows every kind as it is drawn, from facts of the shipped library."""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest

from pipeline.chart import Dots, GroupedBars, Slopes, Waffle
from pipeline.check.figure_without_words import find
from pipeline.figure import FIGURE_RECORDS, Groups, Spectrum
from pipeline.handout import alone
from pipeline.load import load
from pipeline.model import Library
from pipeline.project import Project
from pipeline.source import read, read_folder

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
    drawn = alone(project, _library(), _library().figures[id], _library().house.language)
    file = ROOT / "assets/docs/figures" / f"{id}.svg"
    if os.environ.get("OPENBRIEF_GOLDEN"):
        file.write_text(drawn, encoding="utf-8")
    fonts = re.compile(r"url\([^)]*\)")
    assert fonts.sub("", file.read_text(encoding="utf-8")) == fonts.sub("", drawn)


def test_no_picture_is_left_over() -> None:
    """Every picture in the folder is on the page."""
    assert {path.stem for path in (ROOT / "assets/docs/figures").iterdir()} == set(SHOWN)
