"""Measure a layout: a document that the PDF engine has laid out in, heights in CSS pixels out.

The engine tells nobody where its boxes lie but the writer of its PDF, so this reads `_page_box`, which no other
module does; the engine's release is checked before it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

NAMED = "data-item"
"""The attribute that names a part."""


def rooms(document: Any) -> tuple[float, ...]:
    """How much each page holds, between its margins."""
    return tuple(float(page._page_box.height) for page in document.pages)  # noqa: SLF001 - see above


def used(document: Any) -> float:
    """How much is full: every page but the last, and the last down to the end of what stands in its flow."""
    box = document.pages[-1]._page_box  # noqa: SLF001
    top = box.position_y + box.margin_top + box.border_top_width + box.padding_top
    full = sum(rooms(document)[:-1])
    end: float = max((_end(child) for child in box.children if _flows(child)), default=top)
    return full + end - float(top)


def slack(document: Any) -> float:
    """How much of the last page is empty beside what floats, where a part of its flow waits for the end of that."""
    gaps = 0.0
    for body in _bodies(document.pages[-1]._page_box):  # noqa: SLF001
        flow = [child for child in body.children if _flows(child)]
        for before, after in pairwise(flow):
            gaps += max(0.0, float(after.position_y - before.position_y - before.margin_height()))
    return gaps


def _bodies(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        if child.element_tag == "div" and child.element is not None and child.element.get("class") == "body":
            yield child
        else:
            yield from _bodies(child)


def heights(document: Any) -> Mapping[str, float]:
    """How high each named part is, over all pages, with its margins."""
    found: dict[str, float] = {}
    for page in document.pages:
        for name, box in _named(page._page_box):  # noqa: SLF001
            found[name] = found.get(name, 0.0) + float(box.margin_height())
    return found


def _named(box: Any) -> Iterator[tuple[str, Any]]:
    """Every named box; a name inside a list item is the whole item's."""
    for child in getattr(box, "children", ()):
        name = _name(child)
        if name:
            yield name, child
        elif child.element_tag == "li" and (inner := next((n for n, _ in _named(child)), "")):
            yield inner, child
        else:
            yield from _named(child)


def _name(box: Any) -> str:
    """The name of the element that a box stands for; boxes that the engine puts in have the tag of what they are in."""
    element = box.element
    if element is None or "::" in box.element_tag or not hasattr(element, "get"):
        return ""
    return str(element.get(NAMED) or "")


def _end(box: Any) -> float:
    """Where a box ends, or what stands in its flow below it."""
    if box.element_tag in ("html", "body"):  # as high as the page
        return max((_end(child) for child in box.children if _flows(child)), default=0.0)
    return float(box.position_y + box.margin_height())


def _flows(box: Any) -> bool:
    return bool(box.is_in_normal_flow()) and type(box).__name__ != "MarginBox"
