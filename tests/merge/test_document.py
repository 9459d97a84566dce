"""A copy as a Word document says what the copy in PDF says, opens, and is the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.merge import Merging, Wanted, checked, merged
from pipeline.merge.document import BREAK, word_document
from pipeline.problem import ToolFailed
from pipeline.project import Project
from pipeline.render.parcel import packed, unpacked
from pipeline.render.slots import bare, place
from pipeline.verify import CHECKS
from tests.merge import invited
from tests.tooling import needs

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PEOPLE = """\
name,district,language
Anna Karlsson,Dalarna,
محمد العربي,الدار البيضاء,ar
محمد Smith 42,قصر 7 (old),
"{{ 7*7 }} <b>x</b> & ]]>",=1+1,
"""


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Recipients in two scripts and two languages, with a cover letter."""
    root = tmp_path_factory.mktemp("documents")
    path = invited.make_in_two_languages(root, invited.COVERED)
    path.write_text(PEOPLE, encoding="utf-8")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)


@pytest.fixture(scope="module")
def copies(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Its copies as Word documents."""
    folder = tmp_path_factory.mktemp("copies")
    done = merged(merging, folder, forms=["docx"])
    assert (done.copies, done.files, done.new) == (4, 8, 8)
    return [path.read_bytes() for path in sorted(folder.glob("*.docx"))]


def _paragraphs(data: bytes) -> list[str]:
    root = ET.fromstring(unpacked(data)["word/document.xml"])
    said = ["".join(text.text or "" for text in each.iter(f"{W}t")) for each in root.iter(f"{W}p")]
    return [text.replace("\u200e", "").replace("\u200f", "") for text in said]


def test_each_copy_says_what_is_its_own(merging: Merging, copies: list[bytes]) -> None:
    """Letter and brief, whatever its cells hold; the letter ends its page."""
    for entry, data in zip(merging.entries, copies, strict=True):
        said = _paragraphs(data)
        texts = [*map(bare, entry.texts)]
        assert texts[1] in said[: said.index("Policy brief")]
        assert texts[1] in said[said.index("Policy brief") :]
        assert all(any(text in each for each in said) for text in texts)
        whole = unpacked(data)["word/document.xml"].decode()
        assert whole.count('<w:br w:type="page"/>') == 1
        assert BREAK not in whole
        assert place(0)[0] not in whole


def test_names_run_as_their_script_does(copies: list[bytes]) -> None:
    """A run has one direction: Arabic in an English document is marked, and what stands beside it is not."""
    root = ET.fromstring(unpacked(copies[2])["word/document.xml"])
    turned = {
        "".join(text.text or "" for text in run.iter(f"{W}t")).strip("\u200e\u200f"): run.find(f"{W}rPr/{W}rtl")
        is not None
        for run in root.iter(f"{W}r")
    }
    assert turned["محمد"]
    assert not turned[" Smith 42"]
    assert turned["قصر"]
    assert not any(turned[text] for text in ("Dear ", "Lights for your harbour"))


def test_a_document_knows_what_it_is(merging: Merging, copies: list[bytes]) -> None:
    """Its title, what the copy is called, and an identifier of its own."""
    seen = set()
    for entry, data in zip(merging.entries, copies, strict=True):
        core = ET.fromstring(unpacked(data)["docProps/core.xml"])
        said = {each.tag.rpartition("}")[2]: each.text for each in core}
        assert said["title"] == "Light every harbour in the country"
        assert said["subject"] == entry.called
        seen.add(said["identifier"])
    assert len(seen) == 4


def test_a_document_is_a_sound_zip_file(merging: Merging, copies: list[bytes]) -> None:
    """Each part is whole; the same copy is the same bytes, and the parts that all share are as they were packed."""
    for data in copies:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            assert file.testzip() is None
            assert file.namelist()[0] == "[Content_Types].xml"
            assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    first, third = unpacked(copies[0]), unpacked(copies[2])
    assert {name for name in first if first[name] != third[name]} == {"word/document.xml", "docProps/core.xml"}
    again = [b"".join(merging.masters[ready.language].document_copy(ready)) for ready in merging.spool]
    assert again == copies


@needs(*CHECKS["docx"].tools)
def test_a_document_opens_in_libreoffice(copies: list[bytes]) -> None:
    """With its headings, tables and pictures."""
    CHECKS["docx"].ahead(copies[:3])  # type: ignore[misc]
    assert not [finding for data in copies[:3] for finding in CHECKS["docx"].find(data)]


def test_a_place_that_is_lost_is_no_copy() -> None:
    """Where a document has not as many places as the brief has, nothing is written."""
    text = f"<w:p><w:r><w:t>{place(0)} and {place(1)}</w:t></w:r></w:p>"
    data = packed({"word/document.xml": text.encode(), "docProps/core.xml": b"<x></cp:coreProperties>"})
    assert b"x &amp; y" in unpacked(word_document(data, 2).copy(["x & y", "z"], "", "urn:x"))["word/document.xml"]
    with pytest.raises(ToolFailed):
        word_document(data, 3)


def test_merge_writes_documents(tmp_path: Path) -> None:
    """Beside the PDF files."""
    path = invited.make(tmp_path)
    asked = ["-C", str(tmp_path), "merge", "first-brief", str(path), "-o", str(tmp_path / "copies"), "--docx"]
    result = CliRunner().invoke(commands, asked)
    assert "2 recipients: 4 files written" in result.stderr
    assert len(list((tmp_path / "copies").glob("*.docx"))) == 2


def test_letter_and_brief_keep_their_own_notes(tmp_path: Path) -> None:
    """Both have a first one, and names that the other has too."""
    brief = invited.COVERED.replace("what a light does.", "what a light does.^[Of the letter.]")
    path = invited.make(tmp_path, brief.replace("affected: Sailors.", "affected: Sailors.^[Of the brief.]"))
    merged(checked(Project.at(tmp_path), Wanted(slug="first-brief"), path), tmp_path / "copies", forms=["docx"])
    data = (tmp_path / "copies/00001-anna-karlsson.docx").read_bytes()
    root, notes = (ET.fromstring(unpacked(data)[f"word/{part}.xml"]) for part in ("document", "footnotes"))
    said = {each.get(f"{W}id"): "".join(text.text or "" for text in each.iter(f"{W}t")).strip() for each in notes}
    found = [said[each.get(f"{W}id")] for each in root.iter(f"{W}footnoteReference")]
    assert found == ["Of the letter.", "Of the brief."]
    names = [each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart")]
    assert len(names) == len({*names})
    assert not [*CHECKS["docx"].find(data)]
