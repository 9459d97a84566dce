"""Draw arguments in DOT, the language of Graphviz (graphviz.org, "DOT Language"): records in, text out.

What supports has a whole line and a full head, what attacks a broken line and a bar for a head, and every attack says
in a word what it is, so that nothing hangs on colour. An objection to a step points at the dot on that step's line.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from pipeline.argument import Argument, Evidence, Objection
from pipeline.interchange.graph import SUPPORT, Graph, Link, Node, Selection, graph
from pipeline.markdown import plain
from pipeline.wording import words

LOST = (
    "for",
    "type",
    "audiences",
    "priority",
    "contested",
    "tests",
    "evidence.kind",
    "evidence.strength",
    "evidence.locator",
    "evidence.limits",
    "evidence.quote",
    "grounds.rests_on=elsewhere",
)
WIDTH = 44
"""Characters of a line inside a box."""
SHAPES = {
    "claim": "shape=box, penwidth=2",
    "warrant": "shape=box, style=rounded",
    "ground": "shape=box",
    "objection": "shape=octagon",
    "response": "shape=box, style=rounded",
    "evidence": "shape=note",
}
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def to_dot(selection: Selection) -> str:
    """Give a directed graph whose nodes bear the addresses of what they show; no text can leave its quotation marks."""
    drawn = graph(selection.arguments)
    lines = [
        f"digraph {quoted(selection.name)} {{",
        f'  graph [rankdir=BT, fontname="sans-serif", label={quoted(selection.title)}, labelloc=t]',
        '  node [fontname="sans-serif", fontsize=11, margin="0.15,0.1"]',
        '  edge [fontname="sans-serif", fontsize=10]',
        *(f"  {quoted(node.address)} [{SHAPES[node.kind]}, label={_label(node, selection)}]" for node in drawn.nodes),
        *(f"  {line}" for line in _edges(drawn)),
        "}",
    ]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    """Put a text on one line into quotation marks, where it means itself and nothing else."""
    shown = _UNSEEN.sub(" ", text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{shown}"'


def _label(node: Node, selection: Selection) -> str:
    """The text, broken into lines, below what it is; each line is set flush left."""
    lines = [
        line for text in _said(node, selection) for line in textwrap.wrap(text, WIDTH, break_on_hyphens=False) or [""]
    ]
    return '"' + "".join(f"{quoted(line)[1:-1]}\\l" for line in lines) + '"'


def _said(node: Node, selection: Selection) -> Iterator[str]:
    record = node.record
    if node.kind == "claim" and isinstance(record, Argument):
        yield f"{record.short} ({words(record.qualifier)}; certainty: {words(record.certainty)})"
    yield f"{node.kind.capitalize()}: {plain(node.text)}"
    if isinstance(record, Objection):
        yield from (
            f"{name.capitalize()}: {plain(said)}" for name in ("conceded", "open") if (said := getattr(record, name))
        )
    elif isinstance(record, Evidence):
        source = selection.sources.get(record.source)
        yield f"{source.called if source else 'unknown'} [{record.source}]"


def _edges(drawn: Graph) -> Iterator[str]:
    """Draw the links; a step that is undercut gets a dot in its middle."""
    steps = {link.target for link in drawn.links if link.bond == "undercuts"}
    for link in drawn.links:
        if link.source in steps and link.bond == "supports":
            step = quoted(f"{link.source} step")
            yield f"{step} [shape=point, xlabel={quoted('step')}]"
            yield f"{quoted(link.source)} -> {step} [arrowhead=none]"
            yield f"{step} -> {quoted(link.target)} []"
        else:
            yield f"{quoted(link.source)} -> {quoted(_aim(link))} [{_look(link)}]"


def _aim(link: Link) -> str:
    return f"{link.target} step" if link.bond == "undercuts" else link.target


def _look(link: Link) -> str:
    if link.bond == "supports":
        return ""
    if link.bond in SUPPORT:
        return f"label={quoted('is taken over')}"
    if link.bond == "context":
        return f"style=dotted, arrowhead=none, label={quoted('context')}"
    return f"style=dashed, arrowhead=tee, label={quoted(link.bond)}"
