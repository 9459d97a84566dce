"""Make font files for tests: faces of the bundle whose letters stand for those of other scripts."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from fontTools.ttLib import TTFont, newTable

from tests.render.paper import ASSETS

BUNDLED = ASSETS / "fonts" / "SourceSans3-Regular.ttf"


def lettered(characters: str, *, embedding: int = 0, variable: bool = False) -> bytes:
    """A TrueType font that draws these characters, each as a Latin letter; `embedding` is its `fsType`."""
    with TTFont(BUNDLED, recalcTimestamp=False) as font:
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap = {ord(each): glyph for each, glyph in zip(characters, _glyphs(font), strict=False)}
        font["OS/2"].fsType = embedding
        if variable:
            font["fvar"] = _axes()
        font.save(written := BytesIO())
    return written.getvalue()


def _glyphs(font: Any) -> list[str]:
    """The names of some hundreds of letters."""
    return [name for name in font.getGlyphOrder() if name not in (".notdef", "space")][:800]


def _axes() -> Any:
    table = newTable("fvar")
    table.axes, table.instances = [], []
    return table
