"""Mend what WeasyPrint 70.0 can't do from right to left: grids, and the text of drawings.

Two private functions are replaced in a context, and put back. Each repair names the defect; `engine.RELEASE` pins the
release, and tests hold each repair against places on paper.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

DRAWN_BY_LETTERS = {"L", "EN", "ES", "ET", "CS", "WS", "ON", "B", "S", "BN"}
"""Classes of characters (Unicode Standard Annex 9) that the engine draws well one by one."""


@contextmanager
def mirrored() -> Iterator[None]:
    """Lay out and write documents in this context so that both run from right to left where they should."""
    from weasyprint import svg
    from weasyprint.layout import block, grid, inline

    places = [(module.__dict__, "grid_layout", _from_the_right) for module in (grid, block, inline)]
    places += [(svg.__dict__, "text", _in_one_piece)]
    places += [(svg.TAGS, name, _in_one_piece) for name, drawn in svg.TAGS.items() if drawn is svg.text]
    wrapped: dict[Any, Any] = {}
    originals = [(place, name, place[name]) for place, name, _ in places]
    for place, name, wrap in places:
        place[name] = wrapped.setdefault(place[name], wrap(place[name]))
    try:
        yield
    finally:
        for place, name, original in originals:
            place[name] = original


def _from_the_right(original: Callable[..., Any]) -> Callable[..., Any]:
    """Defect: the columns of a grid begin at the left whatever its direction (CSS Grid Layout 1, section 2)."""

    def lay(*arguments: Any, **named: Any) -> Any:
        result = original(*arguments, **named)
        box = result[0]
        if box is not None and box.style["direction"] == "rtl":
            both = 2 * box.content_box_x() + box.width
            for child in box.children:
                child.translate(dx=both - 2 * child.position_x - child.margin_width())
        return result

    return lay


class _Whole(str):
    """Text that is drawn in one piece: it has one part, itself."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def _in_one_piece(original: Callable[..., None]) -> Callable[..., None]:
    """Defect: text in drawings is drawn letter by letter, so that none joins another and all stand in wrong order."""

    def draw(svg: Any, node: Any, font_size: float) -> None:
        if any(unicodedata.bidirectional(letter) not in DRAWN_BY_LETTERS for letter in node.text or ""):
            node._etree_node.text = _Whole(node.text)  # noqa: SLF001 - the node's own text can't be set
        original(svg, node, font_size)

    return draw
