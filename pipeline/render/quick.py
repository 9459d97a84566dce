"""Set plain Latin text as the PDF engine would, in a fraction of its time: a gap's font and a text in; a run out.

The engine lets Pango find fonts, scripts and directions anew for each text, and let HarfBuzz shape each part. Where a
text is in Latin letters from left to right, and the gap's own font has all of them, there is one part, so HarfBuzz can
be asked right away. Whatever is not as plain as that is left to the engine, and so is any glyph that it hasn't drawn
yet: it alone says how wide a glyph is and what it means. A test holds both ways to the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"(?=.*[A-Za-z])[ -~\u00a1-\u00ac\u00ae-\u024f\u2013\u2014\u2018-\u201e\u2026]+")
"""Latin letters, at least one, and signs that no script owns."""
FEATURES = (
    *("kerning", "variant_ligatures", "variant_position", "variant_caps", "variant_numeric", "variant_alternates"),
    *("variant_east_asian", "feature_settings"),
)
"""The properties that ask for features of a font, in the engine's order."""
_GLYPH = re.compile(r"(\d+)(?:@(-?\d+),(-?\d+))?\+(-?\d+)")
"""A glyph with its offset and its advance as HarfBuzz says them."""
UNIT = 1024
"""Pango's units in a CSS pixel."""


class Quick:
    """Sets texts in one gap."""

    def __init__(self, font: Any, size: float, sample: bytes, style: Any) -> None:
        """Take the engine's font and size of the gap, what it drew there for a letter, and the gap's style."""
        import uharfbuzz
        from weasyprint.text.fonts import font_features

        self.font, self.size = font, size
        self.before, _, rest = sample.partition(b"[")
        self.after = rest.partition(b"]")[2]
        face = uharfbuzz.Face(font.file_content, font.index)
        self.letters = frozenset(map(chr, face.unicodes))
        """What the font draws; HarfBuzz would compose some more, for which the engine takes another font."""
        self.shaper = uharfbuzz.Font(face)
        scale = int(size * UNIT)
        self.shaper.scale = (scale, scale)
        self.language = str(style["lang"] or "")
        features = font_features(*(style[f"font_{name}"] for name in FEATURES))
        self.features: Mapping[str, int] = {name: int(value) for name, value in features.items()}
        self.known: dict[str, tuple[str, int]] = {}
        """What draws a glyph, and its advance, by what HarfBuzz says of it."""
        self.fits = style["direction"] == "ltr" and style["letter_spacing"] == "normal" and not style["word_spacing"]

    def run(self, text: str) -> tuple[bytes, float] | None:
        """What draws a text, and how wide it is in CSS pixels; None where the engine has to be asked."""
        import uharfbuzz

        if not (self.fits and _PLAIN.fullmatch(text) and self.letters.issuperset(text)):
            return None
        buffer = uharfbuzz.Buffer()
        buffer.add_str(text)
        buffer.direction, buffer.script = "ltr", "Latn"
        if self.language:
            buffer.language = self.language
        uharfbuzz.shape(self.shaper, buffer, self.features)
        plain = uharfbuzz.BufferSerializeFlags.NO_CLUSTERS | uharfbuzz.BufferSerializeFlags.NO_GLYPH_NAMES
        return self._drawn(buffer.serialize(self.shaper, uharfbuzz.BufferSerializeFormat.TEXT, plain))

    def _drawn(self, shaped: str) -> tuple[bytes, float] | None:
        """Write glyphs and the space between them as the engine does (WeasyPrint 70.0, `draw_first_line`).

        HarfBuzz says all glyphs in one go, `[12+345|7@8,0+90]`: number, offset and advance.
        """
        glyphs = shaped[1:-1].split("|")
        for glyph in {*glyphs}.difference(self.known):
            if (learnt := self._learn(glyph)) is None:
                return None
            self.known[glyph] = learnt
        found = [self.known[glyph] for glyph in glyphs]
        said = f"<{''.join([part for part, _ in found])}"
        said = said[:-1] if said.endswith("<") else f"{said}>"
        return b"%b[%b]%b" % (self.before, said.encode(), self.after), sum([advance for _, advance in found]) / UNIT

    def _learn(self, glyph: str) -> tuple[str, int] | None:
        """What draws a glyph, and its advance; None where the engine has to be asked."""
        said = _GLYPH.fullmatch(glyph)
        if not said or int(said[3] or 0):
            return None
        number, offset, advance = int(said[1]), int(said[2] or 0), int(said[4])
        part = self._part(number, offset, advance)
        return (part, advance) if part else None

    def _part(self, id: int, x_offset: int, advance: int) -> str:
        """One glyph and the space around it; empty where the engine has to be asked."""
        if id not in self.font.widths or id not in self.font.to_unicode:
            return ""
        offset = x_offset / self.size
        kerning = self.font.widths[id] + offset - advance * 1000 / UNIT / self.size
        return (f">{-offset}<{id:04x}" if offset else f"{id:04x}") + (f">{int(kerning)}<" if kerning else "")
