"""Build briefs: a project in, a release out; the only module that knows every stage.

Read from top to bottom, `build` is the program's table of contents; `making` has products made, and `line` is
the way of one product.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.argue import argue, excerpt
from pipeline.argument_map import argument_map, brief_map
from pipeline.check import check
from pipeline.check.missing_glyph import places
from pipeline.cluster import Cluster
from pipeline.cluster.saved import forget, saved
from pipeline.compose import compose, named
from pipeline.drawing import draw_map
from pipeline.drawing.dot import dot
from pipeline.executor import Crew
from pipeline.folder import contents
from pipeline.forms import Entry
from pipeline.inputs import inputs, shared
from pipeline.line import Watch, kept_for, stop_at_errors, told, unwatched
from pipeline.load import load
from pipeline.making import Task, all_made, make
from pipeline.model import Argument, Brief, Library
from pipeline.origin import part
from pipeline.problem import Problem, Refused, did_you_mean, in_order
from pipeline.product import PLAIN, Order, Product, planned, products
from pipeline.project import Project
from pipeline.publish import Release, done_before, publish, reasons
from pipeline.render.article import article
from pipeline.render.fonts import drawing_faces, missing, needed, stacked
from pipeline.render.house_fonts import faces, faults
from pipeline.render.logo import logo
from pipeline.render.page import index, page
from pipeline.render.scripts import undrawn
from pipeline.shelf import Shelf, shelf
from pipeline.source import Parse, read, read_folder
from pipeline.standing import Standing
from pipeline.templating import environment
from pipeline.wording import catalogues
from pipeline.wording.catalogues import speaks, wording

EVERYTHING = Order()


@dataclass(frozen=True, kw_only=True, slots=True)
class Again:
    """What one brings along who builds again and again."""

    parse: Parse
    standing: Standing
    """What there was when this process loaded what it loads once."""


def build(
    project: Project,
    order: Order = EVERYTHING,
    watch: Watch = unwatched,
    today: str | None = None,
    jobs: int | Crew | Cluster = 1,
    again: Again | None = None,
) -> Release:
    """Build what `order` asks for, and publish it when every product has come out well.

    Raises Refused with the problems of all briefs, and ToolFailed when a tool or the machine fails; the
    output folder is as it was then. Raises Changed, one of the latter, where files were changed that products were made
    from meanwhile, and KeyError for a slug that the library doesn't have. `today` is for rules about dates alone;
    nothing of it is printed. With several `jobs`, as many processes make products; with a crew, its processes do, and
    with a cluster, other machines.
    """
    standing = again.standing if again else Standing.of(project.root)
    library, found = examine(project, watch, today, again.parse if again else read)
    stop_at_errors(found)
    wanted = tuple(products(library, order))
    with shelf(project.output) as place:
        with watch("compare", ""):
            made_from = _inputs(project, library, wanted, order)
            done = _done(project, library, order, made_from, place)
            why = reasons(project.place, {name: made_from[name] for name in made_from if name not in done})
        left = [product for product in wanted if product.name not in done]
        task = Task(project=project, library=library, order=order, inputs=made_from, shelf=place, standing=standing)
        new, refused = all_made(task, left, jobs, watch)
        problems = [*found, *refused]
        stop_at_errors(problems)
        done |= new
        entries = [done[product.name] for product in wanted]
        with watch("publish", ""):
            release = _put_out(project, library, entries, order)
    forget(project, made_from)
    left_out = {entry.metadata.file: entry.left_out for entry in entries if entry.left_out}
    return replace(release, problems=in_order(problems), products=len(entries), left_out=left_out, why=why)


def _done(
    project: Project, library: Library, order: Order, made_from: Mapping[str, Mapping[str, str]], place: Shelf
) -> dict[str, Entry]:
    """What need not be made, by the names of products: the last release has it, an earlier build, or a part of one.

    What isn't in the output folder itself is laid on the shelf.
    """
    done, forms = dict[str, Entry](), order.forms(library.house)
    left = dict(made_from)
    for folder in () if order.fresh else (project.place, *reversed((*order.take, *saved(project)))):
        done |= done_before(folder, left, forms, None if folder == project.output else place)
        left = {name: left[name] for name in left if name not in done}
    return done


def _put_out(project: Project, library: Library, entries: Sequence[Entry], order: Order) -> Release:
    """Publish entries, with an index page in the words and the looks of the house."""
    house, templates, assets = library.house, project.templates, project.assets
    words, added, kept = wording(assets, house.language), faces(house, project.briefs), kept_for(project, order)

    def page_of(listed: Sequence[Entry]) -> str:
        return index(listed, house, templates, assets, wording=words, added=added, kept=kept)

    return publish(project.place, entries, page_of, whole=order.whole)


def _inputs(
    project: Project, library: Library, wanted: Sequence[Product], order: Order
) -> dict[str, Mapping[str, str]]:
    """What each product is made from."""
    found: dict[str, Mapping[str, str]] = {}
    others = sorted(order.linked(library.house) - set(PLAIN))
    options, common = {"draft": order.draft} | ({"linked": others} if others else {}), shared(project)
    for slug in dict.fromkeys(product.slug for product in wanted):
        own = part(library, slug)
        every = planned(own.house, own.briefs[slug])
        told_in = {product.language: told(own, product) for product in every}
        known = {each.name: named(told_in[each.language], told_in[each.language].briefs[slug], each) for each in every}
        for product in (each for each in wanted if each.slug == slug):
            sisters = [metadata for name, metadata in known.items() if name != product.name]
            found[product.name] = common | inputs(project, own, product, sisters, options)
    return found


def remade(project: Project, order: Order, watch: Watch = unwatched) -> bytes:
    """Make the one PDF that `order` asks for, and publish nothing.

    Raises Refused with all problems, one of them where the library plans no such product.
    """
    library, found = examine(project, watch)
    stop_at_errors(found)
    wanted = [product for slug in order.slugs if slug in library.briefs for product in products(library, order)]
    if len(wanted) != 1:
        message = "this library plans no such product, or several"
        raise Refused([Problem(mark=library.house.mark("products"), rule="release", message=message)])
    entry, problems = make(project, library, wanted[0], order, watch)
    if entry is None:
        raise Refused(problems)
    return contents(entry.outputs[0])


def examine(
    project: Project, watch: Watch = unwatched, today: str | None = None, parse: Parse = read
) -> tuple[Library, tuple[Problem, ...]]:
    """Read and check the library: all that could be loaded, and the problems of all files, sorted.

    Rules about dates are asked only where `today` says which day it is, as ISO 8601 has it.
    """
    with watch("read", ""):
        reading = read_folder(project.briefs, project.root, parse)
    with watch("load", ""):
        library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    problems = (*reading.problems, *problems)
    del reading  # a third of a large library's memory, before the rules ask for theirs
    with watch("check", ""):
        found = check(library, today)
    return library, in_order([*problems, *found, *_lacking(project, library)])


def _lacking(project: Project, library: Library) -> Iterator[Problem]:
    """Say which files the house names or needs that assets/ doesn't have."""
    house, styles = library.house, project.styles()
    if "house" in library.unloaded:
        return
    for language in sorted({made.language for brief in library.briefs.values() for made in planned(house, brief)}):
        if not speaks(project.assets, language):
            message = f"pages in '{language}' have our own words in English: there is no assets/locale/{language}.po"
            hint = "translate assets/locale/messages.pot as assets/docs/languages.md says"
            mark = house.mark("language")
            yield Problem(mark=mark, rule="untranslated", severity="warning", message=message, hint=hint)
        yield from catalogues.faults(project.assets, language)
    if (style := house.citation_style) not in styles:
        known = f"name one of {', '.join(styles)}" if styles else "put a CSL file there"
        hint = did_you_mean(style, styles) or known
        message = f"assets/styles/ has no citation style '{style}'"
        yield Problem(mark=house.mark("citation_style"), rule="citation-style", message=message, hint=hint)
    yield from faults(house, project.briefs)
    if (file := house.brand.logo) and not (file.endswith(".svg") and project.has_asset(file)):
        message, hint = f"assets/ has no SVG file '{file}'", "name a file below assets/, as in `logo.svg`"
        yield Problem(mark=house.brand.mark("logo"), rule="logo", message=message, hint=hint)
    elif file:
        try:
            logo(file, project.assets)
        except Refused as refused:
            yield from refused.problems


def traced(project: Project, library: Library, brief: Brief) -> str:
    """Give a brief's trace as an HTML page of its own, whose links lead to the sources themselves."""
    judgements = argue(excerpt(library, (*brief.arguments.for_, *brief.arguments.against), (brief.id,)))
    words = wording(project.assets, brief.language or library.house.language)
    manuscript = compose(library, brief, project.templates, judgements, name="trace.md.jinja", wording=words)
    written = article(manuscript, project.assets / "styles" / f"{library.house.citation_style}.csl")
    added, (templates, assets) = faces(library.house, project.briefs), (project.templates, project.assets)
    return page(written, library.house, templates, assets, "alone", wording=words, added=added).html


def mapped(project: Project, library: Library, record: Argument | Brief, form: str) -> str:
    """Give the map of an argument or a brief as text in `form`, `svg` or `dot`; as SVG it has its fonts inside."""
    if isinstance(record, Brief):
        excerpted = excerpt(library, (*record.arguments.for_, *record.arguments.against), (record.id,))
        drawn = brief_map(library, record, argue(excerpted))
    else:
        drawn = argument_map(library, record, argue(excerpt(library, (record.id,))))
    if form == "dot":
        return dot(drawn)
    language = record.language if isinstance(record, Brief) else None
    words = wording(project.assets, language or library.house.language)
    sandbox, brand = environment(project.templates, **words.functions()), library.house.brand
    text = draw_map(sandbox, drawn, brand, record.id, wording=words)
    added = faces(library.house, project.briefs)
    if gaps := undrawn(missing(text, project.assets, added)):
        raise Refused(places(gaps, [record, *library.arguments.values()]))
    used = needed(text, project.assets, added)
    drawing = draw_map(sandbox, drawn, brand, record.id, drawing_faces(project.assets, text, used), wording=words)
    return stacked(drawing, used) + "\n"
