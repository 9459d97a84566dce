"""A copy is what a render of its own would have been, each is whole, and only those that are missing are written."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pipeline.folder import Folder
from pipeline.merge import Merging, Wanted, checked, merged
from pipeline.merge.journal import JOURNAL, MARK, UNDONE
from pipeline.merge.spool import Spool
from pipeline.merge.strangers import INDEX, STALE
from pipeline.problem import Refused, ToolFailed
from pipeline.project import Project
from pipeline.render.slots import bare
from pipeline.verify import CHECKS, pdf_a, pdf_ua
from tests.merge import invited
from tests.merge.alone import alone, assert_alike, heard
from tests.tooling import needs

PEOPLE = """\
name,district,language
Anna Karlsson,Dalarna,
AVATAR To Wa fi ffl,Šćđ ŽŁ,en
Zoë Ångström,Crème brûlée,ar
Ελένη Παπαδοπούλου,Αθήνα,
Дмитрий Иванов,Київ,AR
محمد العربي,الدار البيضاء,ar
محمد Smith 42,قصر 7 (old),
q\u0323e\u0301 x\u0302y,NFD,
"{{ 7*7 }} <b>x</b> endstream )\\(",=1+1,
"""


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Recipients in four scripts and two languages, measured."""
    root = tmp_path_factory.mktemp("invited")
    path = invited.make_in_two_languages(root)
    path.write_text(PEOPLE + "".join(f"Person {n},Place {n % 7},\n" for n in range(11)), encoding="utf-8")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)


@pytest.fixture(scope="module")
def copies(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty copies, written."""
    folder = tmp_path_factory.mktemp("copies")
    done = merged(merging, folder)
    assert (done.copies, done.files, done.new) == (20, 20, 20)
    return folder


def test_tags_say_what_runs_from_the_right(merging: Merging, copies: Path) -> None:
    """In reading order, whichever way it is drawn."""
    for number in (5, 6):
        entry = list(merging.entries)[number]
        said = heard((copies / f"{entry.name}.pdf").read_bytes())
        assert all(bare(text) in said for text in entry.texts)


@pytest.mark.parametrize("number", [1, 2, 5, 6, 8])
def test_a_copy_is_as_a_render_of_its_own(merging: Merging, copies: Path, number: int) -> None:
    """The same words, the same tags in the same order, the same pixels; whatever script its names are in."""
    entry = list(merging.entries)[number]
    copy = (copies / f"{entry.name}.pdf").read_bytes()
    assert_alike(copy, alone(merging, entry))
    assert entry.copy in heard(copy)


@needs(*CHECKS["pdf-ua"].tools)
@pytest.mark.parametrize("name", ["00003-zoe-angstrom", "00007-smith-42"])
def test_a_copy_is_accessible_and_archival(copies: Path, name: str) -> None:
    """PDF/UA-1 and PDF/A-3a, says veraPDF; all our own checks of one file pass, but for an empty last page."""
    data = (copies / f"{name}.pdf").read_bytes()
    assert not [*pdf_ua.find(data), *pdf_a.find(data)]
    others = [
        check
        for check in CHECKS.values()
        if check.takes == ("pdf",) and check.name not in ("length", "pdf-ua", "pdf-a")
    ]
    assert len(others) > 5
    assert not [finding for check in others for finding in check.find(data)]


def test_a_copy_knows_what_it_is(merging: Merging, copies: Path) -> None:
    """Its own identifiers, its name in the packet of metadata, and the id that is printed in it."""
    seen = set()
    for entry in merging.entries:
        with pikepdf.open(copies / f"{entry.name}.pdf") as document, document.open_metadata() as packet:
            assert packet["xmp:Label"] == entry.called == f"Copy for {entry.row.cells[0]}"
            seen |= {packet["xmpMM:InstanceID"], bytes(document.trailer.ID[1]), entry.copy}
        assert entry.copy in entry.texts[2]
    assert len(seen) == 60


def test_copies_come_in_the_language_of_their_row(merging: Merging, copies: Path) -> None:
    """By its tag, in any writing."""
    arabic = [entry.name for entry in merging.entries if entry.language == "ar"]
    assert arabic == ["00003-zoe-angstrom", "00005", "00006"]
    assert "عزيزنا Zoë Ångström،" in heard((copies / f"{arabic[0]}.pdf").read_bytes())


def test_only_what_is_missing_is_written(merging: Merging, copies: Path, tmp_path: Path) -> None:
    """A copy that is gone or cut short comes back, though a run was killed in the midst of a line.

    A row that was added has its copy, and no other is written again; where its letters are no news, bytes are the same.
    """
    shutil.copytree(copies, tmp_path / "copies")
    kept = {path.name: path.read_bytes() for path in copies.glob("*.pdf")}
    gone, short = tmp_path / "copies/00001-anna-karlsson.pdf", tmp_path / "copies/00005.pdf"
    gone.unlink()
    short.write_bytes(b"%PDF")
    (tmp_path / "copies/.00002.pdf.openbrief-part").write_bytes(b"%PDF")
    with (tmp_path / "copies" / JOURNAL).open("ab") as journal:
        journal.write(b"0d3cf9c35cb87fecce3f5657 588")
    more = tmp_path / "more.csv"
    more.write_text(f"{merging.entries.roll.path.read_text()}Łukasz,Łódź,\n")
    again = checked(merging.project, Wanted(slug="first-brief"), more)
    done = merged(again, tmp_path / "copies")
    assert (done.copies, done.new) == (21, 3)
    assert gone.exists()
    assert len(short.read_bytes()) > 10_000
    assert not list((tmp_path / "copies").glob(".*"))
    written = {path.name: path.read_bytes() for path in (tmp_path / "copies").glob("*.pdf")}
    assert [name for name in kept if kept[name] != written[name]] == [gone.name]
    assert merged(again, tmp_path / "copies").new == 0


def test_what_is_ready_is_counted_when_it_is_read(merging: Merging) -> None:
    """Copies that the temporary file lacks are no rows that are gone; nor is half of one a copy."""
    spool = Spool()
    for ready in merging.spool:
        spool.add(ready)
    assert [*spool] == [*merging.spool]
    assert spool.counted == merging.entries.counted
    end = spool.file.seek(0, os.SEEK_END)
    for size in (end - 1, end // 2, 0):
        spool.file.truncate(size)
        with pytest.raises(ToolFailed, match=r"of 20 copies has only \d+ of them"):
            list(spool)


def test_copies_of_rows_that_are_gone_are_told(merging: Merging, tmp_path: Path) -> None:
    """They stay and are listed; with `clean` they go, and no file that `merge` hasn't written goes with them."""
    few = tmp_path / "few.csv"
    few.write_text("name,district\nAnna,A\nBengt,B\nCarin,C\n")
    merged(checked(merging.project, Wanted(slug="first-brief"), few), tmp_path / "copies", forms=["html"])
    (tmp_path / "copies/00009-somebody.pdf").write_bytes(b"%PDF")
    with (tmp_path / "copies" / JOURNAL).open("ab") as journal:
        journal.write(b"0d3cf9c35cb87fecce3f5657 4 ../few.csv\n0d3cf9c35cb87fecce3f5657 4 copies/x.pdf\n")
    few.write_text("name,district\nAnna,A\nBengt,B\n")
    again = checked(merging.project, Wanted(slug="first-brief"), few)
    done = merged(again, tmp_path / "copies")
    gone = ("00003-carin.html", "00003-carin.pdf")
    assert (done.new, done.stale) == (0, gone)
    assert (tmp_path / "copies" / STALE).read_text().split() == [*gone]
    merged(again, tmp_path / "copies", clean=True)
    left = {path.name for path in (tmp_path / "copies").iterdir()}
    names = {f"{name}.{form}" for name in ("00001-anna", "00002-bengt") for form in ("pdf", "html")}
    assert left == {*names, "00009-somebody.pdf", INDEX, JOURNAL}
    assert few.exists()
    assert merged(again, tmp_path / "copies", clean=True).stale == ()


def _strange(folder: Path, merging: Merging) -> list[str]:
    """What is told of the files of others in a folder, which stay as they are."""
    before = {path: path.is_file() and path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(Refused) as refused:
        merged(merging, folder, clean=True)
    assert {path: path.is_file() and path.read_bytes() for path in folder.iterdir()} == before
    return [Path(problem.mark.file).name for problem in refused.value.problems]


def test_files_of_others_are_let_be(merging: Merging, tmp_path: Path) -> None:
    """What stands in the places of ours is named at once, and nothing is written, added to or removed."""
    names = [f"{entry.name}.pdf" for entry in merging.entries]
    (tmp_path / names[0]).write_bytes(b"%PDF")
    own = {JOURNAL: "Monday: bought lamps.\n", INDEX: "name,copies\nAnna,2\n", STALE: "bread\n"}
    for name, text in own.items():
        (tmp_path / name).write_text(text)
    assert _strange(tmp_path, merging) == [names[0], INDEX, JOURNAL, STALE]
    for name in own:
        (tmp_path / name).unlink()
    (tmp_path / JOURNAL).symlink_to(tmp_path / "elsewhere.txt")
    assert _strange(tmp_path, merging) == [names[0], JOURNAL]
    (tmp_path / JOURNAL).unlink()
    (tmp_path / names[1]).symlink_to("nowhere")
    (tmp_path / names[2]).mkdir()
    assert _strange(tmp_path, merging) == sorted(names[:3])
    for path in tmp_path.iterdir():
        path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()
    (tmp_path / "notes.txt").write_text("kept")
    for name in own:
        (tmp_path / name).write_text("\n")
    assert merged(merging, tmp_path).new == 20
    assert (tmp_path / "notes.txt").read_text() == "kept"


def test_many_files_of_others_are_counted(merging: Merging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some by their names, the others by their number; a list that a spreadsheet has saved is still ours."""
    monkeypatch.setattr("pipeline.merge.strangers.MOST_NAMED", 5)
    for entry in merging.entries:
        (tmp_path / f"{entry.name}.pdf").write_bytes(b"%PDF")
    (tmp_path / INDEX).write_text('"file";"id";"sent"\n')
    told = _strange(tmp_path, merging)
    assert (len(told), INDEX in told) == (7, True), "no merge leaves a list without a journal"
    (tmp_path / JOURNAL).write_bytes(MARK)
    assert len(_strange(tmp_path, merging)) == 6


def test_what_takes_the_name_of_a_copy_that_was_removed_is_let_be(merging: Merging, tmp_path: Path) -> None:
    """A file that was cleaned away is ours no more, and whoever has put another there keeps it."""
    merged(merging, tmp_path)
    gone = tmp_path / "00099-gone.pdf"
    for data, left in ((b"ours", False), (b"somebody's", True)):
        gone.write_bytes(data)
        if not left:
            with (tmp_path / JOURNAL).open("ab") as journal:
                journal.write(f"{UNDONE.hex()} 0 {gone.name}\n".encode())
        assert merged(merging, tmp_path).stale == (() if left else (gone.name,))
        merged(merging, tmp_path, clean=True)
        assert gone.exists() is left


def test_a_run_that_was_killed_knows_its_files(
    merging: Merging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the journal couldn't say yet that they are done: it has named all before the first was written."""
    with monkeypatch.context() as patch:
        patch.setattr(Folder, "wait", lambda _folder: os._exit(9))
        patch.setattr("pipeline.merge.journal.SAFE", 8)
        if (child := os.fork()) == 0:
            merged(merging, tmp_path)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert len(list(tmp_path.glob("*.pdf"))) == 8
    assert len((tmp_path / JOURNAL).read_text().splitlines()) == 21
    assert merged(merging, tmp_path).new == 20
    assert merged(merging, tmp_path).new == 0


def test_the_journal_says_what_the_disk_has(merging: Merging, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No line is written before the disk has its file, also where a run breaks off; nothing new asks nothing of it."""
    seen: list[tuple[int, int]] = []
    wait = Folder.wait

    def watched(folder: Folder) -> None:
        lines = (folder.read(JOURNAL) or b"").splitlines()[1:]
        finished = sum(not line.startswith(UNDONE.hex().encode()) for line in lines)
        seen.append((finished, len(list(folder.root.glob("*.pdf")))))
        wait(folder)

    monkeypatch.setattr(Folder, "wait", watched)
    monkeypatch.setattr("pipeline.merge.journal.SAFE", 8)
    merged(merging, tmp_path / "copies")
    assert seen == [(0, 8), (8, 16), (16, 20)]
    merged(merging, tmp_path / "copies")
    assert len(seen) == 3


def test_the_list_of_copies_is_safe_in_a_spreadsheet(merging: Merging, copies: Path) -> None:
    """Each row with the name and the id of its copy; no cell is a formula."""
    rows = list(csv.reader((copies / INDEX).read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0] == ["file", "id", "name", "district", "language"]
    assert [row[:2] for row in rows[1:]] == [[f"{entry.name}.pdf", entry.copy] for entry in merging.entries]
    assert all((copies / row[0]).exists() for row in rows[1:])
    assert rows[9][3] == "'=1+1"


LATIN = st.characters(min_codepoint=0x20, max_codepoint=0x24F, exclude_categories=["Cc", "Cf"])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(text="A\u0227 \u01e3")
@given(text=st.text(LATIN | st.sampled_from("AVTofil \u2013\u2019,."), min_size=1, max_size=40).filter(str.strip))
def test_plain_text_is_set_as_the_engine_sets_it(merging: Merging, text: str) -> None:
    """To the byte, and as wide; what the quick way leaves to the engine is no Latin text, or new to the font."""
    for gap in merging.masters["en-GB"].gaps.gaps:
        gaps = merging.masters["en-GB"].gaps
        by_engine = gaps.set_by_engine(gap, text)
        assert gap.quick
        quick = gap.quick.run(text)
        assert quick in (by_engine, None)
        if text.isascii() and text.isprintable() and any(map(str.isalpha, text)):
            assert quick


def test_each_script_is_set(merging: Merging) -> None:
    """Plain Latin goes the quick way, all else the engine's; both were used."""
    gap = merging.masters["en-GB"].gaps.gaps[0]
    assert gap.quick
    assert gap.quick.run("Dear Anna Karlsson,")
    assert not gap.quick.run("محمد العربي")
    assert not gap.quick.run("Ελένη")
    assert not gap.quick.run("1234")
