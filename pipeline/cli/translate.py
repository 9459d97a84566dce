"""Keep the translations of a library."""

from __future__ import annotations

import sys

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import Report, count
from pipeline.cli.translate_files import extract, update
from pipeline.cli.watch import reporting


@click.group
def translate() -> None:
    """Keep the translations of a library, briefs/locale/LANG.po.

    Translators open such a file in Poedit, Weblate or any other editor of PO files.

    \b
    Example:
      openbrief translate update fr
      openbrief translate status
    """  # noqa: D301 - \b keeps click from filling the lines


translate.add_command(extract)
translate.add_command(update)


@translate.command
@click.pass_context
def status(context: click.Context) -> None:
    """Say how far the translation into each language has come.

    \b
    Example:
      openbrief translate status
    """  # noqa: D301
    with reporting(Report(sys.stderr), ""):
        from pipeline.translating import progress

        for one in progress(project_of(context)):
            rest = "" if one.done == one.texts else f"; {one.stale} to look at, {one.open} to do"
            click.echo(f"{one.language}: {one.done} of {count(one.texts, 'text')} translated{rest}")
