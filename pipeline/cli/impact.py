"""Say what a source carries."""

from __future__ import annotations

import click

from pipeline.cli.asking import format_option, library_of, print_json, print_lines
from pipeline.cli.options import unknown


@click.command
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@format_option("text", "json")
@click.pass_context
def impact(context: click.Context, sources: tuple[str, ...], form: str) -> None:
    """Say what would change if the works SOURCE were retracted, all at once.

    SOURCE is a citekey, the id of a work in briefs/sources.yaml. Told are the grounds, claims, key messages and
    recommendations that would have another label, those that would only lose support, and the briefs they stand in.

    \b
    Example:
      openbrief impact hoffmann-2024-oss
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.answers import of_impact
    from pipeline.cli.layout import width
    from pipeline.impact import impact as ask

    library, code = library_of(context)
    for key in sources:
        if key not in library.sources:
            raise click.UsageError(unknown("source", key, library.sources), context)
    found = ask(library, tuple(dict.fromkeys(sources)))
    if form == "json":
        print_json(found.as_json())
    else:
        print_lines(of_impact(found, library, width()))
    context.exit(code)
