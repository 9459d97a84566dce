"""Make copies of a brief for its recipients."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from pipeline.cli.options import product_options, project_of, slug_argument
from pipeline.cli.report import count, tell
from pipeline.cli.watch import report_for, reporting
from pipeline.cli.writing import PRINT, Asked


@click.command
@slug_argument(required=True, shown="BRIEF")
@click.argument("recipients", metavar="RECIPIENTS.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", metavar="DIR", type=click.Path(file_okay=False), help="Write into DIR.")
@product_options
@click.option("--html", is_flag=True, help="Write each copy as a page for browsers too.")
@click.option("--docx", is_flag=True, help="Write each copy as a Word document too.")
@click.option("--print", "paper", metavar="FILE.pdf", type=PRINT, help="Write all copies into FILE.pdf, for printers.")
@click.option("--duplex", is_flag=True, help="Begin each copy there on a sheet of its own: both sides are printed.")
@click.option("--fresh", is_flag=True, help="Write every copy anew, even those that are there.")
@click.option("--clean", is_flag=True, help="Remove copies whose rows are gone or have changed.")
@click.option("--dry-run", is_flag=True, help="Say what is wrong with the list, and write nothing.")
@click.pass_context
def merge(context: click.Context, /, recipients: Path, **of: Any) -> None:
    """Write a copy of BRIEF for each row of RECIPIENTS.csv, as PDF.

    The first row names the columns; `openbrief explain recipients` says what a list may hold. Nothing is written where
    one row is wrong. Copies that are there are not written again, so that an interrupted run goes on where it stopped.

    \b
    Example:
      openbrief merge open-models members.csv -o copies
      openbrief merge open-models members.csv --print members.pdf --duplex
    """  # noqa: D301 - \b keeps click from filling the lines
    asked = Asked.of(context, of)
    project = project_of(context, asked.output)
    with reporting(report_for(as_json=False, problems_to=sys.stderr), "no copy was written") as watch:
        from pipeline.merge import Wanted, checked

        found = checked(project, Wanted(**of), recipients, watch)
        for product, addresses in found.left_out():
            watch.report.left_out(product, addresses)
        said = asked.carried_out(found, project, watch)
        if unused := found.entries.unused():
            click.echo(f"no slot is made of {', '.join(unused)}", err=True)
        tell(watch.report, found.problems, f"{count(found.entries.counted.total(), 'recipient')}: {said}")
