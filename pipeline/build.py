"""Build briefs: a project in, a release out; the only module that knows every stage.

Read from top to bottom, `build` and `_entry` are the program's table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace

from pipeline.argue import argue, excerpt
from pipeline.check import check
from pipeline.check.missing_glyph import places
from pipeline.compose import compose
from pipeline.forms import Entry, Manuscript, Output
from pipeline.load import load
from pipeline.model import Brief, Library, Record
from pipeline.problem import Problem, Refused, did_you_mean, in_order
from pipeline.project import Project
from pipeline.publish import Release, publish
from pipeline.record import FIGURE_PLACED
from pipeline.render.article import article
from pipeline.render.logo import logo
from pipeline.render.page import index, page
from pipeline.render.pdf import lacking, pdf
from pipeline.source import read_folder

FORMATS = ("pdf", "html")
Watch = Callable[[str, str], AbstractContextManager[None]]
"""Called with a stage and a brief's slug (empty for stages of the whole library); what it gives surrounds the stage."""


def unwatched(_stage: str, _brief: str) -> AbstractContextManager[None]:
    """Watch nothing."""
    return nullcontext()


def build(
    project: Project,
    slugs: Sequence[str] = (),
    formats: Sequence[str] = FORMATS,
    *,
    draft: bool = False,
    watch: Watch = unwatched,
    today: str | None = None,
) -> Release:
    """Build the briefs that `slugs` names, or all of them, and publish them when every one has come out well.

    Raises Refused with the problems of all briefs, and ToolFailed when a tool or the machine fails; the
    output folder is as it was then. Raises KeyError for a slug that the library doesn't have. `today` is
    for rules about dates alone; nothing of it is printed.
    """
    library, found = examine(project, watch, today)
    _stop_at_errors(found)
    problems, entries = list(found), []
    for brief in [library.briefs[slug] for slug in slugs or sorted(library.briefs)]:
        try:
            entries.append(_entry(project, library, brief, formats, draft, watch))
        except Refused as refused:
            problems += refused.problems
    _stop_at_errors(problems)
    with watch("publish", ""):
        whole = not slugs and set(formats) == set(FORMATS) and not draft
        release = publish(
            project.output,
            entries,
            lambda listed: index(listed, library.house, project.templates, project.assets),
            whole=whole,
        )
    return replace(release, problems=in_order(problems))


def examine(
    project: Project, watch: Watch = unwatched, today: str | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Read and check the library: all that could be loaded, and the problems of all files, sorted.

    Rules about dates are asked only where `today` says which day it is, as ISO 8601 has it.
    """
    with watch("read", ""):
        reading = read_folder(project.briefs, project.root)
    with watch("load", ""):
        library, problems = load(reading.documents, reading.unread, reading.texts)
    with watch("check", ""):
        found = check(library, today)
    return library, in_order([*reading.problems, *problems, *found, *_lacking(project, library)])


def _lacking(project: Project, library: Library) -> Iterator[Problem]:
    """Say which files the house names that assets/ doesn't have."""
    house, styles = library.house, project.styles()
    if "house" in library.unloaded:
        return
    if (style := house.citation_style) not in styles:
        known = f"name one of {', '.join(styles)}" if styles else "put a CSL file there"
        hint = did_you_mean(style, styles) or known
        message = f"assets/styles/ has no citation style '{style}'"
        yield Problem(mark=house.mark("citation_style"), rule="citation-style", message=message, hint=hint)
    if (file := house.brand.logo) and not (file.endswith(".svg") and project.has_asset(file)):
        message, hint = f"assets/ has no SVG file '{file}'", "name a file below assets/, as in `logo.svg`"
        yield Problem(mark=house.brand.mark("logo"), rule="logo", message=message, hint=hint)
    elif file:
        try:
            logo(file, project.assets)
        except Refused as refused:
            yield from refused.problems


def _entry(
    project: Project, library: Library, brief: Brief, formats: Sequence[str], draft: bool, watch: Watch
) -> Entry:
    """Take one brief through all stages."""
    slug, mark = brief.id, "-DRAFT" if draft else ""
    outputs, pages = [], None
    with watch("argue", slug):
        judgements = argue(excerpt(library, (*brief.arguments.for_, *brief.arguments.against), (slug,)))
    with watch("compose", slug):
        manuscript = compose(library, brief, project.templates, judgements)
    with watch("article", slug):
        written = article(manuscript, project.assets / "styles" / f"{library.house.citation_style}.csl")
    with watch("page", slug):
        designed = page(written, library.house, project.templates, project.assets, draft=draft)
    if "html" in formats:
        outputs.append(Output(path=f"{slug}/index{mark}.html", data=designed.html.encode()))
    if "pdf" in formats:
        with watch("pdf", slug):
            _stop_at_errors(list(places(lacking(designed, project.assets), _printed(library, brief, manuscript))))
            printed = pdf(designed, project.assets)
        outputs.append(Output(path=f"{slug}/{slug}{mark}.pdf", data=printed.data))
        pages = printed.pages
    return Entry(metadata=written.metadata, outputs=tuple(outputs), pages=pages, minutes=designed.minutes, draft=draft)


def _printed(library: Library, brief: Brief, manuscript: Manuscript) -> Iterator[Record]:
    """The records whose texts a brief prints."""
    yield from (brief, library.house)
    yield from (library.arguments[id] for id in (*brief.arguments.for_, *brief.arguments.against))
    yield from (library.figures[drawing.id] for drawing in manuscript.drawings)
    yield from (library.sources[str(item["id"])] for item in manuscript.references)


def traced(project: Project, library: Library, brief: Brief) -> str:
    """Give a brief's trace as an HTML page of its own, whose links lead to the sources themselves."""
    judgements = argue(excerpt(library, briefs=(brief.id,)))
    manuscript = compose(library, brief, project.templates, judgements, "trace.md.jinja")
    written = article(manuscript, project.assets / "styles" / f"{library.house.citation_style}.csl")
    return page(written, library.house, project.templates, project.assets, alone=True).html


def _stop_at_errors(problems: Sequence[Problem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)


def files_of(brief: Brief) -> Iterator[str]:
    """The files that a brief is made from: its own, the house's, the sources, its arguments and its figures."""
    yield from (f"briefs/{name}.yaml" for name in (brief.id, "house", "sources"))
    yield from (f"briefs/arguments/{id}.yaml" for id in (*brief.arguments.for_, *brief.arguments.against))
    placed = (id for _, _, text in brief.prose() for id in FIGURE_PLACED.findall(text))
    yield from (f"briefs/figures/{id}.yaml" for id in (*brief.figures, *placed))
