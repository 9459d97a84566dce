"""Take one product through all stages: a project, its library and a product in, a finished entry out.

Read from top to bottom, `made_entry` is the way of every product.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from pipeline.argue import argue, excerpt
from pipeline.audience import addressed
from pipeline.check.missing_glyph import places
from pipeline.check.page_budget import too_long
from pipeline.compose import compose, named
from pipeline.edition import Choice, Selection, choices
from pipeline.fit import Fitted, TooMuch, fit
from pipeline.forms import Article, Attachment, Entry, Manuscript, Metadata, Output, Page
from pipeline.kept import Kept
from pipeline.model import Brief, Library, Record
from pipeline.origin import attachments, part
from pipeline.problem import Problem, Refused
from pipeline.product import Order, Product, planned
from pipeline.project import Project
from pipeline.render.article import article
from pipeline.render.copies import copy
from pipeline.render.heights import Heights, plain
from pipeline.render.house_fonts import faces
from pipeline.render.measure import Measures
from pipeline.render.page import Look, page, proof
from pipeline.render.pdf import Layout, lacking, lay_out, written
from pipeline.shown import product_json
from pipeline.translation import translated
from pipeline.wording.catalogues import wording

Watch = Callable[[str, str], AbstractContextManager[None]]
"""Called with a stage and a brief's slug (empty for stages of the whole library); what it gives surrounds the stage."""


def unwatched(_stage: str, _brief: str) -> AbstractContextManager[None]:
    """Watch nothing."""
    return nullcontext()


def made_entry(line: Line) -> Entry:
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


class Line:
    """Makes one product, as often as its fitting asks for."""

    def __init__(self, project: Project, library: Library, product: Product, order: Order, watch: Watch) -> None:
        self.project, self.product, self.order, self.watch = project, product, order, watch
        self.name = product.name
        library = part(library, product.slug)
        plain = library.briefs[product.slug]
        others = [other for other in planned(library.house, plain) if other.name != product.name]
        self.sisters = [named_as(project, library, other) for other in others]
        self.untold = library
        self.library = library = told(library, product)
        self.brief = library.briefs[product.slug]
        self.whole = Selection.of(product)
        self.words = wording(project.assets, product.language)
        self.articles: dict[tuple[Choice, ...], Article] = {}
        self.records: dict[tuple[Choice, ...], tuple[Record, ...]] = {}
        """What each article prints the texts of, for problems to be told where they stand."""
        self.proved: tuple[tuple[Choice, ...], Page] | None = None
        """The last page that was laid out, and what it leaves out."""
        self.added = faces(library.house, project.briefs)
        self.kept = kept_for(project, order)
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
            self.records[left_out] = tuple(_printed(self.library, self.brief, manuscript))
            style = self.project.assets / "styles" / f"{house.citation_style}.csl"
            made = article(manuscript, style, self.kept)
        self.articles[left_out] = made
        return made

    def copies(self, forms: Iterable[str], path: str, left_out: tuple[Choice, ...]) -> Iterator[Output]:
        """The article in other forms, at a path without its ending."""
        for form in sorted(forms):
            with self.watch(form, self.name):
                written, house, draft = self.article(left_out), self.library.house, self.look == "draft"
                if form == "json":
                    shown = self.whole.without(left_out)
                    made = product_json(self.library, self.brief, shown, self.judgements, written.metadata)
                else:
                    assets, words = self.project.assets, self.words
                    made = copy(written, form, house, assets, draft=draft, wording=words, added=self.added)
                yield Output(path=f"{path}.{form}", data=made)

    def page(self, left_out: tuple[Choice, ...]) -> Page:
        """The finished pages without what is left out."""
        written = self.article(left_out)
        templates, assets, house = self.project.templates, self.project.assets, self.library.house
        look, sisters = self.look, self.sisters
        with self.watch("page", self.name):
            forms, words = self.order.linked(house), self.words
            made = page(
                written, house, templates, assets, look, sisters, wording=words, added=self.added, forms=forms,
                kept=self.kept,
            )  # fmt: skip
            stop_at_errors(list(places(lacking(made, assets, self.added), self.records[left_out])))
            return made

    def attachments(self) -> tuple[Attachment, ...]:
        """What the product is made from."""
        return attachments(self.project, self.untold, self.product, draft=self.look == "draft")

    def fitted(self) -> Fitted[Layout]:
        """Lay it out with as little left out as its pages allow; raises Refused where even the least is too much.

        Where the same was laid out before, what is kept of that decides, and the engine makes the last layout alone.
        """
        pages, parts = self.whole.shape.pages, choices(self.library, self.brief, self.whole)
        try:
            return (self._fitted_as_before(parts, pages) if pages else None) or fit(parts, self.layout, pages)
        except TooMuch as error:
            raise Refused([too_long(self.brief, self.whole.shape, error)]) from error

    def _fitted_as_before(self, parts: Sequence[Choice], pages: int) -> Fitted[Layout] | None:
        """The same from what is kept and what is laid out besides; None where what was kept is not so."""
        heights = Heights(self.kept, self.project.assets, self.added, self.library.house.limits.pages)
        try:
            found = fit(parts, lambda left_out: self.measured(left_out, heights), pages)
        except TooMuch:
            if heights.found:
                return None
            raise
        laid = found.laid if isinstance(found.laid, Layout) else self.layout(found.left_out)
        if plain(laid) != plain(found.laid):
            return None
        return Fitted(laid=laid, left_out=found.left_out, layouts=found.layouts)

    def measured(self, left_out: tuple[Choice, ...], heights: Heights) -> Measures:
        """How high it comes out without what is left out: from what is kept, or from a layout."""
        self.article(left_out)
        with self.watch("layout", self.name):
            if known := heights.get(self._proof(left_out)):
                return known
            laid = self._laid(left_out)
            heights.put(self._proof(left_out), laid)
            return laid

    def layout(self, left_out: tuple[Choice, ...]) -> Layout:
        """The layout without what is left out."""
        self.article(left_out)
        with self.watch("layout", self.name):
            return self._laid(left_out)

    def _laid(self, left_out: tuple[Choice, ...]) -> Layout:
        made, assets = self._proof(left_out), self.project.assets
        stop_at_errors(list(places(lacking(made, assets, self.added), self.records[left_out])))
        return lay_out(made, assets, self.added, self.library.house.limits.pages)

    def _proof(self, left_out: tuple[Choice, ...]) -> Page:
        """The page that is laid out without what is left out; the last one is at hand."""
        if self.proved is None or self.proved[0] != left_out:
            written, templates, assets = self.article(left_out), self.project.templates, self.project.assets
            house, words, added = self.library.house, self.words, self.added
            made = proof(written, house, templates, assets, self.look, wording=words, added=added)
            self.proved = (left_out, made)
        return self.proved[1]


def kept_for(project: Project, order: Order) -> Kept:
    """What stages have made before, as far as an order wants to know."""
    return Kept(folder=project.kept if order.keep else None, asked=not order.fresh)


def told(library: Library, product: Product) -> Library:
    """The library in the language of a product, as far as its brief goes, and as its readers are told it."""
    written_in = library.briefs[product.slug].language or library.house.language
    if product.language != written_in:
        library = translated(library, product.language, (product.slug,))
    return addressed(library, product.audience, product.region)


def named_as(project: Project, library: Library, product: Product) -> Metadata:
    """What catalogues, readers and machines are told about a product, in its language."""
    said = told(library, product)
    return named(said, said.briefs[product.slug], product, wording(project.assets, product.language))


def _printed(library: Library, brief: Brief, manuscript: Manuscript) -> Iterator[Record]:
    """The records whose texts a brief prints."""
    yield from (brief, library.house)
    yield from (library.arguments[id] for id in (*brief.arguments.for_, *brief.arguments.against))
    yield from (library.figures[drawing.id] for drawing in manuscript.drawings if drawing.id in library.figures)
    yield from (library.sources[str(item["id"])] for item in manuscript.references)


def stop_at_errors(problems: Sequence[Problem]) -> None:
    """Raise Refused with all problems where one of them is an error."""
    if any(problem.severity == "error" for problem in problems):
        raise Refused(problems)
