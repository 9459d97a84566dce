"""sources check tells of the works in sources.yaml alone; sources import adds to them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import example


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example library; its styles are empty, since nothing is rendered here."""
    for name, text in example.FILES.items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    style = tmp_path / "assets" / "styles" / "apa-numeric-superscript-brackets.csl"
    style.parent.mkdir(parents=True)
    style.touch()
    return tmp_path


def _ask(project: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), "sources", *map(str, arguments)])


@pytest.mark.parametrize("name", ["check", "import"])
def test_every_command_of_the_group_has_help_with_an_example(project: Path, name: str) -> None:
    """As the commands above it have."""
    result = _ask(project, name, "--help")
    assert result.exit_code == 0
    assert "Example:\n" in result.stdout
    assert f"  openbrief sources {name}" in result.stdout


def test_check_finds_nothing_in_good_sources(project: Path) -> None:
    """Exit code 0, and a sentence that says how much was looked at."""
    result = _ask(project, "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "1 source checked, no problem found\n")


def test_check_leaves_other_files_out(project: Path) -> None:
    """What is wrong in a brief or an argument is for the other check to say."""
    house = project / "briefs" / "house.yaml"
    house.write_text(example.HOUSE.replace("contact: Write to us.", "contact: Write to @us."), encoding="utf-8")
    sources = project / "briefs" / "sources.yaml"
    sources.write_text(example.SOURCES.replace("[[2024]]", "[[2024, 6, 31]]"), encoding="utf-8")
    result = _ask(project, "check", "--format", "json")
    assert result.exit_code == 1
    assert [(problem["rule"], problem["line"]) for problem in json.loads(result.stdout)["problems"]] == [
        ("source-date", 6)
    ]
    assert result.stderr == "1 error in 1 file\n"


BIB = "@book{cole1999, title = {Oil and lamps}, author = {Cole, Cy}, publisher = {Harbour Press}, year = 1999}\n"


@pytest.fixture
def refs(tmp_path: Path) -> Path:
    """A bibliography outside briefs/."""
    path = tmp_path / "refs.bib"
    path.write_text(BIB, encoding="utf-8")
    return path


def test_import_adds_works_and_names_them(project: Path, refs: Path) -> None:
    """Citekeys on stdout, the sum on stderr; the check has nothing to say but that nothing cites the work."""
    result = _ask(project, "import", refs, "--read", "full")
    assert (result.exit_code, result.stdout) == (0, "cole1999\n")
    assert result.stderr == "1 work added to briefs/sources.yaml\n"
    text = (project / "briefs" / "sources.yaml").read_text(encoding="utf-8")
    assert text.startswith(example.SOURCES)
    assert text.endswith("    publisher: Harbour Press\n    custom: {read: full}\n")
    assert [line.rpartition("[")[2] for line in _ask(project, "check").stdout.splitlines() if ": warning" in line] == [
        "unused-source]"
    ]


def test_import_without_read_says_so(project: Path, refs: Path) -> None:
    """What nobody has said is written as the least, with a note in the file and one on stderr."""
    result = _ask(project, "import", refs)
    assert result.exit_code == 0
    assert "nobody has said how these works were read" in result.stderr
    text = (project / "briefs" / "sources.yaml").read_text(encoding="utf-8")
    assert "  # Imported; nobody has said yet how these works were read" in text
    assert text.endswith("custom: {read: secondary}\n")


def test_a_dry_run_writes_nothing(project: Path, refs: Path) -> None:
    """It prints the lines that would be added, which are those that are added then."""
    path = project / "briefs" / "sources.yaml"
    before, names = path.read_bytes(), sorted(project.rglob("*"))
    dry = _ask(project, "import", refs, "--read", "abstract", "--dry-run")
    assert (dry.exit_code, dry.stderr) == (0, "1 work would be added to briefs/sources.yaml\n")
    assert (path.read_bytes(), sorted(project.rglob("*"))) == (before, names)
    _ask(project, "import", refs, "--read", "abstract")
    assert path.read_bytes() == before + dry.stdout.encode()


def test_import_refuses_what_is_there(project: Path, refs: Path) -> None:
    """Exit code 1, both places, and nothing written."""
    path = project / "briefs" / "sources.yaml"
    _ask(project, "import", refs)
    before = path.read_bytes()
    result = _ask(project, "import", refs)
    assert (result.exit_code, result.stdout, path.read_bytes()) == (1, "", before)
    assert f"{refs}:1:1: error: the id 'cole1999' stands in briefs/sources.yaml already" in result.stderr
    assert "hint: the first is at briefs/sources.yaml:12:9" in result.stderr
    assert "1 error in 1 file; nothing was written" in result.stderr


def test_import_needs_a_form_it_knows(project: Path, tmp_path: Path) -> None:
    """The ending of the name says which it is."""
    file = tmp_path / "refs.docx"
    file.touch()
    result = _ask(project, "import", file)
    assert result.exit_code == 2
    assert "must end in .bib" in result.stderr
    assert _ask(project, "import", tmp_path / "missing.bib").exit_code == 2
    assert _ask(project, "import", tmp_path).exit_code == 2


def test_import_ends_with_1_where_the_rules_find_an_error(project: Path, refs: Path) -> None:
    """The work is added all the same, and can be mended there."""
    refs.write_text(BIB.replace("year", "isbn = {978-0-306-40615-8}, year"), encoding="utf-8")
    result = _ask(project, "import", refs, "--read", "full")
    assert (result.exit_code, result.stdout) == (1, "cole1999\n")
    assert "[source-address]" in result.stderr
    assert result.stderr.endswith("1 error in 1 file; 1 work added to briefs/sources.yaml\n")
