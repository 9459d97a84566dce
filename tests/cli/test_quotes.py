"""`openbrief quotes` lists every quote with its state, and ends with 1 where one is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import harbours

DOCUMENT = Path(__file__).parents[2] / "assets/docs/quotes.md"
FINDING = "finding: Wrecks fell by a third.\n"
RIGHT = ("arguments/lights-help.yaml", FINDING, f"{FINDING}        quote: wrecks on lit […] fell by a third\n")
PILOTS = ("arguments/lights-help.yaml", "{source: dunn-2020,", "{source: dunn-2020, quote: Nine in ten pilots do,")
ABLE = ("sources.yaml", "{read: full, funder", "{read: full, text: sources/able-2024.txt, funder")
DUNN = ("sources.yaml", "{read: secondary}", "{read: secondary, text: sources/dunn-2020.txt}")


def ask(root: Path, *changes: tuple[str, str, str], form: str = "text") -> Result:
    """Ask about the library of harbours, changed, with two stored texts."""
    harbours.write(root, *changes)
    (root / "briefs/sources").mkdir()
    (root / "briefs/sources/able-2024.txt").write_text("In those years,\nwrecks on lit coasts fell by a third.\n")
    (root / "briefs/sources/dunn-2020.txt").write_text("Oil.\nHarbours.\nNine in ten masters do.\n")
    return CliRunner().invoke(commands, ["-C", str(root), "quotes", "--format", form])


def test_the_document_shows_what_is_said(tmp_path: Path) -> None:
    """The example of assets/docs/quotes.md, to the letter."""
    result = ask(tmp_path, RIGHT, PILOTS, ABLE, DUNN)
    assert result.exit_code == 1
    assert result.stderr == "1 error in the library, so this may not be all: see `openbrief check`\n"
    shown = DOCUMENT.read_text(encoding="utf-8").partition("```text\n")[2].partition("```")[0]
    assert result.stdout == shown


def test_a_verified_quote_is_all_well(tmp_path: Path) -> None:
    """Exit code 0."""
    result = ask(tmp_path, RIGHT, ABLE)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 quote: 1 verified, 0 not in the text, 0 unverifiable\n")


def test_what_could_not_be_verified_is_said_and_no_error(tmp_path: Path) -> None:
    """It is counted by itself, with the reason."""
    result = ask(tmp_path, RIGHT)
    assert (result.exit_code, result.stderr) == (0, "")
    assert "1 quote: 0 verified, 0 not in the text, 1 unverifiable" in result.stdout
    assert "unverifiable: its source has no stored text" in " ".join(result.stdout.split())


def test_a_library_without_quotes(tmp_path: Path) -> None:
    """One sentence, and an empty list for programs."""
    assert ask(tmp_path / "a").stdout == "No evidence quotes its source\n"
    assert json.loads(ask(tmp_path / "b", form="json").stdout) == []


def test_a_mismatch_is_one_for_programs_too(tmp_path: Path) -> None:
    """Exit code 1, and what differs."""
    result = ask(tmp_path, PILOTS, DUNN, form="json")
    assert result.exit_code == 1
    (quote,) = json.loads(result.stdout)
    assert (quote["state"], quote["found"]) == ("mismatch", None)
    assert quote["nearest"]["differences"] == [{"quoted": "pilots", "stored": "masters"}]


def test_a_mismatch_that_the_house_lets_pass_is_still_told(tmp_path: Path) -> None:
    """Severities change what stops a build, and not what is true."""
    house = ("house.yaml", "series: Policy brief\n", "series: Policy brief\nseverities: {quote-mismatch: warning}\n")
    result = ask(tmp_path, PILOTS, DUNN, house)
    assert (result.exit_code, result.stderr) == (1, "")


@pytest.mark.parametrize(
    ("quote", "hint"),
    [
        ("Nine in ten pilots do", "the nearest passage, on line 3, has 'masters' in place of 'pilots'"),
        ("Nine in ten old masters do", "the nearest passage, on line 3, has no 'old' there"),
        ("Nine ten masters do", "the nearest passage, on line 3, has 'in' too"),
        (
            "Eight in ten pilots do",
            "the nearest passage, on line 3, has 'Nine' in place of 'Eight'; `openbrief",
        ),
        ("masters […] Nine", "copy the words from the text, in its order"),
    ],
)
def test_check_hints_at_the_mend(quote: str, hint: str, tmp_path: Path) -> None:
    """With the line of the stored text and the words there."""
    ask(tmp_path, (*PILOTS[:2], f"{{source: dunn-2020, quote: '{quote}',"), DUNN)
    result = CliRunner().invoke(commands, ["-C", str(tmp_path), "check"])
    assert "error: briefs/sources/dunn-2020.txt doesn't have these words [quote-mismatch]" in result.output
    assert f"hint: {hint}" in result.output
