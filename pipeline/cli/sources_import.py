"""Import works from a bibliography."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import Report, count, tell
from pipeline.cli.watch import reporting
from pipeline.unchanged import today

UNSAID = "nobody has said how these works were read, so each counts as `secondary`, through a report; --read says it"
NOTE = "Imported; nobody has said yet how these works were read, so each counts as `secondary`."


@click.command("import")
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--read",
    "read_as",
    type=click.Choice(("full", "abstract", "secondary")),
    help="How these works were read; left out, they count as known through reports alone.",
)
@click.option("--dry-run", is_flag=True, help="Print the lines that would be added, and write nothing.")
@click.pass_context
def import_sources(context: click.Context, file: Path, read_as: str | None, dry_run: bool) -> None:
    """Add the works in FILE to briefs/sources.yaml, and print their citekeys.

    FILE is a bibliography in BibTeX (.bib), RIS (.ris), CSL JSON (.json) or CSL YAML (.yaml). Works are added at the
    end; no line that is there is changed. Where a citekey or a work is there already, nothing is written.

    \b
    Example:
      openbrief sources import references.bib --read abstract --dry-run
    """  # noqa: D301 - \b keeps click from filling the lines
    with reporting(Report(sys.stderr), "nothing was written") as watch:
        from pipeline.adding import addition, write
        from pipeline.bibliography import ENDINGS

        if (form := ENDINGS.get(file.suffix.lower())) is None:
            raise click.BadParameter(f"'{file}' must end in {', '.join(ENDINGS)}", context, param_hint="FILE")
        added = addition(project_of(context), file, form, read_as or "secondary", "" if read_as else NOTE, today())
        if not dry_run:
            write(project_of(context), added)
        click.echo(added.text if dry_run else "".join(f"{source.id}\n" for source in added.sources), nl=False)
        if read_as is None:
            click.echo(UNSAID, err=True)
        done = f"{count(len(added.sources), 'work')} {'would be added' if dry_run else 'added'} to briefs/sources.yaml"
        if tell(watch.report, added.problems, done):
            context.exit(1)
