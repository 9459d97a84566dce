"""Write the figures of briefs as files for others to print."""

from __future__ import annotations

import sys

import click

from pipeline.cli.asking import library_of
from pipeline.cli.options import project_of, slugs_argument
from pipeline.cli.report import Report, count
from pipeline.cli.watch import reporting


@click.command
@slugs_argument
@click.option("-o", "--output", metavar="DIR", type=click.Path(file_okay=False), required=True, help="Write into DIR.")
@click.pass_context
def figures(context: click.Context, slugs: tuple[str, ...], output: str) -> None:
    """Write the figures of the briefs named, or of all, as SVG, PNG and CSV, in each language of the brief.

    SVG and PNG are sheets that stand alone, with title, sources and caveats; CSV has the data. Other files in DIR
    stay. Nothing is written where anything is refused.

    \b
    Example:
      openbrief figures open-models -o press
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.folder import opened
    from pipeline.handout import handouts

    project = project_of(context, output)
    library, code = library_of(context)
    if unread := [slug for slug in slugs if slug not in library.briefs]:
        click.echo(f"{', '.join(unread)} can't be read: see `openbrief check`", err=True)
        context.exit(1)
    with reporting(Report(sys.stderr), "no figure was written"):
        made = tuple(handouts(project, library, slugs or sorted(library.briefs)))
    with opened(project.output) as folder:
        written = folder.put(made)
    for item in made:
        click.echo(project.output / item.path)
    click.echo(f"{count(len(made), 'file')}, {len(written)} of them new or changed", err=True)
    context.exit(code)
