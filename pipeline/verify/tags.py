"""Read the text of a tagged PDF in the order of its tags: an open document in, a tree of elements and texts out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
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
class Element:
    """A structure element (ISO 32000-1, 14.7.2)."""

    kind: str
    """Its type, after the role map: `H1`, `P`, `Figure`."""
    kids: tuple[Element | str, ...] = ()
    """What lies in it: further elements, and texts as they were drawn."""
    alternative: str = ""
    """The text in its place, for who can't see it."""
    language: str = ""
    """The language of this part, where it is said; BCP 47."""
    expansion: str = ""
    """The long form of what is abbreviated here."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What else is said of it, as `Scope` of a header cell (ISO 32000-1, 14.8.5)."""

    def elements(self) -> Iterator[Element]:
        """Itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def texts(self, *, but: frozenset[str] = frozenset()) -> Iterator[str]:
        """The texts in it and below it, leaving out elements of the types in `but`; an alternative stands for all."""
        if self.kind in but:
            return
        if self.alternative:
            yield self.alternative + LINE
            return
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.texts(but=but)
            else:
                yield kid


def structure(document: Any) -> Element:
    """The root of the tags, its type empty; raises ValueError where the document has none."""
    import pikepdf

    root = document.Root.get("/StructTreeRoot")
    if root is None:
        raise ValueError("it has no tags")
    roles = {str(name)[1:]: str(role)[1:] for name, role in root.get("/RoleMap", {}).items()}
    drawn = {page.obj.objgen: _drawn(page.obj) for page in document.pages}

    def read(item: Any, page: Any) -> Iterator[Element | str]:
        if isinstance(item, int):
            yield drawn.get(page, {}).get(int(item), "")
        elif isinstance(item, pikepdf.Array):
            for each in item:
                yield from read(each, page)
        elif isinstance(item, pikepdf.Dictionary):
            page = item.Pg.objgen if "/Pg" in item else page
            if "/S" in item:
                kind = str(item.S)[1:]
                yield Element(
                    kind=roles.get(kind, kind),
                    kids=tuple(read(item.get("/K", pikepdf.Array()), page)),
                    alternative=str(item.get("/Alt", item.get("/ActualText", ""))),
                    language=str(item.get("/Lang", "")),
                    expansion=str(item.get("/E", "")),
                    attributes=dict(_attributes(item.get("/A", pikepdf.Array()))),
                )
            elif "/MCID" in item:
                yield from read(int(item.MCID), page)

    return Element("", tuple(read(root.get("/K", pikepdf.Array()), None)))


def _attributes(said: Any) -> Iterator[tuple[str, Any]]:
    """The attributes of an element, whose objects may stand in a list with numbers of revisions between them."""
    import pikepdf

    for each in said if isinstance(said, pikepdf.Array) else (said,):
        if isinstance(each, pikepdf.Dictionary):
            for key, value in each.items():
                plain = isinstance(value, pikepdf.Name | pikepdf.String)
                yield key[1:], str(value).removeprefix("/") if plain else value


def _drawn(page: Any) -> Mapping[int, str]:
    """The text of each marked content of a page, by its number."""
    found: dict[int, str] = {}
    for number, text in _texts(page, page.get("/Resources", {})):
        if number is not None:
            found[number] = found.get(number, "") + text
    return found


def _texts(stream: Any, resources: Any) -> Iterator[tuple[int | None, str]]:
    """Each text that a page or a form draws, with the number of the marked content it is drawn in."""
    import pikepdf

    open_: list[int | None] = []
    letters = Letters(b"")
    fonts: dict[str, Letters] = {}
    for step in pikepdf.parse_content_stream(stream):
        operator, operands = str(step.operator), step.operands
        number = next((each for each in reversed(open_) if each is not None), None)
        if operator == "BDC":
            marked = isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]
            open_.append(int(operands[1]["/MCID"]) if marked else None)
        elif operator == "BMC":
            open_.append(None)
        elif operator == "EMC" and open_:
            open_.pop()
        elif operator == "Tf":
            letters = _font(fonts, str(operands[0]), resources)
        elif operator in {"Tj", "'", '"', "TJ"}:
            yield number, letters.text(operands[-1])
        elif operator == "ET":
            yield number, LINE
        elif operator == "Do":
            yield from ((number, text) for text in _form(resources.XObject[str(operands[0])], resources))


def _form(stream: Any, resources: Any) -> Iterator[str]:
    if stream.get("/Subtype") == "/Form":
        yield from (text for _, text in _texts(stream, stream.get("/Resources", resources)))


class Letters:
    """What the codes of a font mean (ISO 32000-1, 9.10.3)."""

    def __init__(self, table: bytes) -> None:
        space = _CODESPACE.search(table)
        self.size = len(space[1]) // 2 if space else 1
        self.meanings = dict(_meanings(table))

    def text(self, operand: Any) -> str:
        """Read what an operand of Tj or TJ draws."""
        return "".join(self.meanings.get(code, UNKNOWN) for code in self.codes(operand))

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
