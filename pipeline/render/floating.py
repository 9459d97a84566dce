"""Keep in one piece what floats and asks for it, as WeasyPrint 70.0 does not: a figure in the margin and its note.

A private function is replaced in a context, and put back; `engine.RELEASE` pins the release, and a test holds the
repair against places on paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.layout import block

from pipeline.render.engine import replaced

WHOLE = frozenset({"avoid", "avoid-page"})


@contextmanager
def in_one_piece() -> Iterator[list[Any]]:
    """Lay out documents in this context so that no float is broken over pages that asks not to be; give what moved."""
    moved: list[Any] = []
    with replaced(block, "_out_of_flow_layout", _moving(moved)):
        yield moved


def lost(document: Any, moved: list[Any]) -> bool:
    """Tell whether a part that moved is nowhere: the engine makes no further page for floats alone."""
    descendants = (box for page in document.pages for box in page._page_box.descendants())  # noqa: SLF001 - as `measure`
    placed = {id(box.element) for box in descendants if getattr(box, "children", ())}
    return any(id(element) not in placed for element in moved)


def _moving(moved: list[Any]) -> Callable[[Any], Any]:
    return lambda original: _moved(original, moved)


def _moved(original: Callable[..., Any], moved: list[Any]) -> Callable[..., Any]:
    """Defect: a float heeds no `break-inside: avoid`; what of it has no room goes on alone on the next page.

    All of it goes there, as the rest would. Nothing of it but an empty box stays, whose tag says where it is read.
    """

    def lay(context: Any, box: Any, index: int, child: Any, new_children: Any, empty: Any, *rest: Any) -> Any:
        placed = [list(boxes) for boxes in rest[:2]]
        stop, resume, new, broken = original(context, box, index, child, new_children, empty, *rest)
        whole = child.is_floated() and child.style["break_inside"] in WHOLE
        first = empty and len(new_children) == 1  # on its page, and so higher than any
        if broken is None or first or not whole:
            return stop, resume, new, broken
        for boxes, before in zip(rest[:2], placed, strict=True):
            boxes[:] = before
        context.excluded_shapes.remove(new)
        left = new.copy_with_children([])
        left.style = left.style.copy()
        left.style["anchor"] = None
        left.height = left.margin_top = left.margin_bottom = left.padding_top = left.padding_bottom = 0
        new_children[-1] = left
        moved.append(child.element)
        return stop, resume, left, {0: None}

    return lay
