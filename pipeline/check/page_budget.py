"""Fit an edition to its pages.

An edition has a number of pages that it may fill, and readers count on it: one page is what a minister reads on the
way. Whole parts are left out until the rest fits, and the page says which. What can't be left out stays: key
messages, one recommendation, the strongest objection and its answer. Where that alone is too long, nothing is
printed smaller and no sentence is cut, so shorten what is named.
"""

from __future__ import annotations

from pipeline.edition import Shape
from pipeline.fit import TooMuch
from pipeline.model import Brief
from pipeline.problem import Problem

MILLIMETRES = 25.4 / 96
"""In a CSS pixel."""


def too_long(brief: Brief, shape: Shape, found: TooMuch) -> Problem:
    """Say by how much the least of an edition is too long, and which of its parts is the largest."""
    over = round(found.over * MILLIMETRES) or 1
    largest = max(found.laid.heights.items(), key=lambda pair: pair[1], default=("", 0.0))
    named = f"'{largest[0]}', {largest[1] * MILLIMETRES:.0f} mm high" if largest[0] else "the texts on its first page"
    title = shape.title.lower() or "usual"
    return Problem(
        mark=brief.mark("title"),
        rule="page-budget",
        message=f"the {title} edition is {over} mm too long with all left out that may be",
        hint=f"shorten what it shows; the largest part is {named}",
    )
