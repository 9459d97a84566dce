"""Colours are made and measured as the standards say."""

from colorsys import rgb_to_hls

import pytest

from pipeline.drawing.colour import INK, TEXT_CONTRAST, WHITE, contrast, palette, steps, toned
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
