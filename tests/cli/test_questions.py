"""trace, impact, fragile and balance give their answers as the golden texts have them, in every form.

The texts lie in tests/answers/; `make golden` writes them anew.
"""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import harbours

ROOT = Path(__file__).parents[2]
ANSWERS = ROOT / "tests" / "answers"
QUESTIONS = {
    "trace.txt": "trace first-brief",
    "trace.csv": "trace first-brief --format csv",
    "impact.txt": "impact able-2024 baker-2022",
    "impact.json": "impact baker-2022 --format json",
    "impact-of-nothing.txt": "impact gale-2019",
    "fragile.txt": "fragile",
    "fragile.json": "fragile first-brief --format json",
    "balance.txt": "balance first-brief",
    "balance-of-all.txt": "balance",
    "balance.csv": "balance first-brief --format csv",
}


def _ask(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), *arguments])


@pytest.mark.golden
@pytest.mark.parametrize("name", QUESTIONS)
def test_golden_answers(tmp_path: Path, name: str) -> None:
    """The whole of stdout, and nothing on stderr."""
    result = _ask(harbours.write(tmp_path), *QUESTIONS[name].split())
    assert (result.exit_code, result.stderr) == (0, "")
    if os.environ.get("OPENBRIEF_GOLDEN"):
        (ANSWERS / name).write_text(result.stdout, encoding="utf-8")
    assert result.stdout == (ANSWERS / name).read_text(encoding="utf-8")


def test_golden_answers_are_all_asked_for() -> None:
    """No text is left over."""
    assert {path.name for path in ANSWERS.iterdir()} == set(QUESTIONS)


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name.endswith(".txt")])
def test_answers_fit_eighty_columns(name: str) -> None:
    """A pipe and a small window can hold them; only one unbroken name may be longer."""
    lines = (ANSWERS / name).read_text(encoding="utf-8").splitlines()
    assert len(lines) > 5
    assert not [line for line in lines if len(line) > 80]


@pytest.mark.parametrize("question", ["trace open-models", "fragile", "balance", "impact hoffmann-2024-oss"])
def test_answers_about_the_shipped_library_fit_too(question: str) -> None:
    """Its names are longer."""
    result = _ask(ROOT, *question.split())
    assert result.exit_code == 0
    long = [line for line in result.stdout.splitlines() if len(line) > 80]
    assert not [line for line in long if len(line.split()) > 2]


@pytest.mark.parametrize(("question", "keys"), [
    ("trace first-brief", {"brief", "title", "results"}),
    ("impact able-2024", {"without", "changed", "weakened", "briefs"}),
    ("balance", {"brief", "arguments", "sources", "for", "against", "tables"}),
])  # fmt: skip
def test_json_can_be_read(tmp_path: Path, question: str, keys: set[str]) -> None:
    """One object, with the keys that the manual names."""
    result = _ask(harbours.write(tmp_path), *question.split(), "--format", "json")
    assert set(json.loads(result.stdout)) == keys


def test_csv_computes_nothing(tmp_path: Path) -> None:
    """The finding that begins like a formula is text."""
    rows = list(
        csv.DictReader(io.StringIO(_ask(harbours.write(tmp_path), "trace", "first-brief", "--format", "csv").stdout))
    )
    assert len(rows) > 20
    assert "'=SUM(1) wrecks fewer, by the authors' count." in {row["finding"] for row in rows}


def test_a_mistyped_source_is_a_wrong_use(tmp_path: Path) -> None:
    """With the name that was meant."""
    result = _ask(harbours.write(tmp_path), "impact", "abel-2024")
    assert result.exit_code == 2
    assert "no source is called 'abel-2024'; did you mean 'able-2024'?" in result.stderr


@pytest.mark.parametrize("command", ["trace", "fragile", "balance"])
def test_a_mistyped_brief_is_a_wrong_use(tmp_path: Path, command: str) -> None:
    """With the name that was meant."""
    result = _ask(harbours.write(tmp_path), command, "frist-brief")
    assert result.exit_code == 2
    assert "did you mean 'first-brief'?" in result.stderr


def test_a_library_with_errors_answers_and_says_so(tmp_path: Path) -> None:
    """What can be said is said; exit code 1."""
    root = harbours.write(tmp_path, ("first-brief.yaml", "supports: light-all", "supports: light-none"))
    result = _ask(root, "trace", "first-brief")
    assert result.exit_code == 1
    assert "Recommendation 1, accepted" in result.stdout
    assert result.stderr == "2 errors in the library, so this may not be all: see `openbrief check`\n"


def test_a_brief_that_cannot_be_read_is_said_to_be_so(tmp_path: Path) -> None:
    """No answer, and where to look."""
    root = harbours.write(tmp_path, ("first-brief.yaml", "title: Light", "- Light"))
    result = _ask(root, "trace", "first-brief")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "first-brief can't be read: see `openbrief check first-brief`" in result.stderr


def test_labels_are_said_without_colour(tmp_path: Path) -> None:
    """Colour adds nothing: with and without it the words are the same."""
    project = harbours.write(tmp_path)
    coloured = CliRunner().invoke(commands, ["-C", str(project), "fragile"], color=True).stdout
    assert "\x1b[" in coloured
    assert _ask(project, "fragile").stdout.count("falls to") == coloured.count("falls to") > 3


def test_html_is_a_page_of_its_own() -> None:
    """It links to no file beside it, and to no reference that it lacks."""
    page = _ask(ROOT, "trace", "open-models", "--format", "html").stdout
    assert page.startswith("<!DOCTYPE html>")
    assert 'class="result"' in page
    assert "#ref-" not in page
    assert 'open-models.pdf">' not in page
    assert "<script" not in page.replace('<script type="application/ld+json">', "")


def test_a_brief_need_not_rest_on_all_its_arguments() -> None:
    """One that only weighs an argument has a trace as a page, too."""
    result = _ask(ROOT, "trace", "ai-alliance", "--format", "html")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Key message 1" in result.stdout
