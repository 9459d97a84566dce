"""Say which files of a merge are written, and write them: options of the command in; files and a sentence out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.options import project_of
from pipeline.cli.report import count

if TYPE_CHECKING:
    from pipeline.cli.watch import Watch
    from pipeline.merge import Merging
    from pipeline.project import Project

PRINT = click.Path(dir_okay=False, path_type=Path)
"""A file for printers."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is written of a merge."""

    output: str | None
    """The folder for copies."""
    paper: Path | None
    """The file for printers."""
    duplex: bool
    dry_run: bool
    fresh: bool
    clean: bool
    forms: tuple[str, ...]
    """In which forms copies are written besides PDF."""

    @classmethod
    def of(cls, context: click.Context, options: dict[str, Any]) -> Asked:
        """Take what is about writing out of the options; a usage error where nothing would be written, or amiss."""
        output, paper = options.pop("output"), options.pop("paper")
        duplex, dry_run = options.pop("duplex"), options.pop("dry_run")
        if not (output or paper or dry_run):
            message = "name a folder for the copies with -o, a file for printers with --print, or say --dry-run"
            raise click.UsageError(message, context)
        if duplex and not paper:
            raise click.UsageError("--duplex is for the file that --print names", context)
        if paper and (wrong := _unfit(context, paper, output)):
            raise click.UsageError(f"{paper} can't be the file for printers: {wrong}", context)
        forms = [form for form in ("html", "docx") if options.pop(form)]
        return cls(output, paper, duplex, dry_run, options.pop("fresh"), options.pop("clean"), tuple(forms))

    def carried_out(self, found: Merging, project: Project, watch: Watch) -> str:
        """Write what was asked for, and say what that was."""
        from pipeline.merge import merged, printed

        said = []
        if self.output and not self.dry_run:
            done = merged(found, project.output, watch, fresh=self.fresh, clean=self.clean, forms=self.forms)
            said.append(f"{count(done.new, 'file')} written, {done.files - done.new} there already")
            if done.stale:
                said.append(self._outdated(done.stale))
            if done.shifted:
                said.append(f"{done.moved:,} copies have other numbers: give the list a column 'file'")
        if self.paper and not self.dry_run:
            made = printed(found, self.paper, watch, duplex=self.duplex)
            said.append(f"{made.pages:,} pages in {self.paper}, {made.size / 1e6:.1f} MB")
        return "; ".join(said) or "each has room"

    def _outdated(self, stale: tuple[str, ...]) -> str:
        """Say how many files say what no row says any more, and which of them this run was not asked to make anew."""
        other = [form for form in ("docx", "html") if form not in self.forms]
        found = {form: sum(path.endswith(f".{form}") for path in stale) for form in other}
        unmade = " and ".join(
            f"{number} .{form} (--{form} makes those of this list)" for form, number in found.items() if number
        )
        said = f"{count(len(stale), 'outdated file')}{' removed' if self.clean else ', see stale.txt'}"
        return f"{said}, of which {unmade}" if unmade else said


def _unfit(context: click.Context, paper: Path, output: str | None) -> str:
    """Why a file can't be the one for printers; empty where it can."""
    from pipeline.merge.naming import amiss
    from pipeline.merge.printing import taken

    project = project_of(context)
    if inside := [each for each in (project.briefs, project.templates, project.assets) if _lies_in(paper, each)]:
        return f"it lies in {inside[0].name}/"
    if output and paper.resolve().parent == project_of(context, output).output.resolve():
        return "the folder of copies holds nothing else"
    if paper.suffix.lower() != ".pdf":
        return "its name doesn't end in .pdf"
    return amiss(paper.stem) or taken(paper)


def _lies_in(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
