"""Take a library out of a PDF."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("open")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.pass_context
def open_pdf(context: click.Context, file: Path, folder: Path) -> None:
    """Restore the library inside FILE, a brief as PDF, into DIR, and rebuild the brief from it.

    DIR must be new or empty; it becomes a project with this program's own templates and fonts. Ends with 0 where the
    rebuilt PDF has the same bytes, and with 1 where it hasn't, with the reasons that are known, or where FILE holds no
    library that can be trusted.

    \b
    Example:
      openbrief open received.pdf received/
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.cli.opening import rebuilt, restored, taken

    pdf, library = taken(context, file, folder)
    project = restored(library, folder)
    if not rebuilt(pdf, library, project):
        context.exit(1)
