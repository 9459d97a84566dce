"""Open font files, and cut them down for the screen: a file and characters in, WOFF2 out."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

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


@dataclass(frozen=True, kw_only=True, slots=True)
class TrueType:
    """What a TrueType file says of itself."""

    variable: bool
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
    return TrueType(variable=bool(face.reference_table("fvar").data), embeddable=not forbidden)


@functools.cache
def characters_of(file: Path) -> frozenset[int]:
    """The code points that a face draws."""
    return frozenset(opened(file).unicodes)


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
def subset(file: Path, name: str, characters: str) -> bytes:
    """Cut a face down to `characters`, as WOFF2 under the name `name`."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in (*FEATURES, *JOINING))
    wanted.name_id_set.update((*COPYRIGHT, 17))
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    return _renamed(uharfbuzz.subset(opened(file), wanted).blob.data, name)


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
