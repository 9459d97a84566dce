"""A sample of copies, drawn at random, proves itself to the judges of the brief; each file is the copy of its row."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.cli.verdicts import products_of
from pipeline.merge import Wanted, checked, merged
from pipeline.merge.identity import CORE, copy_of
from pipeline.merge.sample import drawn
from pipeline.merge.strangers import INDEX
from pipeline.problem import Refused
from pipeline.project import Project
from pipeline.verify import CHECKS, pdf_a, pdf_ua
from tests import example
from tests.cli.test_machine import BOUND
from tests.merge import invited
from tests.tooling import needs

NAMES = (
    *(
        "Anna Karlsson",
        "Zoë Ångström",
        "AVATAR To Wa fi ffl",
        "Łukasz Dvořák",
        "Ελένη Παπαδοπούλου",
        "Дмитрий Іваненко",
    ),
    *("محمد العربي", "محمد Smith 42", "q\u0323e\u0301 x\u0302y", "{{ 7*7 }} <b>x</b> endstream )\\("),
)
PLACES = ("Dalarna", "Ålesund", "Crème brûlée", "Αθήνα", "Київ", "الدار البيضاء", "قصر 7 (old)")
COPIES, DRAWN = 200, 50


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two hundred copies in four scripts and two languages."""
    root = tmp_path_factory.mktemp("many")
    path = invited.make_in_two_languages(root)
    rows = (f'"{NAMES[n % 10]} {n}",{PLACES[n % 7]},{"ar" if n % 3 == 0 else ""}\n' for n in range(COPIES))
    path.write_text("name,district,language\n" + "".join(rows), encoding="utf-8")
    merged(checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path), root / "copies")
    return root / "copies"


@needs(*CHECKS["pdf-ua"].tools)
def test_fifty_copies_drawn_at_random_pass(copies: Path) -> None:
    """PDF/UA-1 and PDF/A-3a, says veraPDF of each; every script and both languages are among them."""
    sample = drawn(copies, DRAWN, "tests")
    assert (len(sample.files), sample.of) == (DRAWN, COPIES)
    numbers = [int(path.name[:5]) - 1 for path in sample.files]
    assert {number % 10 for number in numbers} == set(range(10))
    assert {number % 3 == 0 for number in numbers} == {True, False}
    for path in sample.files:
        data = path.read_bytes()
        assert not [*pdf_ua.find(data), *pdf_a.find(data)], path.name


def test_each_copy_is_as_likely_as_any_other(copies: Path) -> None:
    """The same seed draws the same ones, in the order of their list; a thousand seeds draw all about as often."""
    assert drawn(copies, 3, "a") == drawn(copies, 3, "a")
    assert drawn(copies, 3, "a") != drawn(copies, 3, "b")
    assert len(drawn(copies, 500, "").files) == COPIES
    lots = Counter(path.name for seed in range(50) for path in drawn(copies, DRAWN, str(seed)).files)
    assert len(lots) == COPIES
    assert max(lots.values()) < 30
    files = drawn(copies, 20, "").files
    assert list(files) == sorted(files)


def _cut(folder: Path, name: str) -> None:
    (folder / name).write_bytes(b"%PDF-1.7\n")


def _shortened(folder: Path, name: str) -> None:
    (folder / name).write_bytes((folder / name).read_bytes()[:-20])


def _zeroed(folder: Path, name: str) -> None:
    data = (folder / name).read_bytes()
    (folder / name).write_bytes(bytes(len(data) // 4) + data[len(data) // 4 :])


def _renamed(folder: Path, name: str) -> None:
    (folder / INDEX).write_text((folder / INDEX).read_text().replace(name, "../../etc/passwd", 1))


def _linked(folder: Path, name: str) -> None:
    (folder / name).unlink()
    (folder / name).symlink_to(folder / "00002-zoe-angstrom-1.pdf")


def _gone(folder: Path, name: str) -> None:
    (folder / name).unlink()


def _swapped(folder: Path, name: str) -> None:
    shutil.copy(folder / "00002-zoe-angstrom-1.pdf", folder / name)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_gone, "the copy 00005-8.pdf is not there"),
        (_linked, "the copy 00005-8.pdf is not there"),
        (_cut, "00005-8.pdf is no whole copy"),
        (_shortened, "00005-8.pdf is no whole copy"),
        (_zeroed, "00005-8.pdf is no whole copy"),
        (_renamed, "'../../etc/passwd' is no name of a copy"),
        (_swapped, "00005-8.pdf is the copy "),
    ],
)
def test_nobody_is_sent_what_is_another_s(
    copies: Path, tmp_path: Path, change: Callable[[Path, str], None], told: str
) -> None:
    """A file that is missing, cut short, a link or somebody else's is told at its row, drawn or not."""
    folder, name = tmp_path / "copies", "00005-4.pdf"
    folder.mkdir()
    names = [path.name for path in sorted(copies.glob("*.pdf"))[:6]]
    lines = (copies / INDEX).read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / INDEX).write_text("".join(lines[:7]), encoding="utf-8")
    for each in names:
        shutil.copy(copies / each, folder / each)
    name = names[4]
    change(folder, name)
    with pytest.raises(Refused) as refused:
        drawn(folder, 1, "")
    (problem,) = refused.value.problems
    assert (problem.mark.file, problem.mark.line) == (str(folder / INDEX), 6)
    assert problem.message.startswith(told.replace("00005-8.pdf", name))


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"name,place\nx,y\n", b"file,id\nx\n", b'file,id\n"x', b"file,id\0\n"]
)
def test_a_list_that_is_none_is_told(tmp_path: Path, data: bytes) -> None:
    """Whatever stands in it."""
    (tmp_path / INDEX).write_bytes(data)
    with pytest.raises(Refused):
        drawn(tmp_path, 5, "")


def _ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["verify", *map(str, arguments)])


def test_verify_draws_from_a_folder_of_copies(copies: Path, tmp_path: Path) -> None:
    """It says of how many; with a row whose file is gone it ends with 1, before anything is looked at."""
    result = _ask(copies, "--only", "syntax", "--sample", "4", "--seed", "x")
    assert result.exit_code == 0, result.output
    assert f"{copies}: each of 200 copies is that of its row, 4 drawn at random with --seed x\n" in result.stderr
    assert "4 checks of 4 products: 4 passed, 0 failed, 0 not made" in result.stdout
    (tmp_path / INDEX).write_text("file,id\na.pdf,X\n")
    result = _ask(tmp_path)
    assert result.exit_code == 1
    assert f"{tmp_path / INDEX}:2:1: error: the copy a.pdf is not there [recipients]\nhint: run" in result.stderr
    assert not result.stdout


@pytest.fixture(scope="module")
def every_form(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three copies in every form, and the library that they are made from."""
    root = tmp_path_factory.mktemp("forms")
    path = invited.make(root)
    path.write_text("name,district\nAnna,A\nBengt,B\nCarin,C\n")
    merging = checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)
    merged(merging, root / "copies", forms=["html", "docx"])
    return root


def _without(folder: Path, form: str) -> None:
    (folder / f"00002-bengt.{form}").unlink()


def _exchanged(folder: Path, form: str) -> None:
    shutil.copy(folder / f"00001-anna.{form}", folder / f"00002-bengt.{form}")


def _half(folder: Path, form: str) -> None:
    path = folder / f"00002-bengt.{form}"
    path.write_bytes(path.read_bytes()[:-40])


@pytest.mark.parametrize("form", ["docx", "html"])
@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_without, "the copy 00002-bengt.FORM is not there"),
        (_exchanged, "00002-bengt.FORM is the copy "),
        (_half, "00002-bengt.FORM is no whole copy"),
    ],
)
def test_other_forms_are_those_of_their_row_too(
    every_form: Path, tmp_path: Path, change: Callable[[Path, str], None], told: str, form: str
) -> None:
    """A Word document or a page that is gone, cut short or somebody else's is told at its row."""
    folder = shutil.copytree(every_form / "copies", tmp_path / "copies")
    change(folder, form)
    with pytest.raises(Refused) as refused:
        drawn(folder, 1, "")
    (problem,) = refused.value.problems
    assert (problem.mark.line, problem.message.startswith(told.replace("FORM", form))) == (3, True)
    assert f"with --{form}" in problem.hint


def test_it_is_said_what_was_compared(every_form: Path, tmp_path: Path) -> None:
    """How many there are in each form; documents that a later run of PDF alone finds gone are asked for no more."""
    said = "each of 3 copies is that of its row"
    assert drawn(every_form / "copies", 2, "").said == f"{said}, as are 3 Word documents and 3 pages, 2 drawn at random"
    folder = shutil.copytree(every_form / "copies", tmp_path / "copies")
    for path in [*folder.glob("*.docx"), *folder.glob("*.html")]:
        path.unlink()
    merging = checked(
        Project.at(every_form, every_form / "public"), Wanted(slug="first-brief"), every_form / "list.csv"
    )
    merged(merging, folder)
    journal = (folder / "journal.txt").read_bytes()
    assert drawn(folder, 2, "").said == f"{said}, 2 drawn at random"
    merged(merging, folder)
    assert (folder / "journal.txt").read_bytes() == journal


def test_documents_that_were_cleaned_away_are_asked_for_no_more(every_form: Path, tmp_path: Path) -> None:
    """Of a row that has changed, they are somebody else's until they are gone."""
    folder, path = Path(shutil.copytree(every_form / "copies", tmp_path / "copies")), tmp_path / "list.csv"
    path.write_text("name,district\nAnna,A\nBengt,Elsewhere\nCarin,C\n")
    merging = checked(Project.at(every_form, every_form / "public"), Wanted(slug="first-brief"), path)
    merged(merging, folder)
    with pytest.raises(Refused, match=r"00002-bengt\.docx is the copy"):
        drawn(folder, 1, "")
    merged(merging, folder, clean=True)
    assert drawn(folder, 1, "").beside == {"docx": 2, "html": 2}


def test_word_documents_of_a_sample_are_looked_at_too(every_form: Path) -> None:
    """Those that lie beside the copies that were drawn."""
    found = products_of(click.Context(commands), [str(every_form / "copies")], None, 2)
    drawn_of = {path.name for path in drawn(every_form / "copies", 2, "").files}
    assert {product.name for product in found if product.pdf} == drawn_of
    assert [product.name for product in found if product.word] == [
        product.name.replace(".pdf", ".docx") for product in found if product.pdf
    ]


@pytest.mark.parametrize("name", ["00002-bengt.pdf", "00002-bengt.docx", INDEX, "."])
def test_what_cannot_be_read_is_told_as_such(every_form: Path, tmp_path: Path, name: str) -> None:
    """In one sentence, with the exit code of a machine that failed; it is neither missing nor a wrong list."""
    folder = Path(shutil.copytree(every_form / "copies", tmp_path / "copies"))
    (folder / name).chmod(0)
    command = [*BOUND, sys.executable, "-m", "pipeline", "verify", str(folder)]
    ended = subprocess.run(command, cwd=example.ROOT, capture_output=True, text=True, check=False)
    (folder / name).chmod(0o755)
    told = folder / name
    assert (ended.returncode, ended.stdout) == (3, "")
    assert ended.stderr == f"openbrief: error: can't read {told}: Permission denied\n"


@pytest.mark.parametrize(("at", "value"), [(20, 1_000_000), (42, 4_294_967_000), (42, 7)])
def test_a_parcel_whose_table_lies_is_no_whole_copy(at: int, value: int, tmp_path: Path) -> None:
    """It may say that a part is longer than the file, or lies before or behind it: that ends nothing."""
    path = tmp_path / "copy.docx"
    with zipfile.ZipFile(path, "w") as parts:
        parts.writestr(CORE, "<cp:coreProperties/>")
    data = bytearray(path.read_bytes())
    table = data.index(b"PK\x01\x02")
    data[table + at : table + at + 4] = value.to_bytes(4, "little")
    if at == 20:
        data[table + 24 : table + 28] = value.to_bytes(4, "little")
    path.write_bytes(data)
    assert copy_of(path) == ""
