"""Know how wide text is in the drawings' typeface: text and size in, pixels and lines out.

Widths are those of Source Sans 3 Semibold in thousandths of the size, rounded up to the next twentieth;
the Regular is up to a tenth narrower. A drawing needs no more: it leaves room, it doesn't set type.
Arabic letters are as wide as their neighbours have them, so HarfBuzz joins them in Noto Sans Arabic SemiBold.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from pipeline.project import Project
from pipeline.render.cutting import advance

# \u2018 and \u2019 are quotation marks, \u2013 an en dash, \u00d7 the multiplication sign
_BY_WIDTH = {
    200: " ",
    260: "|",
    280: "',.:;ijl\u2018\u2019·",
    300: "I",
    320: "!f",
    340: "()-[]{}",
    360: "/\\",
    380: "rt",
    440: "*s",
    460: "?z",
    480: "c\u2013",
    500: '"J_vxy“”',
    520: "#$+0123456789<=>FLY^aeg~\u00d7€£",
    540: "EVZk",
    560: "ASTX`hnou",
    580: "Cbdpq",
    600: "BKPR",
    640: "&DG→←",
    660: "NU",
    680: "HOQ",
    760: "Mw",
    800: "W—",
    880: "%m@½",
}
_WIDTHS = {character: thousandths for thousandths, characters in _BY_WIDTH.items() for character in characters}
_JOINED = re.compile("[\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff\u200c\u200d\ufb50-\ufdff\ufe70-\ufefc]+")
"""A run of Arabic."""
_OTHER = 1_000
"""A character that isn't listed is taken to be as wide as it is high."""


def width(text: str, size: float) -> float:
    """The room that `text` needs on one line, in the unit of `size`."""
    if text.isascii() or not (joined := _JOINED.findall(text)):
        return sum(_WIDTHS.get(character, _OTHER) for character in text) * size / 1_000
    left = sum(_WIDTHS.get(character, _OTHER) for character in _JOINED.sub("", text))
    return (left + sum(advance(_face(), run) for run in joined)) * size / 1_000


def _face() -> Path:
    return Project.shipped().assets / "fonts" / "NotoSansArabic-SemiBold.ttf"


@lru_cache(maxsize=4096)
def lines(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break `text` between words, or inside a word that is too long, so that no line is wider than `room`."""
    broken = [""]
    for word in text.split():
        for piece in _pieces(word, size, room):
            longer = f"{broken[-1]} {piece}" if broken[-1] else piece
            if broken[-1] and width(longer, size) > room:
                broken.append(piece)
            else:
                broken[-1] = longer
    return tuple(broken)


def _pieces(word: str, size: float, room: float) -> list[str]:
    if word.isascii() and width(word, size) <= room:
        return [word]
    pieces = [""]
    for character in word:
        if pieces[-1] and width(pieces[-1] + character, size) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces
