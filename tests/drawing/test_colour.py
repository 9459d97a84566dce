"""Colours are made and measured as the standards say."""

import re
from colorsys import rgb_to_hls
from pathlib import Path

import pytest

from pipeline.drawing.colour import (
    INK,
    MUTED,
    ON_BAND,
    TEXT_CONTRAST,
    TINT,
    WHITE,
    contrast,
    pairs,
    palette,
    steps,
    toned,
)
from pipeline.model import Brand

BRANDS = [Brand(), Brand(primary="#000000", accent="#7a0050"), Brand(primary="#595959"), Brand(primary="#0000ee")]


def _hls(colour: str) -> tuple[float, float, float]:
    return rgb_to_hls(*(int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)))


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    """Ratios agree with the figures that WCAG's own examples give, in either order."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


CSS = Path(__file__).parents[2] / "assets" / "css"


def test_the_house_can_be_read() -> None:
    """The colours of the house itself have contrast enough, whatever they are set upon."""
    found = list(pairs(Brand()))
    assert len(found) >= 15
    assert not [pair for pair in found if pair.contrast < pair.least]


def test_pale_text_on_the_band_is_known() -> None:
    """The pale colours of the masthead are those that the stylesheet sets, so a new one can't be forgotten."""
    sheet = (CSS / "colour.css").read_text(encoding="utf-8")
    pale = set(re.findall(r"[{;]color:(#[0-9a-f]{6})", sheet))
    assert pale == set(ON_BAND)


def test_a_brand_that_is_dark_on_white_may_be_pale_under_text() -> None:
    """A blue that can be read on white is too light under the question at the head of a page."""
    (pair,) = (pair for pair in pairs(Brand(primary="#336699")) if pair.contrast < pair.least)
    assert (pair.name, pair.where) == ("primary", "the question at the head of a page")


def test_the_stylesheets_own_colours_can_be_read() -> None:
    """Ink and muted words, light and dark, and the dark colours in place of the house's, on paper and on boxes."""
    dark = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6})", (CSS / "screen.css").read_text(encoding="utf-8")))
    assert {"paper", "tint", "ink", "muted", "primary", "accent", "secondary"} <= set(dark)
    for front in ("ink", "muted", "primary", "accent", "secondary"):
        assert min(contrast(dark[front], dark[ground]) for ground in ("paper", "tint")) >= TEXT_CONTRAST, front
    for front in (INK, MUTED):
        assert min(contrast(front, ground) for ground in (WHITE, toned(Brand().primary, TINT))) >= TEXT_CONTRAST


@pytest.mark.parametrize("lightness", [0.2, 0.5, 0.94])
def test_a_tone_keeps_its_hue(lightness: float) -> None:
    """A tone has the hue of its colour and the lightness asked for, up to rounding."""
    hue, light, _ = _hls(toned("#12324f", lightness))
    assert light == pytest.approx(lightness, abs=0.01)
    assert hue == pytest.approx(_hls("#12324f")[0], abs=0.02)
    assert toned("#12324f", 0) == "#000000"
    assert toned("#12324f", 1) == "#ffffff"


@pytest.mark.parametrize("count", range(2, 9))
@pytest.mark.parametrize("brand", BRANDS)
def test_text_can_be_read_on_every_step(brand: Brand, count: int) -> None:
    """The fills of ordered steps differ, start with the house's colour, and carry white or ink with enough contrast."""
    fills = steps(brand, count)
    assert len({fill.area for fill in fills}) == count
    assert fills[0].area == brand.primary
    for fill in fills:
        assert fill.text in (WHITE, INK)
        assert contrast(fill.area, fill.text) >= TEXT_CONTRAST


@pytest.mark.parametrize("brand", BRANDS)
def test_text_can_be_read_on_the_tint(brand: Brand) -> None:
    """What is written on the pale colour, and on white, has enough contrast; lines and marks have at least three."""
    colours = palette(brand)
    for text in (colours.ink, colours.primary, colours.accent):
        assert contrast(text, colours.tint) >= TEXT_CONTRAST
    for text in (colours.ink, colours.muted, colours.primary, colours.accent, colours.secondary):
        assert contrast(text, colours.white) >= TEXT_CONTRAST
    assert contrast(colours.outline, colours.white) >= 3
    for mark in (colours.outline, colours.primary, colours.accent, colours.secondary):  # strokes, frames and marks
        assert min(contrast(mark, ground) for ground in (colours.white, colours.tint)) >= 3
