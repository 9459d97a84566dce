"""export writes arguments in the formats of other programs, and says what these have no place for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import harbours

FORMS = ("json", "aif", "dot", "jsonld", "csv")


def _ask(project: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), *map(str, arguments)])


@pytest.mark.parametrize("form", FORMS)
def test_export_prints_or_writes_the_same(tmp_path: Path, form: str) -> None:
    """The text is the product, on stdout or in the file; all talk goes to stderr."""
    root = harbours.write(tmp_path)
    printed = _ask(root, "export", "lights-help", "--to", form)
    written = _ask(root, "export", "lights-help", "--to", form, "-o", tmp_path / "out")
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed.stdout
    assert printed.stderr == written.stderr


def test_export_names_what_a_format_has_no_place_for(tmp_path: Path) -> None:
    """Only what the argument has."""
    said = _ask(harbours.write(tmp_path), "export", "lights-help", "--to", "aif").stderr
    assert said.startswith("aif has no place for: id, short, type, qualifier, certainty")
    assert "evidence.quote" not in said
    assert _ask(tmp_path, "export", "lights-help", "--to", "json").stderr == ""


def test_export_takes_a_brief_where_one_is_meant(tmp_path: Path) -> None:
    """An argument goes before a brief of the same name, unless --brief is given."""
    root = harbours.write(tmp_path)
    (root / "briefs" / "first-brief.yaml").rename(root / "briefs" / "lights-help.yaml")
    one = json.loads(_ask(root, "export", "lights-help", "--to", "json").stdout)
    all_of_it = json.loads(_ask(root, "export", "lights-help", "--to", "json", "--brief").stdout)
    assert [item["id"] for item in one["arguments"]] == ["lights-help"]
    assert [item["id"] for item in all_of_it["arguments"]] == ["lights-help", "lights-cost"]
    assert all_of_it["title"] == all_of_it["brief"]["title"]


@pytest.mark.parametrize(("typed", "said"), [
    (("light-help", "--to", "json"), "no argument or brief is called 'light-help'; did you mean 'lights-help'?"),
    (("lights-help", "--to", "json", "--brief"), "no brief is called 'lights-help'"),
    (("lights-help", "--to", "yaml"), "'yaml' is not one of"),
    (("lights-help",), "Missing option '--to'"),
])  # fmt: skip
def test_a_wrong_export_is_a_wrong_use(tmp_path: Path, typed: tuple[str, ...], said: str) -> None:
    """With the name that was meant."""
    result = _ask(harbours.write(tmp_path), "export", *typed)
    assert result.exit_code == 2
    assert said in result.stderr
