"""Every letter that the PDF draws has a shape and a meaning: no empty box, no number outside of its font.

Each code of each text, in pages and in what they hold, is followed to its glyph: glyph 0 of a font (`.notdef`) is the
box that stands for letters a font lacks. A code without an entry in `ToUnicode` can't be read aloud, copied or found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pipeline.verify import tools
from pipeline.verify.drawn import UNKNOWN, Letters
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
SHOWING = frozenset({"Tj", "TJ", "'", '"'})
"""Operators that draw text (ISO 32000-1, 9.4.3)."""


@dataclass(frozen=True, slots=True)
class _Font:
    """A font of a page: what its codes mean, and which glyph each draws."""

    name: str
    letters: Letters
    glyphs: int | None
    """How many it has; None where codes are no numbers of glyphs."""
    table: bytes
    """The glyph of each code, two bytes for each (`CIDToGIDMap`); empty where a code is its glyph's number."""

    def glyph(self, code: int) -> int:
        """The number of the glyph that a code draws."""
        return int.from_bytes(self.table[2 * code : 2 * code + 2]) if self.table else code

    def fault(self, code: int) -> str:
        """What is wrong with a code; empty where nothing is."""
        if self.glyphs is not None and not 0 < (glyph := self.glyph(code)) < self.glyphs:
            return "draws an empty box" if glyph == 0 else "draws a glyph that the font lacks"
        if self.letters.meanings.get(code, UNKNOWN) == UNKNOWN:  # an empty one is of a piece of the letter beside it
            return "draws a glyph without a meaning"
        return ""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield what each font draws that is no letter, page by page, with how often; and a PDF that draws no text."""
    drawn = 0
    with document_of(pdf) as document:
        for number, page in enumerate(document.pages, start=1):
            faults: Counter[str] = Counter()
            for font, code in _codes(page.obj, page.obj.get("/Resources", {}), frozenset()):
                drawn += 1
                if fault := font.fault(code):
                    faults[f"{font.name} {fault}"] += 1
            for message, times in sorted(faults.items()):
                yield Finding(message=message, place=f"page {number}", times=times)
    if not drawn:
        yield Finding(message="it draws no text at all")


def _codes(stream: Any, resources: Any, above: frozenset[Any]) -> Iterator[tuple[_Font, int]]:
    """Each code that a page or a form draws, with its font; `above` are the forms it lies in."""
    import pikepdf

    known: dict[str, _Font] = {}
    current: list[str] = [""]
    for step in pikepdf.parse_content_stream(stream):
        operator, operands = str(step.operator), step.operands
        if operator == "q":
            current.append(current[-1])
        elif operator == "Q" and len(current) > 1:
            current.pop()
        elif operator == "Tf":
            current[-1] = str(operands[0])
        elif operator in SHOWING:
            if current[-1] not in known:
                known[current[-1]] = _font(resources.Font[current[-1]])
            font = known[current[-1]]
            yield from ((font, code) for code in font.letters.codes(operands[-1]))
        elif operator == "Do":
            form = resources.XObject[str(operands[0])]
            if form.get("/Subtype") == "/Form" and form.objgen not in above:
                yield from _codes(form, form.get("/Resources", resources), above | {form.objgen})


def _font(font: Any) -> _Font:
    """Look into a font; only composite ones say by numbers which glyphs they draw."""
    letters = Letters(font.ToUnicode.read_bytes() if "/ToUnicode" in font else b"")
    name = str(font.get("/BaseFont", "/a font without a name"))[1:].rpartition("+")[2]
    if "/DescendantFonts" not in font:
        return _Font(name, letters, None, b"")
    below = font.DescendantFonts[0]
    file = below.FontDescriptor.get("/FontFile2")
    table = below.get("/CIDToGIDMap", "/Identity")
    return _Font(
        name,
        letters,
        _glyphs(file.read_bytes()) if file is not None else None,
        table.read_bytes() if hasattr(table, "read_bytes") and str(table) != "/Identity" else b"",
    )


def _glyphs(file: bytes) -> int:
    """How many glyphs a TrueType file has (OpenType 1.9, maxp)."""
    tables = int.from_bytes(file[4:6])
    for entry in range(12, 12 + 16 * tables, 16):
        if file[entry : entry + 4] == b"maxp":
            offset = int.from_bytes(file[entry + 8 : entry + 12])
            return int.from_bytes(file[offset + 4 : offset + 6])
    raise ValueError("a font inside it has no list of glyphs")
