"""Trace what a brief says back to its sources."""

from __future__ import annotations

import click

from pipeline.cli.asking import brief_of, format_option, library_of, print_json, print_lines
from pipeline.cli.options import project_of, slug_argument


@click.command
@slug_argument(required=True)
@format_option("text", "json", "csv", "html")
@click.pass_context
def trace(context: click.Context, slug: str, form: str) -> None:
    """Trace each recommendation and key message of a brief back to its sources.

    The tree goes through what each rests on and what is said against that, with labels and their reasons; it ends at
    sources, where in them, and how they were read. As HTML it is a page of its own; the same stands in every brief.

    \b
    Example:
      openbrief trace open-models
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline import trace as tracing
    from pipeline.argue import argue
    from pipeline.build import traced
    from pipeline.cli.answers import of_trace
    from pipeline.cli.layout import width
    from pipeline.sheet import as_csv

    library, code = library_of(context)
    brief = brief_of(library, slug)
    found = tracing.trace(library, brief, argue(library))
    if form == "json":
        print_json(found.as_json())
    elif form == "csv":
        click.echo(as_csv(found.rows()), nl=False)
    elif form == "html":
        click.echo(traced(project_of(context), library, brief), nl=False)
    else:
        print_lines(of_trace(tracing.once(found), width()))
    context.exit(code)
