"""Say in reading order what WeasyPrint 70.0 draws from right to left: in the tags, and letter by letter.

The engine draws a line of Arabic from its left end, and says of each letter no more than which one it is. So a reader
that follows the tags meets words backwards. Here the tags get the words as they are written (`ActualText`, ISO 32000-1,
14.9.4), and readers that turn lines round themselves get letters that can be turned. Nothing else is touched: what
runs from left to right is read as it is drawn.

Three private functions are replaced in a context, and put back. Each repair names the defect; `engine.RELEASE` pins the
release, and tests hold each repair against what PDFium and Poppler read.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any

import pydyf
from weasyprint.draw import text as drawing
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.ffi import ffi, pango

from pipeline.render.engine import replaced

FROM_THE_RIGHT = frozenset({"R", "AL"})
"""Classes of letters that run from right to left (Unicode Standard Annex 9)."""
FORMS = (range(0xFB1D, 0xFDFC), range(0xFE70, 0xFEFD))
"""Where the presentation forms of Hebrew and Arabic letters are."""
LIGATURES = {
    unicodedata.normalize("NFKC", chr(code)): chr(code)
    for codes in FORMS
    for code in codes
    if len(unicodedata.normalize("NFKC", chr(code))) == 2
}
"""A letter for each two that are drawn as one: readers turn it round and take it apart, in this order."""
SLOT = "data-slot"
"""What the page says of the place for what differs from copy to copy."""
SIDES = (("LEFT", "RIGHT"), ("RIGHT", "LEFT"), ("LESS", "GREATER"), ("GREATER", "LESS"))
"""What the names of characters that are each other's mirror image differ in."""


@contextmanager
def in_reading_order() -> Iterator[None]:
    """Lay out and write documents in this context so that what runs from right to left can be read."""
    with ExitStack() as stack:
        stack.enter_context(replaced(inline, "split_text_box", _remembering_breaks))
        stack.enter_context(replaced(inline, "remove_last_whitespace", _remembering_spaces))
        stack.enter_context(replaced(drawing, "draw_first_line", _telling_letters))
        yield


def backwards(text: str, style: Mapping[str, Any]) -> bool:
    """Tell whether some of a text is drawn from right to left, or stands among what is."""
    if style["direction"] == "rtl" or text.isascii():
        return bool(style["direction"] == "rtl")
    return any(unicodedata.bidirectional(letter) in FROM_THE_RIGHT for letter in text)


def told(tags: Mapping[Any, Mapping[str, Any]]) -> dict[int, str]:
    """What is to be said in place of each marked content of a page, by its number, of those that run backwards."""
    return {
        kid["mcid"]: box.text + (" " if getattr(box, "parted", False) and not box.text.endswith(" ") else "")
        for box, kid in tags.items()
        if isinstance(box, boxes.TextBox) and backwards(box.text, box.style) and not _differs(box)
    }


def _differs(box: Any) -> bool:
    """Tell whether a text is the placeholder of a slot, which holds another one in each copy."""
    return box.element is not None and box.element.get(SLOT) is not None


def tell(texts: Mapping[int, str], nums: dict[int, bytes], written: Any) -> None:
    """Say the `texts` in the structure elements that `nums` names; a link, which may hold several, gets an own one."""
    for number, text in texts.items():
        if number not in nums:  # in a margin, which has no tags
            continue
        element = written.objects[int(nums[number].split()[0])]
        if element["S"] == "/Link":
            span = pydyf.Dictionary({**element, "S": "/Span", "K": pydyf.Array([number]), "P": element.reference})
            written.add_object(span)
            element["K"][element["K"].index(number)] = span.reference
            nums[number] = span.reference
            element = span
        element["ActualText"] = pydyf.String(text)


def _remembering_breaks(original: Callable[..., Any]) -> Callable[..., Any]:
    """Defect: of the space at the end of a line nothing is left, and words on both sides of it are read as one."""

    def split(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        part, resume, preserved = original(context, box, *rest, **named)
        if part is not None and resume is not None:
            part.parted = box.text.encode()[:resume][-1:].isspace()
        return part, resume, preserved

    return split


def _remembering_spaces(original: Callable[..., None]) -> Callable[..., None]:
    """Defect: the same, where a space was drawn and is taken away again."""

    def remove(context: Any, line: Any) -> None:
        last = line
        while isinstance(last, boxes.LineBox | boxes.InlineBox) and last.children:
            last = last.children[-1]
        text = getattr(last, "text", "")
        original(context, line)
        if getattr(last, "text", "") != text:
            last.parted = True

    return remove


def _telling_letters(original: Callable[..., Any]) -> Callable[..., Any]:
    """Defect: a glyph means what was there when it was first drawn: a whole cluster, a bracket of the wrong side."""

    def draw(stream: Any, textbox: Any, *rest: Any) -> Any:
        if textbox.text.strip() and backwards(textbox.text, textbox.style):
            for font, glyphs, text in _clusters(stream, textbox.pango_layout):
                for glyph, meaning in meanings(glyphs, text):
                    font.to_unicode.setdefault(glyph, meaning)
        return original(stream, textbox, *rest)

    return draw


def _clusters(stream: Any, layout: Any) -> Iterator[tuple[Any, list[int], str]]:
    """The clusters of a line that are drawn from right to left: font, glyphs in reading order, and letters."""
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    text = layout.text.encode()
    link = layout.get_first_line()[0].runs[0]
    while link != ffi.NULL:
        item, glyphs = link.data.item, link.data.glyphs
        link = link.next
        if item.analysis.level % 2 == 0:
            continue
        font, _ = stream.add_font(item.analysis.font)
        end = item.length
        starts: dict[int, list[int]] = {}
        for place in range(glyphs.num_glyphs):
            starts.setdefault(glyphs.log_clusters[place], []).insert(0, glyphs.glyphs[place].glyph)
        for start, found in sorted(starts.items(), reverse=True):
            known = [glyph for glyph in found if glyph < pango.PANGO_GLYPH_EMPTY]
            yield font, known, text[item.offset + start : item.offset + end].decode()
            end = start


def meanings(glyphs: Sequence[int], text: str) -> Iterator[tuple[int, str]]:
    """What each glyph of a cluster means, so that a reader who turns the line round gets the letters in order.

    Several letters are one where Unicode has one, for they would be turned round, too; brackets are what they look
    like; and of several glyphs the first is the letters and the others are the marks on them.
    """
    marks = [letter for letter in text if unicodedata.combining(letter)]
    letters = "".join(letter for letter in text if not unicodedata.combining(letter))
    if len(glyphs) < 2 or not letters:
        yield from ((glyph, _turned(text)) for glyph in glyphs)
        return
    yield glyphs[0], _turned(letters)
    last = len(glyphs) - 2
    for place, glyph in enumerate(glyphs[1:]):
        yield glyph, "".join(marks[place:] if place == last else marks[place : place + 1])


def _turned(text: str) -> str:
    """The letter that stands for several; the mirror image of one that has one; or the text itself."""
    if len(text) == 1 and unicodedata.mirrored(text):
        name = unicodedata.name(text)
        here, there = next((pair for pair in SIDES if pair[0] in name), ("", ""))
        return unicodedata.lookup(name.replace(here, there)) if here else text
    return LIGATURES.get(text, text)
