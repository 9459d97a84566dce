"""Write the JSON Schemas that editors use."""

from __future__ import annotations

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import count


@click.command
@click.pass_context
def schema(context: click.Context) -> None:
    """Write assets/schema/ anew from the model, and print the files that have changed.

    Editors read these files to complete and check what is typed; every YAML file names its own in its first line.

    \b
    Example:
      openbrief schema
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.folder import opened
    from pipeline.schema import schemas

    outputs = schemas()
    with opened(project_of(context).assets / "schema") as folder:
        changed = folder.put(outputs)
    for path in changed:
        click.echo(f"assets/schema/{path}")
    click.echo(f"{count(len(changed), 'schema')} of {len(outputs)} changed", err=True)
