"""Problems reach other programs whole: as JSON, as commands of a GitHub workflow, and as SARIF."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from pipeline import __version__
from pipeline.check import RULES
from pipeline.cli import commands
from pipeline.cli.formats import FORMATS, report_in
from pipeline.cli.report import tell
from pipeline.problem import Mark, Problem
from tests import example

SCHEMA = Path(__file__).parents[1] / "cases/sarif-2.1.0.schema.json"
"""From the OASIS standard, errata 01: https://docs.oasis-open.org/sarif/sarif/v2.1.0/"""
MARK = Mark(file="briefs/a b,c:d%.yaml", line=2, column=3, excerpt="  x: é")
PROBLEMS = (
    Problem(mark=MARK, message="'50%' is wrong,\nsay: others", rule="wrong-value", hint="mend it"),
    Problem(mark=Mark(file="briefs/house.yaml"), message="this is odd", rule="title-length", severity="warning"),
)


def printed(form: str, problems: tuple[Problem, ...] = PROBLEMS) -> str:
    """What goes to stdout."""
    shown = io.StringIO()
    tell(report_in(form, shown), problems)
    return shown.getvalue()


def log(problems: tuple[Problem, ...] = PROBLEMS) -> Any:
    """The SARIF log."""
    return json.loads(printed("sarif", problems))


def test_json_is_one_object() -> None:
    """A version, two counts, and every field of each problem under names that stay."""
    assert json.loads(printed("json")) == {
        "version": 1,
        "errors": 1,
        "warnings": 1,
        "problems": [
            {
                "file": "briefs/a b,c:d%.yaml",
                "line": 2,
                "column": 3,
                "severity": "error",
                "rule": "wrong-value",
                "message": "'50%' is wrong,\nsay: others",
                "hint": "mend it",
                "excerpt": "  x: é",
            },
            {
                "file": "briefs/house.yaml",
                "line": 1,
                "column": 1,
                "severity": "warning",
                "rule": "title-length",
                "message": "this is odd",
                "hint": "",
                "excerpt": "",
            },
        ],
    }


def test_github_is_a_command_a_line() -> None:
    """What would end a property or a command is escaped, as GitHub's own toolkit does it."""
    assert printed("github").splitlines() == [
        (
            "::error file=briefs/a b%2Cc%3Ad%25.yaml,line=2,col=3,"
            "title=wrong-value::'50%25' is wrong,%0Asay: others. Mend it."
        ),
        "::warning file=briefs/house.yaml,line=1,col=1,title=title-length::This is odd.",
    ]


@pytest.mark.parametrize("problems", [PROBLEMS, ()])
def test_sarif_keeps_its_schema(problems: tuple[Problem, ...]) -> None:
    """The schema of the standard accepts a log with results, and one without; it refuses one that is damaged."""
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    made = log(problems)
    assert list(validator.iter_errors(made)) == []
    del made["runs"][0]["tool"]
    assert list(validator.iter_errors(made))


def test_sarif_says_what_and_where() -> None:
    """Results point at their rules, rules bring their manuals, and places are addresses below the project."""
    (run,) = log()["runs"]
    driver, (first, second) = run["tool"]["driver"], run["results"]
    assert (driver["name"], driver["semanticVersion"], run["columnKind"]) == (
        "openbrief",
        __version__,
        "unicodeCodePoints",
    )
    assert [driver["rules"][result["ruleIndex"]]["id"] for result in (first, second)] == ["wrong-value", "title-length"]
    assert driver["rules"][0]["help"]["text"] == RULES["title-length"].manual
    assert (first["level"], second["level"]) == ("error", "warning")
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "briefs/a%20b%2Cc%3Ad%25.yaml", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {"startLine": 2, "startColumn": 3, "snippet": {"text": "  x: é"}}


@pytest.mark.parametrize("form", FORMATS)
def test_check_prints_each_format(form: str, tmp_path: Path) -> None:
    """Problems are the product of the command, and its exit code is the same in every format."""
    for name, text in (example.FILES | {"first-brief.yaml": example.BRIEF.replace("title:", "titel:")}).items():
        (tmp_path / "briefs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "briefs" / name).write_text(text, encoding="utf-8")
    result = CliRunner().invoke(commands, ["-C", str(tmp_path), "check", "--format", form])
    assert result.exit_code == 1
    assert "unknown-key" in result.stdout
    assert "in 2 files" in result.stderr
