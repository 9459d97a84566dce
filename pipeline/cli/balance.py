"""Say how even-handed a brief is."""

from __future__ import annotations

import click

from pipeline.cli.asking import brief_of, format_option, library_of, print_json, print_lines
from pipeline.cli.options import slug_argument


@click.command
@slug_argument(required=False)
@format_option("text", "json", "csv")
@click.pass_context
def balance(context: click.Context, slug: str | None, form: str) -> None:
    """Count what speaks for and against the answer of a brief, and where its evidence comes from.

    Counted are the grounds and objections of the brief's arguments, and the sources that their evidence names, by
    how they were read, year, publisher, funder, country and kind of evidence. Without SLUG, the whole library is
    counted, for and against each claim.

    \b
    Example:
      openbrief balance open-models
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.argue import argue
    from pipeline.balance import balance as ask
    from pipeline.cli.answers import of_balance
    from pipeline.cli.layout import width
    from pipeline.sheet import as_csv

    library, code = library_of(context)
    found = ask(library, brief_of(library, slug) if slug else None, argue(library))
    if form == "json":
        print_json(found.as_json())
    elif form == "csv":
        click.echo(as_csv(found.rows()), nl=False)
    else:
        print_lines(of_balance(found, width()))
    context.exit(code)
