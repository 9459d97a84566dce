"""Find out what a style says without asking thrice: WeasyPrint 70.0 asks tens of thousands of times for a brief.

A method and a private function are replaced in a context, and put back; `engine.RELEASE` pins the release, and a test
holds every value to the one that the engine finds by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, flex, grid, inline, page, percent, replaced, table
from weasyprint.layout import float as floats

from pipeline.render import engine

SPECIAL = {
    "page",
    "position",
    "float",
    "display",
    *(name for name in INITIAL_VALUES if name[:16] == "text_decoration_"),
}
"""Properties whose values depend on more than on the parent's and on what stylesheets say."""
LOGICAL = {
    name: {PHYSICAL_FUNCTIONS[name](block="ttb", inline=direction) for direction in ("ltr", "rtl")}
    if name in PHYSICAL_FUNCTIONS
    else set[str]()
    for name in INITIAL_VALUES
    if name not in SPECIAL and (name in INHERITED or name not in INITIAL_NOT_COMPUTED)
}
"""All other properties that are inherited or begin with a ready value, and the names that may be said instead."""
USED = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"border_{side}_width" for side in ("top", "right", "bottom", "left")),
    *(f"{bound}{axis}" for axis in ("width", "height") for bound in ("", "min_", "max_")),
)
"""What is resolved for a box."""


@contextmanager
def asked_once() -> Iterator[None]:
    """Lay out and write documents in this context so that values of styles are found on a short way."""
    with ExitStack() as stack:
        stack.enter_context(engine.replaced(css.ComputedStyle, "__missing__", _shortly))
        for module in (percent, absolute, block, column, flex, floats, grid, inline, page, replaced, table):
            if hasattr(module, "resolve_percentages"):
                stack.enter_context(engine.replaced(module, "resolve_percentages", _resolving_once))
        yield


def _shortly(original: Callable[[Any, str], Any]) -> Callable[[Any, str], Any]:
    """Slow: each value of each style is looked for in a dozen places; most are the parent's or the first one."""

    def find(style: Any, name: str) -> Any:
        instead, said = LOGICAL.get(name), style.cascaded
        if instead is None or name in said or not instead.isdisjoint(said):
            return original(style, name)
        if name not in INHERITED:
            value = style[name] = INITIAL_VALUES[name]
            return value
        if style.parent_style is None:
            return original(style, name)
        value = style[name] = style.parent_style[name]
        return value

    return find


def _resolving_once(original: Callable[[Any, Any], None]) -> Callable[[Any, Any], None]:
    """Slow: twenty lengths are resolved for each box whenever it is set, though they depend on its style and room."""

    def resolve(box: Any, containing_block: Any) -> None:
        style = box.style
        if not isinstance(box, boxes.Box) or isinstance(box, boxes.PageBox) or style["border_collapse"] == "collapse":
            original(box, containing_block)
            return
        known = style.__dict__.setdefault("_used", {})
        room = containing_block
        key = (room.width, room.height) if isinstance(room, boxes.Box) else tuple(room)
        if key not in known:
            original(box, containing_block)
            known[key] = {name: getattr(box, name) for name in USED}
        else:
            box.__dict__.update(known[key])

    return resolve
