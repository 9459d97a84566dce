"""Offer the program on the command line: arguments in, exit code out; the product on stdout, all talk on stderr.

Exit codes: 0 good, 1 the content has problems, 2 wrong usage, 3 a tool or the machine failed, 130 interrupted,
143 terminated.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from collections.abc import Sequence

import click

from pipeline import __version__
from pipeline.cli.balance import balance
from pipeline.cli.build import build
from pipeline.cli.check import check
from pipeline.cli.explain import explain
from pipeline.cli.export import export
from pipeline.cli.figures import figures
from pipeline.cli.fragile import fragile
from pipeline.cli.impact import impact
from pipeline.cli.import_ import import_arguments
from pipeline.cli.links import links
from pipeline.cli.list import list_briefs
from pipeline.cli.map import map_argument
from pipeline.cli.merge import merge
from pipeline.cli.open_ import open_pdf
from pipeline.cli.products import products
from pipeline.cli.quotes import quotes
from pipeline.cli.schema import schema
from pipeline.cli.sources import sources
from pipeline.cli.trace import trace
from pipeline.cli.translate import translate
from pipeline.cli.verify import verify
from pipeline.problem import ToolFailed

NAME = "openbrief"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "-C",
    "--root",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    default=".",
    help="Work in the project that DIR lies in, in place of the current folder.",
)
@click.version_option(__version__, message="%(prog)s %(version)s")
@click.pass_context
def commands(context: click.Context, root: str) -> None:  # noqa: ARG001 - commands read it from the context
    """Turn arguments written in YAML into policy briefs, as PDF and HTML.

    A project is a folder with a briefs/house.yaml; the nearest one upwards is used.

    \b
    Example:
      openbrief check && openbrief build
    """  # noqa: D301 - \b keeps click from filling the lines
    if os.environ.get("NO_COLOR"):
        context.color = False


for command in (
    build,
    check,
    list_briefs,
    products,
    explain,
    trace,
    impact,
    fragile,
    balance,
    map_argument,
    figures,
    merge,
    quotes,
    export,
    import_arguments,
    links,
    sources,
    translate,
    schema,
    verify,
    open_pdf,
):
    commands.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command that the arguments name, and exit.

    A library is read and kept, so there is little garbage; looking for it as often as Python does takes a third
    of the time of `check`.
    """
    gc.set_threshold(50_000, 20, 20)
    sys.exit(_code(arguments))


def _code(arguments: Sequence[str] | None) -> int:
    try:
        typed = sys.argv[1:] if arguments is None else [*arguments]
        return commands.main(typed, prog_name=NAME, standalone_mode=False, obj=typed) or 0
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt) as error:
        number = getattr(error.__cause__, "number", getattr(error, "number", signal.SIGINT))
        click.echo(f"{NAME}: {'interrupted' if number == signal.SIGINT else 'terminated'}", err=True)
        return 128 + int(number)
    except ToolFailed as error:
        click.echo(f"{NAME}: error: {error}", err=True)
        return 3
    except OSError as error:
        click.echo(f"{NAME}: error: {': '.join(filter(None, [error.filename, error.strerror])) or error}", err=True)
        return 3
