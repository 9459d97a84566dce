"""Mend what WeasyPrint 70.0 lays out from left to right whatever the direction: grids.

The engine mirrors lines, tables, flexible boxes and columns, and lays the columns of a grid out from the left always
(CSS Grid Layout 1, section 2: they follow the direction). So a private function is replaced while a document is laid
out, and put back; `engine.RELEASE` pins the release.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def mirrored() -> Iterator[None]:
    """Lay out documents in this context so that grids from right to left begin at their right side."""
    from weasyprint.layout import block, grid, inline

    original = grid.grid_layout
    wrapped = _from_the_right(original)
    for module in (grid, block, inline):
        module.grid_layout = wrapped
    try:
        yield
    finally:
        for module in (grid, block, inline):
            module.grid_layout = original


def _from_the_right(original: Callable[..., Any]) -> Callable[..., Any]:
    """Lay a grid out, then swap each of its boxes to the other side."""

    def lay(*arguments: Any, **named: Any) -> Any:
        result = original(*arguments, **named)
        box = result[0]
        if box is not None and box.style["direction"] == "rtl":
            both = 2 * box.content_box_x() + box.width
            for child in box.children:
                child.translate(dx=both - 2 * child.position_x - child.margin_width())
        return result

    return lay
