"""Build briefs: a project in, a release out; the only module that knows every stage.

Read from top to bottom, `build` and `_entry` are the program's table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import cache

from pipeline.argue import argue, excerpt
from pipeline.argument_map import argument_map, brief_map
from pipeline.audience import addressed
from pipeline.check import check
from pipeline.check.missing_glyph import places
from pipeline.check.page_budget import too_long
from pipeline.compose import compose, named
from pipeline.drawing import draw_map
from pipeline.drawing.dot import dot
from pipeline.edition import Choice, Selection, choices
from pipeline.executor import spread
from pipeline.fit import Fitted, TooMuch, fit
from pipeline.forms import Article, Attachment, Entry, Manuscript, Metadata, Output, Page
from pipeline.inputs import inputs, shared
from pipeline.load import load
from pipeline.model import Argument, Brief, Library, Record
from pipeline.origin import attachments
from pipeline.problem import Problem, Refused, did_you_mean, in_order
from pipeline.product import Order, Product, planned, products
from pipeline.project import Project
from pipeline.publish import Release, done_before, publish, reasons
from pipeline.render.article import article
from pipeline.render.copies import copy
from pipeline.render.fonts import drawing_faces
from pipeline.render.logo import logo
from pipeline.render.page import Look, index, page, proof
from pipeline.render.pdf import Layout, lacking, lay_out, written
from pipeline.shown import product_json
from pipeline.source import read_folder
from pipeline.templating import environment
from pipeline.translation import translated
from pipeline.wording.catalogues import speaks, wording
from pipeline.wording.language import Wording

EVERYTHING = Order()
Watch = Callable[[str, str], AbstractContextManager[None]]
"""Called with a stage and a brief's slug (empty for stages of the whole library); what it gives surrounds the stage."""


def unwatched(_stage: str, _brief: str) -> AbstractContextManager[None]:
    """Watch nothing."""
    return nullcontext()


def build(
    project: Project, order: Order = EVERYTHING, watch: Watch = unwatched, today: str | None = None, jobs: int = 1
) -> Release:
    """Build what `order` asks for, and publish it when every product has come out well.

    Raises Refused with the problems of all briefs, and ToolFailed when a tool or the machine fails; the
    output folder is as it was then. Raises KeyError for a slug that the library doesn't have. `today` is
    for rules about dates alone; nothing of it is printed. With several `jobs`, as many processes make products.
    """
    library, found = examine(project, watch, today)
    _stop_at_errors(found)
    wanted = tuple(products(library, order))
    with watch("compare", ""):
        made_from = _inputs(project, library, wanted, order)
        done = {} if order.fresh else done_before(project.output, made_from, order.forms(library.house))
        why = reasons(project.output, {name: made_from[name] for name in made_from if name not in done})
    left = [product for product in wanted if product.name not in done]
    if min(jobs, len(left)) > 1:
        made = _made_by_many(project, left, order, watch, min(jobs, len(left)))
    else:
        made = [_made(project, library, product, order, watch) for product in left]
    problems = [*found, *(problem for _, refused in made for problem in refused)]
    _stop_at_errors(problems)
    for entry in filter(None, (entry for entry, _ in made)):
        done[entry.metadata.file] = replace(entry, inputs=made_from[entry.metadata.file])
    entries = [done[product.name] for product in wanted]
    with watch("publish", ""):
        release = publish(
            project.output,
            entries,
            lambda listed: index(
                listed, library.house, project.templates, project.assets, _words(project, library.house.language)
            ),
            whole=order.whole,
        )
    left_out = {entry.metadata.file: entry.left_out for entry in entries if entry.left_out}
    return replace(release, problems=in_order(problems), products=len(entries), left_out=left_out, why=why)


def _inputs(
    project: Project, library: Library, wanted: Sequence[Product], order: Order
) -> dict[str, Mapping[str, str]]:
    """What each product is made from."""
    found: dict[str, Mapping[str, str]] = {}
    options, common = {"draft": order.draft}, shared(project)
    for slug in dict.fromkeys(product.slug for product in wanted):
        every = planned(library.house, library.briefs[slug])
        told = {product.language: _told(library, product) for product in every}
        known = {each.name: named(told[each.language], told[each.language].briefs[slug], each) for each in every}
        for product in (each for each in wanted if each.slug == slug):
            sisters = [metadata for name, metadata in known.items() if name != product.name]
            found[product.name] = common | inputs(project, library, product, sisters, options)
    return found


def remade(project: Project, order: Order, watch: Watch = unwatched) -> bytes:
    """Make the one PDF that `order` asks for, and publish nothing.

    Raises Refused with all problems, one of them where the library plans no such product.
    """
    library, found = examine(project, watch)
    _stop_at_errors(found)
    wanted = [product for slug in order.slugs if slug in library.briefs for product in products(library, order)]
    if len(wanted) != 1:
        message = "this library plans no such product, or several"
        raise Refused([Problem(mark=library.house.mark("products"), rule="release", message=message)])
    entry, problems = _made(project, library, wanted[0], order, watch)
    if entry is None:
        raise Refused(problems)
    return entry.outputs[0].data


def examine(
    project: Project, watch: Watch = unwatched, today: str | None = None
) -> tuple[Library, tuple[Problem, ...]]:
    """Read and check the library: all that could be loaded, and the problems of all files, sorted.

    Rules about dates are asked only where `today` says which day it is, as ISO 8601 has it.
    """
    with watch("read", ""):
        reading = read_folder(project.briefs, project.root)
    with watch("load", ""):
        library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    with watch("check", ""):
        found = check(library, today)
    return library, in_order([*reading.problems, *problems, *found, *_lacking(project, library)])


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


_Made = tuple[Entry | None, tuple[Problem, ...]]
"""A finished product, or why there is none."""


def _made(project: Project, library: Library, product: Product, order: Order, watch: Watch = unwatched) -> _Made:
    try:
        return _entry(_Line(project, library, product, order, watch)), ()
    except Refused as refused:
        return None, refused.problems


def _made_by_many(project: Project, wanted: Sequence[Product], order: Order, watch: Watch, jobs: int) -> list[_Made]:
    """Let other processes make the products; each reads the library for itself, since records know their files."""
    results = spread(_made_apart, [(project, product, order) for product in wanted], jobs)
    made = []
    for product in wanted:
        with watch("make", product.name):
            made.append(next(results))
    return made


def _made_apart(project: Project, product: Product, order: Order) -> _Made:
    return _made(project, _library(project), product, order)


@cache
def _library(project: Project) -> Library:
    """What this process has read; the rules were asked before it began."""
    reading = read_folder(project.briefs, project.root)
    return load(reading.documents, reading.unread, reading.texts, reading.catalogues)[0]


def _entry(line: _Line) -> Entry:
    """Take one product through all stages."""
    product, order, done = line.product, line.order, None
    forms = order.forms(line.library.house)
    if "pdf" in forms or line.whole.shape.pages:
        done = line.fitted()
    left_out = done.left_out if done else ()
    made = line.page(left_out)
    mark = "-DRAFT" if order.draft else ""
    outputs, pages = [], None
    if "html" in forms:
        outputs.append(Output(path=f"{product.slug}/{made.metadata.html}{mark}.html", data=made.html.encode()))
    if "pdf" in forms and done:
        with line.watch("pdf", product.name):
            printed = written(done.laid, line.attachments())
        outputs.append(Output(path=f"{product.slug}/{product.name}{mark}.pdf", data=printed.data))
        pages = printed.pages
    outputs += line.copies(forms - {"pdf", "html"}, f"{product.slug}/{product.name}{mark}", left_out)
    return Entry(
        metadata=made.metadata,
        outputs=tuple(outputs),
        pages=pages,
        minutes=made.minutes,
        draft=order.draft,
        left_out=tuple(address for choice in left_out for address in choice.addresses),
    )


class _Line:
    """Makes one product, as often as its fitting asks for."""

    def __init__(self, project: Project, library: Library, product: Product, order: Order, watch: Watch) -> None:
        self.project, self.product, self.order, self.watch = project, product, order, watch
        self.name = product.name
        plain = library.briefs[product.slug]
        others = [other for other in planned(library.house, plain) if other.name != product.name]
        self.sisters = [_named(project, library, other) for other in others]
        self.untold = library
        self.library = library = _told(library, product)
        self.brief = library.briefs[product.slug]
        self.whole = Selection(name=product.name, edition=product.edition, audience=product.audience)
        self.words = _words(project, product.language)
        self.articles: dict[tuple[Choice, ...], Article] = {}
        self.look: Look = "draft" if order.draft else "finished"
        with watch("argue", self.name):
            ids = (*self.brief.arguments.for_, *self.brief.arguments.against)
            self.judgements = argue(excerpt(library, ids, (self.brief.id,)))

    def article(self, left_out: tuple[Choice, ...]) -> Article:
        """The article without what is left out; it is made once."""
        if left_out in self.articles:
            return self.articles[left_out]
        house, shown = self.library.house, self.whole.without(left_out)
        with self.watch("compose", self.name):
            manuscript = compose(
                self.library, self.brief, self.project.templates, self.judgements, shown, wording=self.words
            )
        with self.watch("article", self.name):
            self.records = tuple(_printed(self.library, self.brief, manuscript))
            made = article(manuscript, self.project.assets / "styles" / f"{house.citation_style}.csl")
        self.articles[left_out] = made
        return made

    def copies(self, forms: Iterable[str], path: str, left_out: tuple[Choice, ...]) -> Iterator[Output]:
        """The article in other forms, at a path without its ending."""
        for form in sorted(forms):
            with self.watch(form, self.name):
                written, brand, draft = self.article(left_out), self.library.house.brand, self.look == "draft"
                if form == "json":
                    shown = self.whole.without(left_out)
                    made = product_json(self.library, self.brief, shown, self.judgements, written.metadata)
                else:
                    made = copy(written, form, brand, self.project.assets, draft=draft, wording=self.words)
                yield Output(path=f"{path}.{form}", data=made)

    def page(self, left_out: tuple[Choice, ...]) -> Page:
        """The finished pages without what is left out."""
        written = self.article(left_out)
        templates, assets, house = self.project.templates, self.project.assets, self.library.house
        with self.watch("page", self.name):
            return page(written, house, templates, assets, self.look, self.sisters, wording=self.words)

    def attachments(self) -> tuple[Attachment, ...]:
        """What the product is made from."""
        return attachments(self.project, self.untold, self.product, draft=self.look == "draft")

    def fitted(self) -> Fitted[Layout]:
        """Lay it out with as little left out as its pages allow; raises Refused where even the least is too much."""
        project, house = self.project, self.library.house

        def lay(left_out: tuple[Choice, ...]) -> Layout:
            written = self.article(left_out)
            with self.watch("layout", self.name):
                made = proof(written, house, project.templates, project.assets, self.look, wording=self.words)
                _stop_at_errors(list(places(lacking(made, project.assets), self.records)))
                return lay_out(made, project.assets)

        try:
            return fit(choices(self.library, self.brief, self.whole), lay, self.whole.shape.pages)
        except TooMuch as error:
            raise Refused([too_long(self.brief, self.whole.shape, error)]) from error


def _told(library: Library, product: Product) -> Library:
    """The library in the language of a product, as far as its brief goes, and as its readers are told it."""
    written_in = library.briefs[product.slug].language or library.house.language
    if product.language != written_in:
        library = translated(library, product.language, (product.slug,))
    return addressed(library, product.audience)


def _named(project: Project, library: Library, product: Product) -> Metadata:
    told = _told(library, product)
    return named(told, told.briefs[product.slug], product, _words(project, product.language))


def _words(project: Project, language: str) -> Wording:
    """The words that pages in a language print."""
    return wording(project.assets, language)


def _printed(library: Library, brief: Brief, manuscript: Manuscript) -> Iterator[Record]:
    """The records whose texts a brief prints."""
    yield from (brief, library.house)
    yield from (library.arguments[id] for id in (*brief.arguments.for_, *brief.arguments.against))
    yield from (library.figures[drawing.id] for drawing in manuscript.drawings if drawing.id in library.figures)
    yield from (library.sources[str(item["id"])] for item in manuscript.references)


def traced(project: Project, library: Library, brief: Brief) -> str:
    """Give a brief's trace as an HTML page of its own, whose links lead to the sources themselves."""
    judgements = argue(excerpt(library, (*brief.arguments.for_, *brief.arguments.against), (brief.id,)))
    words = _words(project, brief.language or library.house.language)
    manuscript = compose(library, brief, project.templates, judgements, name="trace.md.jinja", wording=words)
    written = article(manuscript, project.assets / "styles" / f"{library.house.citation_style}.csl")
    return page(written, library.house, project.templates, project.assets, "alone", wording=words).html


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
    words = _words(project, language or library.house.language)
    sandbox, brand = environment(project.templates, **words.functions()), library.house.brand
    text = draw_map(sandbox, drawn, brand, record.id, wording=words)
    return draw_map(sandbox, drawn, brand, record.id, drawing_faces(project.assets, text), wording=words) + "\n"


def _stop_at_errors(problems: Sequence[Problem]) -> None:
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)
