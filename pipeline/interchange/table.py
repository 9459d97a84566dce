"""Write arguments as a table for spreadsheets: a line for each thing that is said."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.argument import Evidence
from pipeline.interchange.graph import Link, Node, Selection, graph, where
from pipeline.sheet import as_csv

LOST = ("for", "contested", "tests", "priority")
HEAD = ("address", "kind", "text", "bond", "target", "rests_on")
FIELDS = {
    "claim": ("short", "type", "qualifier", "certainty"),
    "ground": ("audiences",),
    "objection": ("conceded", "open", "audiences"),
    "evidence": ("source", "locator", "direction", "strength", "limits", "quote"),
}
"""The further columns that each kind of line fills, named as in the files; that of a finding's kind comes last."""
COLUMNS = tuple(dict.fromkeys(name for names in FIELDS.values() for name in names))


def to_csv(selection: Selection) -> str:
    """Give one line a node, with what it does to which other; no cell can be read as a formula."""
    drawn = graph(selection.arguments)
    bonds = {link.source: link for link in drawn.links if link.bond != "rests-on"}
    return as_csv([(*HEAD, *COLUMNS, "evidence_kind"), *(_row(node, bonds.get(node.address)) for node in drawn.nodes)])


def _row(node: Node, link: Link | None) -> Sequence[str]:
    """Fill a line; a claim has no bond of its own, and a ground names what it rests on."""
    bond = (link.bond, link.target) if link else ("", "")
    rests_on = " ".join(getattr(node.record, "rests_on", ()))
    cells = (_cell(node, name) if name in FIELDS.get(node.kind, ()) else "" for name in COLUMNS)
    kind = node.record.kind if isinstance(node.record, Evidence) else ""
    return (node.address, node.kind, node.text, *bond, rests_on, *cells, kind)


def _cell(node: Node, name: str) -> str:
    if name == "locator" and isinstance(node.record, Evidence):
        return where(node.record)
    value = getattr(node.record, name)
    return " ".join(value) if isinstance(value, tuple) else value or ""
