"""Say which sources a brief hangs by."""

from __future__ import annotations

import click

from pipeline.cli.asking import brief_of, format_option, library_of, print_json, print_lines
from pipeline.cli.options import slugs_argument


@click.command
@slugs_argument
@format_option("text", "json")
@click.pass_context
def fragile(context: click.Context, slugs: tuple[str, ...], form: str) -> None:
    """Say which one source, or which two together, each recommendation and key message can't do without.

    What is accepted falls when its label drops below that; what is contested falls when it would have no support at
    all. Two sources are named only where neither is enough alone. Without SLUG, all briefs are looked at.

    \b
    Example:
      openbrief fragile open-models
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.answers import of_fragile
    from pipeline.cli.layout import width
    from pipeline.fragile import fragile as ask

    library, code = library_of(context)
    found = ask(library, [brief_of(library, slug) for slug in slugs] if slugs else None)
    if form == "json":
        print_json([result.as_json() for result in found])
    else:
        print_lines(of_fragile(found, width()))
    context.exit(code)
