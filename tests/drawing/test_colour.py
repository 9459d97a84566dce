"""Colours are mixed and measured as the standards say."""

import pytest

from pipeline.drawing.colour import contrast, mix


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000000", "#ffffff", 21.0), ("#777777", "#ffffff", 4.48), ("#ff0000", "#ffffff", 4.0)],
)
def test_contrast(one: str, other: str, ratio: float) -> None:
    """Ratios agree with the figures that WCAG's own examples give, in either order."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_mix() -> None:
    """A mix is the colour itself, the other one, or between, channel by channel."""
    assert mix("#12324f", "#ffffff", 0) == "#12324f"
    assert mix("#12324f", "#ffffff", 1) == "#ffffff"
    assert mix("#000000", "#ffffff", 0.5) == "#808080"
