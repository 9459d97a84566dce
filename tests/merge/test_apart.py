"""A cell that runs otherwise than the sentence it stands in leaves the sentence as it is, in every form of a copy."""

from __future__ import annotations

import csv
import re
from contextlib import closing
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest

from pipeline.merge import Merging, Wanted, checked, merged
from pipeline.project import Project
from pipeline.render.parcel import unpacked
from pipeline.render.slots import bare, isolated
from tests.merge import invited
from tests.merge.alone import alone, assert_alike, heard

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LINE = "In {district}, {figure} people work at sea. ({copy})"
PEOPLE = """\
name,district,figure,language
محمد العربي,الدار البيضاء,300,
Smith (old) 3,قصر 7 (old),"1,200",
Smith 42,Dalarna 3,"1,200",ar
محمد 7,الدار البيضاء,300,ar
Anna Karlsson,Dalarna,300,
"""


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Arabic cells in English sentences, and the other way round."""
    root = tmp_path_factory.mktemp("apart")
    path = invited.make_in_two_languages(
        root, invited.BRIEF.replace("A light would be seen in {district}. ({copy})", LINE)
    )
    catalogue = root / "briefs/locale/ar.po"
    catalogue.write_text(
        catalogue.read_text(encoding="utf-8")
        .replace("A light would be seen in {district}. ({copy})", LINE)
        .replace("يُرى الضوء في {district}. ({copy})", "في {district}، يعمل {figure} شخصًا في البحر. ({copy})"),
        encoding="utf-8",
    )
    path.write_text(PEOPLE, encoding="utf-8")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)


@pytest.fixture(scope="module")
def copies(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its copies in every form."""
    folder = tmp_path_factory.mktemp("copies")
    merged(merging, folder, forms=["html", "docx"])
    return folder


def _bytes(copies: Path, number: int, form: str) -> bytes:
    (path,) = copies.glob(f"0000{number + 1}*.{form}")
    return path.read_bytes()


@pytest.mark.parametrize("number", range(5))
def test_a_copy_is_as_a_render_of_its_own(merging: Merging, copies: Path, number: int) -> None:
    """In words, tags and pixels; whoever has it read aloud hears its sentences as they were written."""
    entry, data = list(merging.entries)[number], _bytes(copies, number, "pdf")
    assert_alike(data, alone(merging, entry))
    assert all(bare(text) in heard(data) for text in entry.texts)


def _lefts(data: bytes, *parts: str) -> list[float]:
    """Where each of the parts begins on its line, in points from the left."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        page = document[0].get_textpage()
        text = page.get_text_range()
        start = text.rindex("\n", 0, text.index(parts[-1]))
        places = [range(at := text.index(part, start), at + len(part)) for part in parts]
        return [min(page.get_charbox(at)[0] for at in place) for place in places]


def test_a_sentence_keeps_its_order_on_paper(copies: Path) -> None:
    """Arabic names in an English one, Latin ones in an Arabic one."""
    english = _lefts(_bytes(copies, 0, "pdf"), "In ", "البيضاء", "300", "people")
    assert english == sorted(english)
    mixed = _lefts(_bytes(copies, 1, "pdf"), "In ", "(old)", "قصر", "1,200", "people")
    assert mixed == sorted(mixed)
    arabic = _lefts(_bytes(copies, 2, "pdf"), "3", "Dalarna", "يعمل", "1,200")
    assert arabic[1] < arabic[0]
    assert arabic[1:] == sorted(arabic[1:], reverse=True)


def _glyphs(run: bytes) -> bytes:
    return b"".join(re.findall(rb"<([0-9a-f]+)>", run))


def test_signs_take_no_room(merging: Merging) -> None:
    """And no glyph: no font has to have one."""
    gaps = merging.masters["en-GB"].gaps
    run, width = gaps.set_by_engine(gaps.gaps[0], "In Dalarna, 300")
    other, as_wide = gaps.set_by_engine(gaps.gaps[0], f"In {isolated('Dalarna')}, {isolated('300')}")
    assert as_wide == pytest.approx(width, abs=0.5)
    assert _glyphs(other) == _glyphs(run)
    fonts = merging.masters["en-GB"].laid.laid.document.fonts.values()
    assert not any({*isolated("")} & {*text} for font in fonts for text in font.to_unicode.values())


def test_what_runs_one_way_needs_no_signs(merging: Merging) -> None:
    """So plain texts are what they were, and are set the quick way."""
    texts = [entry.texts for entry in merging.entries]
    assert [text == bare(text) for text in texts[4]] == [True] * 3
    assert texts[0][0] == f"Dear {isolated('محمد العربي')},"


def test_pages_for_browsers_have_elements(copies: Path) -> None:
    """`bdi`, of which nothing is copied."""
    page = _bytes(copies, 0, "html").decode()
    assert "In <bdi>الدار البيضاء</bdi>, <bdi>300</bdi> people" in page
    assert not {*isolated("")} & {*page}


def _runs(data: bytes, start: str) -> list[tuple[str, bool]]:
    """The runs of the paragraph that starts so, each with whether it is from right to left."""
    for paragraph in ET.fromstring(unpacked(data)["word/document.xml"]).iter(f"{W}p"):
        found = [
            ("".join(text.text or "" for text in run.iter(f"{W}t")), run.find(f"{W}rPr/{W}rtl") is not None)
            for run in paragraph.iter(f"{W}r")
        ]
        if "".join(text for text, _ in found).startswith(start):
            return found
    raise AssertionError(start)


def test_word_documents_part_them_by_marks(copies: Path) -> None:
    """Letters that nobody sees stand between a cell and its sentence, and each run has one direction."""
    runs = _runs(_bytes(copies, 0, "docx"), "In ")
    place = list(csv.reader(PEOPLE.splitlines()))[1][1]
    assert runs[:2] == [("In \u200e", False), (f"\u200f{place}\u200f", True)]
    assert runs[2][0].startswith("\u200e, \u200e300\u200e people work at sea. (\u200e")
    assert not any(back for _, back in runs[2:])
    (arabic,) = (text for text, back in _runs(_bytes(copies, 2, "docx"), "في ") if text.startswith("\u200eDalarna"))
    assert arabic == "\u200eDalarna 3\u200e"
