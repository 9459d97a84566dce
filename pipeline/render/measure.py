"""Measure a layout: a document that the PDF engine has laid out in, heights in CSS pixels out.

The engine tells nobody where its boxes lie but the writer of its PDF, so this reads `_page_box`, which no other
module does; the engine's release is checked before it runs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

NAMED = "data-item"
"""The attribute that names a part."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Measures:
    """How high a layout came out, in CSS pixels, 96 to the inch: all that fitting asks of it."""

    rooms: tuple[float, ...]
    """How much each page holds."""
    used: float
    """How much is full, over all pages: those before the last count as full."""
    slack: float
    """How much more could stand beside the margin's parts."""
    spare: float
    """How much more could stand in the margin."""
    heights: Mapping[str, float]
    """How high each part is that the page names with `data-item`; in a list, the height of its whole item."""
    margin: frozenset[str]
    """The parts that stand in the margin."""
    beside: frozenset[str]
    """The parts that stand beside those of the margin."""

    def room(self, pages: int) -> float:
        """How much so many pages hold; pages beyond these are like the last."""
        return sum(self.rooms[:pages]) + self.rooms[-1] * max(0, pages - len(self.rooms))


def measured(document: Any) -> dict[str, Any]:
    """The measures of a document, by their names."""
    return {
        "rooms": rooms(document),
        "used": used(document),
        "slack": slack(document),
        "spare": spare(document),
        "heights": heights(document),
        "margin": margin(document),
        "beside": beside(document),
    }


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
    """How much more could stand beside what floats in the margin, without moving what comes below."""
    return sum(max(0.0, region.margin_end - region.flow_end) for region in _regions(document))


def spare(document: Any) -> float:
    """How much more could float in the margin, beside the flow, without moving what comes below."""
    return sum(max(0.0, region.flow_end - region.margin_end) for region in _regions(document))


def margin(document: Any) -> frozenset[str]:
    """The named parts that float in the margin."""
    return frozenset(name for region in _regions(document) for box in region.floats for name, _ in _named_from(box))


def beside(document: Any) -> frozenset[str]:
    """The named parts of the flow that leave the margin free."""
    return frozenset(name for region in _regions(document) for box in region.flow for name, _ in _named_from(box))


@dataclass(kw_only=True, slots=True)
class _Region:
    """A part of a page in two columns: the flow, and beside it what floats."""

    top: float
    flow: list[Any]
    floats: list[Any]

    @property
    def flow_end(self) -> float:
        return max((_end(box) for box in self.flow), default=self.top)

    @property
    def margin_end(self) -> float:
        return max((_end(box) for box in self.floats), default=self.top)


def _regions(document: Any) -> Iterator[_Region]:
    """All of them, from top to bottom; what is as wide as both columns, or clears them, ends one."""
    for body in (body for page in document.pages for body in _bodies(page._page_box)):  # noqa: SLF001
        region: _Region | None = None
        for box in body.children:
            flows = _flows(box)
            if flows and (box.style["clear"] != "none" or box.border_width() > body.width + 1):
                yield from [region] if region else ()
                region = None
                continue
            region = region or _Region(top=float(box.position_y), flow=[], floats=[])
            (region.flow if flows else region.floats).append(box)
        yield from [region] if region else ()


def _named_from(box: Any) -> Iterator[tuple[str, Any]]:
    """Every named box from this one down."""
    name = _name(box)
    yield from [(name, box)] if name else _named(box)


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
