"""sources check tells of the works in sources.yaml alone."""

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


@pytest.mark.parametrize("name", ["check"])
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
