"""Lay arguments out as one graph, as other programs know them: records in, nodes and links out.

Terms are those of the Argument Interchange Format (Chesñevar et al. 2006): what is said stands in nodes, and a link
says that one node supports another or conflicts with it, or with the step by which another one supports.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.argument import Argument, Evidence, Ground, Objection, Response
from pipeline.csl import Source
from pipeline.model import Brief, Library
from pipeline.parts import Bearing, bearing

Kind = Literal["claim", "warrant", "ground", "objection", "response", "evidence"]
Owner = Literal["ground", "objection", "response"]
Bond = Literal["supports", "rests-on", "context", "rebuts", "undermines", "undercuts", "answers", "disputes"]
SUPPORT: tuple[Bond, ...] = ("supports", "rests-on")
"""The links by which one node carries another; `context` does neither, and all others attack."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Selection:
    """What is exported: arguments, the works they cite, and the brief they were chosen by, if one was."""

    name: str
    title: str
    arguments: tuple[Argument, ...]
    sources: Mapping[str, Source]
    brief: Brief | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Node:
    """One thing that is said."""

    address: str
    """`ARGUMENT`, `ARGUMENT/GROUND`, `ARGUMENT/OBJECTION/response`; `.warrant` and `.evidence-1` behind what has them,
    since no id holds a full stop."""
    kind: Kind
    text: str
    """Markdown."""
    record: Argument | Ground | Objection | Response | Evidence


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """What one node does to another."""

    source: str
    bond: Bond
    target: str
    """The address of the other; what undercuts conflicts with the step by which that one supports its claim."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """Arguments as nodes and links, in the order of the files."""

    nodes: tuple[Node, ...]
    links: tuple[Link, ...]


def select(library: Library, name: str, *, brief: bool) -> Selection:
    """Choose one argument, or those of one brief, with the works they cite; raises KeyError where there is none."""
    chosen = library.briefs[name] if brief else None
    ids = (*chosen.arguments.for_, *chosen.arguments.against) if chosen else (name,)
    arguments = tuple(library.arguments[id] for id in ids if id in library.arguments or not chosen)
    cited = {record.source for item in arguments for record in item.within() if isinstance(record, Evidence)}
    sources = {key: source for key, source in library.sources.items() if key in cited}
    title = chosen.title if chosen else arguments[0].short
    return Selection(name=name, title=title, arguments=arguments, sources=sources, brief=chosen)


def graph(arguments: Sequence[Argument], *, whole: bool = True) -> Graph:
    """Lay arguments out; where the graph is to be whole, a ground keeps no link to what is not among them."""
    nodes: list[Node] = []
    links: list[Link] = []
    for argument in arguments:
        for part in (*_of_claim(argument), *_of_objections(argument)):
            (nodes if isinstance(part, Node) else links).append(part)  # type: ignore[arg-type]
    known = {node.address for node in nodes}
    return Graph(nodes=tuple(nodes), links=tuple(link for link in links if link.source in known or not whole))


def _of_claim(argument: Argument) -> Iterator[Node | Link]:
    claim, warrant = argument.id, f"{argument.id}.warrant"
    yield Node(address=claim, kind="claim", text=argument.claim, record=argument)
    yield Node(address=warrant, kind="warrant", text=argument.warrant, record=argument)
    yield Link(source=warrant, bond="supports", target=claim)
    for ground in argument.grounds:
        address = f"{claim}/{ground.id}"
        yield Node(address=address, kind="ground", text=ground.text, record=ground)
        yield Link(source=address, bond="supports", target=claim)
        yield from (Link(source=other, bond="rests-on", target=address) for other in ground.rests_on)
        yield from _of_evidence("ground", address, ground.evidence)


def _of_objections(argument: Argument) -> Iterator[Node | Link]:
    for objection in argument.objections:
        address = f"{argument.id}/{objection.id}"
        yield Node(address=address, kind="objection", text=objection.text, record=objection)
        yield Link(source=address, bond=objection.kind, target=_aim(argument, objection))
        yield from _of_evidence("objection", address, objection.evidence)
        if objection.response:
            answer = f"{address}/response"
            yield Node(address=answer, kind="response", text=objection.response.text, record=objection.response)
            yield Link(source=answer, bond="answers", target=address)
            yield from _of_evidence("response", answer, objection.response.evidence)


def _aim(argument: Argument, objection: Objection) -> str:
    """What an objection attacks: a ground, or the claim; the step of the warrant where it undercuts them all."""
    if objection.target is not None:
        return f"{argument.id}/{objection.target}"
    return f"{argument.id}.warrant" if objection.kind == "undercuts" else argument.id


def _of_evidence(part: Owner, owner: str, evidence: Sequence[Evidence]) -> Iterator[Node | Link]:
    """Lay out what a node rests on, and what disputes it."""
    bonds: dict[Bearing, Bond] = {"for": "supports", "against": "disputes", "neither": "context"}
    for number, item in enumerate(evidence, 1):
        address = f"{owner}.evidence-{number}"
        yield Node(address=address, kind="evidence", text=item.finding, record=item)
        yield Link(source=address, bond=bonds[bearing(part, item)], target=owner)


def where(evidence: Evidence) -> str:
    """Say where in its source a finding stands: `page 2, table 3`; empty where the file names no place."""
    return ", ".join(f"{name} {value}" for name, value in evidence.locator or () if value)
