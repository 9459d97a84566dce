"""Write arguments in the Argument Interchange Format, as the JSON of AIFdb: records in, text out.

What is said stands in I-nodes. A step from one to another is an RA-node, a conflict a CA-node, and an objection to a
step is a conflict with its RA-node (Chesñevar et al. 2006; "The Argument Interchange Format (AIF) Specification",
University of Dundee, 2011; the keys are those of "AIFdb Web Services", whose ids are whole numbers). The text of an
RA-node names its scheme; ours say apart what a plain inference would mix up.
"""

from __future__ import annotations

import json
from typing import Any

from pipeline.argument import Evidence
from pipeline.interchange.graph import SUPPORT, Graph, Link, Node, Selection, graph

LOST = (
    "for",
    "id",
    "short",
    "type",
    "qualifier",
    "certainty",
    "audiences",
    "priority",
    "contested",
    "tests",
    "conceded",
    "open",
    "evidence.kind",
    "evidence.strength",
    "evidence.locator",
    "evidence.limits",
    "evidence.quote",
    "evidence.direction=context",
    "grounds.rests_on=elsewhere",
)
INFERENCE, CONFLICT = "Default Inference", "Default Conflict"
"""What AIFdb calls a step and a conflict of no special scheme."""
SCHEMES = {"warrant": "Warrant", "evidence": "Evidence"}
"""The schemes of some kinds of nodes; what a ground rests on supports by `RELIANCE`."""
RELIANCE = "Reliance"


def to_aif(selection: Selection) -> str:
    """Give nodes and edges, numbered in the order of the files; the same selection gives the same text."""
    drawing = _Drawing(graph(selection.arguments))
    held = {"nodes": drawing.nodes, "edges": drawing.edges}
    held |= {key: [] for key in ("schemefulfillments", "descriptorfulfillments", "participants", "locutions")}
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


class _Drawing:
    """Numbers nodes and edges as they come."""

    def __init__(self, drawn: Graph) -> None:
        self.nodes: list[dict[str, Any]] = []
        self.edges: list[dict[str, Any]] = []
        kinds = {node.address: node.kind for node in drawn.nodes}
        context = {link.source for link in drawn.links if link.bond == "context"}
        ids = {node.address: self._node("I", _said(node)) for node in drawn.nodes if node.address not in context}
        steps: dict[str, str] = {}
        for link in (link for link in drawn.links if link.bond in SUPPORT):
            scheme = RELIANCE if link.bond == "rests-on" else SCHEMES.get(kinds[link.source], INFERENCE)
            step = self._between(ids[link.source], ids[link.target], "RA", scheme)
            if link.bond == "supports":
                steps[link.source] = step
        for link in (link for link in drawn.links if link.bond not in (*SUPPORT, "context")):
            scheme = SCHEMES["evidence"] if kinds[link.source] == "evidence" else CONFLICT
            self._between(ids[link.source], _aim(link, ids, steps), "CA", scheme)

    def _between(self, source: str, target: str, sort: str, scheme: str) -> str:
        """Join two nodes by one of a scheme, and give its number."""
        joint = self._node(sort, scheme)
        for ends in ((source, joint), (joint, target)):
            self.edges.append(
                {"edgeID": str(len(self.edges) + 1), "fromID": ends[0], "toID": ends[1], "formEdgeID": None}
            )
        return joint

    def _node(self, sort: str, text: str) -> str:
        self.nodes.append({"nodeID": str(len(self.nodes) + 1), "text": text, "type": sort})
        return str(len(self.nodes))


def _aim(link: Link, ids: dict[str, str], steps: dict[str, str]) -> str:
    return steps[link.target] if link.bond == "undercuts" else ids[link.target]


def _said(node: Node) -> str:
    """The text of a node; a finding names its source as a citation at the end."""
    return f"{node.text} [@{node.record.source}]" if isinstance(node.record, Evidence) else node.text
