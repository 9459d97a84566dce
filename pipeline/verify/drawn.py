"""Read the text that a page draws, in the order in which it is drawn: a content stream in, pieces of text out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

UNKNOWN = "\ufffd"
"""Stands for a letter of which the file doesn't say what it is."""
LINE = "\n"
"""Stands after each piece of text that was drawn at one go: no line of print goes on beyond it."""
_MAPPING = re.compile(rb"begin(bfchar|bfrange)(.*?)end\1", re.DOTALL)
_CODESPACE = re.compile(rb"begincodespacerange\s*<([0-9A-Fa-f]+)>")
_BFCHAR = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>")
_BFRANGE = re.compile(rb"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*(?:<([0-9A-Fa-f]*)>|\[(.*?)\])", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f]*)>")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one operator draws, or what is said in place of what several draw."""

    letters: tuple[str, ...]
    """The meaning of each glyph, or the whole text that stands for all."""
    number: int | None = None
    """The number of the marked content that it is drawn in."""
    turned: int | None = None
    """Which sequence of reversed letters it belongs to (`ReversedChars`; ISO 32000-1, 14.8.2.3.3)."""

    @property
    def text(self) -> str:
        """Its letters, as they are drawn."""
        return "".join(self.letters)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A sequence of marked content that is open."""

    number: int | None = None
    instead: str | None = None
    """What is said in place of all that is drawn in it (`ActualText`; ISO 32000-1, 14.9.4)."""
    turned: int | None = None


class _Sequences:
    """The sequences of marked content that are open, the outermost first."""

    def __init__(self, resources: Any) -> None:
        self._resources = resources
        self._open: list[_Marked] = []

    def piece(self, *letters: str) -> Iterator[Piece]:
        """What is drawn now, unless something else stands for it."""
        if all(each.instead is None for each in self._open):
            number = next((each.number for each in reversed(self._open) if each.number is not None), None)
            turned = next((each.turned for each in self._open if each.turned is not None), None)
            yield Piece(letters, number, turned)

    def begin(self, operands: Any, place: int) -> None:
        """Open a sequence, which says what it is itself, or in a list of properties that it names."""
        import pikepdf

        said = operands[1] if len(operands) > 1 else None
        if isinstance(said, pikepdf.Name):
            said = self._resources.get("/Properties", {}).get(str(said))
        said = said if isinstance(said, pikepdf.Dictionary) else pikepdf.Dictionary()
        marked = _Marked(
            number=int(said.MCID) if "/MCID" in said else None,
            instead=str(said.ActualText) if "/ActualText" in said else None,
            turned=place if operands[0] == "/ReversedChars" else None,
        )
        self._open.append(marked)

    def end(self) -> Iterator[Piece]:
        """Close the innermost one, where one is open, and give what stands in its place."""
        if not self._open:
            return
        closed = self._open.pop()
        if closed.instead is not None:
            self._open.append(replace(closed, instead=None))
            yield from self.piece(closed.instead)
            self._open.pop()


def pieces(stream: Any, resources: Any) -> Iterator[Piece]:
    """Each piece of text that a page or a form draws; what others stand for is given in place of these."""
    import pikepdf

    marked = _Sequences(resources)
    letters = Letters(b"")
    fonts: dict[str, Letters] = {}
    for place, step in enumerate(pikepdf.parse_content_stream(stream)):
        operator, operands = str(step.operator), step.operands
        if operator in {"BDC", "BMC"}:
            marked.begin(operands, place)
        elif operator == "EMC":
            yield from marked.end()
        elif operator == "Tf":
            letters = _font(fonts, str(operands[0]), resources)
        elif operator in {"Tj", "'", '"', "TJ"}:
            yield from marked.piece(*letters.read(operands[-1]))
        elif operator == "ET":
            yield from marked.piece(LINE)
        elif operator == "Do":
            for text in _form(resources.XObject[str(operands[0])], resources):
                yield from marked.piece(text)


def _form(stream: Any, resources: Any) -> Iterator[str]:
    if stream.get("/Subtype") == "/Form":
        yield from (piece.text for piece in pieces(stream, stream.get("/Resources", resources)))


class Letters:
    """What the codes of a font mean (ISO 32000-1, 9.10.3)."""

    def __init__(self, table: bytes) -> None:
        space = _CODESPACE.search(table)
        self.size = len(space[1]) // 2 if space else 1
        self.meanings = dict(_meanings(table))

    def read(self, operand: Any) -> Iterator[str]:
        """The meaning of each glyph that an operand of Tj or TJ draws."""
        return (self.meanings.get(code, UNKNOWN) for code in self.codes(operand))

    def codes(self, operand: Any) -> Iterator[int]:
        """The codes in an operand of Tj or TJ."""
        import pikepdf

        for each in operand if isinstance(operand, pikepdf.Array) else (operand,):
            if isinstance(each, pikepdf.String | bytes):
                codes = bytes(each)
                yield from (int.from_bytes(codes[at : at + self.size]) for at in range(0, len(codes), self.size))


def _font(known: dict[str, Letters], name: str, resources: Any) -> Letters:
    if name not in known:
        font = resources.Font[name]
        known[name] = Letters(font.ToUnicode.read_bytes() if "/ToUnicode" in font else b"")
    return known[name]


def _meanings(table: bytes) -> Iterator[tuple[int, str]]:
    for kind, rows in _MAPPING.findall(table):
        if kind == b"bfchar":
            yield from ((int(code, 16), _characters(text)) for code, text in _BFCHAR.findall(rows))
            continue
        for first, last, start, listed in _BFRANGE.findall(rows):
            texts = [_characters(text) for text in _HEX.findall(listed)]
            for place in range(min(int(last, 16) - int(first, 16) + 1, 0x10000)):
                text = _characters(start)
                later = text[:-1] + chr(ord(text[-1]) + place) if text else UNKNOWN
                yield int(first, 16) + place, (texts[place] if place < len(texts) else UNKNOWN) if texts else later


def _characters(digits: bytes) -> str:
    return bytes.fromhex(digits.decode()).decode("utf-16-be", "replace")
