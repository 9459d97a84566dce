"""Route edges between layers: where boxes stand in; level and upright pieces, each with a lane of its own, out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

PORT = 14.0
"""From one edge to the next where they end at a box, if that is high enough."""
CLEAR = 4.5
"""What two pieces that share a lane keep between their ends."""

Ends = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """What of an edge lies between two layers: level, then upright in its lane, then level again."""

    start: float
    """Its height at the left."""
    end: float
    """Its height at the right."""
    lane: int
    """From 1 at the left; pieces beside each other have different ones."""
    lanes: int
    """How many lanes there are beside each other."""


def routes(
    chains: Sequence[Sequence[int]], middles: Sequence[float], heights: Sequence[float], layers: Sequence[int]
) -> tuple[tuple[Piece, ...], ...]:
    """Route each chain of nodes, one in every layer that it meets, from the left to the right.

    Edges spread over the sides of the boxes where they end, in the order of where they lead.
    """
    leaving = _ports([chain[:2] for chain in chains], middles, heights)
    arriving = _ports([chain[:-3:-1] for chain in chains], middles, heights)
    ways = [
        list(pairwise((start, *(middles[node] for node in chain[1:-1]), end)))
        for chain, start, end in zip(chains, leaving, arriving, strict=True)
    ]
    between: dict[int, list[Ends]] = {}
    for chain, way in zip(chains, ways, strict=True):
        for layer, ends in enumerate(way, layers[chain[0]]):
            between.setdefault(layer, []).append(ends)
    pieces = {layer: _pieces(ends) for layer, ends in between.items()}
    return tuple(
        tuple(next(pieces[layer]) for layer, _ in enumerate(way, layers[chain[0]]))
        for chain, way in zip(chains, ways, strict=True)
    )


def _ports(ends: Sequence[Sequence[int]], middles: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Give each edge its height at one end: `ends` has the node there, and the next on its way."""
    sides: dict[int, list[int]] = {}
    for number, (node, _) in enumerate(ends):
        sides.setdefault(node, []).append(number)
    ports = [0.0] * len(ends)
    for node, numbers in sides.items():
        numbers.sort(key=lambda number: middles[ends[number][1]])
        step = min(PORT, (heights[node] - PORT) / len(numbers))
        for place, number in enumerate(numbers):
            ports[number] = middles[node] + (place - (len(numbers) - 1) / 2) * step
    return ports


def _pieces(between: Sequence[Ends]) -> Iterator[Piece]:
    """Give the pieces between two layers their lanes."""
    lanes = {number: (lane, len(group)) for group in _groups(between) for lane, number in enumerate(group, 1)}
    for number, (start, end) in enumerate(between):
        lane, count = lanes[number]
        yield Piece(start=start, end=end, lane=lane, lanes=count)


def _groups(between: Sequence[Ends]) -> Iterator[list[int]]:
    """Group pieces that lie beside each other, each group in the order of its lanes.

    Of two that go down, the one that begins lower turns first; of two that go up, the one that begins higher: so those
    that come from one box don't cross.
    """

    def turns(number: int) -> tuple[bool, float]:
        start, end = between[number]
        return (end <= start, start if end <= start else -start)

    group: list[int] = []
    reach = float("-inf")
    for number in sorted(range(len(between)), key=lambda number: min(between[number])):
        if group and min(between[number]) > reach + CLEAR:
            yield sorted(group, key=turns)
            group = []
        group.append(number)
        reach = max(reach, *between[number])
    if group:
        yield sorted(group, key=turns)
