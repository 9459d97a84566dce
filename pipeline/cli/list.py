"""List briefs."""

from __future__ import annotations

import click

from pipeline.cli.options import project_of


@click.command("list")
@click.pass_context
def list_briefs(context: click.Context) -> None:
    """List all briefs: slug, date, version, pages of the last release, title.

    \b
    Example:
      openbrief list
    """  # noqa: D301 - \b keeps click from filling the lines
    from pipeline.build import examine
    from pipeline.publish import last_release

    project = project_of(context)
    library, _ = examine(project)
    release = last_release(project.output)
    pages = {brief.metadata.file: brief.pages for brief in release.briefs if not brief.draft} if release else {}
    unread = [slug for slug in project.slugs() if slug not in library.briefs]
    for slug, brief in sorted(library.briefs.items()):
        printed = f"{pages[slug]} p." if pages.get(slug) else "-"
        click.echo(f"{slug:<24}  {brief.issued}  {brief.version:<5}  {printed:>5}  {brief.title}")
    for slug in unread:
        click.echo(f"{slug} can't be read: see `openbrief check {slug}`", err=True)
    context.exit(1 if unread else 0)
