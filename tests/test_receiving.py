"""A library comes out of a PDF as it went in; of a hostile PDF nothing comes out but one sentence."""

from __future__ import annotations

import io
import json
import os
import shutil
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from click.testing import CliRunner, Result

from pipeline import enclosed as enclosing
from pipeline.build import build
from pipeline.cli import commands
from pipeline.enclosed import MAX_FILES, MAX_PDF, RECORD, Unsound, enclosed
from pipeline.product import Order
from pipeline.project import Project
from pipeline.receiving import differences, received
from tests import example
from tests.render.paper import opened
from tests.test_translation import LANGUAGES, read, with_translations

PLANNED = "\nproducts:\n  - {editions: [brief, one-page], audiences: [everyone, legislator]}\n"
FILES = [
    "briefs/arguments/lights-cost.yaml",
    "briefs/arguments/lights-help.yaml",
    "briefs/figures/wrecks.yaml",
    "briefs/first-brief.yaml",
    "briefs/house.yaml",
    "briefs/sources.yaml",
]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The first brief, built as a usual brief and as one page for legislators; the house's own files have comments."""
    root = tmp_path_factory.mktemp("sent")
    house = example.make(root) / "house.yaml"
    house.write_text(f"# Ours.\r\n{house.read_text(encoding='utf-8')}{PLANNED}", encoding="utf-8")
    made = Project.at(root)
    build(made, Order(slugs=("first-brief",), formats=("pdf",), editions=("brief",), audiences=("everyone",)))
    build(made, Order(slugs=("first-brief",), formats=("pdf",), editions=("one-page",), audiences=("legislator",)))
    return made


@pytest.fixture(scope="module")
def sent(project: Project) -> bytes:
    """The PDF of the usual brief."""
    return (project.output / "first-brief" / "first-brief.pdf").read_bytes()


def _open(file: Path, folder: Path) -> Result:
    return CliRunner().invoke(commands, ["open", str(file), str(folder)])


def _changed(sent: bytes, change: Callable[[pikepdf.Pdf, Any], object], **options: Any) -> bytes:
    """The PDF after a change of its list of files."""
    document, written = opened(sent), io.BytesIO()
    change(document, document.Root.Names.EmbeddedFiles.Names)
    document.save(written, **options)
    return written.getvalue()


def _described(document: pikepdf.Pdf, data: bytes, **extra: Any) -> Any:
    return document.make_indirect(
        pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=pikepdf.Stream(document, data, **extra)))
    )


def _with_record(sent: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    """The PDF after a change of its record."""

    def rewrite(document: pikepdf.Pdf, names: Any) -> None:
        index = list(map(str, names[::2])).index(RECORD)
        stream = names[2 * index + 1].EF.F
        record = json.loads(stream.read_bytes())
        change(record)
        stream.write(json.dumps(record).encode())

    return _changed(sent, rewrite)


def _added(name: str, data: bytes = b"a: b\n", **extra: Any) -> Callable[[pikepdf.Pdf, Any], None]:
    def add(document: pikepdf.Pdf, names: Any) -> None:
        names.extend([pikepdf.String(name), _described(document, data, **extra)])

    return add


def _listing(path: str) -> Callable[[dict[str, Any]], None]:
    def add(record: dict[str, Any]) -> None:
        record["files"].append({"path": path, "sha256": ""})

    return add


# ---------------------------------------------------------------------------- what comes out


@pytest.mark.slow
@pytest.mark.parametrize("name", ["first-brief", "first-brief-one-page-legislator.en-GB"])
def test_what_is_restored_makes_the_same_bytes(project: Project, tmp_path: Path, name: str) -> None:
    """Of any product; each file is as it was, and DIR is a project that holds nothing else of ours."""
    said = _open(project.output / "first-brief" / f"{name}.pdf", tmp_path / "new" / "taken")
    assert said.exit_code == 0, said.output
    assert "rebuilding it gives the same bytes: SHA-256 " in said.stderr
    assert [Path(line).relative_to(tmp_path / "new" / "taken").as_posix() for line in said.stdout.split()] == FILES
    for file in FILES:
        assert (tmp_path / "new" / "taken" / file).read_bytes() == (project.root / file).read_bytes(), file
    assert sorted(path.name for path in (tmp_path / "new" / "taken").iterdir()) == ["assets", "briefs", "templates"]


@pytest.mark.slow
def test_translations_come_along(tmp_path: Path) -> None:
    """A brief in two languages can be made again from the PDF in either."""
    library, _ = read(tmp_path)
    shutil.rmtree(tmp_path / "briefs")
    briefs = example.make(tmp_path)
    (briefs / "house.yaml").write_text(example.HOUSE + LANGUAGES, encoding="utf-8")
    (briefs / "locale").mkdir()
    (briefs / "locale" / "fr.po").write_text(with_translations(library), encoding="utf-8")
    build(Project.at(tmp_path), Order(slugs=("first-brief",), formats=("pdf",)))
    for name in ("first-brief", "first-brief.fr"):
        said = _open(tmp_path / "public" / "first-brief" / f"{name}.pdf", tmp_path / name)
        assert said.exit_code == 0, said.output
        assert (tmp_path / name / "briefs/locale/fr.po").read_bytes() == (briefs / "locale/fr.po").read_bytes()


@pytest.mark.slow
def test_says_why_bytes_differ(sent: bytes, tmp_path: Path) -> None:
    """Versions and parts of the design by name, files that were changed, and where nothing is known, that."""

    def age(record: dict[str, Any]) -> None:
        record["made_with"]["weasyprint"] = "69.0"
        record["design"]["templates"] = "0" * 64
        record["files"][0]["sha256"] = "0" * 64

    file = tmp_path / "aged.pdf"
    file.write_bytes(_with_record(sent, age))
    said = _open(file, tmp_path / "taken")
    assert said.exit_code == 1
    assert "it was made with weasyprint 69.0; here it is 70.0" in said.stderr
    assert "its templates were others: SHA-256 000000000000…, here " in said.stderr
    assert "briefs/arguments/lights-cost.yaml is not what was there when the PDF was made" in said.stderr
    file.write_bytes(sent + b"\n")
    assert "so the file was changed after it was made" in _open(file, tmp_path / "other").stderr


@pytest.mark.slow
@pytest.mark.parametrize("bad", [b"\xff\xfe\x00", b"a: &a [x]\nb: *a\n", b"[" * 100_000, b"a: " + b"- " * 5000, b""])
def test_files_that_are_no_library_are_refused_by_the_rebuilding(sent: bytes, tmp_path: Path, bad: bytes) -> None:
    """Bytes that are no text, aliases that grow, depths that break parsers: problems at a line, and no traceback."""

    def spoil(document: pikepdf.Pdf, names: Any) -> None:
        names[2 * list(map(str, names[::2])).index("sources.yaml") + 1].EF.F.write(bad)

    file = tmp_path / "spoilt.pdf"
    file.write_bytes(_changed(sent, spoil))
    said = _open(file, tmp_path / "taken")
    assert said.exit_code == 1
    assert "briefs/sources.yaml:1:" in said.stderr
    assert "it can't be rebuilt" in said.stderr
    assert isinstance(said.exception, SystemExit)
    assert (tmp_path / "taken" / "briefs" / "sources.yaml").read_bytes() == bad


@pytest.mark.slow
def test_knows_its_own(sent: bytes) -> None:
    """A PDF that was just made differs in nothing that is recorded."""
    assert not list(differences(received(sent)))


# ---------------------------------------------------------------------------- what does not


HOSTILE_NAMES = [
    "../evil.yaml",
    "/etc/passwd",
    "..\\evil.yaml",
    "C:\\evil.yaml",
    "briefs/house.yaml",
    "con.yaml",
    "house.yaml\0.exe",
    "\u202eevil",
    "x" * 190,
    "",
]
HOSTILE_PATHS = [
    "../evil.yaml",
    "briefs/../../evil.yaml",
    "/etc/passwd",
    "briefs\\evil.yaml",
    "C:/evil.yaml",
    "briefs/con.yaml",
    "briefs/arguments/nul.yaml",
    "briefs/evil.yaml\0",
    "briefs/evil.yaml\n",
    "briefs/evil.sh",
    "templates/page.html.jinja",
    "pipeline/evil.py",
    "assets/../evil.svg",
    "assets/css/type.css",
    "briefs/sources/..txt/../x.txt",
    ".git/config",
    "briefs/HOUSE.yaml",
    "",
    f"briefs/{'x' * 500}.yaml",
]


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE_NAMES, ids=ascii)
def test_a_name_is_never_a_path(sent: bytes, tmp_path: Path, name: str) -> None:
    """A file that the record doesn't list is refused, whatever it is called, and nothing is written."""
    said = _sentence(_changed(sent, _added(name)), tmp_path)
    assert "which its record doesn't list" in said


@pytest.mark.slow
@pytest.mark.parametrize("path", HOSTILE_PATHS, ids=ascii)
def test_a_record_can_not_lead_out(sent: bytes, tmp_path: Path, path: str) -> None:
    """A path that is none of a library's is refused, and nothing is written."""
    said = _sentence(_with_record(sent, _listing(path)), tmp_path)
    assert "which is no file of a library" in said or "can't stand side by side" in said


def _sentence(pdf: bytes, tmp_path: Path) -> str:
    """What is said of a PDF out of which nothing can be taken: one line."""
    (tmp_path / "in").mkdir()
    file = tmp_path / "in" / "hostile.pdf"
    file.write_bytes(pdf)
    said = _open(file, tmp_path / "in" / "taken")
    assert said.exit_code == 1
    assert isinstance(said.exception, SystemExit)
    assert said.stdout == ""
    assert said.stderr.startswith(f"openbrief: error: nothing was taken out of {file}: ")
    assert said.stderr.isprintable() or said.stderr[:-1].isprintable()
    assert len(said.stderr) < 400 + len(str(file))
    assert [path.name for path in tmp_path.rglob("*")] == ["in", "hostile.pdf"]
    return said.stderr


def _nested(document: pikepdf.Pdf, _: Any) -> None:
    tree = document.Root.Names.EmbeddedFiles
    tree.Kids = pikepdf.Array([tree])


def _no_list(document: pikepdf.Pdf, _: Any) -> None:
    document.Root.Names.EmbeddedFiles.Names = pikepdf.Name.Nothing


def _no_file(document: pikepdf.Pdf, names: Any) -> None:
    names[1] = pikepdf.Dictionary()


def _twice(document: pikepdf.Pdf, names: Any) -> None:
    names.extend(list(names[:2]))


def _many(document: pikepdf.Pdf, names: Any) -> None:
    described = _described(document, b"")
    for number in range(MAX_FILES):
        names.extend([pikepdf.String(f"{number}.yaml"), described])


def _none(document: pikepdf.Pdf, _: Any) -> None:
    del document.Root.Names
    del document.Root.AF


def _no_record(document: pikepdf.Pdf, names: Any) -> None:
    index = 2 * list(map(str, names[::2])).index(RECORD)
    del names[index + 1]
    del names[index]


def _bomb(size: int, layers: int = 1) -> Callable[[pikepdf.Pdf, Any], None]:
    packer = zlib.compressobj(9)
    data = b"".join([*(packer.compress(bytes(1_000_000)) for _ in range(size // 1_000_000)), packer.flush()])
    for _ in range(layers - 1):
        data = zlib.compress(data)
    return _added("bomb.yaml", data, Filter=pikepdf.Array([pikepdf.Name.FlateDecode] * layers))


BROKEN: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "no PDF": (lambda _: b"PK\x03\x04 not a PDF", "it is no PDF"),
    "empty": (lambda _: b"", "it is no PDF"),
    "only a head": (lambda _: b"%PDF-1.7\n", "it is damaged"),
    "cut short": (lambda sent: sent[: len(sent) // 2], "it is damaged"),
    "too large": (lambda sent: sent + bytes(MAX_PDF), "it is larger than 50,000,000 bytes"),
    "encrypted": (
        lambda sent: _changed(sent, lambda *_: None, encryption=pikepdf.Encryption(owner="a", user="b")),
        "it is encrypted",
    ),
    "encrypted without a password": (
        lambda sent: _changed(sent, lambda *_: None, encryption=pikepdf.Encryption(owner="a", user="")),
        "it is encrypted",
    ),
    "no files": (lambda sent: _changed(sent, _none), "there are no files inside it"),
    "no record": (lambda sent: _changed(sent, _no_record), f"there are files inside it, but no {RECORD}"),
    "two of one name": (lambda sent: _changed(sent, _twice), "two files inside it are called"),
    "thousands": (lambda sent: _changed(sent, _many), "it holds more than 1,000 files"),
    "a circle": (lambda sent: _changed(sent, _nested), "goes round in a circle"),
    "no list": (lambda sent: _changed(sent, _no_list), "no list that can be followed"),
    "no file": (lambda sent: _changed(sent, _no_file), "no list that can be followed"),
    "a huge name": (lambda sent: _changed(sent, _added("x" * 100_000)), "has a name of 100,000 characters"),
    "a large file": (lambda sent: _changed(sent, _bomb(3_000_000)), "is larger than 2,000,000 bytes"),
    "a bomb": (lambda sent: _changed(sent, _bomb(400_000_000)), "unpacks to more than it should"),
    "a bomb in a bomb": (lambda sent: _changed(sent, _bomb(400_000_000, 2)), "unpacks to more than it should"),
    "LZW": (lambda sent: sent + b"\n% 1 0 obj <</Filter /#4cZWDecode>>\n", "it is packed with LZW"),
    "no JSON": (lambda sent: _with_record(sent, lambda record: record.clear()), f"its {RECORD} can't be read"),
    "another form": (
        lambda sent: _with_record(sent, lambda record: record.update(format=99)),
        "has a form that this version of openbrief doesn't know",
    ),
    "another product": (
        lambda sent: _with_record(sent, lambda record: record["product"].update(slug="../x")),
        f"its {RECORD} can't be read",
    ),
    "an absent file": (
        lambda sent: _with_record(sent, _listing("briefs/absent.yaml")),
        "its record lists 'briefs/absent.yaml', which is not inside it",
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("broken", BROKEN)
def test_hostile_pdfs_get_one_sentence(sent: bytes, tmp_path: Path, broken: str) -> None:
    """Each says what is wrong; nothing is written."""
    make, sentence = BROKEN[broken]
    assert sentence in _sentence(make(sent), tmp_path)


@pytest.mark.slow
def test_tables_that_are_bombs_are_not_unpacked(sent: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF's own streams of objects are bounded as its files are; the limits are then as they were."""
    before = pikepdf.settings.get_qpdf_limits()
    monkeypatch.setattr(enclosing, "MAX_UNPACKED", 1_000)
    with pytest.raises(Unsound, match="unpacks to more than it should"):
        enclosed(sent)
    assert pikepdf.settings.get_qpdf_limits() == before


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["full", "file", "link", "absent file"])
def test_wants_a_folder_of_its_own(sent: bytes, tmp_path: Path, kind: str) -> None:
    """A folder with anything in it, a file, or a link is wrong usage, and so is a PDF that isn't there."""
    file, folder = tmp_path / "sent.pdf", tmp_path / "there"
    (tmp_path / "elsewhere").mkdir()
    if kind != "absent file":
        file.write_bytes(sent)
    if kind == "full":
        folder.mkdir()
        (folder / ".hidden").touch()
    elif kind == "file":
        folder.touch()
    elif kind == "link":
        folder.symlink_to(tmp_path / "elsewhere")
    said = _open(file, folder)
    assert said.exit_code == 2
    assert ("there is no file" if kind == "absent file" else "is not an empty folder: name a new one") in said.stderr
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() == 0 and not Path("/proc").is_dir(), reason="no folder refuses root here")
def test_a_folder_that_refuses_is_the_machines_fault(sent: bytes, tmp_path: Path) -> None:
    """Where nothing can be written, the exit code is 3, and the sentence names the folder."""
    file = tmp_path / "sent.pdf"
    file.write_bytes(sent)
    said = _open(file, Path("/proc/openbrief-taken"))
    assert said.exception is not None
    assert "can't write to /proc/openbrief-taken" in str(said.exception)
