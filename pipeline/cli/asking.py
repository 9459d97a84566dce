"""Share what commands that answer questions need: the library, the brief, and the form of the answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import count

if TYPE_CHECKING:
    from pipeline.model import Brief, Library

Command = Callable[..., Any]


def format_option(*names: str) -> Callable[[Command], Command]:
    """The option that chooses the form of an answer; the first name is what people read."""
    note = f"Print {names[0]} to read here, or {' or '.join(names[1:])} for other uses."
    return click.option("--format", "form", type=click.Choice(names), default=names[0], show_default=True, help=note)


def library_of(context: click.Context) -> tuple[Library, int]:
    """Load the library, and give the exit code: 1 where it has errors, of which a line on stderr tells."""
    from pipeline.build import examine

    library, problems = examine(project_of(context))
    errors = sum(problem.severity == "error" for problem in problems)
    if errors:
        click.echo(f"{count(errors, 'error')} in the library, so this may not be all: see `openbrief check`", err=True)
    return library, int(errors > 0)


def brief_of(library: Library, slug: str) -> Brief:
    """The brief of that name; a message and exit code 1 where it could not be read."""
    if slug not in library.briefs:
        click.echo(f"{slug} can't be read: see `openbrief check {slug}`", err=True)
        raise click.exceptions.Exit(1)
    return library.briefs[slug]


def print_json(value: object) -> None:
    """Print a value as JSON, indented."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_lines(lines: Iterable[str]) -> None:
    """Print lines for people."""
    for line in lines:
        click.echo(line)
