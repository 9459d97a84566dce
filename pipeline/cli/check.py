"""Check a library without building it."""

from __future__ import annotations

import sys

import click

from pipeline.cli.formats import FORMATS, report_in
from pipeline.cli.options import json_option, project_of, slugs_argument
from pipeline.cli.report import count, tell
from pipeline.cli.watch import reporting
from pipeline.unchanged import today


@click.command
@slugs_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="Print them for a person, a program, a workflow or an editor.",
)
@json_option
@click.pass_context
def check(context: click.Context, slugs: tuple[str, ...], form: str, as_json: bool) -> None:
    """Say what is wrong in the library, and write nothing.

    With SLUG, only what stands in the files of those briefs: their own, house.yaml, sources.yaml, the arguments
    and figures that they name, and the translations of what they print into their languages. A brief that
    can't be read names none, so everything is said then.

    \b
    Example:
      openbrief check misuse-risk
      openbrief check --format sarif > problems.sarif
    """  # noqa: D301 - \b keeps click from filling the lines
    project = project_of(context)
    with reporting(report_in("lines" if as_json else form, sys.stdout), "") as watch:
        from pipeline.build import examine
        from pipeline.scope import said_of

        library, problems = examine(project, watch, today())
        if slugs and all(slug in library.briefs for slug in slugs):
            problems = said_of(library, slugs, problems)
        good = "" if problems else f"{count(len(slugs or library.briefs), 'brief')} checked, no problem found"
        if tell(watch.report, problems, good):
            context.exit(1)
