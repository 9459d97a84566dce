"""Tell how a library was taken out of a PDF: what was typed in; what was restored, and whether bytes differ, out."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pipeline.cli.report import Report, count
from pipeline.cli.watch import reporting

if TYPE_CHECKING:
    from pipeline.project import Project
    from pipeline.receiving import Received


def taken(context: click.Context, file: Path, folder: Path) -> tuple[bytes, Received]:
    """The PDF and the library inside it; a usage error where there is no file or room, exit code 1 for no library."""
    from pipeline.enclosed import MAX_PDF, Unsound
    from pipeline.receiving import received

    if not file.is_file():
        raise click.UsageError(f"there is no file {file}", context)
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise click.UsageError(f"{folder} is not an empty folder: name a new one", context)
    with file.open("rb") as opened:
        pdf = opened.read(MAX_PDF + 1)
    try:
        return pdf, received(pdf)
    except Unsound as unsound:
        click.echo(f"openbrief: error: nothing was taken out of {file}: {unsound}", err=True)
        raise click.exceptions.Exit(1) from unsound


def restored(library: Received, folder: Path) -> Project:
    """Write the library and name its files."""
    from pipeline.receiving import absent_fonts, restore

    project = restore(library, folder)
    for output in library.files:
        click.echo(folder / output.path)
    click.echo(f"{count(len(library.files), 'file')} restored", err=True)
    for lack in absent_fonts(library, project):
        click.echo(f"  {lack}", err=True)
    return project


def rebuilt(pdf: bytes, library: Received, project: Project) -> bool:
    """Make the PDF again, and say whether it is the same; where not, why that may be."""
    with reporting(Report(sys.stderr), "it can't be rebuilt") as watch:
        from pipeline.build import remade

        made = remade(project, library.order, watch)
    if made == pdf:
        click.echo(f"rebuilding it gives the same bytes: SHA-256 {hashlib.sha256(pdf).hexdigest()}", err=True)
        return True
    from pipeline.receiving import differences

    click.echo("rebuilding it gives other bytes", err=True)
    reasons = list(differences(library)) or [
        "its record names the same versions and design, so the file was changed after it was made"
    ]
    for reason in reasons:
        click.echo(f"  {reason}", err=True)
    return False
