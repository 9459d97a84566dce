"""Build briefs."""

from __future__ import annotations

import sys
from typing import Any

import click

from pipeline.cli import options
from pipeline.cli.again import Once, keep_building
from pipeline.cli.machines import workers_of
from pipeline.cli.report import noted
from pipeline.cli.watch import report_for, reporting
from pipeline.unchanged import remember, seen


@click.command
@options.slugs_argument
@options.formats_option
@click.option("--output", metavar="DIR|URL", help="Write to DIR or, as to s3://BUCKET/PREFIX, to URL, not to public/.")
@click.option("--draft", is_flag=True, help="Print a watermark, and write SLUG-DRAFT.pdf and index-DRAFT.html.")
@options.products_options
@options.work_options
@click.option("--fresh", is_flag=True, help="Make everything anew, even what has not changed.")
@click.option("--why", is_flag=True, help="Say of each product that is made anew which of its inputs has changed.")
@click.option("--verbose", is_flag=True, help="Name every file, and every part that a product has no room for.")
@click.option("--watch", "again", is_flag=True, help="Build again after every change, until Ctrl-C.")
@options.json_option
@click.pass_context
def build(
    context: click.Context, /, output: str, as_json: bool, why: bool, wait: int, again: bool, **asked: Any
) -> None:
    """Build the briefs named by SLUG, or all of them, in all editions that house.yaml plans.

    All are rendered before any file is written: one problem, and the last release stays as it was. What would come out
    as it is there already is not made again. A build of all removes what the last release had and this one hasn't.

    \b
    Example:
      openbrief build open-models --format pdf --output s3://house-briefs/public
    """  # noqa: D301
    project, typed = options.project_of(context, output, stores=True), context.find_root().obj
    jobs, verbose = workers_of(context, asked), asked.pop("verbose")
    report = report_for(as_json=as_json, problems_to=sys.stderr)
    once = Once(context, project, report, asked, why=why, wait=wait, verbose=verbose)
    plain = typed and not (again or as_json or why or asked["fresh"] or asked["take"] or project.address)
    before = seen(str(project.root), typed) if plain else None
    with reporting(report, "nothing was published") as watch:
        options.workers(jobs)
        if again:
            keep_building(once, jobs, watch)
        release = once(watch, jobs)
    outputs = (made.path for made in release.outputs)
    remember(str(project.root), before, typed, str(project.output), outputs, noted(release, verbose=verbose))
