"""Other forms of an article say what the page says."""

from __future__ import annotations

import io
import os
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pipeline.build import build
from pipeline.product import FORMATS, PLAIN, Order
from pipeline.project import Project
from pipeline.render import book
from pipeline.render.parcel import unpacked
from pipeline.render.word import mended
from pipeline.verify import office
from pipeline.wording.catalogues import wording
from tests import example
from tests.render.paper import ASSETS, METADATA
from tests.tooling import needs

pytestmark = pytest.mark.slow
TEXTS = ("md", "txt")


OTHERS = tuple(form for form in FORMATS if form not in PLAIN)


def _made(root: Path, forms: tuple[str, ...] = OTHERS, *, draft: bool = False) -> dict[str, bytes]:
    """The first brief in these forms, built in a folder of its own."""
    example.make(root)
    project = Project.at(root)
    build(project, Order(slugs=("first-brief",), formats=forms, draft=draft))
    paths = list((project.output / "first-brief").iterdir())
    assert {path.name for path in paths} == {f"first-brief{'-DRAFT' if draft else ''}.{form}" for form in forms}
    return {path.suffix[1:]: path.read_bytes() for path in paths}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The first brief in all forms but its page and its PDF."""
    return _made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module")
def texts(made: dict[str, bytes]) -> dict[str, str]:
    """The first brief in each form that is text."""
    return {form: made[form].decode() for form in TEXTS}


@pytest.mark.parametrize("form", TEXTS)
@pytest.mark.parametrize(
    "said",
    [
        "Light every harbour in the country",
        "Should every harbour have a light?",
        "Version 1.0, 23 November 2026.",
        "Lights make harbours safer.",
        "Charts became better in the same years.",
        "Harbours without a light had the same charts.",
        "Counts on other coasts would settle it.",
        "A report on lighthouses",
        "With a light",
    ],
)
def test_a_text_says_every_part(texts: dict[str, str], form: str, said: str) -> None:
    """From the title to the references, figures as tables."""
    assert said in " ".join(texts[form].split())


@pytest.mark.parametrize("form", TEXTS)
def test_a_text_holds_neither_html_nor_traces(texts: dict[str, str], form: str) -> None:
    """No element is left, no place inside the page is linked to, and what pages fold away is left out."""
    text = texts[form]
    assert len(text) > 2000
    assert not re.search(r"</?(?:div|span|section|figure|p|a)\b|:::|\]\(#|data-item", text)
    assert text.count("Lighthouses make harbours safer.") == 1


def test_markdown_has_headings_and_tables(texts: dict[str, str]) -> None:
    """The headings are those of the page, and a table has its head."""
    headings = re.findall(r"^(#+) (.+)$", texts["md"], re.MULTILINE)
    assert ("#", "Light every harbour in the country") in headings
    assert ("##", "Options") in headings
    assert ("###", "1. Lighthouses help") in headings
    assert re.search(r"^\| Option +\| Benefits +\|.*\n\|-+\|-+\|", texts["md"], re.MULTILINE)


def test_plain_text_keeps_its_columns(texts: dict[str, str]) -> None:
    """No line is longer than 72 characters, but for an address; headings are underlined."""
    lines = texts["txt"].splitlines()
    assert not [line for line in lines if len(line) > 72 and "/" not in line]
    assert "Options\n-------\n" in texts["txt"]
    assert "1. Lighthouses help\n...................\n" in texts["txt"]


def test_a_wide_table_is_told_row_by_row(tmp_path: Path) -> None:
    """Each cell stands below its heading where columns would be too many."""
    briefs = example.make(tmp_path)
    brief = briefs / "first-brief.yaml"
    wide = "Ships find the harbour at night and pilots are needed less often than they are now."
    brief.write_text(brief.read_text(encoding="utf-8").replace("benefits: Fewer wrecks.", f"benefits: {wide}"), "utf-8")
    project = Project.at(tmp_path)
    build(project, Order(slugs=("first-brief",), formats=("txt",)))
    text = (project.output / "first-brief/first-brief.txt").read_text(encoding="utf-8")
    assert "Benefits: Ships find the harbour at night" in " ".join(text.split())
    assert not [line for line in text.splitlines() if len(line) > 72 and "/" not in line]


def test_a_draft_says_so(tmp_path: Path) -> None:
    """A reader of plain text is warned first."""
    assert _made(tmp_path, ("txt",), draft=True)["txt"].decode().startswith("Draft, not for citation")


def test_the_house_says_which_are_made(tmp_path: Path) -> None:
    """What house.yaml names is made, and a whole release takes away what it no longer names."""
    house = example.make(tmp_path) / "house.yaml"
    plain = house.read_text(encoding="utf-8")
    project = Project.at(tmp_path)
    for formats, found in (("[md, txt]", {".md", ".txt"}), ("[txt]", {".txt"})):
        house.write_text(f"{plain}formats: {formats}\n", encoding="utf-8")
        build(project)
        assert {path.suffix for path in (project.output / "first-brief").iterdir()} == found


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def _part(data: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return ET.fromstring(file.read(name))


def test_a_word_document_has_structure(made: dict[str, bytes]) -> None:
    """Real headings, head rows, a described picture, and a bookmark for each part of an argument."""
    text = _part(made["docx"], "word/document.xml")
    styles = [style.get(f"{W}val") for style in text.iter(f"{W}pStyle")]
    assert styles.count("Heading1") == 1
    assert styles.count("Heading2") > 4
    assert {"Bottomline", "Certainty", "Label"} <= set(styles)
    assert styles.count("Figuretitle") == 1  # kept on the page of its picture
    assert len(list(text.iter(f"{W}tblHeader"))) == len(list(text.iter(f"{W}tbl"))) == 2
    assert [drawn.get("descr") for drawn in text.iter(DRAWN)] == [
        "Harbours with a light saw six wrecks a year, harbours without saw nine."
    ]
    marks = {mark.get(f"{W}name") for mark in text.iter(f"{W}bookmarkStart")}
    assert {"lights_help__fewer_wrecks", "lights_help__better_charts", "first_brief___recommendation_1"} <= marks
    assert not [mark for mark in marks if len(mark or "") > 40]
    assert b"data:" not in ET.tostring(text)


def test_a_word_document_knows_its_styles(made: dict[str, bytes]) -> None:
    """Every style that a paragraph bears is written down, once."""
    named = [style.get(f"{W}styleId") for style in _part(made["docx"], "word/styles.xml").iter(f"{W}style")]
    borne = {style.get(f"{W}val") for style in _part(made["docx"], "word/document.xml").iter(f"{W}pStyle")}
    assert borne <= set(named)
    assert len(named) == len(set(named))


def test_every_form_is_the_same_again(made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second build gives the same bytes: in another folder, on another day, elsewhere, to others' eyes alone."""
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    before = os.umask(0o077)
    try:
        again = _made(tmp_path / "another folder")
    finally:
        os.umask(before)
    assert set(again) == {"docx", "epub", "md", "txt", "json"}
    assert {form for form, data in again.items() if data != made[form]} == set()


@pytest.mark.parametrize("form", ["docx", "epub"])
def test_a_packed_form_tells_no_time(made: dict[str, bytes], form: str) -> None:
    """No part has a time of the machine's, or what the machine allows to whom; their order is that of their names."""
    with zipfile.ZipFile(io.BytesIO(made[form])) as file:
        entries = file.infolist()
    assert {(entry.date_time, entry.create_system, entry.external_attr >> 16) for entry in entries} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o644)
    }
    names = [entry.filename for entry in entries]
    assert names[1:] == sorted(names[1:])


def test_a_book_is_one_chapter_with_contents(made: dict[str, bytes]) -> None:
    """The type comes first and unpacked, the day of issue stands as the last change, and the picture is described."""
    with zipfile.ZipFile(io.BytesIO(made["epub"])) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        chapters = [name for name in file.namelist() if name.startswith("EPUB/text/")]
        opf, nav = (file.read(f"EPUB/{name}").decode() for name in ("content.opf", "nav.xhtml"))
        chapter = file.read(chapters[0]).decode()
    assert len(chapters) == 1
    assert 'dcterms:modified">2026-11-23T00:00:00Z<' in opf
    assert "Arguments, objections and responses" in nav
    assert 'alt="Harbours with a light saw six wrecks a year, harbours without saw nine."' in chapter


@needs(*office.TOOLS)
def test_a_word_document_is_on_the_paper_of_its_house(made: dict[str, bytes], tmp_path: Path) -> None:
    """LibreOffice shows it on A4, and on Letter where house.yaml says so; sizes in points."""
    house = example.make(tmp_path) / "house.yaml"
    house.write_text(f"{house.read_text(encoding='utf-8')}paper: letter\n", encoding="utf-8")
    project = Project.at(tmp_path)
    build(project, Order(slugs=("first-brief",), formats=("docx",)))
    letter = (project.output / "first-brief/first-brief.docx").read_bytes()
    office.ASK.ahead([made["docx"], letter])
    assert [office.ASK(data).size for data in (made["docx"], letter)] == [(595, 842), (612, 792)]


def test_tables_of_a_word_document_run_as_its_text_does() -> None:
    """From right to left in Arabic, as wide as the text, and in a style of their own; lists keep theirs."""
    compact = '<w:p><w:pPr><w:pStyle w:val="Compact" /></w:pPr></w:p>'
    table = f'<w:tbl><w:tblPr><w:tblStyle w:val="Table" /><w:tblW w:type="auto" w:w="0" /></w:tblPr>{compact}</w:tbl>'
    made = mended(table + compact, "rtl")
    assert '<w:tblStyle w:val="Table" /><w:bidiVisual /><w:tblW w:type="pct" w:w="5000" />' in made
    assert (made.count("TableText"), made.count("Compact")) == (1, 1)
    assert "bidiVisual" not in mended(table, "ltr")


@pytest.mark.parametrize(("language", "direction"), [("fr", "ltr"), ("ar", "rtl")])
def test_a_book_reads_as_its_language_does(made: dict[str, bytes], language: str, direction: str) -> None:
    """Pages turn and lines run in the direction of its script, and who can read it is said in its words."""
    words = wording(ASSETS, language)
    parts = book.mended(unpacked(made["epub"]), replace(METADATA, language=language), b"", words)
    assert f' page-progression-direction="{direction}" '.encode() in parts["EPUB/content.opf"]
    assert all(f'<html dir="{direction}" '.encode() in parts[name] for name in parts if book.CHAPTERS.fullmatch(name))
    assert words.say(book.SUMMARY).encode() in parts["EPUB/content.opf"]
