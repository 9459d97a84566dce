"""Move labels apart that would lie on each other: wished places and heights in, places out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(slots=True)
class _Block:
    """Labels that touch, from the first to the last; they move as one."""

    top: float
    """Where the block would like to start: the mean of what its labels wish."""
    height: float
    labels: int


def apart(wished: Sequence[float], heights: Sequence[float], top: float, bottom: float) -> tuple[float, ...]:
    """Give a top to each label, as near as can be to its wish, so that all stand in their order between two lines.

    Wishes rise from one label to the next; the heights fit between the lines. Labels that touch are joined, and a
    joined block goes where the squares of its moves are least (pool adjacent violators; Ayer and others 1955).
    """
    blocks: list[_Block] = []
    for wish, height in zip(wished, heights, strict=True):
        blocks.append(_Block(top=wish, height=height, labels=1))
        while len(blocks) > 1 and blocks[-2].top + blocks[-2].height > blocks[-1].top:
            after = blocks.pop()
            before = blocks[-1]
            pulled = before.top * before.labels + (after.top - before.height) * after.labels
            before.labels += after.labels
            before.height += after.height
            before.top = pulled / before.labels
    return tuple(_within(blocks, heights, top, bottom))


def _within(blocks: Sequence[_Block], heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Push what stands out at either end back in, and what it runs into along with it."""
    tops, at = [], 0
    for block in blocks:
        here = block.top
        for height in heights[at : at + block.labels]:
            tops.append(here)
            here += height
        at += block.labels
    floor = top
    for place, height in enumerate(heights):
        tops[place] = max(tops[place], floor)
        floor = tops[place] + height
    ceiling = bottom
    for place in reversed(range(len(heights))):
        tops[place] = min(tops[place], ceiling - heights[place])
        ceiling = tops[place]
    return tops
