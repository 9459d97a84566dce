"""Make the colours of drawings from the house's: three colours in, all tints out.

SVG in the PDF engine knows neither custom properties nor `color-mix`, so every colour is computed here.
"""

from __future__ import annotations

from collections.abc import Iterator
from colorsys import hls_to_rgb, rgb_to_hls
from dataclasses import dataclass

from pipeline.model import Brand

WHITE, INK, MUTED, RULE = "#ffffff", "#1b2430", "#4a5766", "#c9d1da"
OUTLINE = "#6b7887"
TEXT_CONTRAST = 4.5
"""WCAG 2.2, success criterion 1.4.3, for text of any size."""


GRAPHIC_CONTRAST = 3.0
"""WCAG 2.2, success criterion 1.4.11, for what must be seen and not read."""
TINT = 0.94
"""How light the tint behind boxes is."""
ON_BAND = {"#c9d8e6": "the question", "#e4ecf3": "the series", "#f2f6fa": "the bottom line"}
"""The colours on the band at the head of a page, besides white; assets/css/colour.css has them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pair:
    """Two colours that stylesheets set upon each other."""

    name: str
    """The house's colour, which would have to change."""
    front: str
    ground: str
    where: str
    """What the house's colour meets, as a message has it."""
    least: float = TEXT_CONTRAST

    @property
    def contrast(self) -> float:
        """The contrast ratio of WCAG 2.2, from 1 to 21."""
        return contrast(self.front, self.ground)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fill:
    """A colour for an area and one for the text on it."""

    area: str
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Palette:
    """The colours of one drawing."""

    primary: str
    accent: str
    secondary: str
    tint: str
    """The primary colour, so pale that ink can be read on it."""
    ink: str = INK
    muted: str = MUTED
    rule: str = RULE
    outline: str = OUTLINE
    white: str = WHITE


def palette(brand: Brand) -> Palette:
    """The colours of a house's drawings."""
    tint = toned(brand.primary, 0.93)
    return Palette(primary=brand.primary, accent=brand.accent, secondary=brand.secondary, tint=tint)


def pairs(brand: Brand) -> Iterator[Pair]:
    """Every pair with a colour of the house; the dark colours of screens are the stylesheets' own, but for the band."""
    tint = toned(brand.primary, TINT)
    for name in ("primary", "accent", "secondary"):
        own = getattr(brand, name)
        yield Pair(name=name, front=own, ground=WHITE, where="white")
        yield Pair(name=name, front=own, ground=tint, where="the tint behind boxes")
    for pale, called in ON_BAND.items():
        yield Pair(name="primary", front=pale, ground=brand.primary, where=f"{called} at the head of a page")
    for pale in (toned(brand.primary, 0.93), WHITE):  # areas of figures, and lines on them
        for name in ("primary", "accent", "secondary"):
            own, where = getattr(brand, name), "the ground of figures"
            yield Pair(name=name, front=own, ground=pale, where=where, least=GRAPHIC_CONTRAST)


def toned(colour: str, lightness: float) -> str:
    """A colour's tone of another lightness, from 0 to 1, in its own hue; a little calmer the lighter it is."""
    hue, _, saturation = rgb_to_hls(*(channel / 255 for channel in _channels(colour)))
    channels = hls_to_rgb(hue, lightness, saturation * (1 - 0.55 * lightness))
    return "#" + "".join(f"{round(255 * channel):02x}" for channel in channels)


def _lightness(colour: str) -> float:
    return rgb_to_hls(*(channel / 255 for channel in _channels(colour)))[1]


def contrast(first: str, second: str) -> float:
    """The contrast ratio of WCAG 2.2, from 1 to 21."""
    low, high = sorted((_luminance(first), _luminance(second)))
    return (high + 0.05) / (low + 0.05)


def steps(brand: Brand, count: int) -> tuple[Fill, ...]:
    """Fills for ordered steps: from the primary colour over its tints to those of the accent colour."""
    cool, warm = (count + 1) // 2, count // 2
    darkest = _lightness(brand.primary)
    areas = [
        *(toned(brand.primary, darkest + (0.45 - darkest) * step / max(cool - 1, 1)) for step in range(cool)),
        *(toned(brand.accent, 0.84 - 0.18 * step / max(warm - 1, 1)) for step in range(warm)),
    ]
    return tuple(_readable(area) for area in (brand.primary, *areas[1:]))


def _readable(area: str) -> Fill:
    """Choose white or ink for the text on an area; lighten the area until one of them can be read."""
    while max(contrast(area, WHITE), contrast(area, INK)) < TEXT_CONTRAST:
        area = toned(area, min(1.0, _lightness(area) + 0.04))
    return Fill(area=area, text=WHITE if contrast(area, WHITE) >= TEXT_CONTRAST else INK)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance of sRGB (WCAG 2.2, definitions)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in _channels(colour))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
