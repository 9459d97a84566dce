"""One file for printers holds all copies as they are, shares what they share, and is written as it grows."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.folder import UNFINISHED
from pipeline.merge import Merging, Wanted, checked, merged, printed
from pipeline.merge.printing import TOGETHER, write_print
from pipeline.project import Project
from tests.merge import invited
from tests.merge.alone import pictures, words

PEOPLE = """\
name,district,language
Anna Karlsson,Dalarna,
محمد العربي,الدار البيضاء,ar
Ελένη <b>,"{{ 7*7 }} )\\(",
endstream endobj,1 0 obj,AR
"""


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Recipients in three scripts and two languages, with a cover letter."""
    root = tmp_path_factory.mktemp("printed")
    path = invited.make_in_two_languages(root, invited.COVERED)
    path.write_text(PEOPLE, encoding="utf-8")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)


@pytest.fixture(scope="module")
def copies(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Its copies as files of their own."""
    folder = tmp_path_factory.mktemp("copies")
    merged(merging, folder)
    return [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]


@pytest.fixture(scope="module")
def paper(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """All of them in one file."""
    path = tmp_path_factory.mktemp("paper") / "all.pdf"
    done = printed(merging, path)
    assert (done.copies, done.size) == (4, path.stat().st_size)
    return path.read_bytes()


def test_it_holds_the_copies_as_they_are(paper: bytes, copies: list[bytes]) -> None:
    """The same words and the same pixels on every page, in the order of the list, whatever its languages."""
    assert words(paper) == [page for copy in copies for page in words(copy)]
    pairs = list(zip(pictures(paper), (page for copy in copies for page in pictures(copy)), strict=True))
    assert len(pairs) == 12
    assert not any(np.count_nonzero(ours != theirs) for ours, theirs in pairs)


def test_it_is_written_without_a_mistake(paper: bytes) -> None:
    """Says qpdf; each object of the table is where the table has it."""
    with pikepdf.open(io.BytesIO(paper)) as document:
        assert not document.check_pdf_syntax()
        assert not document.get_warnings()


def test_what_is_shared_is_there_once(paper: bytes, copies: list[bytes]) -> None:
    """Fonts, pictures and what stands around the slots: one more copy adds a few kilobytes."""
    assert len(paper) < len(copies[0]) + len(copies[1])
    with pikepdf.open(io.BytesIO(paper)) as document:
        fonts = [{font.objgen for font in page.Resources.Font.values()} for page in document.pages]
        assert fonts[0] == fonts[1] == fonts[6] != fonts[3]
        assert fonts[0]


def test_each_copy_has_a_bookmark_and_its_own_numbers(paper: bytes) -> None:
    """Viewers and printers find a copy by its name, and a page by its number in it."""
    document = pypdfium2.PdfDocument(paper)
    labels = [document.get_page_label(number) for number in range(6)]
    marks = [(mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
    document.close()
    assert labels == [f"00001-anna-karlsson{end}" for end in ("", " / 1", " / 2")] + [
        f"00002{end}" for end in ("", " / 1", " / 2")
    ]
    assert marks[:2] == [("Copy for Anna Karlsson", 0), ("Copy for محمد العربي", 3)]
    assert [page for _, page in marks] == [0, 3, 6, 9]


def test_it_says_that_it_is_for_paper(paper: bytes) -> None:
    """It has no tags, and claims none; no link, no list and no file of the library is inside."""
    with pikepdf.open(io.BytesIO(paper)) as document, document.open_metadata() as packet:
        assert "For printing" in packet["dc:description"]
        assert "pdfaid:part" not in packet
        assert "pdfuaid:part" not in packet
        assert not {"/StructTreeRoot", "/MarkInfo", "/AF", "/Names"} & set(document.Root.keys())
        assert not any("/Annots" in page for page in document.pages)
        assert document.Root.OutputIntents[0].DestOutputProfile.read_bytes()


def test_no_copy_begins_on_the_back_of_another(merging: Merging, copies: list[bytes], tmp_path: Path) -> None:
    """With `duplex`, a copy of three pages has a fourth, which is blank; the file asks for both sides."""
    done = printed(merging, tmp_path / "both.pdf", duplex=True)
    assert done.pages == 16
    found = words((tmp_path / "both.pdf").read_bytes())
    assert found == [page for copy in copies for page in (*words(copy), "")]
    with pikepdf.open(tmp_path / "both.pdf") as document:
        assert document.Root.ViewerPreferences.Duplex == "/DuplexFlipLongEdge"
        assert not document.check_pdf_syntax()


def test_the_same_copies_give_the_same_file(merging: Merging, paper: bytes, tmp_path: Path) -> None:
    """To the byte."""
    printed(merging, tmp_path / "again.pdf")
    assert (tmp_path / "again.pdf").read_bytes() == paper


def test_long_lists_have_trees(merging: Merging) -> None:
    """Pages, labels and bookmarks of more copies than one node holds are found, from the first to the last."""
    masters = {
        language: (master.template.data, [gap.token for gap in master.gaps.gaps])
        for language, master in merging.masters.items()
    }
    many = [ready._replace(name=f"{number:05}") for number, ready in enumerate([*merging.spool] * (TOGETHER // 2), 1)]
    file = io.BytesIO()
    done = write_print(file, masters, many, "Lights", duplex=False)
    assert (done.copies, done.pages) == (200, 600)
    document = pypdfium2.PdfDocument(file.getvalue())
    labels = [document.get_page_label(number) for number in (0, 1, 298, 300, 301, 302, 599)]
    marks = [mark.get_dest().get_index() for mark in document.get_toc()]
    document.close()
    assert labels == ["00001", "00001 / 1", "00100 / 1", "00101", "00101 / 1", "00101 / 2", "00200 / 2"]
    assert marks == list(range(0, 600, 3))


def _ask(root: Path, *arguments: str | Path) -> Result:
    given = ["-C", str(root), "merge", "first-brief", str(root / "list.csv"), *map(str, arguments)]
    return CliRunner().invoke(commands, given)


def test_merge_writes_it_alone(tmp_path: Path) -> None:
    """No folder is needed for it; nothing else is written, and what others are writing beside it is let be."""
    invited.make(tmp_path)
    (tmp_path / "out/copies").mkdir(parents=True)
    others = {tmp_path / "out" / f".other.pdf{UNFINISHED}", tmp_path / "out/copies" / f".00001.pdf{UNFINISHED}"}
    for path in others:
        path.write_bytes(b"half")
    result = _ask(tmp_path, "--print", tmp_path / "out/members.pdf", "--duplex")
    assert result.exit_code == 0, result.stderr
    assert "2 recipients: 4 pages in " in result.stderr
    assert set((tmp_path / "out").rglob("*.*")) == {tmp_path / "out/members.pdf", *others}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["-o", "OUT", "--print", "OUT/all.pdf"], "the folder of copies holds nothing else"),
        (["--print", "ROOT/briefs/all.pdf"], "it lies in briefs/"),
        (["--print", "OUT/all.txt"], "its name doesn't end in .pdf"),
        (["--print", "OUT/a b.pdf"], "not every system takes what is neither a letter from A to Z, a digit"),
        (["--print", "OUT/con.pdf"], "Windows keeps 'con' for a device"),
        (["--duplex", "-o", "OUT"], "--duplex is for the file that --print names"),
        (["--duplex"], "name a folder for the copies with -o, a file for printers with --print, or say --dry-run"),
    ],
)
def test_what_would_be_amiss_is_refused(tmp_path: Path, arguments: list[str], told: str) -> None:
    """Before anything is read."""
    invited.make(tmp_path)
    given = [each.replace("OUT", str(tmp_path / "out")).replace("ROOT", str(tmp_path)) for each in arguments]
    result = _ask(tmp_path, *given)
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())
    assert not (tmp_path / "out").exists()


def test_it_takes_the_place_of_an_earlier_one_alone(tmp_path: Path) -> None:
    """Not of a copy, a brief or what else is there; a folder of copies holds nothing else."""
    invited.make(tmp_path)
    paper, copies = tmp_path / "members.pdf", tmp_path / "copies"
    assert [_ask(tmp_path, "--print", paper).exit_code for _ in range(2)] == [0, 0]
    assert _ask(tmp_path, "-o", copies).exit_code == 0
    told = [_ask(tmp_path, "--print", copies / name).stderr for name in ("00001-anna-karlsson.pdf", "new.pdf")]
    assert all("the folder of copies holds nothing else" in each for each in told)
    assert not (copies / "new.pdf").exists()
    before = (copies / "00001-anna-karlsson.pdf").read_bytes()
    paper.write_bytes(before)
    (tmp_path / "link.pdf").symlink_to(paper)
    for path, what in ((paper, "not an earlier one"), (tmp_path / "link.pdf", "no plain file")):
        result = _ask(tmp_path, "--print", path)
        assert result.exit_code == 2
        assert f"what is there is {what}; take it away" in " ".join(result.stderr.split())
    assert paper.read_bytes() == before
