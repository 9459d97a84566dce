"""Write the files that translators work in."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import language_tag, project_of
from pipeline.cli.report import Report
from pipeline.cli.watch import reporting


@click.command
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to a file, not to stdout.")
@click.pass_context
def extract(context: click.Context, output: Path | None) -> None:
    """Print every text that briefs may print, as a template for translators (a POT file).

    \b
    Example:
      openbrief translate extract -o library.pot
    """  # noqa: D301
    with reporting(Report(sys.stderr), ""):
        from pipeline.translating import template

        text = template(project_of(context))
        if output:
            output.write_text(text, encoding="utf-8")
        click.echo(output or text, nl=bool(output))


@click.command
@click.argument("languages", metavar="[LANG]...", nargs=-1, callback=language_tag)
@click.pass_context
def update(context: click.Context, languages: tuple[str, ...]) -> None:
    """Add what is new to the files of these languages, or of all, and mark as fuzzy what has changed.

    Translations whose originals are the same stay as they are; what nothing needs any more goes to the file's end.

    \b
    Example:
      openbrief translate update fr es
    """  # noqa: D301
    with reporting(Report(sys.stderr), "nothing was written"):
        from pipeline.translating import updates, write

        made = updates(project := project_of(context), languages)
        for file in write(project, made):
            click.echo(file)
        for done in made:
            said = done.updated
            click.echo(f"{done.language}: {said.kept} translated, {said.stale} to look at, {said.new} to do", err=True)
