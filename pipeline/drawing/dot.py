"""Write an argument map in DOT, the language of Graphviz: boxes and links in, one digraph out.

It has the boxes of the drawn map, with their labels. `pipeline.interchange.dot` writes what an argument says instead,
with every finding, for other programs; how a text is quoted is known there.
"""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from pipeline.argument_map import ArgumentMap, Box, Link
from pipeline.interchange.dot import quoted
from pipeline.markdown import plain

LINE = 38
"""Characters of a line in a box."""
_FRAMES = {"claim": "bold", "objection": "dashed", "warrant": "dotted", "step": "dotted"}


def dot(drawn: ArgumentMap) -> str:
    """Give the map as a digraph whose edges lead from what speaks to what it speaks about."""
    return "\n".join(_lines(drawn)) + "\n"


def _lines(drawn: ArgumentMap) -> Iterator[str]:
    yield f"digraph {quoted(drawn.id)} {{"
    yield f"  graph [label={quoted(drawn.title)}, labelloc=t, rankdir=RL]"
    yield '  node [shape=box, fontname="sans-serif"]'
    yield '  edge [fontname="sans-serif", fontsize=10]'
    yield from (f"  {_node(box)}" for box in drawn.boxes)
    yield from (f"  {_edge(link)}" for link in drawn.links)
    yield "}"


def _node(box: Box) -> str:
    lines = [box.standing, *wrap(plain(box.text), LINE), *wrap(box.cites, LINE)]
    frame = f", style={_FRAMES[box.kind]}" if box.kind in _FRAMES else ""
    return f"{quoted(box.address)} [label={_string(*lines)}{frame}]"


def _edge(link: Link) -> str:
    look = "style=dashed, arrowhead=tee" if link.is_attack else "arrowhead=normal"
    return f"{quoted(link.source)} -> {quoted(link.target)} [label={quoted(link.relation)}, {look}]"


def _string(*lines: str) -> str:
    r"""Give lines of text as one string; each after the first follows on `\n`."""
    return '"' + r"\n".join(quoted(line)[1:-1] for line in lines) + '"'
