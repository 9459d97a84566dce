"""A sample of copies, drawn at random, proves itself to the judges of the brief; each file is the copy of its row."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.cli.verdicts import products_of
from pipeline.merge import Wanted, checked, merged
from pipeline.merge.sample import drawn
from pipeline.merge.strangers import INDEX
from pipeline.problem import Refused
from pipeline.project import Project
from pipeline.verify import CHECKS, pdf_a, pdf_ua
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


def test_word_documents_of_a_sample_are_looked_at_too(copies: Path, tmp_path: Path) -> None:
    """Those that lie beside the copies that were drawn."""
    shutil.copytree(copies, tmp_path / "copies")
    drawn_of = {path.name for path in drawn(copies, 3, "").files}
    for name in drawn_of:
        (tmp_path / "copies" / name).with_suffix(".docx").write_bytes(b"PK")
    found = products_of(click.Context(commands), [str(tmp_path / "copies")], None, 3)
    assert {product.name for product in found if product.pdf} == drawn_of
    assert [product.name for product in found if product.word] == [
        product.name.replace(".pdf", ".docx") for product in found if product.pdf
    ]
