"""Print problems for other programs: JSON, GitHub's annotations and SARIF; assets/docs/checking.md describes them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import IO, Any
from urllib.parse import quote

import click

from pipeline import __version__
from pipeline.cli.report import Report
from pipeline.cli.watch import report_for
from pipeline.problem import Problem

FORMATS = ("text", "json", "github", "sarif")
SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def report_in(form: str, problems_to: IO[str]) -> Report:
    """Give the report that prints problems in one of FORMATS, or in `lines` of JSON."""
    kinds = {"json": Json, "github": Github, "sarif": Sarif}
    return kinds[form](problems_to) if form in kinds else report_for(as_json=form == "lines", problems_to=problems_to)


class Json(Report):
    """One object: the version of its form, how many problems there are, and all of them."""

    def __init__(self, problems_to: IO[str]) -> None:
        super().__init__(problems_to)
        self.problems: list[Problem] = []

    def problem(self, problem: Problem) -> None:
        """Keep the problem until all are there."""
        self.problems.append(problem)

    def end(self, sentence: str, **figures: int) -> None:
        """Print them."""
        click.echo(json.dumps(self.whole(figures), ensure_ascii=False, indent=2), file=self.problems_to)
        super().end(sentence, **figures)

    def whole(self, figures: Mapping[str, int]) -> dict[str, Any]:
        """What is printed."""
        return {
            "version": 1,
            "errors": figures["errors"],
            "warnings": figures["warnings"],
            "problems": [_fields(problem) for problem in self.problems],
        }


class Sarif(Json):
    """The Static Analysis Results Interchange Format, version 2.1.0 (OASIS)."""

    def whole(self, figures: Mapping[str, int]) -> dict[str, Any]:  # noqa: ARG002 - SARIF counts nothing
        """The log with one run; its rules are those that found something."""
        names = sorted({problem.rule for problem in self.problems})
        driver = {"name": "openbrief", "semanticVersion": __version__, "rules": [_rule(name) for name in names]}
        results = [_result(problem, names) for problem in self.problems]
        run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
        return {"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}


class Github(Report):
    """Commands of a GitHub workflow, which shows each problem beside its line."""

    def problem(self, problem: Problem) -> None:
        """Print one command."""
        mark = problem.mark
        place = {"file": mark.file, "line": mark.line, "col": mark.column, "title": problem.rule}
        properties = ",".join(f"{name}={_escaped(str(value), ':,')}" for name, value in place.items())
        click.echo(f"::{problem.severity} {properties}::{_escaped(_sentences(problem))}", file=self.problems_to)


def _fields(problem: Problem) -> dict[str, Any]:
    mark = problem.mark
    return {
        "file": mark.file,
        "line": mark.line,
        "column": mark.column,
        "severity": problem.severity,
        "rule": problem.rule,
        "message": problem.message,
        "hint": problem.hint,
        "excerpt": mark.excerpt,
    }


def _rule(name: str) -> dict[str, Any]:
    from pipeline.check import RULES

    rule = RULES[name]
    return {
        "id": name,
        "shortDescription": {"text": f"{rule.summary}."},
        "help": {"text": rule.manual},
        "defaultConfiguration": {"level": rule.severity},
        "properties": {"tags": [rule.group]},
    }


def _result(problem: Problem, names: list[str]) -> dict[str, Any]:
    mark = problem.mark
    region: dict[str, Any] = {"startLine": mark.line, "startColumn": mark.column}
    if mark.excerpt:
        region |= {"snippet": {"text": mark.excerpt}}
    place = {"artifactLocation": {"uri": quote(mark.file), "uriBaseId": "%SRCROOT%"}, "region": region}
    return {
        "ruleId": problem.rule,
        "ruleIndex": names.index(problem.rule),
        "level": problem.severity,
        "message": {"text": _sentences(problem)},
        "locations": [{"physicalLocation": place}],
    }


def _sentences(problem: Problem) -> str:
    """The message and the hint as sentences."""
    parts = (part for part in (problem.message, problem.hint) if part)
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


def _escaped(text: str, more: str = "") -> str:
    """The text as a workflow command carries it."""
    for character in f"%\r\n{more}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text
