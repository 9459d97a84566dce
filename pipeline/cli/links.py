"""Ask the web whether the library's links work: the one command that uses the network."""

from __future__ import annotations

import click

from pipeline.cli.asking import format_option, library_of, print_json, print_lines
from pipeline.cli.options import project_of
from pipeline.unchanged import today


@click.command
@click.option("--fresh", is_flag=True, help="Ask for every address, however new its answer is.")
@click.option("--days", type=click.IntRange(0), default=30, show_default=True, help="Ask again after so many days.")
@click.option("--timeout", type=click.FloatRange(0.1, 120), default=20, show_default=True, help="Seconds to wait.")
@click.option("--allow-local", is_flag=True, help="Ask machines of this computer's own networks too.")
@format_option("text", "json")
@click.pass_context
def links(context: click.Context, fresh: bool, days: int, timeout: float, allow_local: bool, form: str) -> None:
    """Ask for every address that the library prints, and write the answers to briefs/links.json.

    The only command that uses the network. `openbrief check` tells of dead links from that file. Exit code 1 where a
    link is dead. After Ctrl-C, what was found out is kept.

    \b
    Example:
      openbrief links --days 7
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.inquiry import as_rows, asker, inquire, of_rows
    from pipeline.cli.layout import width
    from pipeline.links import due
    from pipeline.links import links as found_in

    library, code = library_of(context)
    found = tuple(found_in(library))
    addresses = tuple(dict.fromkeys(link.address for link in found))
    asked = due(addresses, () if fresh else library.answers.values(), today(), days)
    answers = inquire(project_of(context), library, asked, asker(library, timeout, allow_local=allow_local))
    rows = as_rows(found, answers)
    if form == "json":
        print_json({"asked": len(asked), "links": rows})
    else:
        print_lines(of_rows(rows, width()))
    context.exit(code or int(any(row["result"] == "dead" for row in rows)))
