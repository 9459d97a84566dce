"""Lay columns out: matrices, spectra and groups in, heads and what stands below them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.drawing.text import BODY, COLUMN, HEAD, LARGE, LEADING, SMALL, Text, below, block, widest
from pipeline.figure import Group, Groups, Matrix, Placed, Spectrum
from pipeline.wording import LEVELS
from pipeline.wording.language import Wording

NOTCH, GAP = 9.0, 2.5
"""How far a head points into the next, and the white between the two."""
STUB = 124.0
"""The widest that the names of a matrix's rows get."""
SIGN = 45.0
"""The room that a circle of ten and the longest word beside it need."""
GROUP_STUB, COUNT, MEMBER = 150.0, 25.0, 122.0
"""Of groups: room for number and name, for the number alone, and the least for a member."""
MARK = 11.0
"""From a mark's left edge to the name after it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ColumnHead:
    """A column's head: an arrow from `x`, `width` long without its point."""

    x: float
    y: float
    width: float
    height: float
    label: tuple[Text, ...]
    detail: tuple[Text, ...]
    last: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Sign:
    """A circle, filled, half filled or empty, with a word."""

    x: float
    y: float
    level: Literal["yes", "partly", "no"]
    text: Text


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedRow:
    """A row of a matrix and the line below it."""

    label: tuple[Text, ...]
    signs: tuple[Sign, ...]
    bottom: float


@dataclass(frozen=True, kw_only=True, slots=True)
class MatrixPlan:
    """Rows below a line of heads."""

    width: float
    height: float
    start: Text | None
    end: Text | None
    stub: tuple[Text, ...]
    heads: tuple[ColumnHead, ...]
    rows: tuple[PlacedRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A name with what stands below it, and a mark before it."""

    x: float
    y: float
    """The middle of the first line."""
    name: tuple[Text, ...]
    by: tuple[Text, ...] = ()
    hollow: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class SpectrumPlan:
    """Entries below a line of heads."""

    width: float
    height: float
    start: Text | None
    end: Text | None
    heads: tuple[ColumnHead, ...]
    columns: tuple[tuple[Entry, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedGroup:
    """A group's number and name, its members beside them, and the line below."""

    count: Text
    label: tuple[Text, ...]
    entries: tuple[Entry, ...]
    bottom: float


@dataclass(frozen=True, kw_only=True, slots=True)
class GroupsPlan:
    """Groups one below the other, and what the marks mean."""

    width: float
    height: float
    groups: tuple[PlacedGroup, ...]
    total: tuple[Text, ...]
    key: tuple[Entry, ...]


def matrix(figure: Matrix, wording: Wording) -> MatrixPlan:
    """Place rows below heads that point from one to the next."""
    across = COLUMN[figure.width]
    names = [figure.stub, *(row.label for row in figure.rows)]
    left = min(widest(names, BODY), STUB) + 8
    start, end = _ends(figure.towards_start, figure.towards_end, left, across)
    head_top = 19.0 if start or end else 0.0
    heads = _heads([(column.label, column.detail or "") for column in figure.columns], left, head_top, across)
    middle = head_top + heads[0].height / 2
    stub = _centred(figure.stub, middle, left - 8, bold=True)
    rows, top = [], head_top + heads[0].height + 7
    for row in figure.rows:
        height = max(24.2, below(block(row.label, x=0, top=0, room=left - 8), 0) + 8)
        middle = top + height / 2 - 1.5
        signs = tuple(
            _sign(head, heads[0].width, middle, value, wording) for head, value in zip(heads, row.values, strict=True)
        )
        label = _centred(row.label, middle, left - 8)
        rows.append(PlacedRow(label=label, signs=signs, bottom=top + height - 2))
        top += height
    return MatrixPlan(width=across, height=top, start=start, end=end, stub=stub, heads=heads, rows=tuple(rows))


def _sign(
    head: ColumnHead, length: float, middle: float, value: Literal["yes", "partly", "no"], wording: Wording
) -> Sign:
    x = head.x + max(NOTCH, (length + NOTCH - SIGN) / 2 + 5)
    return Sign(x=x, y=middle, level=value, text=Text(x=x + 10, y=middle + 3.7, text=wording.say(LEVELS[value])))


def _centred(text: str, middle: float, room: float, *, bold: bool = False) -> tuple[Text, ...]:
    high = below(block(text, x=0, top=0, room=room), 0)
    return block(text, x=0, top=middle - high / 2, room=room, bold=bold)


def _ends(start: str | None, end: str | None, left: float, across: float) -> tuple[Text | None, Text | None]:
    """The words above the heads that say which way they go."""
    return (
        Text(x=left, y=10.5, text=f"← {start}", bold=True) if start else None,
        Text(x=across, y=10.5, text=f"{end} →", bold=True, anchor="end") if end else None,
    )


def _heads(names: Iterable[tuple[str, str]], left: float, top: float, across: float) -> tuple[ColumnHead, ...]:
    """Heads of equal width; all are as high as the one with most words."""
    names = tuple(names)
    step = (across - left + GAP) / len(names)
    room = step - GAP - NOTCH - 3
    drawn = []
    for index, (label, detail) in enumerate(names):
        x = left + step * index
        middle = x + (step - GAP + NOTCH) / 2
        head = block(label, x=middle, top=0, room=room, size=HEAD, bold=True, anchor="middle")
        body = block(detail, x=middle, top=below(head, 0) - 1, room=room, size=SMALL, anchor="middle") if detail else ()
        drawn.append((x, head, body))
    high = max(below((*head, *body), 0) for _, head, body in drawn)
    height = high + 13
    return tuple(
        ColumnHead(
            x=x,
            y=top,
            width=step - GAP - (NOTCH if index == len(drawn) - 1 else 0),
            height=height,
            label=_moved(head, top + (height - below((*head, *body), 0)) / 2),
            detail=_moved(body, top + (height - below((*head, *body), 0)) / 2),
            last=index == len(drawn) - 1,
        )
        for index, (x, head, body) in enumerate(drawn)
    )


def _moved(texts: tuple[Text, ...], down: float) -> tuple[Text, ...]:
    return tuple(
        Text(x=text.x, y=text.y + down, text=text.text, size=text.size, bold=text.bold, anchor=text.anchor)
        for text in texts
    )


def spectrum(figure: Spectrum) -> SpectrumPlan:
    """Place names and their makers below heads that point from one level to the next."""
    across = COLUMN[figure.width]
    start, end = _ends(figure.towards_start, figure.towards_end, 0, across)
    heads = _heads([(level.label, level.detail) for level in figure.levels], 0, 19.0, across)
    top = 19.0 + heads[0].height + 9
    step = across / len(heads)
    columns = tuple(
        tuple(_entries(level.items, head.x + NOTCH + 2, top, step - NOTCH - 6))
        for head, level in zip(heads, figure.levels, strict=True)
    )
    height = max(_bottom(entry) for column in columns for entry in column)
    return SpectrumPlan(width=across, height=height + 2, start=start, end=end, heads=heads, columns=columns)


def _entries(items: Iterable[Placed], x: float, top: float, room: float) -> Iterator[Entry]:
    for item in items:
        name = block(item.name, x=x, top=top, room=room, bold=True)
        by = block(item.by, x=x, top=below(name, 0) - 1.5, room=room, size=SMALL)
        entry = Entry(x=x, y=top, name=name, by=by)
        yield entry
        top = _bottom(entry) + 5


def _bottom(entry: Entry) -> float:
    return below((*entry.name, *entry.by), 0)


def groups(figure: Groups) -> GroupsPlan:
    """Place members in columns beside the number and name of their group; the last line says what the marks mean."""
    across = COLUMN[figure.width]
    placed, top = [], 0.0
    for group in figure.groups:
        placed.append(_group(group, across, top))
        top = placed[-1].bottom
    words = f"{sum(map(_size, figure.groups))} {figure.unit}"
    total = block(words, x=0, top=top + 7, room=across, size=SMALL, bold=True)
    narrow = across < COLUMN["text"]
    key = tuple(_key(figure, 0 if narrow else widest([words], SMALL) + 16, below(total, 0) if narrow else top + 7))
    height = max((_bottom(entry) for entry in key), default=below(total, top))
    return GroupsPlan(width=across, height=height + 1, groups=tuple(placed), total=total, key=key)


def _group(group: Group, across: float, top: float) -> PlacedGroup:
    """Fill the columns row by row; in a narrow drawing, below the name of the group."""
    narrow = across < COLUMN["text"]
    left = 0.0 if narrow else GROUP_STUB
    room = (across if narrow else left) - COUNT - 8
    label = block(group.label, x=COUNT, top=top + 7, room=room, size=HEAD, bold=True)
    count = Text(x=0, y=label[0].y + 1.5, text=str(_size(group)), size=LARGE, bold=True)
    start = below(label, top) + 3 if narrow else top + 7.4
    columns = max(1, int((across - left) // MEMBER))
    entries = tuple(_members(group, left, start, (across - left) / columns, columns))
    bottom = max(below(label, top), *(_bottom(entry) for entry in entries)) + 6
    return PlacedGroup(count=count, label=label, entries=entries, bottom=bottom)


def _size(group: Group) -> int:
    return len(group.items) + len(group.less_certain)


def _members(group: Group, left: float, top: float, step: float, columns: int) -> Iterator[Entry]:
    names = (*group.items, *group.less_certain)
    for first in range(0, len(names), columns):
        row = []
        for column, name in enumerate(names[first : first + columns]):
            x = left + step * column
            text = block(name, x=x + MARK, top=top, room=step - MARK - 6)
            hollow = first + column >= len(group.items)
            row.append(Entry(x=x + 3.5, y=text[0].y - 3.7, name=text, hollow=hollow))
        yield from row
        top = max(_bottom(entry) for entry in row) + 2


def _key(figure: Groups, left: float, top: float) -> Iterator[Entry]:
    """What filled and hollow marks mean: beside each other where there is room, else one below the other."""
    x = left
    for words, hollow in ((figure.certain, False), (figure.less_certain, True)):
        if not words:
            continue
        if x > left and x + MARK + widest([words], SMALL) > COLUMN[figure.width]:
            x, top = left, top + SMALL * LEADING
        text = block(words, x=x + MARK, top=top, room=COLUMN[figure.width] - x - MARK, size=SMALL)
        yield Entry(x=x + 3.5, y=text[0].y - 3.2, name=text, hollow=hollow)
        x += MARK + widest([words], SMALL) + 16
