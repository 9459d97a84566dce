"""Fit an edition to its pages.

An edition has a number of pages that it may fill, and readers count on it: one page is what a minister reads on the
way. Whole parts are left out until the rest fits, and the page says which. What can't be left out stays: key
messages, one recommendation, the strongest case against and its answer. Where that alone is too long, nothing is
printed smaller and no sentence is cut, so shorten what is named.
"""

from __future__ import annotations

from pipeline.edition import Shape
from pipeline.fit import TooMuch
from pipeline.model import Brief
from pipeline.problem import Mark, Problem

MILLIMETRES = 25.4 / 96
"""In a CSS pixel."""


def too_long(brief: Brief, shape: Shape, found: TooMuch) -> Problem:
    """Say by how much the least of an edition is too long, and which of its parts is the largest."""
    over = round(found.over * MILLIMETRES) or 1
    largest = max(found.laid.heights.items(), key=lambda pair: pair[1], default=("", 0.0))
    named = f"'{largest[0]}', {largest[1] * MILLIMETRES:.0f} mm high" if largest[0] else "the texts on its first page"
    title = shape.title.lower() or "usual"
    return Problem(
        mark=_place(brief, largest[0]),
        rule="page-budget",
        message=f"the {title} edition is {over} mm too long, even without all parts that it may leave out",
        hint=f"shorten what it shows; the largest part is {named}",
    )


def _place(brief: Brief, address: str) -> Mark:
    """Where the brief has the part at an address; its title where the part is an argument's."""
    lists = {"key-message": "key_messages", "recommendation": "recommendations", "box": "boxes"}
    part = address.removeprefix(f"{brief.id}#")
    name, _, number = part.rpartition("-")
    if name in lists and number.isdecimal():
        return brief.mark(lists[name], int(number) - 1)
    key = part.replace("-", "_")
    return brief.mark(key if key in type(brief).model_fields and getattr(brief, key) else "title")
