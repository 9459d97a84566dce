"""Make copies as Word documents: a document with places in it, and what fills them, in; the one of a recipient out.

A document is a zip file, of which two parts differ from copy to copy: its text and what it says of itself. All else is
packed once. The text is packed in pieces, too: what stands between places is compressed once, so that a copy takes no
longer than to write it (RFC 1951: blocks that end at a byte can be joined).
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from unicodedata import bidirectional
from xml.sax.saxutils import escape

from pipeline.problem import ToolFailed
from pipeline.render.parcel import FIRST, unpacked
from pipeline.render.slots import CLOSE, FROM_RIGHT, FSI, OPEN, PDI

TEXT, CORE = "word/document.xml", "docProps/core.xml"
"""The parts that differ: the text, and what the document says of itself (ECMA-376, part 2, 11)."""
BREAK = "\ue005"
"""A paragraph that holds this becomes the end of a page; no input file may hold it."""
_RUN = re.compile(rf"<w:r>(<w:rPr>(?:(?!</w:rPr>).)*</w:rPr>)?<w:t[^>]*>([^<]*{OPEN}[^<]*)</w:t></w:r>")
_PLACE = re.compile(f"{OPEN}(\\d+){CLOSE}")
_BROKEN = re.compile(f"(<w:p>(?:<w:pPr>(?:(?!</w:p>).)*?</w:pPr>)?)<w:r>(?:(?!</w:p>).)*?{BREAK}.*?(</w:p>)", re.DOTALL)
_LEFT, _RIGHT = "\u200e", "\u200f"
"""Letters that nobody sees, of a direction each (LRM and RLM); Word heeds them, and not the signs of isolates."""
_TURN = f"{FROM_RIGHT}{_RIGHT}"
_TURNED = re.compile(f"([{_TURN}](?:(?:(?!{_LEFT})[{_TURN}\\W\\d_])*[{_TURN}])?)")
"""Words from right to left, with what stands between them."""
_STRAIGHT = re.compile(f"({_LEFT}[^{_LEFT}]*{_LEFT})")
"""Words from left to right, where all others are from right to left."""
_CELL = re.compile(f"{FSI}([^{PDI}]*){PDI}")
_RTL = re.compile(r"<w:rtl\b[^>]*/>")
_AFTER_TURN = re.compile(r"<w:(?:cs|em|lang|eastAsianLayout|specVanish|oMath)\b")
"""What stands behind the direction of a run (ECMA-376, part 1, CT_RPr)."""
_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s2B5H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_DAY = 0x21
"""The first of January 1980, as zip has it."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text between two places, as it is and packed."""

    plain: bytes
    packed: bytes

    @classmethod
    def of(cls, text: str) -> _Piece:
        plain = text.encode()
        return cls(plain, _block(plain))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a slot stands: its number, and what its runs look like from left to right and from right to left."""

    slot: int
    plain: str
    turned: str

    back: bool
    """Whether the words around it are from right to left."""

    def runs(self, text: str) -> str:
        """What shows a text there, in runs of one direction each, with each cell apart from what is beside it."""
        said = _CELL.sub(self._apart, text)
        looks, cut = ((self.turned, self.plain), _STRAIGHT) if self.back else ((self.plain, self.turned), _TURNED)
        parts = enumerate(cut.split(said))
        return "".join(_run(looks[number % 2], part) for number, part in parts if part)

    def _apart(self, cell: re.Match[str]) -> str:
        """A cell between letters of its own direction, and these between letters of the text's."""
        around = _RIGHT if self.back else _LEFT
        inside = _RIGHT if _runs_back(cell[1]) else _LEFT
        return f"{around}{inside}{cell[1]}{inside}{around}" if inside != around else f"{around}{cell[1]}{around}"


@dataclass(frozen=True, slots=True)
class Document:
    """A Word document, and where in it copies differ."""

    start: bytes
    """The parts that all copies share, packed."""
    listed: bytes
    """The same in the list of parts."""
    number: int
    core: str
    """What the document says of itself, up to its end."""
    parts: tuple[_Piece | _Place, ...]

    def copy(self, texts: Sequence[str], called: str, instance: str) -> bytes:
        """The bytes of one copy: what stands in its slots, what it is called, and what identifies it."""
        said = f"<dc:subject>{escape(called)}</dc:subject>" if called else ""
        core = f"{self.core}{said}<dc:identifier>{instance}</dc:identifier></cp:coreProperties>".encode()
        pieces = [_filled(part, texts) if isinstance(part, _Place) else part for part in self.parts]
        checksum = 0
        for piece in pieces:
            checksum = zlib.crc32(piece.plain, checksum)
        size, text = sum(len(piece.plain) for piece in pieces), b"".join(piece.packed for piece in pieces) + b"\x03\x00"
        entries = [_entry(CORE, zlib.crc32(core), len(core), _block(core) + b"\x03\x00", len(self.start))]
        entries.append(_entry(TEXT, checksum, size, text, len(self.start) + len(entries[0][0])))
        listed = b"".join([self.listed, *(central for _, central in entries)])
        local = b"".join([self.start, *(local for local, _ in entries)])
        count = self.number + len(entries)
        return local + listed + _END.pack(b"PK\5\6", 0, 0, count, count, len(listed), len(local), 0)


def word_document(data: bytes, wanted: int) -> Document:
    """Find the places of slots in a Word document; raises ToolFailed where it hasn't as many as are `wanted`."""
    parts = unpacked(data)
    text, core = parts.pop(TEXT).decode(), parts.pop(CORE).decode()
    text = _BROKEN.sub(r'\1<w:r><w:br w:type="page"/></w:r>\2', text)
    found = tuple(_cut(text))
    if sum(isinstance(part, _Place) for part in found) != wanted or BREAK in text:
        raise ToolFailed("pandoc wrote no place where a slot of the brief stands")
    start, listed = b"", b""
    for name in sorted(parts, key=lambda name: (name not in FIRST, name)):
        local, central = _entry(name, zlib.crc32(parts[name]), len(parts[name]), _deflated(parts[name]), len(start))
        start, listed = start + local, listed + central
    return Document(start, listed, len(parts), core.partition("</cp:coreProperties>")[0], found)


def _cut(text: str) -> Iterator[_Piece | _Place]:
    """A text cut up at its places, each of which is runs of its own."""
    end = 0
    for run in _RUN.finditer(text):
        before = text[end : run.start()]
        looks = run[1] or "<w:rPr></w:rPr>"
        parts = _PLACE.split(run[2])
        for words, slot in zip(parts[::2], [*parts[1::2], None], strict=True):
            before += _run(looks, unescape(words)) if words else ""
            if slot is not None:
                yield _Piece.of(before)
                yield _Place(int(slot), _RTL.sub("", looks), _turned(looks), bool(_RTL.search(looks)))
                before = ""
        yield _Piece.of(before)
        end = run.end()
    yield _Piece.of(text[end:])


def _runs_back(text: str) -> bool:
    """Whether the first letter that has a direction runs from right to left (Unicode Standard Annex 9, P2 and P3)."""
    return next((kind != "L" for kind in map(bidirectional, text) if kind in ("L", "R", "AL")), False)


def _turned(looks: str) -> str:
    """The looks of a run whose words are from right to left."""
    if _RTL.search(looks):
        return looks
    later = _AFTER_TURN.search(looks)
    at = later.start() if later else looks.index("</w:rPr>")
    return f"{looks[:at]}<w:rtl />{looks[at:]}"


def _run(looks: str, text: str) -> str:
    shown = looks if looks != "<w:rPr></w:rPr>" else ""
    return f'<w:r>{shown}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def _filled(place: _Place, texts: Sequence[str]) -> _Piece:
    """A text in its place; so short a one is stored and not compressed."""
    plain = place.runs(texts[place.slot]).encode()
    return _Piece(plain, b"\0" + struct.pack("<2H", len(plain), len(plain) ^ 0xFFFF) + plain)


def _block(plain: bytes) -> bytes:
    """Compressed bytes that end at a byte, behind which more can follow."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush(zlib.Z_FULL_FLUSH)


def _deflated(plain: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(plain) + packer.flush()


def _entry(name: str, checksum: int, size: int, packed: bytes, place: int) -> tuple[bytes, bytes]:
    """A part of a zip file, and how the list names it (APPNOTE 6.3, 4.3.7 and 4.3.12); none tells when it was made."""
    spelt = name.encode()
    told = (20, 0, zlib.DEFLATED, 0, _DAY, checksum, len(packed), size, len(spelt))
    local = _LOCAL.pack(b"PK\3\4", *told, 0) + spelt + packed
    central = _CENTRAL.pack(b"PK\1\2", 20, 3, *told, 0, 0, 0, 0, 0o644 << 16, place) + spelt
    return local, central
