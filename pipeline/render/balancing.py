"""Balance columns in the time of two layouts, where WeasyPrint 70.0 takes one for each height that it tries.

Three private functions are replaced in a context, and put back; `engine.RELEASE` pins the release, and a test holds
every box to where the engine puts it by itself.

Slow: the engine sets all that stands in columns at one height after another, a pixel or a line higher each time, until
it fits; only then does it set it for good. Here what has been set once at its full height is not set again while
heights are tried, as long as it has room: it would come out the same, only higher or lower on the page. What has no
room, or may depend on more than its own width, is left to the engine, and so is the layout for good.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import inf
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import block

from pipeline.render.engine import replaced

OTHERS = (boxes.TableBox, boxes.FlexContainerBox, boxes.GridContainerBox)
"""Boxes that remember more than where they are."""


@dataclass(kw_only=True, slots=True)
class _Set:
    """How something came out that stands in a column, at its full height."""

    top: float
    need: float
    """How much room below its top is enough for it."""
    box: Any
    page: dict[str, Any]
    before: list[float]
    """The margins that met above it, with its own."""
    after: list[float]
    through: bool


@dataclass(kw_only=True, slots=True)
class _Trials:
    """What is known of the content of one multi-column box."""

    found: dict[Any, _Set] = field(default_factory=dict)
    simple: dict[int, bool] = field(default_factory=dict)
    begun: dict[Any, Any] = field(default_factory=dict)
    """The first lines of what comes next, by where that is."""


class _Now:
    """What is being set: the trials of the innermost multi-column box, and the column in which heights are tried."""

    def __init__(self) -> None:
        self.trials = _Trials()
        self.column: Any = None


@contextmanager
def balanced() -> Iterator[None]:
    """Lay out documents in this context so that columns are balanced without setting everything again and again."""
    now = _Now()
    with ExitStack() as stack:
        stack.enter_context(replaced(block, "columns_layout", lambda original: _starting(original, now)))
        stack.enter_context(replaced(block, "block_box_layout", lambda original: _trying(original, now)))
        stack.enter_context(replaced(block, "block_level_layout", lambda original: _setting_once(original, now)))
        yield


def _starting(original: Callable[..., Any], now: _Now) -> Callable[..., Any]:
    """Each multi-column box has trials of its own, also where one stands in another."""

    def lay(*arguments: Any) -> Any:
        outer = now.trials, now.column
        now.trials, now.column = _Trials(), None
        try:
            return original(*arguments)
        finally:
            now.trials, now.column = outer

    return lay


def _trying(original: Callable[..., Any], now: _Now) -> Callable[..., Any]:
    """Tell a column in which a height is tried, for it is given a list of margins, from one that is set for good."""

    def lay(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if not box.is_column:
            return original(context, box, *rest, **named)
        outer, now.column = now.column, box if rest[6] is not None else None
        try:
            following = _following(box, rest[0], rest[1], now)
            if following is None:
                return original(context, box, *rest, **named)
            if id(following) not in now.trials.begun:
                now.trials.begun[id(following)] = original(context, box, *rest, **named)
            return now.trials.begun[id(following)]
        finally:
            now.column = outer

    return lay


def _setting_once(original: Callable[..., Any], now: _Now) -> Callable[..., Any]:
    """Give what was set before, at its new place, where it has room there."""

    def lay(context: Any, box: Any, *rest: Any, **named: Any) -> Any:
        if now.column is None:
            return original(context, box, *rest, **named)
        column, now.column = now.column, None
        try:
            return _once(original, now.trials, column, context, box, *rest)
        finally:
            now.column = column

    return lay


def _once(original: Callable[..., Any], trials: _Trials, column: Any, context: Any, box: Any, *rest: Any) -> Any:
    space, skip, parent, empty, absolute, fixed, margins = rest[:7]
    if parent is not column or context.excluded_shapes or any(rest[7:9]) or not _is_simple(box, trials):
        return original(context, box, *rest)
    if skip is not None:  # what is begun elsewhere leaves marks on the box
        for key in [key for key in trials.found if key[0] == id(box)]:
            del trials.found[key]
        return original(context, box, *rest)
    key = (id(box), empty, *margins)
    known = trials.found.get(key)
    if known is not None and box.position_y + known.need < context.page_bottom - space:
        return _moved(known, box, margins)
    top, waiting = box.position_y, (len(absolute), len(fixed))
    result = original(context, box, *rest)
    if result[0] is not None and result[1] is None and waiting == (len(absolute), len(fixed)):
        trials.found[key] = _found(result, top, margins)
    return result


def _following(box: Any, space: float, skip: Any, now: _Now) -> Any:
    """What begins a column without any room, which the engine sets to see how high its first lines are."""
    if now.column is None or space != inf or skip is None:
        return None
    ((index, inside),) = skip.items()
    return box.children[index] if inside is None and _is_simple(box.children[index], now.trials) else None


def _found(result: Any, top: float, margins: list[float]) -> _Set:
    new, _, page, after, through, _ = result
    inside = [*new.descendants(placeholders=True)]
    edges = sum(abs(each.margin_bottom) + each.padding_bottom + each.border_bottom_width for each in inside)
    lowest = max(each.position_y + each.margin_height() for each in inside)
    return _Set(
        top=top,
        need=lowest - top + 2 * edges + 1,
        box=new.copy(),
        page=dict(page),
        before=[*margins],
        after=[*after],
        through=through,
    )


def _moved(known: _Set, box: Any, margins: list[float]) -> Any:
    """What the engine would give for a box, but that all inside it stays where it was: nothing asks for that."""
    new = known.box.copy()
    new.position_y += box.position_y - known.top
    margins[:] = known.before
    box.remove_decoration_sides = set()  # as a box is left that was set
    return new, None, dict(known.page), [*known.after], known.through, None


def _is_simple(box: Any, trials: _Trials) -> bool:
    """Tell whether how a box comes out depends on its width and its margins alone, and changes nothing elsewhere."""
    if id(box) not in trials.simple:
        trials.simple[id(box)] = all(map(_is_plain, box.descendants()))
    return trials.simple[id(box)]


def _is_plain(box: Any) -> bool:
    style = box.style
    return not (
        isinstance(box, OTHERS)
        or box.footnote
        or box.note
        or box.first_letter_style
        or box.first_line_style
        or box.is_floated()
        or box.is_running()
        or box.is_note()
        or style["column_count"] != "auto"
        or style["column_width"] != "auto"
        or style["max_lines"] != "none"
        or style["continue"] == "discard"
    )
