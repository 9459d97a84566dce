"""Draw an argument or a brief as a map."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.asking import library_of
from pipeline.cli.options import project_of, unknown

if TYPE_CHECKING:
    from pipeline.model import Argument, Brief

FORMS = ("svg", "dot")


@click.command("map")
@click.argument("name", metavar="ARGUMENT|BRIEF")
@click.option("-o", "--output", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path), help="Write to FILE.")
@click.option("--format", "form", type=click.Choice(FORMS), help="SVG or DOT; left out, as FILE ends, or SVG.")
@click.option("--brief", "is_brief", is_flag=True, help="Take the brief where an argument bears the same name.")
@click.pass_context
def map_argument(context: click.Context, name: str, output: Path | None, form: str | None, is_brief: bool) -> None:
    """Draw a map of ARGUMENT, or of all that BRIEF says: what supports and what attacks what, with labels.

    SVG is a picture with its fonts inside, DOT is for Graphviz. Without -o, it is printed.

    \b
    Example:
      openbrief map misuse-risk -o misuse-risk.svg
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.build import mapped

    ending = output.suffix.removeprefix(".") if output else FORMS[0]
    if form is None and ending not in FORMS:
        raise click.UsageError(f"'{output}' ends in neither .svg nor .dot; name the form with --format", context)
    library, code = library_of(context)
    known: dict[str, Argument | Brief] = {**library.briefs, **({} if is_brief else library.arguments)}
    if name not in known:
        raise click.UsageError(unknown("brief" if is_brief else "argument or brief", name, known), context)
    text = mapped(project_of(context), library, known[name], form or ending)
    if output is None:
        click.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
    context.exit(code)
