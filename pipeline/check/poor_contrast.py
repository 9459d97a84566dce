"""Choose colours that can be read on white.

The house's colours are used for text on white paper and for white text on them. Below a contrast of 4.5
to 1, people with weaker eyes, and everybody in the sun, can't read it (WCAG 2.2, success criterion
1.4.3).

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
    from pipeline.drawing.colour import TEXT_CONTRAST, WHITE, contrast

    for name in ("primary", "accent", "secondary"):
        ratio = contrast(getattr(brand, name), WHITE)
        if ratio < TEXT_CONTRAST:
            yield Problem(
                mark=brand.mark(name),
                rule="poor-contrast",
                message=f"this colour's contrast with white is {int(ratio * 10) / 10}; {TEXT_CONTRAST} is the least",
                hint="choose a darker colour",
            )
