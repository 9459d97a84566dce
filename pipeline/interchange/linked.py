"""Write arguments as linked data: records in, JSON-LD 1.1 out, with its whole context inside.

Steps and conflicts are those of the AIF ontology (Rahwan, Zablith and Reed 2007); what is said is a `Claim` of
schema.org as well, and a work that is cited a `CreativeWork`, with `citation` between them, which is what fact checkers
mark up. What neither vocabulary has a word for stands in `additionalProperty` under the name that the files use.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from pipeline.argument import Argument, Evidence
from pipeline.csl import Name, Source
from pipeline.interchange.graph import SUPPORT, Graph, Link, Node, Selection, graph, where

LOST = ("for", "audiences", "priority", "contested", "tests", "grounds.rests_on=elsewhere")
CONTEXT = {
    "aif": "http://www.arg.dundee.ac.uk/aif#",
    "schema": "https://schema.org/",
    "id": "@id",
    "type": "@type",
    "text": "aif:claimText",
    "premise": {"@id": "aif:Premise", "@type": "@id"},
    "conclusion": {"@id": "aif:Conclusion", "@type": "@id"},
    "conflicting": {"@id": "aif:ConflictingElement", "@type": "@id"},
    "conflicted": {"@id": "aif:ConflictedElement", "@type": "@id"},
    "citation": {"@id": "schema:citation", "@type": "@id"},
    "about": {"@id": "schema:about", "@type": "@id"},
    "url": {"@id": "schema:url", "@type": "@id"},
    **{
        name: f"schema:{name}"
        for name in ("name", "author", "datePublished", "additionalProperty", "propertyID", "value")
    },
}
TYPES = {
    "article-journal": "schema:ScholarlyArticle",
    "paper-conference": "schema:ScholarlyArticle",
    "report": "schema:Report",
    "book": "schema:Book",
    "webpage": "schema:WebPage",
    "dataset": "schema:Dataset",
    "legislation": "schema:Legislation",
}
"""The classes of schema.org for CSL's types; all others are `CreativeWork`, of which these are kinds."""
FIELDS = ("type", "qualifier", "certainty", "conceded", "open", "kind", "direction", "strength", "limits", "quote")


def to_jsonld(selection: Selection) -> str:
    """Give one object with a context and a graph; ids are fragments of wherever the file lies."""
    drawn = graph(selection.arguments)
    held = [_node(node) for node in drawn.nodes]
    held += _joints(drawn)
    held += [_work(source) for source in selection.sources.values()]
    return json.dumps({"@context": CONTEXT, "@graph": held}, ensure_ascii=False, indent=2) + "\n"


def _node(node: Node) -> dict[str, Any]:
    item: dict[str, Any] = {"id": f"#{node.address}", "type": ["aif:I-node", "schema:Claim"], "text": node.text}
    if node.kind == "claim" and isinstance(node.record, Argument):
        item["name"] = node.record.short
    if isinstance(node.record, Evidence):
        item["citation"] = _source_id(node.record.source)
    if properties := [_property(*pair) for pair in _properties(node)]:
        item["additionalProperty"] = properties
    return item


def _properties(node: Node) -> Iterator[tuple[str, str]]:
    yield "part", node.kind
    if node.kind != "warrant":
        yield from ((name, value) for name in FIELDS if isinstance(value := getattr(node.record, name, None), str))
    if isinstance(node.record, Evidence) and (place := where(node.record)):
        yield "locator", place


def _property(name: str, value: str) -> dict[str, str]:
    return {"type": "schema:PropertyValue", "propertyID": name, "value": value}


def _joints(drawn: Graph) -> Iterator[dict[str, Any]]:
    """Yield a node for each step and each conflict; context is a citation and no step."""
    for link in drawn.links:
        ends = {"id": _joint(link), "name": link.bond}
        if link.bond in SUPPORT:
            yield {**ends, "type": "aif:RA-node", "premise": f"#{link.source}", "conclusion": f"#{link.target}"}
        elif link.bond == "context":
            yield {"id": f"#{link.source}", "about": f"#{link.target}"}
        else:
            aim = f"#{link.target}.supports" if link.bond == "undercuts" else f"#{link.target}"
            yield {**ends, "type": "aif:CA-node", "conflicting": f"#{link.source}", "conflicted": aim}


def _joint(link: Link) -> str:
    """The id of a step or conflict: a node does each thing once, but may carry several others."""
    return f"#{link.source}.{link.bond}" + (f".{link.target}" if link.bond == "rests-on" else "")


def _work(source: Source) -> dict[str, Any]:
    item: dict[str, Any] = {"id": _source_id(source.id), "type": TYPES.get(source.type, "schema:CreativeWork")}
    item["name"] = source.title
    if source.author:
        item["author"] = [_author(name) for name in source.author]
    if source.year:
        item["datePublished"] = source.year
    return {**item, "url": source.address} if source.address else item


def _author(name: Name) -> dict[str, str]:
    if name.literal:
        return {"type": "schema:Organization", "name": name.literal}
    return {"type": "schema:Person", "name": " ".join(filter(None, [name.given, name.family]))}


def _source_id(key: str) -> str:
    """A fragment no address bears; citekeys may hold signs that an IRI gives another meaning."""
    return f"#source:{quote(key, safe='')}"
