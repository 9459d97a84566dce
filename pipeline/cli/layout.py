"""Lay text out for a terminal or a pipe: paragraphs, trees and tables in, lines of at most its width out."""

from __future__ import annotations

import re
import shutil
import sys
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import click

PIPE, MOST, LEAST = 80, 100, 40
"""Columns of a pipe, and the most and the fewest that are used of a terminal."""
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_COLOURS = {"accepted": "green", "contested": "yellow", "unsupported": "red"}


@dataclass(frozen=True, slots=True)
class Branch:
    """A place in a tree: its texts, each of which begins a line, and what hangs below it."""

    texts: tuple[str, ...]
    branches: tuple[Branch, ...] = ()
    label: str = ""
    """The label that colours its first text; nothing is said by colour alone."""


def width() -> int:
    """How many columns there are."""
    return min(MOST, max(LEAST, shutil.get_terminal_size().columns)) if sys.stdout.isatty() else PIPE


def wrapped(text: str, columns: int, indent: str = "", hanging: str = "") -> list[str]:
    """Break a text into lines after `indent`, all but the first after `hanging` too; a name stays on one line."""
    seen = _UNSEEN.sub("\ufffd", text)
    lines = textwrap.wrap(
        seen,
        max(LEAST // 2, columns),
        initial_indent=indent,
        subsequent_indent=indent + hanging,
        break_on_hyphens=False,
    )
    return lines or [""]


def tree(branch: Branch, columns: int, first: str = "", rest: str = "") -> Iterator[str]:
    """Draw a tree with lines between its places; every line of a place but its first is set in below it."""
    bar = "│  " if branch.branches else "   "
    for number, text in enumerate(branch.texts):
        for place, line in enumerate(wrapped(text, columns - len(rest) - 3)):
            start = rest + bar if number or place else first
            yield click.style(start, dim=True) + (coloured(line, branch.label) if number == 0 else line)
    for number, lower in enumerate(branch.branches):
        corner, side = ("└─ ", "   ") if number == len(branch.branches) - 1 else ("├─ ", "│  ")
        yield from tree(lower, columns, rest + corner, rest + side)


def coloured(line: str, label: str) -> str:
    """A line in the colour of a label."""
    return click.style(line, fg=_COLOURS[label], bold=True) if label in _COLOURS else line


def table(head: Sequence[str], rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    """Set a table whose first column is text, cut where it is too long, and whose others are narrow."""
    sizes = [max(len(row[place]) for row in (head, *rows)) for place in range(1, len(head))]
    room = max(12, columns - sum(sizes) - 2 * len(sizes))
    first = min(room, max(len(row[0]) for row in (head, *rows)))
    for number, row in enumerate((head, *rows)):
        name = row[0] if len(row[0]) <= first else f"{row[0][: first - 1]}…"
        cells = (cell.rjust(size) for cell, size in zip(row[1:], sizes, strict=True))
        line = "  ".join([_UNSEEN.sub("\ufffd", name).ljust(first), *cells]).rstrip()
        yield click.style(line, bold=True) if number == 0 else line
