"""Say which quotes are what their sources say."""

from __future__ import annotations

import click

from pipeline.cli.asking import format_option, library_of, print_json, print_lines


@click.command
@format_option("text", "json")
@click.pass_context
def quotes(context: click.Context, form: str) -> None:
    """Compare every quote of the library with the stored text of its source.

    A quote is verified where the text has its words, a mismatch where it hasn't, and unverifiable where there is no
    text to compare it with. Told are the line, and the offset in characters from 0; for a mismatch, what the nearest
    passage says. Ends with 1 where there is a mismatch.

    \b
    Example:
      openbrief quotes --format json
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.layout import width
    from pipeline.cli.quoting import of_quotes
    from pipeline.quotes import quotes as ask

    library, code = library_of(context)
    found = ask(library)
    if form == "json":
        print_json([quote.as_json() for quote in found])
    else:
        print_lines(of_quotes(found, width()))
    context.exit(code or int(any(quote.verdict.state == "mismatch" for quote in found)))
