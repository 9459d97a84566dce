"""A house adds fonts for scripts that no bundled font has; what can't be used is told at its line."""

from __future__ import annotations

import base64
import json
import re
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner
from fontTools.ttLib import TTFont

from pipeline.build import build, examine, mapped
from pipeline.cli import commands
from pipeline.enclosed import RECORD, Unsound, enclosed
from pipeline.problem import Problem, Refused, ToolFailed
from pipeline.product import Order
from pipeline.project import Project
from pipeline.receiving import received
from pipeline.render.cutting import TrueType, characters_of, subset, truetype
from pipeline.render.house_fonts import LARGEST
from pipeline.render.scripts import SCRIPTS, undrawn
from tests import example
from tests.render.lettering import BUNDLED, lettered, spoilt

HEBREW, THAI = "מגדלורים", "ประภาคาร"
FONT = "fonts/letters.ttf"
MISSED = ("head", "hhea", "hmtx", "name", "post")
HOUSE = "fonts:\n  - {file: %s, family: sans}\n"


def with_fonts(root: Path, fonts: str, **files: bytes) -> Project:
    """The example, whose first brief speaks of lighthouses in Hebrew and in Thai, and whose house adds fonts."""
    briefs = example.make(root)
    for name, old in (("first-brief.yaml", "Winter is near."), ("figures/wrecks.yaml", "With a light")):
        path = briefs / name
        path.write_text(path.read_text(encoding="utf-8").replace(old, f"{old} {HEBREW} {THAI}"), encoding="utf-8")
    (briefs / "house.yaml").write_text(example.HOUSE + fonts, encoding="utf-8")
    (briefs / "fonts").mkdir()
    for name, data in files.items():
        (briefs / "fonts" / f"{name}.ttf").write_bytes(data)
    return Project.at(root)


def found_in(project: Project) -> list[Problem]:
    """The problems that the house's fonts have."""
    return [problem for problem in examine(project)[1] if problem.mark.file == "briefs/house.yaml"]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (None, "there is no file briefs/fonts/letters.ttf"),
        (b"", "it is no font"),
        (b"%PDF-1.7", "it is no font"),
        (b"OTTO" + b"\0" * 99, "it has PostScript outlines"),
        (b"ttcf" + b"\0" * 99, "it is a collection of fonts"),
        (b"wOF2" + b"\0" * 99, "it is packed for the web"),
        (b"\0\1\0\0" + b"\xff" * 999, "it is damaged"),
        (BUNDLED.read_bytes()[:9000], "it is damaged"),
        (lettered(HEBREW, variable=True), "it is a variable font"),
        (lettered(HEBREW, embedding=0x2), "forbids that documents carry it"),
        (lettered(HEBREW, embedding=0x108), "forbids that documents carry it"),
        (lettered(HEBREW, embedding=0x200), "forbids that documents carry it"),
        *((lettered(HEBREW, without=table), f"it has no table '{table}'") for table in MISSED),
        (lettered(HEBREW, without="loca"), "it is damaged"),
        (spoilt(lettered(HEBREW), "glyf"), "many of its letters have no outline or no width"),
        (lettered(HEBREW, blank=HEBREW[:2]), "many of its letters have no outline or no width"),
        (lettered(HEBREW, flat=HEBREW[:2]), "many of its letters have no outline or no width"),
        (spoilt(lettered(HEBREW), "name"), "it is damaged"),
        (b"\0\1\0\0" + b"\0" * LARGEST, "is larger than 20,000,000 bytes"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_font_that_cannot_be_used_is_told_at_its_line(data: bytes | None, said: str, tmp_path: Path) -> None:
    """What is missing, no static TrueType, or not to be passed on is an error where house.yaml names it."""
    project = with_fonts(tmp_path, HOUSE % FONT, **({} if data is None else {"letters": data}))
    (problem,) = found_in(project)
    assert (problem.rule, problem.severity, str(problem.mark)) == ("font", "error", "briefs/house.yaml:15:12")
    assert said in problem.message
    assert problem.hint


def test_a_letter_without_an_outline_is_missing(tmp_path: Path) -> None:
    """An empty glyph draws nothing; that of a space and of a mark may be empty."""
    letters = "".join(chr(0x5D0 + number) for number in range(20))
    (file := tmp_path / "x.ttf").write_bytes(lettered(f"{letters} \u05b0", blank=f"{letters[0]} \u05b0"))
    assert characters_of(file) == {*map(ord, letters[1:]), ord(" "), 0x5B0}
    assert truetype(file.read_bytes()) == TrueType(lacks=(), variable=False, legible=True, embeddable=True)


def test_a_damaged_font_stops_a_page_in_words(tmp_path: Path) -> None:
    """Where damage comes to light only when a page is made, the font is named."""
    (file := tmp_path / "x.ttf").write_bytes(spoilt(lettered(HEBREW), "glyf"))
    with pytest.raises(ToolFailed, match=r"the font x\.ttf can't be cut for a page: it is damaged"):
        subset(file, "X", HEBREW)


@pytest.mark.parametrize("embedding", [0x0, 0x4, 0x8])
def test_a_font_that_documents_may_carry_is_used(embedding: int, tmp_path: Path) -> None:
    """Installable, editable, and for preview and print: all of these let a PDF carry them."""
    assert found_in(with_fonts(tmp_path, HOUSE % FONT, letters=lettered(HEBREW, embedding=embedding))) == []


@pytest.mark.parametrize(
    "file",
    ["/etc/x.ttf", "fonts/../../x.ttf", "../fonts/x.ttf", "fonts/.x.ttf", "fonts/a/b.ttf", "fonts/x.otf", "x.ttf"],
)
def test_a_hostile_path_is_refused(file: str, tmp_path: Path) -> None:
    """A font lies in briefs/fonts/ and nowhere else."""
    (problem,) = found_in(with_fonts(tmp_path, HOUSE % file))
    assert (problem.rule, problem.mark.line) == ("wrong-value", 15)


def test_a_link_out_of_the_library_is_refused(tmp_path: Path) -> None:
    """A link to a font elsewhere on the machine is no font of the library."""
    project = with_fonts(tmp_path / "project", HOUSE % FONT)
    (tmp_path / "outside.ttf").write_bytes(lettered(HEBREW))
    (project.briefs / FONT).symlink_to(tmp_path / "outside.ttf")
    (problem,) = found_in(project)
    assert "is a link that leads out of the library" in problem.message


def test_each_script_is_told_once_where_it_first_stands(tmp_path: Path) -> None:
    """Of a script that no font draws, one problem names its first place, the font that has it, and its package."""
    project = with_fonts(tmp_path, "")
    with pytest.raises(Refused) as caught:
        build(project, Order(slugs=("first-brief",)))
    assert [(str(problem.mark), problem.message) for problem in caught.value.problems] == [
        (
            "briefs/first-brief.yaml:8:26",
            "no font can draw 'מ' (U+05DE, hebrew letter mem), nor 7 more characters of Hebrew",
        ),
        (
            "briefs/first-brief.yaml:8:35",
            "no font can draw 'ป' (U+0E1B, thai character po pla), nor 5 more characters of Thai",
        ),
    ]
    hints = [problem.hint for problem in caught.value.problems]
    assert "NotoSansHebrew-Regular.ttf of the Debian package fonts-noto-core" in hints[0]
    assert "NotoSansThai-Regular.ttf" in hints[1]
    assert all("openbrief explain font" in hint for hint in hints)


@pytest.mark.parametrize(
    ("text", "scripts"),
    [
        ("灯台、港。", ["Chinese or Japanese"]),
        ("「灯台」のある港", ["Japanese"]),
        ("등대", ["Korean"]),
        ("😀 →", ["", ""]),
        ("𐎀", ["Ugaritic"]),
        ("ש 灯", ["Chinese or Japanese", "Hebrew"]),
    ],
)
def test_characters_are_gathered_by_script(text: str, scripts: list[str]) -> None:
    """Signs go with the script beside them; kana make Chinese characters Japanese; what has no script is alone."""
    gathered = undrawn(set(text) - {" "})
    assert sorted(each.script for each in gathered) == sorted(scripts)
    assert sorted("".join("".join(each.characters) for each in gathered)) == sorted(set(text) - {" "})


def test_every_script_of_the_table_names_a_static_file() -> None:
    """A hint names a TrueType file and its package."""
    assert len(SCRIPTS) > 30
    for script in SCRIPTS.values():
        assert re.fullmatch(r"[A-Za-z-]+\.ttf", script.file)
        assert re.fullmatch(r"fonts-[a-z-]+", script.package)


TWO = "fonts:\n  - {file: fonts/one.ttf, family: sans}\n  - {file: fonts/two.ttf, family: sans}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example with two fonts of the house, built."""
    root = tmp_path_factory.mktemp("fonts")
    project = with_fonts(root, TWO, one=lettered(HEBREW), two=lettered(THAI))
    build(project)
    return project


@pytest.mark.slow
def test_added_fonts_draw_on_paper_screen_and_in_drawings(built: Project) -> None:
    """The PDF has both inside; the page has both, cut down, in its text and in its figure."""
    html = (built.output / "first-brief/index.html").read_text(encoding="utf-8")
    faces = dict(re.findall(r'@font-face{font-family:"(Brief Sans House[-2]*)".*?base64,([^"]+)"', html))
    drawn = [set(TTFont(BytesIO(base64.b64decode(data))).getBestCmap()) for data in faces.values()]
    assert list(faces) == ["Brief Sans House", "Brief Sans House-2"]
    assert [ord(HEBREW[0]) in each for each in drawn] == [True, False]
    assert [ord(THAI[0]) in each for each in drawn] == [False, True]
    assert '--serif:"Brief Serif","Brief Sans House","Brief Sans House-2",serif' in html
    assert '<g font-family="Brief Sans, Brief Sans House, Brief Sans House-2, sans-serif"' in html
    with pikepdf.open(built.output / "first-brief/first-brief.pdf") as document:
        names = {str(item.get("/BaseFont")) for item in document.objects if isinstance(item, pikepdf.Dictionary)}
    assert {name.partition("+")[2] for name in names} >= {"Brief-Sans-House", "Brief-Sans-House-2"}


@pytest.mark.slow
def test_a_page_without_the_script_does_not_carry_the_font(built: Project) -> None:
    """The second brief has neither script, but for the label in the figure it shares: its index page has none."""
    assert "Brief Sans House" not in (built.output / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_a_map_has_the_fonts_it_needs_or_says_what_it_lacks(built: Project, tmp_path: Path) -> None:
    """A drawing that stands alone brings its letters along; a letter that no font has is a problem."""
    path = built.briefs / "arguments/lights-help.yaml"
    text = path.read_text(encoding="utf-8")
    for word, said in ((HEBREW, None), ("灯台", "of Chinese or Japanese")):
        project = with_fonts(tmp_path / word, TWO, one=lettered(HEBREW), two=lettered(THAI))
        changed = text.replace("Harbours with a light saw", f"{word} saw")
        (project.briefs / "arguments/lights-help.yaml").write_text(changed, encoding="utf-8")
        library, _ = examine(project)
        if said is None:
            assert 'font-family:"Brief Sans House"' in mapped(project, library, library.arguments["lights-help"], "svg")
            continue
        with pytest.raises(Refused, match=said) as caught:
            mapped(project, library, library.arguments["lights-help"], "svg")
        assert [str(problem.mark) for problem in caught.value.problems] == ["briefs/arguments/lights-help.yaml:9:11"]


@pytest.mark.slow
def test_a_changed_font_makes_what_it_draws_anew(built: Project) -> None:
    """The bytes of a font are among what a product is made from, by its path."""
    assert build(built).why == {}
    (built.briefs / "fonts/two.ttf").write_bytes(lettered(f"{THAI}ก"))
    why = build(built).why
    assert set(why) == {"first-brief", "second-brief"}
    assert all("briefs/fonts/two.ttf" in str(reasons) for reasons in why.values())
    (built.briefs / "fonts/two.ttf").write_bytes(lettered(THAI))
    build(built)


@pytest.mark.slow
def test_a_received_pdf_says_which_fonts_it_lacks(built: Project, tmp_path: Path) -> None:
    """A PDF carries the record of its fonts and not the files; who opens it is told, and who has them rebuilds it."""
    pdf = built.output / "first-brief/first-brief.pdf"
    record = json.loads(dict(enclosed(pdf.read_bytes()))[RECORD])
    assert set(record["fonts"]) == {"briefs/fonts/one.ttf", "briefs/fonts/two.ttf"}
    assert not [item for item in record["files"] if item["path"].endswith(".ttf")]
    result = CliRunner().invoke(commands, ["open", str(pdf), str(tmp_path / "received")])
    assert result.exit_code == 1
    assert "made with the font briefs/fonts/one.ttf (SHA-256 " in result.output
    assert "there is no file briefs/fonts/one.ttf [font]" in result.output
    (tmp_path / "received/briefs/fonts").mkdir()
    for name in ("one", "two"):
        (tmp_path / f"received/briefs/fonts/{name}.ttf").write_bytes((built.briefs / f"fonts/{name}.ttf").read_bytes())
    build(Project.at(tmp_path / "received"), received(pdf.read_bytes()).order)
    assert (tmp_path / "received/public/first-brief/first-brief.pdf").read_bytes() == pdf.read_bytes()


def test_a_record_that_names_a_font_elsewhere_is_refused(tmp_path: Path) -> None:
    """A stranger's record can't have anybody put files outside briefs/fonts/."""
    from tests.test_receiving import _with_record

    project = Project.at(example.make(tmp_path).parent)
    build(project, Order(slugs=("first-brief",), formats=("pdf",)))
    pdf = (project.output / "first-brief/first-brief.pdf").read_bytes()
    hostile = _with_record(pdf, lambda record: record.update(fonts={"briefs/../../x.ttf": "0" * 64}))
    with pytest.raises(Unsound, match="is no font of a library"):
        received(hostile)
