"""Lay argument maps out: boxes and links in; boxes with their lines of text, and the lines between them, out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from pipeline.argument_map import ArgumentMap, Box
from pipeline.drawing.columns import Sign
from pipeline.drawing.layered import Layout, layered
from pipeline.drawing.routes import PORT, Piece
from pipeline.drawing.text import Text, below, block, widest
from pipeline.markdown import title
from pipeline.wording import LABELS, say
from pipeline.wording.language import ENGLISH, Wording

WIDTH, GAP, APART, PADDING = 216.0, 50.0, 12.0, 9.0
"""Of a box, between two columns, between two boxes of a column, and from a box to its text; in pixels on a screen."""
TIP, LANE, ROUND = 10.0, 5.0, 5.0
"""Between columns: room for the heads of lines, from one line to the next, and the radius of their corners."""
KEY = 410.0
"""The least width of a drawing, which its key needs."""
EDGE = 2.0
"""From a box to the edge of the drawing."""
HEAD, BODY, NOTE = 11.5, 13.0, 11.0
"""Sizes of text; maps are not printed, so they are those of a screen."""
MOST = 220
"""Characters of a box's text: its first sentence, cut only where it is very long."""
COLUMNS = {"recommendation": 0, "key message": 0, "claim": 1}
"""The first column that a kind of box may stand in, where that is not 2."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedBox:
    """A box with its texts."""

    box: Box
    x: float
    y: float
    height: float
    head: tuple[Text, ...]
    body: tuple[Text, ...]
    note: tuple[Text, ...]
    width: float = WIDTH


@dataclass(frozen=True, kw_only=True, slots=True)
class PlacedLink:
    """A line between two boxes, and its head."""

    path: str
    """SVG path data from the left to the right, as in `M10 20C30 20 30 40 50 40`."""
    x: float
    y: float
    """Where it meets its target, with its head."""
    is_attack: bool
    back: int = 1
    """From the head back along the line is to the right (1) or to the left (-1)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Key:
    """What lines and signs mean."""

    links: tuple[PlacedLink, ...]
    signs: tuple[Sign, ...]
    texts: tuple[Text, ...]
    width: float


@dataclass(frozen=True, kw_only=True, slots=True)
class MapPlan:
    """Boxes in columns, and lines between them."""

    width: float
    height: float
    boxes: tuple[PlacedBox, ...]
    links: tuple[PlacedLink, ...]
    key: Key


def place(drawn: ArgumentMap, wording: Wording = ENGLISH) -> MapPlan:
    """Place what is supported or attacked to the left of what does so.

    A link of a box to itself, which a rule refuses, is not drawn.
    """
    number = {box.address: place for place, box in enumerate(drawn.boxes)}
    links = [link for link in drawn.links if link.source != link.target]
    ends = Counter(link.target for link in links)
    written = [_written(box, 0.0, 0.0, ends[box.address], wording) for box in drawn.boxes]
    layout = layered(
        [box.height for box in written],
        [(number[link.target], number[link.source]) for link in links],
        [COLUMNS.get(box.kind, 2) for box in drawn.boxes],
        APART,
    )
    lefts = _lefts(layout)
    boxes = tuple(
        _written(box, lefts[layer], EDGE + middle - size.height / 2, ends[box.address], wording)
        for box, size, layer, middle in zip(drawn.boxes, written, layout.layers, layout.middles, strict=True)
    )
    lines = tuple(
        _line(route, lefts[first:], is_attack=link.is_attack, turned=turned)
        for link, route, first, turned in zip(links, layout.routes, layout.firsts, layout.turned, strict=True)
    )
    top = EDGE + layout.height + 24
    key = _key(top, wording)
    across = max([KEY, key.width, *(left + WIDTH + EDGE for left in lefts)])
    return MapPlan(width=across, height=top + 44, boxes=boxes, links=lines, key=key)


def _lefts(layout: Layout) -> list[float]:
    """The left side of each column; between two there is room for the lanes of their lines."""
    lanes = [0] * max(layout.layers, default=0)
    for route, first in zip(layout.routes, layout.firsts, strict=True):
        for layer, piece in enumerate(route, first):
            lanes[layer] = max(lanes[layer], piece.lanes)
    return list(accumulate(lanes, lambda left, most: left + WIDTH + max(GAP, TIP + (most + 1) * LANE), initial=EDGE))


def _written(box: Box, x: float, top: float, ends: int, wording: Wording) -> PlacedBox:
    """Write a box: what it is and its label, its text, and whom it cites; high enough for the lines that end there."""
    left, room = x + PADDING, WIDTH - 2 * PADDING
    head = block(wording.say(box.standing), x=left + 16, top=top + 6, room=room - 16, size=HEAD, bold=True)
    words = title(box.text, MOST)
    body = block(words, x=left, top=below(head, top) + 2, room=room, size=BODY) if words else ()
    note = (
        block(wording.say(box.cites), x=left, top=below(body or head, top) + 3, room=room, size=NOTE)
        if box.cites
        else ()
    )
    bottom = below(note or body or head, top) + 7
    height = max(bottom - top, (ends + 1) * PORT)
    return PlacedBox(box=box, x=x, y=top, height=height, head=head, body=body, note=note)


def _line(route: Sequence[Piece], lefts: Sequence[float], *, is_attack: bool, turned: bool) -> PlacedLink:
    """Draw a route level and upright with round corners."""
    path, ends = "", []
    for piece, before, right in zip(route, lefts, lefts[1:], strict=False):
        left = before + WIDTH
        start, end = EDGE + piece.start, EDGE + piece.end
        turn = left + TIP + (right - left - TIP) * piece.lane / (piece.lanes + 1)
        path += f"{'L' if path else 'M'}{_pair(left, start)}{_turned(turn, start, end)}H{right:.1f}"
        ends += [(left, start), (right, end)]
    x, y = ends[-1] if turned else ends[0]
    return PlacedLink(path=path, x=x, y=y, is_attack=is_attack, back=-1 if turned else 1)


def _turned(x: float, start: float, end: float) -> str:
    """Path data for the two corners of a piece; none where it is level."""
    radius = min(ROUND, abs(end - start) / 2)
    if radius < 0.3:
        return f"L{_pair(x, end)}"
    bend = radius if end > start else -radius
    return (
        f"H{x - radius:.1f}Q{_pair(x, start)} {_pair(x, start + bend)}"
        f"V{end - bend:.1f}Q{_pair(x, end)} {_pair(x + radius, end)}"
    )


def _key(top: float, wording: Wording) -> Key:
    """Explain in two rows what the lines and the circles mean."""
    links, texts, left = [], [], EDGE
    for is_attack, said in ((False, say("supports")), (True, say("attacks: rebuts, undermines, undercuts, answers"))):
        path, words = f"M{_pair(left, top)}H{left + 34:.1f}", wording.say(said)
        links.append(PlacedLink(path=path, x=left, y=top, is_attack=is_attack))
        texts.append(Text(x=left + 42, y=top + 4, text=words, size=HEAD))
        left += max(112.0, 42 + widest([words], HEAD) + 16)
    signs: list[Sign] = []
    levels: tuple[Literal["yes", "partly", "no"], ...] = ("yes", "partly", "no")
    x = 7.0
    for level, said in zip(levels, LABELS["label"].values(), strict=True):
        text = Text(x=x + 11, y=top + 28, text=wording.say(said), size=HEAD)
        signs.append(Sign(x=x, y=top + 24, level=level, text=text))
        x += max(100.0, 11 + widest([text.text], HEAD) + 16)
    ends = (each.x + widest([each.text], HEAD) + EDGE for each in (*texts, *(sign.text for sign in signs)))
    return Key(links=tuple(links), signs=tuple(signs), texts=tuple(texts), width=max(ends))


def _pair(x: float, y: float) -> str:
    return f"{x:.1f} {y:.1f}"
