"""Lay out what all copies in one language share: entries in; problems, and a master with gaps for what differs, out."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Any

from pipeline.edition import Choice
from pipeline.fit import Fitted
from pipeline.folder import Pieces
from pipeline.forms import Article, Page
from pipeline.line import Line, Watch
from pipeline.merge.cover import before, cover_article, cover_page, laid_out
from pipeline.merge.document import BREAK, Document, word_document
from pipeline.merge.entries import Entries, Entry
from pipeline.merge.identity import identified, instance
from pipeline.merge.roll import RULE, Faults, known_as
from pipeline.merge.spool import Ready
from pipeline.merge.template import LABEL, Template, label, template
from pipeline.model import Library
from pipeline.problem import Mark, Problem, Refused, ToolFailed
from pipeline.product import Order, Product
from pipeline.project import Project
from pipeline.recipient import Cover, RecipientSlot
from pipeline.render.copies import copy
from pipeline.render.gaps import PIXELS, Gap, Gaps, numbered, spoken
from pipeline.render.pdf import Layout, written
from pipeline.render.slots import PLACES, astray, fillable, marked, place, placed
from pipeline.render.xmp import END

KEPT = 4096
"""How many runs are remembered, of each master: districts come again and again."""
IDENTIFIER = '<meta name="dcterms.identifier" content="'
"""Where a page says what it is."""
_TAG, _NAME = re.compile(r"<\w[^<>]*>"), re.compile(r'( (?:id="|aria-labelledby="|href="#))(?=[^"])')
TOLERANCE = 0.05
"""By how many CSS pixels something may be wider than its place; nobody sees it."""


class Master(Line):
    """The line of a product whose slots are kept as places."""

    def __init__(self, project: Project, library: Library, product: Product, entries: Entries, watch: Watch) -> None:
        super().__init__(project, with_places(library, product.slug), product, Order(), watch)
        self.entries, self.slots = entries, entries.variants[product.language].recipient.slots
        self.whole = replace(self.whole, personal=True)
        self.identifier = entries.variants[product.language].identifier
        self.letters = frozenset(entries.letters.get(product.language, ()))
        self.longest = 0
        """How many bytes the longest label has."""
        self._kept = lru_cache(KEPT)(self._run)

    def article(self, left_out: tuple[Choice, ...]) -> Article:
        """The article, with slots in their places; raises Refused where one stands where none can."""
        return self._placed(super().article(left_out))

    def _placed(self, made: Article) -> Article:
        if wrong := [self.slots[number] for number in astray(made)]:
            raise Refused(_astray(slot) for slot in wrong)
        foreign = self.library.foreign
        own = self.product.language if foreign else ""  # a slot may stand in a text of another language
        slots = [(slot.width, foreign.get(slot.text or "", own)) for slot in self.slots]
        return placed(made, slots, self.letters)

    @property
    def cover(self) -> Cover | None:
        """The letter that stands before each copy."""
        return self.brief.recipient.cover if self.brief.recipient else None

    @cached_property
    def cover_article(self) -> Article | None:
        """What it says, with slots in their places."""
        return self._placed(cover_article(self, self.cover)) if self.cover else None

    @cached_property
    def cover_page(self) -> Page | None:
        """Its page."""
        return cover_page(self, self.cover_article) if self.cover_article else None

    @cached_property
    def laid(self) -> Fitted[Layout]:
        """The layout of all copies."""
        fitted = self.fitted()
        if not (self.cover and self.cover_page):
            return fitted
        return replace(fitted, laid=before(laid_out(self, self.cover, self.cover_page), fitted.laid))

    @cached_property
    def gaps(self) -> Gaps:
        """Its gaps; raises Refused where one stands out of the text, or there is none."""
        gaps = Gaps(self.laid.laid.document)
        wide = {gap.slot: gap.over for gap in gaps.gaps if gap.over > TOLERANCE}
        if wide:
            raise Refused(_wide(self.slots[number], over) for number, over in wide.items())
        if not gaps.gaps:
            raise Refused([_unseen(self.brief.mark("recipient"))])
        return gaps

    def measure(self, entry: Entry, faults: Faults) -> tuple[bytes, ...]:
        """Set an entry's texts, and tell of each that is wider than its slot; give what draws them, gap by gap."""
        self.longest = max(self.longest, len(label(entry.called)))
        runs, told = [], set[int]()
        for number, gap in enumerate(self.gaps.gaps):
            run, width = self._kept(number, entry.texts[gap.slot])
            runs.append(run)
            if width > gap.room + TOLERANCE and gap.slot not in told:
                told.add(gap.slot)
                self._too_wide(entry, gap, width, faults)
        return tuple(runs)

    def _too_wide(self, entry: Entry, gap: Gap, width: float, faults: Faults) -> None:
        slot = self.slots[gap.slot]
        columns = [known_as(name) for name in slot.columns] or [""]
        longest = max(columns, key=lambda column: len(self.entries.roll.cell(entry.row, column)))
        message = (
            f"the text of the slot '{slot.id}' is {width / PIXELS:.1f} mm wide here, and the slot {slot.width:g} mm"
        )
        faults.add(self.entries.roll.mark_of(entry.row, longest), message, "shorten it, or give the slot more `width:`")

    @cached_property
    def template(self) -> Template:
        """The master, written once all entries have been measured."""
        self.gaps.mean(self.letters)
        with self.watch("pdf", self.name), self.gaps.kept():
            made = written(self.laid.laid, self.attachments(), self._finish)
        lengths = {gap.token: max(gap.longest, len(gap.token)) for gap in self.gaps.gaps}
        words = {gap.word: max(gap.longest_said, len(gap.word)) for gap in self.gaps.gaps if gap.told}
        return template(made.data, lengths, words, self.label_room)

    @property
    def label_room(self) -> int:
        """How long labels may be."""
        return max(self.longest, len(LABEL)) if self.longest else 0

    def _finish(self, file: Any) -> None:
        self.gaps.finish(file)
        if self.cover:
            numbered(file, self.words.gettext("Cover letter"))
        packet = file.objects[int(file.catalog["Metadata"].split()[0])]
        room = LABEL.ljust(self.label_room) + b"\n" if self.label_room else b""
        packet.stream[0] = packet.stream[0].replace(END, room + END)

    def copy(self, ready: Ready) -> Pieces:
        """The bytes of one copy, in pieces."""
        urn = instance(self.identifier, ready)
        words = [spoken(ready.texts[gap.slot]) for gap in self.gaps.gaps if gap.told]
        return self.template.copy(ready.runs, words, ready.called, urn, ready.digest[:16].hex().encode())

    @cached_property
    def page_of(self) -> tuple[str, Callable[[Sequence[str]], str]]:
        """The page for browsers up to where its identifier stands, and what puts a copy's texts into the rest of it."""
        head, name, rest = self.page(self.laid.left_out).html.partition(IDENTIFIER)
        if not name:
            raise ToolFailed("the page has no place for the identifier of a copy")
        return head + name, fillable(rest[rest.index('"') :])

    def page_copy(self, ready: Ready) -> Pieces:
        """One copy as a page for browsers."""
        head, filled = self.page_of
        return [f"{head}{identified(self.identifier, ready)}{filled(ready.texts)}".encode()]

    @cached_property
    def document(self) -> Document:
        """The Word document of all copies, with the cover letter on a page before it."""
        made, cover = marked(self.article(self.laid.left_out)), self.cover_article
        before = f"{_apart(marked(cover).body)}<p>{BREAK}</p>\n" if cover else ""
        wanted = len(PLACES.findall(before + made.body))
        with self.watch("docx", self.name):
            house, assets, words = self.library.house, self.project.assets, self.words
            data = copy(made, "docx", house, assets, wording=words, added=self.added, before=before)
            return word_document(data, wanted)

    def document_copy(self, ready: Ready) -> Pieces:
        """One copy as a Word document."""
        return [self.document.copy(ready.texts, ready.called, identified(self.identifier, ready))]

    def _run(self, number: int, text: str) -> tuple[bytes, float]:
        return self.gaps.run(self.gaps.gaps[number], text)


def with_places(library: Library, slug: str) -> Library:
    """The library with the places of slots as what they hold for everyone."""
    brief = library.briefs[slug]
    if brief.recipient is None:
        return library
    slots = tuple(_with_place(slot, number) for number, slot in enumerate(brief.recipient.slots))
    recipient = brief.recipient.model_copy(update={"slots": slots})
    kept = brief.model_copy(update={"recipient": recipient})
    kept.place(*brief._place)  # noqa: SLF001 - a copy stands where its original stands
    return library.model_copy(update={"briefs": {**library.briefs, slug: kept}})


def _apart(body: str) -> str:
    """A cover letter whose names are no names of the brief: where both have a first note, each keeps its own."""
    return _TAG.sub(lambda tag: _NAME.sub(r"\1cover-", tag[0]), body)


def _with_place(slot: RecipientSlot, number: int) -> RecipientSlot:
    return slot.model_copy(update={"default": place(number)})


def _astray(slot: RecipientSlot) -> Problem:
    message = f"the slot '{slot.id}' stands in a heading, a link, a note or a stroke, which copies can't change"
    return Problem(mark=slot.mark("id"), rule="recipient-slot", message=message, hint="place it in plain text")


def _wide(slot: RecipientSlot, over: float) -> Problem:
    message = f"the slot '{slot.id}' is {over / PIXELS:.1f} mm wider than the place where it stands"
    return Problem(
        mark=slot.mark("width"), rule=RULE, message=message, hint="give it less width, or a place of its own"
    )


def _unseen(mark: Mark) -> Problem:
    message = "this edition shows none of the slots for recipients"
    return Problem(mark=mark, rule=RULE, message=message, hint="place one in the letter, which every edition has")
