"""Tell the user what was found and made: problems and files in, lines for people or programs out."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

import click

from pipeline.problem import Problem, as_text
from pipeline.project import Address

_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
FEW = 12
"""How many files are named one by one; more would hide what is said besides."""
_COLOURS = {"error": "red", "warning": "yellow"}


class Report:
    """Tells of problems and files, and sums up: for pipes and logs."""

    def __init__(self, problems_to: IO[str]) -> None:
        self.problems_to = problems_to

    def begin(self, stage: str, brief: str) -> None:
        """Tell that a stage begins."""

    def stage(self, stage: str, brief: str, seconds: float, *, done: bool) -> None:
        """Tell that a stage has ended, and whether it did what it should."""

    def problem(self, problem: Problem) -> None:
        """Tell of a problem, with its line and hint."""
        click.echo(styled(problem), file=self.problems_to)

    def file(self, path: Path | Address) -> None:
        """Tell of a file that was written, by the path that one would type here, or its address."""
        click.echo(_here(path))

    def files(self, root: Path | Address, paths: Sequence[str], *, verbose: bool) -> None:
        """Tell of files that were written below a root: of each, or where they are many of each folder."""
        if verbose or len(paths) <= FEW:
            for path in paths:
                self.file(root / path)
            return
        for folder, number in Counter(path.rpartition("/")[0] for path in paths).items():
            if folder:
                click.echo(f"{_here(root / folder)}/: {count(number, 'file')}")
        for path in (path for path in paths if "/" not in path):
            self.file(root / path)

    def why(self, product: str, inputs: tuple[str, ...]) -> None:
        """Tell why a product was made anew."""
        click.echo(f"{product}: {', '.join(inputs) or 'it is new'}", err=True)

    def left_out(self, product: str, addresses: tuple[str, ...]) -> None:
        """Tell what had no room on the pages of a product."""
        names = ", ".join(address.rpartition("#")[2] for address in addresses)
        self._talk(f"{product} has no room for {count(len(addresses), 'part')}: {names}")

    def all_left_out(self, left_out: Mapping[str, tuple[str, ...]], *, verbose: bool) -> None:
        """Tell what had no room on the pages of all products: of each, or in one line how much that is."""
        if verbose:
            for product, addresses in left_out.items():
                self.left_out(product, addresses)
        elif left_out:
            parts = count(sum(map(len, left_out.values())), "part")
            where = "1 product, whose last page says" if len(left_out) == 1 else f"{len(left_out)} products, which say"
            self._talk(f"{parts} had no room in {where} so; `openbrief build --verbose` lists them")

    def waiting(self, sentence: str) -> None:
        """Tell for whom this run waits."""
        click.echo(sentence, err=True)

    def end(self, sentence: str, **figures: int) -> None:  # noqa: ARG002 - for programs
        """Tell how it all ended."""
        self._talk(sentence)

    def close(self) -> None:
        """Leave the terminal as it was, however it ended."""

    def _talk(self, sentence: str) -> None:
        click.echo(sentence, err=True)


class _Noted(Report):
    """Keeps what it would tell, with colours."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.text = ""

    def problem(self, problem: Problem) -> None:
        """Keep a problem, with its line and hint."""
        self._talk(styled(problem))

    def _talk(self, sentence: str) -> None:
        self.text += f"{sentence}\n"


class JsonLines(Report):
    """Tells the same to programs: one JSON object a line."""

    def stage(self, stage: str, brief: str, seconds: float, *, done: bool) -> None:
        """Tell that a stage has ended, and whether it did what it should."""
        self._say("stage", stage=stage, brief=brief or None, seconds=round(seconds, 4), done=done)

    def problem(self, problem: Problem) -> None:
        """Tell all of the problem's fields."""
        mark = problem.mark
        place = {"file": mark.file, "line": mark.line, "column": mark.column}
        words = {"message": problem.message, "rule": problem.rule, "hint": problem.hint}
        self._say("problem", **place, severity=problem.severity, **words)

    def file(self, path: Path | Address) -> None:
        """Tell of a file that was written."""
        self._say("file", path=str(path))

    def files(self, root: Path | Address, paths: Sequence[str], *, verbose: bool) -> None:  # noqa: ARG002
        """Tell of each file."""
        for path in paths:
            self.file(root / path)

    def why(self, product: str, inputs: tuple[str, ...]) -> None:
        """Tell why a product was made anew."""
        self._say("why", product=product, inputs=list(inputs))

    def left_out(self, product: str, addresses: tuple[str, ...]) -> None:
        """Tell what had no room, with addresses."""
        self._say("left-out", product=product, parts=list(addresses))

    def all_left_out(self, left_out: Mapping[str, tuple[str, ...]], *, verbose: bool) -> None:  # noqa: ARG002
        """Tell of each product what had no room."""
        for product, addresses in left_out.items():
            self.left_out(product, addresses)

    def waiting(self, sentence: str) -> None:
        """Tell for whom this run waits."""
        self._say("waiting", message=sentence)

    def end(self, sentence: str, **figures: int) -> None:
        """Tell how it all ended, in figures too."""
        self._say("end", message=sentence, **figures)

    def _say(self, event: str, **values: Any) -> None:
        click.echo(json.dumps({"event": event, **values}), file=self.problems_to)


def tell(report: Report, problems: Iterable[Problem], coda: str = "", **figures: int) -> bool:
    """Tell of every problem and sum them up; say whether there is an error among them."""
    told = tuple(problems)
    for problem in told:
        report.problem(problem)
    counted = Counter(problem.severity for problem in told)
    parts = [count(counted[severity], severity) for severity in ("error", "warning") if counted[severity]]
    places = f"{' and '.join(parts)} in {count(len({problem.mark.file for problem in told}), 'file')}" if told else ""
    sentence = "; ".join(part for part in (places, coda) if part)
    report.end(sentence, errors=counted["error"], warnings=counted["warning"], **figures)
    return counted["error"] > 0


def released(report: Report, release: Any, *, why: bool, verbose: bool = False) -> None:
    """Tell of a release: why each product was made anew, if asked, its new files, what was left out, the problems.

    Long lists of files and of what was left out are summed up, unless all is asked for.
    """
    for product, inputs in release.why.items() if why else ():
        report.why(product, inputs)
    report.files(release.root, release.written, verbose=verbose)
    report.all_left_out(release.left_out, verbose=verbose or why)
    written, unchanged, removed = len(release.written), len(release.outputs), len(release.removed)
    unchanged -= written
    sentence = f"{count(written, 'file')} written, {unchanged} unchanged, {removed} removed"
    tell(report, release.problems, sentence, written=written, unchanged=unchanged, removed=removed)


def noted(release: Any, *, verbose: bool = False) -> str:
    """What would be told of a release that had nothing to write, with colours."""
    report = _Noted()
    released(report, replace(release, written=(), removed=()), why=False, verbose=verbose)
    return report.text


def _here(path: Path | Address) -> str:
    """A path as one would type it here, or an address."""
    here = isinstance(path, Path) and path.is_relative_to(Path.cwd())
    return str(path.relative_to(Path.cwd()) if isinstance(path, Path) and here else path)


def count(number: int, noun: str) -> str:
    """A number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def visible(text: str) -> str:
    """The text with what could steer a terminal made visible."""
    return _UNSEEN.sub("\ufffd", text)


def styled(problem: Problem) -> str:
    """The problem as text, in colours, with what could steer a terminal made visible."""
    first, *rest = visible(as_text(problem)).split("\n")
    head = f"{click.style(problem.mark, bold=True)}: {click.style(problem.severity, fg=_COLOURS[problem.severity])}"
    plain = f"{problem.mark}: {problem.severity}"
    if first.startswith(plain):
        first = head + first.removeprefix(plain)
    return "\n".join([first, *(click.style(line, dim=True) if line.startswith("hint: ") else line for line in rest)])
