"""Choose what an edition of a brief shows: a brief and a product in; what is left out, and what may be, out.

A brief's own parts have addresses like its results: `open-models#pull-figure-2`, `open-models#why-now`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from pipeline.argument import Argument, Evidence, Ground, Objection
from pipeline.model import Brief, KeyMessage, Library
from pipeline.parts import results
from pipeline.printed import chosen
from pipeline.product import Product
from pipeline.record import Audience, Edition, Item
from pipeline.wording.said import Said, counted, say

Part = TypeVar("Part", Ground, Objection)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """What an edition is made of, and how much room it has."""

    title: str
    """What it is called on its page; empty for the usual one."""
    template: str
    pages: int | None = None
    """The most pages it may have."""
    printed: int | None = 6
    """The most pages that a browser may print it on: it sets four pages a little wider."""
    bytes: int = 450_000
    """What its HTML page must weigh less than."""


SHAPES: Mapping[Edition, Shape] = {
    "one-page": Shape(title=say("One page"), template="one-page.md.jinja", pages=1, printed=2),
    "brief": Shape(title="", template="manuscript.md.jinja", pages=4),
    "full": Shape(title=say("Full edition"), template="manuscript.md.jinja", printed=None, bytes=900_000),
    "questions": Shape(title=say("Questions and answers"), template="questions.md.jinja", printed=None),
}
"""Every edition."""
PARTS_IN_WORDS: Mapping[str, Callable[[int], Said]] = {
    "ground": partial(counted, "one ground", "{number} grounds"),
    "objection": partial(counted, "one objection", "{number} objections"),
    "figure": partial(counted, "one figure", "{number} figures"),
    "box": partial(counted, "one box", "{number} boxes"),
    "passage": partial(counted, "one passage", "{number} passages"),
    "recommendation": partial(counted, "one recommendation", "{number} recommendations"),
    "key message": partial(counted, "one key message", "{number} key messages"),
    "disputed point": partial(counted, "one disputed point", "{number} disputed points"),
}
"""What is left out, counted."""
MESSAGES = 3
"""How many key messages one page keeps."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """A part that an edition may do without, with what can't be shown when it is gone."""

    addresses: tuple[str, ...]
    what: str
    """What it is, in words: `ground`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What a product shows of a brief: everything that is for its reader, but for what was left out."""

    name: str = ""
    """What the product's files are called; left out, as the brief."""
    edition: Edition = "brief"
    audience: Audience | None = None
    region: str | None = None
    left_out: tuple[Choice, ...] = ()
    """What was left out because pages are few."""
    personal: bool = False
    """Whether it is a copy for a recipient, and has the letter."""

    @classmethod
    def of(cls, product: Product) -> Selection:
        """All that a product may show."""
        return cls(name=product.name, edition=product.edition, audience=product.audience, region=product.region)

    @property
    def shape(self) -> Shape:
        """What the edition is made of."""
        return SHAPES[self.edition]

    def without(self, choices: Sequence[Choice]) -> Selection:
        """The same, with these choices left out and no other."""
        return replace(self, left_out=tuple(choices))

    def shows(self, address: str, item: Item | None = None) -> bool:
        """Whether it shows the part at an address."""
        meant = item is None or not item.audiences or self.audience in item.audiences
        return meant and not any(address in choice.addresses for choice in self.left_out)

    def grounds(self, brief: Brief, argument: Argument) -> tuple[Ground, ...]:
        """The grounds that it shows of an argument."""
        return self._chosen(argument, argument.grounds, brief.grounds)

    def objections(self, brief: Brief, argument: Argument) -> tuple[Objection, ...]:
        """The objections that it shows to an argument."""
        return self._chosen(argument, argument.objections, brief.objections)

    def _chosen(self, argument: Argument, items: tuple[Part, ...], targets: Sequence[str]) -> tuple[Part, ...]:
        """The items that the brief names; all of them in an edition that goes beyond the brief."""
        found = chosen(argument, items, () if self.edition in ("full", "questions") else targets)
        return tuple(item for item in found if self.shows(f"{argument.id}/{item.id}", item))

    def applied(self, brief: Brief) -> Brief:
        """The brief with the lists and texts that the product shows, for templates to print; not its results."""
        kept: dict[str, Any] = {
            name: tuple(item for address, item in numbered(brief, name) if self.shows(address, item))
            for name in ("pull_figures", "boxes", "glossary", "options")
        }
        if not self.shows(part_address(brief, "glossary")):
            kept["glossary"] = ()
        everything = brief.figures_shown() if self.edition == "full" else ()
        leading = [id for id in everything if id not in brief.figures_placed()]
        kept["figures"] = tuple(id for id in (*brief.figures, *leading) if self.shows(figure_address(brief, id)))
        for name in ("why_now", "affected", "background", "implementation", "explainer"):
            kept[name] = getattr(brief, name) if self.shows(part_address(brief, name)) else None
        return brief.model_copy(update=kept)


def numbered(brief: Brief, name: str) -> Iterator[tuple[str, Any]]:
    """The items of a brief's list, each with its address."""
    singular = {"glossary": "term", "boxes": "box"}.get(name, name.removesuffix("s")).replace("_", "-")
    yield from ((f"{brief.id}#{singular}-{number}", item) for number, item in enumerate(getattr(brief, name), 1))


def part_address(brief: Brief, name: str) -> str:
    """The address of a text of the brief."""
    return f"{brief.id}#{name.replace('_', '-')}"


def figure_address(brief: Brief, id: str) -> str:
    """The address of a figure, as far as a brief sets it."""
    return f"{brief.id}#figure-{id}"


def disputed(library: Library, brief: Brief) -> tuple[tuple[str, str], ...]:
    """What informed people still disagree on: what the brief says, or else its arguments, each with its address."""
    ids = (*brief.arguments.for_, *brief.arguments.against)
    texts = brief.contested or tuple(text for id in ids for text in library.arguments[id].contested)
    return tuple((f"{brief.id}#contested-{number}", text) for number, text in enumerate(texts, 1))


def lead_figure(library: Library, brief: Brief) -> str:
    """The figure that one page shows: what the brief says, the first in the margin, or the first; empty for none."""
    ids = brief.figures_placed()
    narrow = (id for id in ids if library.figures[id].width == "margin")
    return brief.lead_figure or next(narrow, next(iter(ids), ""))


def beside(library: Library, brief: Brief) -> list[tuple[str, Any]]:
    """The large figures that one page may set below its figure, those that repeat its source last."""
    lead = library.figures.get(lead_figure(library, brief))
    told = lead.sources if lead and lead.width == "margin" else ()
    return sorted(numbered(brief, "pull_figures"), key=lambda pair: pair[1].source in told)


def choices(library: Library, brief: Brief, shown: Selection) -> tuple[Choice, ...]:
    """Give what an edition may do without, from what is kept longest to what goes first."""
    if shown.edition == "one-page":
        found = [*_choices_of_one_page(library, brief, shown)]
    elif shown.edition == "brief":
        found = [*_choices_of_brief(library, brief, shown)]
    else:
        found = []
    return tuple(choice for _, choice in sorted(found, key=lambda pair: _RANKS[pair[0]]))


_Ranked = tuple[str | None, Choice]
"""A choice with its `priority`."""
_RANKS: Mapping[str | None, int] = {"first": 0, None: 1, "last": 2}


def _choices_of_brief(library: Library, brief: Brief, shown: Selection) -> Iterator[_Ranked]:
    """An objection to a ground goes with its ground and never without it; those to a claim stay with the claim."""
    for id in (*brief.arguments.for_, *brief.arguments.against):
        argument = library.arguments[id]
        aimed: dict[str | None, list[str]] = {}
        for objection in shown.objections(brief, argument):
            aimed.setdefault(objection.target, []).append(f"{id}/{objection.id}")
        for ground in shown.grounds(brief, argument)[1:]:
            yield ground.priority, Choice(addresses=(f"{id}/{ground.id}", *aimed.get(ground.id, ())), what="ground")
    yield from ((None, Choice(addresses=(figure_address(brief, id),), what="figure")) for id in brief.figures)
    yield from _of_list(brief, "boxes", "box", shown)
    yield from _of_texts(brief, "implementation", "affected")
    yield from _of_texts(brief, "glossary")
    for name in ("how_it_works", "behind_the_news") if brief.explainer else ():
        yield None, Choice(addresses=(part_address(brief, name),), what="passage")


def _choices_of_one_page(library: Library, brief: Brief, shown: Selection) -> Iterator[_Ranked]:
    others = cases(library, brief, shown)[1:]
    answers = [(None if isinstance(item, Argument) else item.priority, Choice(addresses=(address,), what="objection"))
               for address, item in others]  # fmt: skip
    advice = [(item.priority, Choice(addresses=(address,), what="recommendation")) for address, item in results(brief)
              if not isinstance(item, KeyMessage) and shown.shows(address, item)][1:]  # fmt: skip
    messages = [(item.priority, Choice(addresses=(address,), what="key message")) for address, item in results(brief)
                if isinstance(item, KeyMessage) and shown.shows(address, item)][MESSAGES:]  # fmt: skip
    large = [(item.priority, Choice(addresses=(address,), what="figure")) for address, item in beside(library, brief)
             if shown.shows(address, item)]  # fmt: skip
    lead = lead_figure(library, brief)
    figure = [(None, Choice(addresses=(figure_address(brief, lead),), what="figure"))] if lead else []
    narrow = lead and library.figures[lead].width == "margin"
    yield from (*(figure if narrow else ()), *advice[:1], *large[:1], *advice[1:], *large[1:])
    yield from () if narrow else figure
    parts = ("our_view", "whats_new", "yes_but", "why_it_matters", "how_it_works", "behind_the_news")
    for name in parts if brief.explainer else ():
        yield None, Choice(addresses=(part_address(brief, name),), what="passage")
    if brief.why_now or brief.affected:
        yield None, Choice(addresses=(part_address(brief, "why_now"), part_address(brief, "affected")), what="passage")
    yield from answers[:1]
    yield from messages
    yield from ((None, Choice(addresses=(address,), what="disputed point")) for address, _ in disputed(library, brief))
    yield from answers[1:]


def _of_list(brief: Brief, name: str, what: str, shown: Selection) -> Iterator[_Ranked]:
    for address, item in numbered(brief, name):
        if shown.shows(address, item):
            yield item.priority, Choice(addresses=(address,), what=what)


def _of_texts(brief: Brief, *names: str) -> Iterator[_Ranked]:
    for name in names:
        if getattr(brief, name):
            yield None, Choice(addresses=(part_address(brief, name),), what="passage")


def strongest(library: Library, brief: Brief, shown: Selection) -> list[tuple[str, Objection]]:
    """The objections that a brief shows to the arguments for its answer, the strongest first.

    Strong is what its author puts first, then what rests on strong evidence, then what comes first in the files.
    """
    found = [
        (f"{id}/{objection.id}", objection)
        for id in brief.arguments.for_
        for objection in shown.objections(brief, library.arguments[id])
    ]
    return sorted(found, key=lambda pair: (_RANKS[pair[1].priority], _weight(pair[1].evidence)))


def cases(library: Library, brief: Brief, shown: Selection) -> list[tuple[str, Argument | Objection]]:
    """What one page may print against a brief's answer, the strongest first.

    An argument against it comes before objections to single arguments, but for those that their author puts first.
    """
    objections = strongest(library, brief, shown)
    against = ((id, library.arguments[id]) for id in brief.arguments.against if shown.shows(id))
    first = [pair for pair in objections if pair[1].priority == "first"]
    return [*first, *against, *objections[len(first) :]]


def foremost(brief: Brief, shown: Selection, argument: Argument) -> Ground | None:
    """The ground that one page prints of an argument against its answer: the first that the brief shows."""
    on_the_page = shown.edition == "one-page" and argument.id in brief.arguments.against and shown.shows(argument.id)
    return next(iter(shown.grounds(brief, argument)), None) if on_the_page else None


def _weight(evidence: Sequence[Evidence]) -> int:
    """How strong the best evidence is that speaks for an objection; 0 is strongest.

    Context bears no weight, and what supports the claim speaks against the objection.
    """
    order = ("strong", "moderate", "weak")
    found = (order.index(item.strength) for item in evidence if item.direction == "disputes")
    return min(found, default=len(order))
