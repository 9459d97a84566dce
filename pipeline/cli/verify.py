"""Prove of finished products what is said of them."""

from __future__ import annotations

from typing import Any

import click

from pipeline.cli.asking import format_option, print_json, print_lines
from pipeline.cli.options import Folder


@click.command
@click.argument("targets", metavar="[SLUG|FILE|DIR]...", nargs=-1)
@click.option("--only", metavar="CHECK", multiple=True, help="Make this check alone; may be given several times.")
@click.option("--output", metavar="DIR", type=Folder(exists=False), help="Look at the release in DIR.")
@click.option(
    "--sample", metavar="N", type=click.IntRange(1), default=50, help="Draw N copies from a folder of copies."
)
@click.option("--seed", metavar="TEXT", default="", help="Draw others, always the same for the same TEXT.")
@format_option("text", "json")
@click.pass_context
def verify(context: click.Context, /, targets: tuple[str, ...], only: tuple[str, ...], form: str, **of: Any) -> None:
    """Prove of finished products what is said of them, with tools that others wrote.

    Looks at the last release of the briefs named by SLUG, or of all of them, or at any FILE: a PDF, an HTML page, an
    EPUB book or a Word document; and at copies drawn at random from DIR, where `openbrief merge` has written them. Ends
    with 1 where something is wrong, and with 3 where a tool is missing: what was not looked at is not proven. `make
    setup-verify` installs all tools.

    \b
    Example:
      openbrief verify open-models
      openbrief verify --output /srv/briefs
      openbrief verify received.pdf --only pdf-ua --only pdf-a
      openbrief verify copies --sample 50
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.layout import width
    from pipeline.cli.verdicts import as_json, checks_of, code, lines, products_of, tallied
    from pipeline.verify import verify as run

    checks, products = checks_of(context, only), products_of(context, targets, **of)
    tallies = tallied(run(products, checks))
    if not tallies:
        raise click.UsageError("none of these checks looks at such a file", context)
    if form == "json":
        print_json(as_json(tallies))
    else:
        print_lines(lines(tallies, width()))
    context.exit(code(tallies))
