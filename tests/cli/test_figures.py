"""figures writes pictures that stand alone and their data, the same bytes each time, or nothing at all."""

from __future__ import annotations

import csv
import io
import struct
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import example

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"


def _ask(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(root), "figures", *map(str, arguments)])


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _words(svg: bytes) -> str:
    return " ".join(text.text or "" for text in ET.fromstring(svg).iter(f"{SVG}text"))


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The figures of two briefs that ship, as files."""
    folder = tmp_path_factory.mktemp("press")
    result = _ask(ROOT, "open-models", "transparency-as-safety", "-o", folder)
    assert result.exit_code == 0
    assert result.stdout.split() == [str(folder / path) for path in result.stdout.replace(f"{folder}/", "").split()]
    return folder


def test_each_figure_comes_in_each_language_three_times(press: Path) -> None:
    """English and French at least, as SVG, PNG and CSV."""
    names = set(_files(press))
    for language in ("en-GB", "fr"):
        for ending in ("svg", "png", "csv"):
            assert f"open-models/release-modes.{language}.{ending}" in names
            assert f"open-models/software-value.{language}.{ending}" in names, "which leads its one page alone"
    assert len(names) % 3 == 0
    assert len({name.split("/")[0] for name in names}) == 2


def test_an_svg_stands_alone(press: Path) -> None:
    """Title, subtitle, sources and terms are printed on it, and its fonts are inside."""
    drawn = (press / "open-models/release-modes.en-GB.svg").read_bytes()
    words = _words(drawn)
    for said in (
        "Once weights can be downloaded, they can't be called back",
        "Six modes of release, and what each one allows",
        "Sources: Solaiman 2023, The Gradient of Generative AI Release",
        "The values are our judgement.",
        "openbrief · CC BY 4.0",
        "Recall possible",
    ):
        assert said in words
    assert drawn.count(b"data:font/woff2") == 2
    assert b"http" not in drawn.replace(b"http://www.w3.org/2000/svg", b"")
    french = _words((press / "open-models/release-modes.fr.svg").read_bytes())
    assert "Une fois téléchargeables" in french
    assert "Sources" in french
    assert "Recall possible" not in french


def test_nothing_on_the_sheet_leaves_it_or_overlaps(press: Path) -> None:
    """The drawing keeps its place between the words above and below it."""
    for file in sorted(press.rglob("*.svg")):
        svg = ET.fromstring(file.read_bytes())
        sheet, drawing = svg.findall(f"{SVG}g")
        width, height = (float(number) for number in svg.attrib["viewBox"].split()[2:])
        top = float(drawing.attrib["transform"].rstrip(")").split()[-1])
        lines = [float(text.attrib["y"]) for text in sheet.iter(f"{SVG}text")]
        inside = [top + float(text.attrib["y"]) for text in drawing.iter(f"{SVG}text")]
        assert 0 < min(lines) < top < min(inside)
        assert max(inside) < max(lines) < height
        assert not [y for y in lines if min(inside) - 4 < y < max(inside)]
        assert width in (189 + 28, 461 + 28, 673 + 28)


def test_a_png_has_two_dots_a_pixel(press: Path) -> None:
    """So many dots are wide as the SVG has pixels twice, and 192 make an inch."""
    data = (press / "open-models/release-modes.en-GB.png").read_bytes()
    width, height = struct.unpack(">II", data[16:24])
    svg = ET.fromstring((press / "open-models/release-modes.en-GB.svg").read_bytes())
    assert width == 2 * 701
    assert height == pytest.approx(2 * float(svg.attrib["height"]), abs=2)
    assert struct.unpack(">II", data[data.index(b"pHYs") + 4 :][:8]) == (7559, 7559)


def test_the_data_are_those_of_the_figure(press: Path) -> None:
    """As a table with a head, in the language of the file."""
    text = (press / "open-models/release-modes.en-GB.csv").read_bytes().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][:3] == ["Mode of release", "Fully closed (internal use)", "Staged (wider by steps)"]
    assert rows[1][:4] == ["Recall possible", "yes", "partly", "yes"]
    french = (press / "open-models/release-modes.fr.csv").read_bytes().decode("utf-8-sig")
    assert "en partie" in french


def test_the_same_library_gives_the_same_bytes(press: Path, tmp_path: Path) -> None:
    """Written into another folder a second time; what is there is not written again, and nothing is removed."""
    (tmp_path / "mine.txt").write_text("stays", encoding="utf-8")
    assert _ask(ROOT, "open-models", "-o", tmp_path).exit_code == 0
    before = {name: data for name, data in _files(press).items() if name.startswith("open-models/")}
    assert len(before) >= 6
    assert _files(tmp_path) == {**before, "mine.txt": b"stays"}
    again = _ask(ROOT, "open-models", "-o", tmp_path)
    assert again.stderr.splitlines()[-1] == f"{len(before)} files, 0 of them new or changed"


def test_a_cell_can_be_no_formula_and_a_word_no_markup(tmp_path: Path) -> None:
    """What a label holds is neither run by a spreadsheet nor read as a picture's own marks."""
    briefs = example.make(tmp_path)
    file = briefs / "figures" / "wrecks.yaml"
    hostile = example.FIGURE.replace("label: With a light", 'label: "=HYPERLINK(1)"').replace(
        "title: Harbours", 'title: "<script>alert(1)</script> & Harbours'
    )
    file.write_text(hostile.replace("saw fewer wrecks\n", 'saw fewer wrecks"\n', 1), encoding="utf-8")
    assert _ask(tmp_path, "-o", tmp_path / "press").exit_code == 0
    made = _files(tmp_path / "press")
    csv_text = made["first-brief/wrecks.en-GB.csv"].decode("utf-8-sig")
    assert '\n"\'=HYPERLINK(1)","6"\n' in csv_text
    svg = made["first-brief/wrecks.en-GB.svg"]
    assert b"<script" not in svg
    assert "<script>alert(1)</script> & Harbours" in _words(svg)


def test_words_that_no_font_draws_are_told_and_nothing_is_written(tmp_path: Path) -> None:
    """The problem names the figure's line."""
    briefs = example.make(tmp_path)
    file = briefs / "figures" / "wrecks.yaml"
    file.write_text(example.FIGURE.replace("With a light", "With a \U00012000 light"), encoding="utf-8")
    result = _ask(tmp_path, "-o", tmp_path / "press")
    assert result.exit_code == 1
    assert "briefs/figures/wrecks.yaml:8:" in result.stderr
    assert "no figure was written" in result.stderr
    assert not (tmp_path / "press").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("open-model", "-o", "press"), "no brief is called 'open-model'; did you mean 'open-models'?"),
        (("open-models",), "Missing option '-o'"),
        (("open-models", "-o", "briefs"), "finished briefs can't go to"),
    ],
)
def test_wrong_use_is_said(arguments: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exit code 2, and what to write instead."""
    monkeypatch.chdir(ROOT)
    result = _ask(ROOT, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
