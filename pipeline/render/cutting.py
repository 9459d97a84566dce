"""Open font files, and cut them down for the screen: a file and characters in, WOFF2 out."""

from __future__ import annotations

import base64
import functools
import struct
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any

from pipeline.kept import NOTHING, Kept, key
from pipeline.problem import ToolFailed

FEATURES = ("ccmp", "locl", "mark", "mkmk", "calt", "rlig", "kern", "liga", "tnum", "pnum")
"""OpenType features kept for the screen: what shaping needs, then what stylesheets ask for.

They ask for lining figures, too, and the faces have no others where `onum` is cut away.
"""
JOINING = ("isol", "init", "medi", "fina", "med2", "fin2", "fin3", "rclt", "mset", "curs")
"""What scripts besides need whose letters join."""

COPYRIGHT = (0, 13, 14)
"""Entries of a font's name table: copyright notice, licence, address of the licence."""


RESTRICTED, WHOLE, BITMAPS = 0x0002, 0x0100, 0x0200
"""Bits of `fsType` (OpenType 1.9, OS/2): may not be embedded; only whole; only its bitmaps."""
TABLES = ("OS/2", "cmap", "glyf", "head", "hhea", "hmtx", "loca", "maxp", "name", "post")
"""What a TrueType file must have (OpenType 1.9, "Required Tables" and "Tables Related to TrueType Outlines")."""
FILLERS = frozenset("\u115f\u1160\u3164\uffa0")
"""Letters of Hangul that are drawn as nothing."""
TRIED = 200
"""How many characters of a font are cut on trial."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueType:
    """What a TrueType file says of itself."""

    lacks: tuple[str, ...]
    """Which of `TABLES` it does without."""
    variable: bool
    legible: bool
    """Whether nearly all its letters have outlines and widths."""
    embeddable: bool
    """Whether documents may carry it, or a part of it."""


def truetype(data: bytes) -> TrueType | None:
    """Look into a TrueType file of which nothing is known; None for one that is damaged or has no outlines."""
    import uharfbuzz

    face = uharfbuzz.Face(data)
    about = face.reference_table("OS/2").data
    if not face.glyph_count or not face.unicodes or len(about) < 10 or not face.reference_table("glyf").data:
        return None
    permits = int.from_bytes(about[8:10])
    forbidden = permits & 0x000E == RESTRICTED or permits & (WHOLE | BITMAPS)
    letters, font = [letter for letter in face.unicodes if _is_letter(letter)], uharfbuzz.Font(face)
    unseen = [letter for letter in letters if _is_blank(font, letter) or _is_flat(font, letter)]
    return TrueType(
        lacks=tuple(table for table in TABLES if table not in face.table_tags),
        variable=bool(face.reference_table("fvar").data),
        legible=len(unseen) * 10 <= len(letters),
        embeddable=not forbidden,
    )


def is_cut(data: bytes) -> bool:
    """Whether a TrueType file can be cut down, tried with some of its characters."""
    import uharfbuzz

    face = uharfbuzz.Face(data)
    characters = sorted(face.unicodes)
    tried = characters[:: len(characters) // TRIED + 1]
    try:
        _cut(face, "Trial", "".join(map(chr, tried)))
    except ToolFailed:
        return False
    return True


def _is_letter(letter: int) -> bool:
    """Whether a letter must be seen: it is no filler, and no other form of one, such as a mark that stands alone."""
    sign = chr(letter)
    return (
        unicodedata.category(sign).startswith("L")
        and sign not in FILLERS
        and not unicodedata.decomposition(sign).startswith("<")
    )


def _is_blank(font: Any, letter: int) -> bool:
    """Whether the glyph of a letter has no outline."""
    extents = font.get_glyph_extents(font.get_nominal_glyph(letter))
    return extents is None or not (extents.width or extents.height)


def _is_flat(font: Any, letter: int) -> bool:
    """Whether the glyph of a letter takes no room, and is no mark."""
    glyph = font.get_nominal_glyph(letter)
    is_mark = font.face.get_layout_glyph_class(glyph).name == "MARK"
    return not font.get_glyph_h_advance(glyph) and not is_mark


@functools.cache
def characters_of(file: Path) -> frozenset[int]:
    """The code points that a face draws; a letter whose glyph has no outline is none of them."""
    font = _kept(file)
    return frozenset(
        character for character in font.face.unicodes if not (_is_letter(character) and _is_blank(font, character))
    )


@functools.lru_cache(maxsize=8192)
def advance(file: Path, text: str) -> float:
    """How wide a face sets a text in one script, joined and with its marks, in thousandths of the size."""
    import uharfbuzz

    face, buffer = _kept(file), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(face, buffer)
    return float(sum(place.x_advance for place in buffer.glyph_positions) * 1_000 / face.face.upem)


@functools.cache
def _kept(file: Path) -> Any:
    import uharfbuzz

    return uharfbuzz.Font(opened(file))


def opened(file: Path) -> Any:
    """A face's file, opened; raise ToolFailed where it is missing or no font."""
    import uharfbuzz

    try:
        face = uharfbuzz.Face(file.read_bytes())
    except OSError as error:
        raise ToolFailed(f"the bundled font {file.name} can't be read: restore the folder assets/fonts") from error
    if not face.glyph_count:
        raise ToolFailed(f"the bundled font {file.name} is damaged: restore the folder assets/fonts")
    return face


@functools.lru_cache(maxsize=512)
def subset(file: Path, name: str, characters: str, kept: Kept = NOTHING) -> bytes:
    """Cut a face down to `characters`, as WOFF2 under the name `name`; what is `kept` of the same cut is taken."""
    try:
        face = opened(file)
        read = key("cut", _tools(), file.read_bytes(), name.encode(), characters.encode())
        with suppress(TypeError, ValueError):
            return base64.b64decode(kept.get(read), validate=True)
        cut = _cut(face, name, characters)
    except ToolFailed as error:
        raise ToolFailed(f"the font {file.name} can't be cut for a page: {error}") from error
    kept.put(read, base64.b64encode(cut).decode("ascii"))
    return cut


@functools.cache
def _tools() -> bytes:
    """What cuts fonts: this module by its bytes, packages by their versions."""
    versions = [(name, version(name)) for name in ("brotli", "fonttools", "uharfbuzz")]
    return key("tools", Path(__file__).read_bytes(), repr(versions).encode()).encode()


def _cut(face: Any, name: str, characters: str) -> bytes:
    """Do it; raises ToolFailed where the file is damaged, which the libraries say in many ways."""
    import uharfbuzz
    from fontTools.ttLib import TTLibError

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in (*FEATURES, *JOINING))
    wanted.name_id_set.update((*COPYRIGHT, 17))
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    try:
        return _renamed(uharfbuzz.subset(face, wanted).blob.data, name)
    except (TTLibError, LookupError, ValueError, TypeError, AttributeError, ArithmeticError, RuntimeError,
            AssertionError, EOFError, struct.error) as error:  # fmt: skip
        raise ToolFailed("it is damaged") from error


def _renamed(font: bytes, family: str) -> bytes:
    """Put the family's own name in place of the reserved one, as the licence of modified fonts demands."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as ttf:
        name = ttf["name"]
        style = name.getDebugName(17) or name.getDebugName(2)
        name.names = [record for record in name.names if record.nameID in COPYRIGHT]
        full = f"{family} {style}"
        for number, value in ((1, family), (2, style), (3, full), (4, full), (6, full.replace(" ", "-"))):
            name.setName(value, number, 3, 1, 0x409)
        ttf.flavor = "woff2"
        written = BytesIO()
        ttf.save(written)
    return written.getvalue()
