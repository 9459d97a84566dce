"""Look after the works that briefs cite."""

from __future__ import annotations

import sys

import click

from pipeline.cli.formats import FORMATS, report_in
from pipeline.cli.options import project_of
from pipeline.cli.report import count, tell
from pipeline.cli.sources_import import import_sources
from pipeline.cli.watch import reporting
from pipeline.unchanged import today


@click.group
def sources() -> None:
    """Look after the works that briefs cite, in briefs/sources.yaml.

    \b
    Example:
      openbrief sources check
      openbrief sources import references.bib --read abstract
    """  # noqa: D301 - \b keeps click from filling the lines


sources.add_command(import_sources)


@sources.command
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Print them for people or programs.")
@click.pass_context
def check(context: click.Context, form: str) -> None:
    """Say what is wrong in briefs/sources.yaml alone.

    Asked are all rules, those of the group `source` among them: `openbrief explain` lists them.

    \b
    Example:
      openbrief sources check
    """  # noqa: D301 - \b keeps click from filling the lines
    with reporting(report_in(form, sys.stdout), "") as watch:
        from pipeline.build import examine

        library, found = examine(project_of(context), watch, today())
        problems = [problem for problem in found if problem.mark.file == "briefs/sources.yaml"]
        good = "" if problems else f"{count(len(library.sources), 'source')} checked, no problem found"
        if tell(watch.report, problems, good):
            context.exit(1)
