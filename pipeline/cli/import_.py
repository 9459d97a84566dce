"""Take arguments over from other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import count, styled, visible

if TYPE_CHECKING:
    from pipeline.interchange import Taken


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="Write to DIR, not arguments/.")
@click.option("--force", is_flag=True, help="Write over arguments that are there.")
@click.pass_context
def import_arguments(context: click.Context, file: Path, output: Path | None, *, force: bool) -> None:
    """Write the arguments of FILE, Argdown or JSON (AIF or our own), as YAML.

    What FILE doesn't say and an argument needs is not made up: it is marked as to do, and `openbrief check` reports it.
    What has no place in an argument is named on stderr. No file is written over unless --force is given.

    \b
    Example:
      openbrief import debate.argdown -o briefs/arguments/
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.interchange import take
    from pipeline.problem import Refused

    target = output or project_of(context).briefs / "arguments"
    try:
        taken = take(file)
    except Refused as refused:
        click.echo("\n".join(styled(problem) for problem in refused.problems), err=True)
        context.exit(1)
    _write(taken, target, force=force)


def _write(taken: Taken, target: Path, *, force: bool) -> None:
    """Write the files, unless one is there already, and tell what was left out and what is to do."""
    from pipeline.folder import opened

    with opened(target) as folder:
        there = [item.path for item in taken.outputs if folder.holds(item.path)]
        if there and not force:
            raise click.UsageError(f"{', '.join(there[:5])} is there already in {target}; --force writes over it")
        folder.put(taken.outputs)
    for note in taken.notes:
        click.echo(visible(note), err=True)
    for item in taken.outputs:
        click.echo(target / item.path)
    say = f"; {count(taken.tasks, 'line')} to fill in, which `openbrief check` reports" if taken.tasks else ""
    click.echo(f"{count(len(taken.outputs), 'argument')} written{say}", err=True)
