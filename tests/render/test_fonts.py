"""Bundled faces: complete, unmodified, cut for the screen under our own names, and checked for glyphs."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from urllib.request import url2pathname

import pytest
import uharfbuzz
from fontTools.ttLib import TTFont

from pipeline.kept import NOTHING, Kept
from pipeline.problem import ToolFailed
from pipeline.render import cutting, fonts
from tests.render.paper import ASSETS

TEXT = "A brief on “open” models — what they cost, 2019–2026."  # noqa: RUF001 - a range is written with this dash


def cut(text: str) -> list[TTFont]:
    """The faces inside the rules for the screen."""
    found = re.findall(r'url\("data:font/woff2;base64,([^"]+)"\)', fonts.web_faces(ASSETS, text))
    return [TTFont(BytesIO(base64.b64decode(each))) for each in found]


def test_every_face_lies_in_the_bundle_with_its_licence() -> None:
    """All faces are there, no other font is, and each family has its licence beside it."""
    files = {path.name for path in fonts.folder(ASSETS).iterdir()}
    assert fonts.absent(ASSETS) == ()
    assert {name for name in files if name.endswith(".ttf")} == {face.file for face in fonts.FACES}
    for name in ("SourceSans3-OFL.md", "SourceSerif4-OFL.md", "NotoArabic-OFL.md"):
        licence = (fonts.folder(ASSETS) / name).read_text(encoding="utf-8")
        assert "SIL OPEN FONT LICENSE Version 1.1" in licence
        assert "Reserved Font Name" in licence


def test_every_face_bears_the_notice_of_its_licence() -> None:
    """Who holds the copyright of a face, as the face itself says, stands in a licence beside it, and so does OFL."""
    licences = "".join(path.read_text(encoding="utf-8") for path in fonts.folder(ASSETS).glob("*-OFL.md"))
    for face in fonts.FACES:
        with TTFont(fonts.folder(ASSETS) / face.file) as font:
            names = {number: font["name"].getDebugName(number) for number in (0, 13)}
        assert "SIL Open Font License" in names[13]
        holder = re.search(r"(Adobe|Google LLC)", names[0])
        assert holder
        assert holder[1] in licences


@pytest.mark.parametrize(("data", "said"), [(None, "can't be read"), (b"", "is damaged"), (b"no font", "is damaged")])
def test_a_broken_bundle_is_named(data: bytes | None, said: str, tmp_path: Path) -> None:
    """A face that is missing or no font gives a sentence that names its file."""
    shutil.copytree(fonts.folder(ASSETS), fonts.folder(tmp_path))
    broken = fonts.folder(tmp_path) / "SourceSans3-Bold.ttf"
    broken.unlink()
    if data is not None:
        broken.write_bytes(data)
    with pytest.raises(ToolFailed, match=f"the bundled font SourceSans3-Bold.ttf {said}"):
        fonts.web_faces(tmp_path, "a")
    with pytest.raises(ToolFailed, match=f"the bundled font SourceSans3-Bold.ttf {said}"):
        fonts.missing("a", tmp_path)


def test_faces_are_static_truetype() -> None:
    """No face is variable, and none has outlines that PDF viewers draw differently."""
    for face in fonts.FACES:
        with TTFont(fonts.folder(ASSETS) / face.file) as font:
            assert "glyf" in font
            assert "fvar" not in font
            assert font["OS/2"].usWeightClass == face.weight


def test_paper_names_files() -> None:
    """Rules for paper name one existing file for each face."""
    urls = re.findall(r'src:url\("(file://[^"]+)"\) format\("truetype"\)', fonts.print_faces(ASSETS, fonts.FACES))
    assert len(urls) == len(fonts.FACES)
    assert all(Path(url2pathname(url.removeprefix("file://"))).is_file() for url in urls)


def test_screen_gets_small_faces() -> None:
    """All faces of a page weigh less than 200 kilobytes in its source."""
    assert len(fonts.web_faces(ASSETS, TEXT)) < 200_000


def test_cut_faces_have_the_characters_of_the_text() -> None:
    """A cut face draws the text and plain Latin, and little else."""
    for font in cut(TEXT):
        drawn = set(map(chr, font.getBestCmap()))
        assert set(TEXT) <= drawn
        assert len(drawn) < 110


def test_cut_faces_keep_features() -> None:
    """Kerning, ligatures, and figures in columns and in sentences survive; old-style ones no stylesheet asks for."""
    for font in cut(TEXT):
        positions = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        substitutions = {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}
        assert "kern" in positions
        assert {"liga", "pnum"} <= substitutions
        assert "onum" not in substitutions


def test_cut_figures_are_those_of_whole_faces() -> None:
    """Lining figures that stand in columns or follow each other closely are as wide as in the whole face."""
    for face in (face for face in fonts.EVERYWHERE if face.screen):
        font = TTFont(BytesIO(_data(fonts.web_faces(ASSETS, "0123456789 %", [face]))))
        font.flavor = None
        font.save(plain := BytesIO())
        whole = (fonts.folder(ASSETS) / face.file).read_bytes()
        for spacing in ("tnum", "pnum"):
            asked = {"lnum": True, spacing: True}
            assert _shaped(plain.getvalue(), "2019 170%", asked) == _shaped(whole, "2019 170%", asked)


def test_cut_faces_do_not_bear_the_reserved_name() -> None:
    """A modified face is called by our name, as its licence demands, and keeps copyright and licence."""
    for font in cut(TEXT):
        names = {record.nameID: str(record) for record in font["name"].names}
        assert all("Source" not in names[number] for number in (1, 2, 3, 4, 6))
        assert names[1].startswith("Brief ")
        assert "Adobe" in names[0]
        assert "SIL Open Font License" in names[13]


def test_cut_faces_are_the_same_everywhere() -> None:
    """Another process with another hash seed cuts the same bytes, and the order of the text is nothing."""
    code = (
        "import hashlib; from tests.render.test_fonts import TEXT, fonts, ASSETS\n"
        "print(hashlib.sha256(fonts.web_faces(ASSETS, TEXT[::-1]).encode()).hexdigest())"
    )
    environment = {**os.environ, "PYTHONPATH": str(ASSETS.parent), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    other = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert other.stdout.strip() == hashlib.sha256(fonts.web_faces(ASSETS, TEXT).encode()).hexdigest()


ARABIC = "الانفتاح في الذكاء الاصطناعي درجات، لا «هل»؛ بدلًا من التسمية؟ ٤٥ 45 Llama 2"


def test_only_texts_in_a_script_get_its_faces() -> None:
    """Latin texts have the faces of every page; one Arabic letter brings all Arabic faces, behind the Latin ones."""
    assert fonts.needed(TEXT, ASSETS) == fonts.EVERYWHERE
    assert fonts.needed(f"{TEXT} ب", ASSETS) == fonts.FACES
    assert {face.script for face in fonts.FACES} == {"", "Arabic"}
    assert "Arabic" not in fonts.web_faces(ASSETS, TEXT)


def test_families_are_stacked_for_the_faces_alone() -> None:
    """Stylesheets and drawings ask for what the faces add, family by family; Latin ones stay as they were."""
    sheet = ':root{--sans:"Brief Sans",sans-serif;--display:"Brief Display","Brief Serif",serif}'
    drawing = '<g font-family="Brief Sans, sans-serif">'
    assert (fonts.stacked(sheet, fonts.EVERYWHERE), fonts.stacked(drawing, fonts.EVERYWHERE)) == (sheet, drawing)
    assert fonts.stacked(sheet, fonts.FACES) == (
        ':root{--sans:"Brief Sans","Brief Sans Arabic",sans-serif;'
        '--display:"Brief Display","Brief Serif","Brief Serif Arabic",serif}'
    )
    assert fonts.stacked(drawing, fonts.FACES) == '<g font-family="Brief Sans, Brief Sans Arabic, sans-serif">'


def _data(rule: str) -> bytes:
    """The font inside a rule for the screen."""
    found = re.search(r"base64,([^\"]+)", rule)
    assert found
    return base64.b64decode(found[1])


def _shaped(data: bytes, text: str, features: dict[str, bool] | None = None) -> list[tuple[str, int, int, int]]:
    """The pieces of a text that a face draws: what each is cut from, how wide it is, and where its marks stand."""
    font, buffer = uharfbuzz.Font(uharfbuzz.Face(data)), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer, features or {})
    assert all(info.codepoint for info in buffer.glyph_infos)
    pairs = zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    return [(info.cluster, place.x_advance, place.x_offset, place.y_offset) for info, place in pairs]


def test_cut_arabic_is_shaped_as_the_whole() -> None:
    """Letters join, ligatures form and marks stand in cut faces as in whole ones, in every cut."""
    words, compared = re.findall(r"[\u0621-\u0652]+", ARABIC), 0
    for face in (face for face in fonts.FACES if face.script == "Arabic" and face.screen):
        rule = fonts.web_faces(ASSETS, ARABIC, [face])
        with TTFont(BytesIO(_data(rule))) as font:
            font.flavor = None
            font.save(plain := BytesIO())
        whole = (fonts.folder(ASSETS) / face.file).read_bytes()
        for word in words:
            assert _shaped(plain.getvalue(), word) == _shaped(whole, word)
            compared += 1
        assert len(rule) < 40_000
    assert compared == 5 * len(words) >= 50


@pytest.mark.parametrize(
    "text",
    [TEXT, ARABIC, "Ämter, Łódź, Ελλάδα, Україна, Việt Nam", "→ ≥ 5 ÷ 10² €\n\t\u00a0\u00ad\u200b\ufe0e"],
)
def test_characters_of_shipped_languages_are_there(text: str) -> None:
    """Latin, Arabic, Greek and Cyrillic letters, signs and invisible characters are no problem."""
    assert fonts.missing(text, ASSETS) == ()


def test_missing_characters_are_listed_once() -> None:
    """Characters that no face has come sorted by code point, each once."""
    assert fonts.missing("あ 😀 あ \ue000", ASSETS) == ("あ", "\ue000", "😀")


def test_character_is_described_by_code_point_and_name() -> None:
    """A character that may not show is given by number and name too."""
    assert fonts.described("\u21a9") == "'↩' (U+21A9, leftwards arrow with hook)"
    assert fonts.described("\ue000") == "'\\ue000' (U+E000, without a name)"


def test_absent_faces_are_listed(tmp_path: Path) -> None:
    """A bundle without fonts lacks every face."""
    assert len(fonts.absent(tmp_path)) == len(fonts.FACES)


def test_a_cut_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept is the same to the byte, and of that font, name and text alone; what is no font is cut anew."""
    font = tmp_path / "font.ttf"
    font.write_bytes((ASSETS / "fonts/SourceSans3-Bold.ttf").read_bytes())
    made, cut, kept = list[str](), cutting._cut, Kept(folder=tmp_path / "kept")

    def counted(face: object, name: str, characters: str) -> bytes:
        made.append(name)
        return cut(face, name, characters)

    monkeypatch.setattr(cutting, "_cut", counted)

    def subset(name: str = "Name", text: str = "abc", place: Kept = kept) -> bytes:
        cutting.subset.cache_clear()
        return cutting.subset(font, name, text, place)

    first = subset()
    assert (subset(), len(made)) == (first, 1)
    assert (subset(place=NOTHING), len(made)) == (first, 2)
    others = {first, subset(text="abcd"), subset(name="Other")}
    font.write_bytes((ASSETS / "fonts/SourceSans3-Regular.ttf").read_bytes())
    assert len(others | {subset()}) == 4
    assert len(made) == 5
    value = json.dumps("no base64").encode()
    for path in (tmp_path / "kept").rglob("*"):
        if path.is_file():
            digest = hashlib.sha256(path.name.encode() + value).hexdigest().encode()
            path.write_bytes(digest + b"\n" + value)
            assert kept.get(path.name) == "no base64"
    assert subset() not in {first, subset(text="abcd")}
    assert len(made) == 7
    cutting.subset.cache_clear()
