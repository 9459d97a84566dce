"""Make font files for tests: faces of the bundle whose letters stand for those of other scripts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont, newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph

from tests.render.paper import ASSETS

BUNDLED = ASSETS / "fonts" / "SourceSans3-Regular.ttf"


def lettered(
    characters: str, *, embedding: int = 0, variable: bool = False, without: str = "", blank: str = "", flat: str = ""
) -> bytes:
    """A TrueType font that draws these characters, each as a Latin letter; `embedding` is its `fsType`.

    It may lack the table that it is `without`; `blank` characters have no outline, and `flat` ones no width.
    """
    with TTFont(BUNDLED, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap = {ord(each): glyph for each, glyph in zip(characters, _glyphs(font), strict=False)}
        font["OS/2"].fsType = embedding
        if variable:
            font["fvar"] = _axes()
        drawn = font.getBestCmap()
        for character in blank:
            font["glyf"][drawn[ord(character)]] = Glyph()
        for character in flat:
            font["hmtx"][drawn[ord(character)]] = (0, 0)
        font.save(written := BytesIO())
    return _unlisted(written.getvalue(), without) if without else written.getvalue()


def spoilt(font: bytes, table: str) -> bytes:
    """The font with nothing but 0xff in one of its tables."""
    place = _entry(font, table)
    start, length = (int.from_bytes(font[place + at : place + at + 4]) for at in (8, 12))
    return font[:start] + b"\xff" * length + font[start + length :]


def _unlisted(font: bytes, table: str) -> bytes:
    """The font with a table under a name that nothing asks for."""
    place = _entry(font, table)
    return font[:place] + b"none" + font[place + 4 :]


def _entry(font: bytes, table: str) -> int:
    """Where a table stands in the directory (OpenType 1.9, "Table Directory")."""
    return next(place for place in range(12, len(font), 16) if font[place : place + 4] == table.encode())


def _glyphs(font: Any) -> list[str]:
    """The names of some hundreds of letters."""
    return [name for name in font.getGlyphOrder() if name not in (".notdef", "space")][:800]


def _axes() -> Any:
    table = newTable("fvar")
    table.axes, table.instances = [], []
    return table
