"""Choose colours that can be read on white.

The house's colours are used for text on white paper and on tinted boxes, and under pale text at the head of
a page. Below a contrast of 4.5 to 1, people with weaker eyes, and everybody in the sun, can't read it
(WCAG 2.2, success criterion 1.4.3); areas and lines of figures need 3 to 1 (1.4.11). Every pair that the
stylesheets set is computed, light and dark.

Good:

    # house.yaml
    brand: {primary: "#12324f", accent: "#a3431b"}

Bad:

    # house.yaml
    brand: {primary: "#12324f", accent: "#ff9955"}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Brand, Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each colour of the house that is too pale."""
    brand = library.house.brand
    if "house" in library.unloaded or brand == Brand():
        return
    from pipeline.drawing.colour import pairs

    told: set[str] = set()
    for pair in pairs(brand):
        if pair.contrast < pair.least and pair.name not in told:
            told.add(pair.name)
            said = f"this colour's contrast with {pair.where} is {int(pair.contrast * 10) / 10}"
            yield Problem(
                mark=brand.mark(pair.name),
                rule="poor-contrast",
                message=f"{said}; {pair.least} is the least",
                hint="choose a darker colour",
            )
