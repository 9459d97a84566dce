"""Leave gaps in a PDF for what differs from copy to copy: a document laid out in; gaps, and runs of glyphs, out.

The engine sets each text by itself, in the very way it would set it on the page, so that a copy is what a render of its
own would have been. While the document is written, a private function is replaced and put back, as in `tagging`: where
a slot is drawn, its page's content is cut, so that the run stands in a stream of its own, uncompressed and of a fixed
length. Whatever run takes its place, no offset in the file moves, and it stays inside its own marked content.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pydyf

from pipeline.problem import ToolFailed
from pipeline.render.quick import Quick
from pipeline.render.slots import bare

SLOT = "data-slot"
SAMPLE = "x"
"""A text of one glyph, which every font of the house has."""
PIXELS = 96 / 25.4
"""CSS pixels in a millimetre."""


class _Apart(pydyf.Dictionary):  # type: ignore[misc]  # pydyf ships no types
    """A dictionary that is written by itself, uncompressed."""

    @property
    def compressible(self) -> bool:
        """Whether it may be packed with others."""
        return False


class _Cut(bytes):
    """Stands in a page's content where a gap is."""

    __slots__ = ()


@dataclass(slots=True)
class Gap:
    """A slot's place on a page."""

    token: bytes
    """What the gap holds in the master."""
    slot: int
    """The slot's number."""
    box: Any
    """The box of its placeholder, whose baseline all its texts stand on."""
    layout: Any
    """What sets its texts."""
    room: float
    """How wide it is, in CSS pixels."""
    over: float
    """How much it stands out of what holds it."""
    quick: Quick | None = None
    """What sets plain texts."""
    longest: int = 0
    """How many bytes its longest run has, of those that were set."""
    told: bool = False
    """Whether some of its texts are drawn from right to left, so that the tags say what they are."""
    longest_said: int = 0
    """How many bytes that takes at most."""
    number: int = -1
    """The number of its marked content on its page."""

    @property
    def word(self) -> bytes:
        """What stands in the master for what is said to those who follow the tags."""
        return self.token.replace(b"gap", b"word")


class Gaps:
    """The gaps of a document that was laid out."""

    def __init__(self, document: Any) -> None:
        self.document = document
        self.gaps = [Gap(b"%%openbrief-gap-%04d " % number, *found) for number, found in enumerate(_found(document))]
        self._of = {id(gap.box): gap for gap in self.gaps}
        self._canvas: Any = _canvas(document)

    def run(self, gap: Gap, text: str) -> tuple[bytes, float]:
        """Set a text in a gap: what draws it, and how wide it is, in CSS pixels; its glyphs are in the fonts then."""
        if gap.quick is None:
            gap.quick = self._quick(gap)
        found = gap.quick.run(text) or self.set_by_engine(gap, text)
        gap.longest = max(gap.longest, len(found[0]))
        gap.longest_said = max(gap.longest_said, len(spoken(text)))
        return found

    def _quick(self, gap: Gap) -> Quick:
        """Have the engine set a letter in a gap, and see in which font it does."""
        fonts: list[tuple[Any, float]] = []
        add_font = self._canvas.add_font

        def add(pango_font: Any) -> tuple[Any, float]:
            fonts.append(add_font(pango_font))
            return fonts[-1]

        self._canvas.add_font = add
        sample, _ = self.set_by_engine(gap, SAMPLE)
        self._canvas.add_font = add_font
        return Quick(*fonts[0], sample, gap.box.style)

    def set_by_engine(self, gap: Gap, text: str) -> tuple[bytes, float]:
        """Do what `run` does, in the engine's own way."""
        from weasyprint.draw import text as drawing
        from weasyprint.matrix import Matrix
        from weasyprint.text.line_break import line_size

        from pipeline.render.reading_order import backwards, in_reading_order

        box, layout, canvas = gap.box, gap.layout, self._canvas
        layout.set_text(text)
        width, _ = line_size(layout.get_first_line()[0], box.style)
        x = box.position_x + (box.width - width if box.style["direction"] == "rtl" else 0)
        canvas.stream.clear()
        canvas._current_font = None  # noqa: SLF001 - a run names its font itself
        canvas.begin_text()
        drawn = SimpleNamespace(text=text, style=box.style, pango_layout=layout)
        gap.told = gap.told or backwards(text, box.style)
        with in_reading_order():
            drawing.draw_first_line(canvas, drawn, "clip", "none", Matrix(d=-1, e=x, f=box.position_y + box.baseline))
        canvas.end_text()
        return b"\n".join(part if isinstance(part, bytes) else part.encode() for part in canvas.stream), width

    def mean(self, letters: Collection[str]) -> None:
        """Have each glyph that is drawn for a letter alone mean that letter, whatever it was first drawn in.

        Defect: a glyph means the whole cluster that it is first seen in, so that an `e` below an accent would be
        copied with it everywhere.
        """
        import uharfbuzz

        for font in self.document.fonts.values():
            face = uharfbuzz.Font(uharfbuzz.Face(font.file_content, font.index))
            meant: dict[int, str] = {}
            for letter in sorted({" ", *letters}):
                if glyph := face.get_nominal_glyph(ord(letter)):
                    meant.setdefault(glyph, letter)
            for glyph, text in font.to_unicode.items():
                bare = unicodedata.normalize("NFC", text)
                if len(bare) > 1 and all(unicodedata.combining(mark) for mark in bare[1:]):
                    font.to_unicode[glyph] = bare[0]
            font.to_unicode.update((glyph, text) for glyph, text in meant.items() if glyph in font.to_unicode)

    @contextmanager
    def kept(self) -> Iterator[None]:
        """Write the document in this context, and call `finish` when it is complete."""
        from weasyprint import draw

        original = draw.draw_text

        def draw_text(stream: Any, textbox: Any, *rest: Any) -> None:
            gap = self._of.get(id(textbox))
            if gap is None:
                if textbox.element is not None and textbox.element.get(SLOT):
                    raise ToolFailed("a slot stands where the PDF engine lays out no lines of text: move it")
                original(stream, textbox, *rest)
                return
            gap.number = stream._tags[textbox]["mcid"]  # noqa: SLF001 - see the module's text
            stream.set_color(textbox.style["color"])
            stream.stream.append(_Cut(gap.token))

        draw.draw_text = draw_text
        try:
            yield
        finally:
            draw.draw_text = original

    def finish(self, written: Any) -> None:
        """Cut the content of pages at the gaps; `written` is a pydyf.PDF."""
        pages = {page["Contents"]: page for page in written.objects if _is_page(page)}
        for stream in [item for item in written.objects if isinstance(item, pydyf.Stream)]:
            if any(isinstance(part, _Cut) for part in stream.stream):
                self._cut(written, stream, pages[stream.reference])

    def _cut(self, written: Any, stream: Any, page: Any) -> None:
        lengths = {gap.token: gap.longest for gap in self.gaps}
        parts, references = stream.stream, pydyf.Array([stream.reference])
        cuts = [part for part in parts if isinstance(part, _Cut)]
        stream.stream = rest = list[Any]()
        for part in parts:
            if isinstance(part, _Cut):
                room = max(lengths[bytes(part)], len(part))
                rest = []
                for content, compress in ([bytes(part).ljust(room)], False), (rest, True):
                    made = pydyf.Stream(content, compress=compress)
                    made.stream = content
                    written.add_object(made)
                    references.append(made.reference)
            else:
                rest.append(part)
        page["Contents"] = references
        for gap in (gap for gap in self.gaps if gap.told and gap.token in map(bytes, cuts)):
            _tell(written, page, gap)


def numbered(written: Any, before: str) -> None:
    """Have viewers call the first page `before`, and count from the next on (ISO 32000-1, 12.4.2).

    `written` is a pydyf.PDF.
    """
    labels = [0, pydyf.Dictionary({"P": pydyf.String(before)}), 1, pydyf.Dictionary({"S": "/D"})]
    written.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array(labels)})


def spoken(text: str) -> bytes:
    """A text as a string of PDF (ISO 32000-1, 7.9.2.2), without the signs that keep directions apart."""
    return b"<FEFF%b>" % bare(text).encode("utf-16-be").hex().encode()


def _tell(written: Any, page: Any, gap: Gap) -> None:
    """Leave room in the tags for the words of a gap, as `reading_order` says those that all copies share."""
    root = written.objects[int(written.catalog["StructTreeRoot"].split()[0])]
    nums = written.objects[int(root["ParentTree"].split()[0])]["Nums"]
    parents = nums[nums[::2].index(page["StructParents"]) * 2 + 1]
    place = int(parents[gap.number].split()[0])
    element = written.objects[place]
    if list(element["K"]) != [gap.number]:
        return
    apart = _Apart({**element, "ActualText": gap.word.ljust(gap.longest_said)})
    apart.number = place
    written.objects[place] = apart


def _is_page(item: Any) -> bool:
    return isinstance(item, dict) and item.get("Type") == "/Page"


def _canvas(document: Any) -> Any:
    """What takes runs: a content stream that is no page's, with the document's fonts."""
    from weasyprint.pdf.stream import Stream

    return Stream(document.fonts, (0, 0, 1, 1), pydyf.Dictionary(), {}, None, {}, None)


def _found(document: Any) -> Iterator[tuple[int, Any, Any, float, float]]:
    """Every slot: its number, the box of its placeholder, what sets its texts, its width, and how far it stands out."""
    from weasyprint.formatting_structure import boxes
    from weasyprint.text.line_break import Layout

    for page in document.pages:
        for holder in page._page_box.descendants(placeholders=True):  # noqa: SLF001 - as `measure`
            if not isinstance(holder, boxes.BlockContainerBox):
                continue
            for line in (child for child in holder.children if isinstance(child, boxes.LineBox)):
                for slot in (each for each in _inline(line) if each.element is not None and each.element.get(SLOT)):
                    (box,) = (each for each in slot.descendants() if isinstance(each, boxes.TextBox))
                    ahead = holder.style["direction"] == "ltr"
                    end = slot.position_x + slot.width if ahead else -slot.position_x
                    edge = holder.content_box_x() + holder.width if ahead else -holder.content_box_x()
                    yield int(slot.element.get(SLOT)), box, Layout(box.style), float(slot.width), float(end - edge)


def _inline(box: Any) -> Iterator[Any]:
    """The inline blocks of a line, however deep they stand in it."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if isinstance(child, boxes.InlineBlockBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _inline(child)
