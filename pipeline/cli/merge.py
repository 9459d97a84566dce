"""Make copies of a brief for its recipients."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import product_options, project_of, slug_argument
from pipeline.cli.report import Report, count, tell
from pipeline.cli.watch import reporting


@click.command
@slug_argument(required=True, shown="BRIEF")
@click.argument("recipients", metavar="RECIPIENTS.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@product_options
@click.pass_context
def merge(context: click.Context, /, slug: str, recipients: Path, **chosen: str | None) -> None:
    """Check whether each row of RECIPIENTS.csv fills the slots of BRIEF.

    The first row names the columns. What a brief says to its recipients stands below its key `recipient:`; which
    columns are needed, and what cells may hold, is told by `openbrief explain recipients`.

    \b
    Example:
      openbrief merge open-models members.csv
    """  # noqa: D301 - \b keeps click from filling the lines
    with reporting(Report(sys.stderr), "no copy can be made") as watch:
        from pipeline.merge import Wanted, listed

        found = listed(project_of(context), Wanted(slug=slug, **chosen), recipients, watch)
        if unused := found.entries.unused():
            click.echo(f"no slot is made of {', '.join(unused)}", err=True)
        for language, number in found.entries.counted.items():
            click.echo(f"{language}: {count(number, 'recipient')}")
        tell(watch.report, found.problems, "the list is good")
