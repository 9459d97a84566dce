"""map draws arguments and briefs, prints or writes them, and refuses what it can't do."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands, main

ROOT = Path(__file__).parents[2]


def _ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(ROOT), "map", *map(str, arguments)])


def test_a_map_is_printed_as_svg() -> None:
    """One picture with its fonts inside, and nothing on stderr."""
    result = _ask("counterweight")
    assert (result.exit_code, result.stderr) == (0, "")
    assert ET.fromstring(result.stdout).tag == "{http://www.w3.org/2000/svg}svg"
    assert result.stdout.count("data:font/woff2") == 2


@pytest.mark.parametrize("name", ["map.svg", "map.dot"])
def test_a_map_is_written_in_the_form_that_its_name_says(tmp_path: Path, name: str) -> None:
    """The file is what would have been printed, and nothing is printed."""
    result = _ask("counterweight", "-o", tmp_path / name)
    assert (result.exit_code, result.output) == (0, "")
    printed = _ask("counterweight", "--format", name[-3:]).stdout
    assert (tmp_path / name).read_text(encoding="utf-8") == printed
    assert printed.startswith("<svg" if name == "map.svg" else 'digraph "counterweight" {')


def test_a_name_that_two_bear_is_the_arguments() -> None:
    """Unless the brief is asked for; a brief alone needs no asking."""
    argument, brief = (
        _ask("misuse-risk", "--format", "dot").stdout,
        _ask("misuse-risk", "--format", "dot", "--brief").stdout,
    )
    assert "misuse-risk#recommendation-1" in brief
    assert "#recommendation" not in argument
    assert "open-models#recommendation-1" in _ask("open-models", "--format", "dot").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("counterwait",), "no argument or brief is called 'counterwait'; did you mean 'counterweight'?"),
        (("counterweight", "--brief"), "no brief is called 'counterweight'"),
        (("counterweight", "-o", "map.png"), "'map.png' ends in neither .svg nor .dot; name the form with --format"),
        (("counterweight", "--format", "png"), "'png' is not one of 'svg', 'dot'"),
    ],
)
def test_wrong_use_is_said(arguments: tuple[str, ...], said: str) -> None:
    """Exit code 2, and what to write instead."""
    result = _ask(*arguments)
    assert result.exit_code == 2
    assert said in " ".join(result.stderr.split())


def test_a_folder_that_is_not_there_is_no_fault_of_the_content(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 3 and a sentence."""
    with pytest.raises(SystemExit) as ended:
        main(["-C", str(ROOT), "map", "counterweight", "-o", str(tmp_path / "none" / "map.svg")])
    assert ended.value.code == 3
    assert capsys.readouterr().err.endswith("map.svg: No such file or directory\n")
