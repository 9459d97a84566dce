"""Write arguments for other programs."""

from __future__ import annotations

import sys
from typing import IO, TYPE_CHECKING

import click

from pipeline.cli.asking import library_of
from pipeline.cli.options import unknown

if TYPE_CHECKING:
    from pipeline.interchange.graph import Selection
    from pipeline.model import Library

FORMS = ("json", "aif", "argdown", "dot", "jsonld", "csv")


@click.command
@click.argument("name", metavar="ARGUMENT|BRIEF")
@click.option("--to", "form", type=click.Choice(FORMS), required=True, help="The format to write.")
@click.option("--brief", is_flag=True, help="Take the brief of that name where an argument has it too.")
@click.option("-o", "--output", type=click.File("w", encoding="utf-8", atomic=True), help="Write to FILE, not stdout.")
@click.pass_context
def export(context: click.Context, name: str, form: str, *, brief: bool, output: IO[str] | None) -> None:
    """Write an argument, or those that a brief weighs, in the format of another program.

    What the format has no place for is named on stderr; json keeps everything. What each keeps stands in
    assets/docs/interchange.md.

    \b
    Example:
      openbrief export misuse-risk --to argdown -o misuse-risk.argdown
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.interchange import FORMS as KNOWN
    from pipeline.interchange.losses import left_out

    library, code = library_of(context)
    selection = _selected(context, library, name, brief=brief)
    (output or sys.stdout).write(KNOWN[form].write(selection))
    if lost := left_out(selection, KNOWN[form].lost):
        click.echo(f"{form} has no place for: {', '.join(lost)}", err=True)
    context.exit(code)


def _selected(context: click.Context, library: Library, name: str, *, brief: bool) -> Selection:
    from pipeline.interchange.graph import select

    known = set(library.briefs) if brief else {*library.arguments, *library.briefs}
    if name not in known:
        raise click.UsageError(unknown("brief" if brief else "argument or brief", name, known), context)
    return select(library, name, brief=brief or name not in library.arguments)
