"""Say what is wrong, where, and how to mend it: marks in, printable problems out."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]
Path = tuple[str | int, ...]


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Mark:
    """A place in a file; lines and columns count from 1, columns in characters."""

    file: str
    """Path as the user would type it, relative to the project's root, with `/`."""
    line: int = 1
    column: int = 1
    excerpt: str = field(default="", compare=False, repr=False)
    """The whole text of that line, without its end."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """A comment in a file that is meant for the program: `# openbrief: …`."""

    mark: Mark
    text: str
    """What stands behind `openbrief:`."""
    first: int
    last: int
    """The lines it speaks of: its own or the one below it, with the rest of a text that starts there."""

    def covers(self, mark: Mark) -> bool:
        """Whether it speaks of that place."""
        return mark.file == self.mark.file and self.first <= mark.line <= self.last


@dataclass(frozen=True, kw_only=True, slots=True)
class Problem:
    """One finding: a sentence at a place."""

    mark: Mark
    severity: Severity = "error"
    message: str
    """One sentence; no full stop at its end."""
    rule: str
    """The kebab-case name that `openbrief explain` knows."""
    hint: str = ""
    """What to do about it, in the imperative; empty where the sentence says it all."""

    @property
    def headline(self) -> str:
        """`file:line:column: severity: sentence [rule]`, the form editors can click."""
        return f"{self.mark}: {self.severity}: {self.message} [{self.rule}]"


class Refused(Exception):
    """Raised by a stage that cannot do its work because of its input."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = in_order(problems)
        super().__init__("\n".join(problem.headline for problem in self.problems))


class ToolFailed(Exception):
    """Raised where a tool or the machine failed, not the input; its text is one sentence for the user."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Where every key and value of one file stands, by path from the file's root."""

    file: str
    lines: tuple[str, ...] = ()
    values: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    keys: Mapping[Path, tuple[int, int]] = field(default_factory=dict)

    def value(self, path: Path) -> Mark:
        """The place of the value at `path`, or of the nearest ancestor that the file has."""
        return self._mark(self.values, path)

    def key(self, path: Path) -> Mark:
        """The place of the key (or list item) at `path`, or else what `value` gives."""
        return self._mark(self.keys if path in self.keys else self.values, path)

    def matches(self, path: Path, pattern: re.Pattern[str]) -> Iterator[tuple[str, Mark]]:
        """Every match of `pattern` in the file from the value at `path` on, with its place."""
        first, column = self.values.get(path, (len(self.lines) + 1, 1))
        for number in range(first, len(self.lines) + 1):
            excerpt = self.lines[number - 1]
            for match in pattern.finditer(excerpt, column - 1 if number == first else 0):
                yield match[0], Mark(file=self.file, line=number, column=match.start() + 1, excerpt=excerpt)

    def _mark(self, table: Mapping[Path, tuple[int, int]], path: Path) -> Mark:
        while path and path not in table:
            path = path[:-1]
        line, column = table.get(path, (1, 1))
        excerpt = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Mark(file=self.file, line=line, column=column, excerpt=excerpt)


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Sort by place, then drop what is said twice."""
    unique = dict.fromkeys(problems)
    return tuple(sorted(unique, key=lambda p: (p.mark, p.severity, p.rule, p.message)))


def did_you_mean(word: str, options: Iterable[str]) -> str:
    """A hint that names the option closest to a mistyped word; empty when none is close."""
    close = difflib.get_close_matches(word, tuple(options), n=1, cutoff=0.7)
    return f"did you mean '{close[0]}'?" if close else ""


def as_text(problem: Problem) -> str:
    """The headline, the line with a caret below the place, and the hint; ends without a newline."""
    excerpt = problem.mark.excerpt.replace("\t", " ")
    shown = [problem.headline]
    if excerpt.strip():
        start = max(0, problem.mark.column - 60) if len(excerpt) > 100 else 0
        shown.append(f"    {excerpt[start : start + 100]}")
        shown.append(" " * (4 + problem.mark.column - 1 - start) + "^")
    if problem.hint:
        shown.append(f"hint: {problem.hint}")
    return "\n".join(shown)
