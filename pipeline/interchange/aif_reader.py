"""Read the Argument Interchange Format as AIFdb and OVA write it in JSON: an object in, a sketch of what it says out.

Read are I-nodes, RA-nodes and CA-nodes; what is said of dialogue, rephrasing and preference (L, TA, YA, MA, PA) is left
out. For the format see `aif`, which writes it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from pipeline.interchange.aif import SCHEMES
from pipeline.interchange.placed import Placed
from pipeline.interchange.sketch import Role, Said, Sketch, Tie, noted
from pipeline.problem import Mark, Problem, Refused

_ROLES: Mapping[str, Role] = {SCHEMES["warrant"]: "warrant", SCHEMES["evidence"]: "evidence"}


def is_aif(held: object) -> bool:
    """Whether an object looks like AIF: AIFdb's own, or OVA's with AIF inside."""
    return isinstance(held, dict) and ("nodes" in held or isinstance(held.get("AIF"), dict))


def from_aif(held: Placed) -> Sketch:
    """Give what the nodes say and how they bear on each other.

    Raises Refused where a node or an edge lacks what it needs, or an edge leads nowhere.
    """
    inner = held.get("AIF", held)
    reading = _Reading(inner if isinstance(inner, Placed) else held)
    return reading.sketch()


class _Reading:
    """Reads one graph."""

    def __init__(self, held: Placed) -> None:
        self.mark = held.mark
        self.problems: list[Problem] = []
        self.nodes: dict[str, Placed] = {}
        self.into: dict[str, list[str]] = defaultdict(list)
        self.out: dict[str, list[str]] = defaultdict(list)
        for node in self._objects(held, "nodes"):
            self._take_node(node)
        for edge in self._objects(held, "edges"):
            self._take_edge(edge)
        if self.problems:
            raise Refused(self.problems)

    def sketch(self) -> Sketch:
        """Tie I-nodes to what their steps and conflicts lead to."""
        found = Sketch()
        for id, node in self.nodes.items():
            if node["type"] == "I":
                found.said[id] = Said(mark=node.mark, text=str(node["text"]).strip())
        for id, node in self.nodes.items():
            if node["type"] in ("RA", "CA"):
                self._tie(id, node, found)
        others = Counter(node["type"] for node in self.nodes.values() if node["type"] not in ("I", "RA", "CA"))
        found.notes += [noted(self.mark, f"{kind}-nodes left out: {number}") for kind, number in others.items()]
        return found

    def _tie(self, id: str, node: Placed, found: Sketch) -> None:
        tie: Tie = "supports" if node["type"] == "RA" else "attacks"
        sources = [source for source in self.into[id] if source in found.said]
        if tie == "supports" and len(sources) > 1:
            found.notes.append(noted(node.mark, f"the {len(sources)} premises of one step became grounds of their own"))
        if len(self.out[id]) > 1:
            found.notes.append(
                noted(node.mark, f"{node['type']}-node leads to {len(self.out[id])} nodes; the first is taken")
            )
        for source in sources:
            if role := _ROLES.get(str(node.get("text"))):
                found.said[source].role = role
            for target in self.out[id][:1]:
                if target in found.said and target != source:
                    found.ties.append((source, tie, target))
                elif tie == "attacks" and self.nodes[target]["type"] == "RA":
                    found.ties += [(source, "undercuts", premise) for premise in self._premises(target, found)[:1]]
                elif self.nodes[target]["type"] in ("I", "RA", "CA"):
                    found.notes.append(noted(node.mark, f"{node['type']}-node left out: no argument holds such a tie"))

    def _premises(self, step: str, found: Sketch) -> list[str]:
        return [source for source in self.into[step] if source in found.said]

    def _objects(self, held: Placed, key: str) -> list[Placed]:
        items = held.get(key, [])
        if isinstance(items, list) and all(isinstance(item, Placed) for item in items):
            return items
        self._refuse(held.mark, "wrong-type", f"'{key}' must be a list of objects")
        return []

    def _take_node(self, node: Placed) -> None:
        id = node.get("nodeID")
        if not isinstance(id, str) or not id or not isinstance(node.get("type"), str):
            self._refuse(node.mark, "missing-key", "a node needs `nodeID` and `type`")
        elif id in self.nodes:
            self._refuse(node.mark, "duplicate-id", f"there are two nodes with the id '{id[:60]}'")
        elif node["type"] == "I" and not (isinstance(node.get("text"), str) and node["text"].strip()):
            self._refuse(node.mark, "missing-key", "an I-node needs `text`")
        else:
            self.nodes[id] = node

    def _take_edge(self, edge: Placed) -> None:
        ends = (edge.get("fromID"), edge.get("toID"))
        for end in ends:
            if not isinstance(end, str) or (end not in self.nodes and not self.problems):
                self._refuse(edge.mark, "wrong-value", f"this edge leads to no node: {_shown(end)}")
                return
        source, target = str(ends[0]), str(ends[1])
        self.out[source].append(target)
        self.into[target].append(source)

    def _refuse(self, mark: Mark, rule: str, message: str) -> None:
        self.problems.append(Problem(mark=mark, rule=rule, message=message))


def _shown(end: Any) -> str:
    return f"'{end[:60]}'" if isinstance(end, str) else "no id is given"
