"""Lay a library out as parts: records in; each claim, ground, objection, response and result by its address out.

The addresses are those of `pipeline.argue`. Where that says which parts stand, this says what hangs together: what a
part rests on, and what is said against it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from pipeline.markdown import ended, literal, title
from pipeline.model import Argument, Brief, Evidence, KeyMessage, Library, Objection, Recommendation
from pipeline.wording import AIMS, PARTS, say

Kind = Literal["recommendation", "key message", "claim", "ground", "objection", "response"]
Bearing = Literal["for", "against", "neither"]
Outcome = Literal["answered", "conceded", "open", ""]


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One thing that a library says, and what it hangs together with."""

    address: str
    kind: Kind
    name: str
    """What people call it: `Recommendation 1`, or what kind of part it is."""
    text: str
    evidence: tuple[Evidence, ...] = ()
    rests_on: tuple[str, ...] = ()
    """Addresses of what it rests on; where one is mistyped, the library lacks it."""
    objections: tuple[str, ...] = ()
    """Addresses of the objections that aim at it."""
    response: str = ""
    """An objection's: the address of its response."""
    outcome: Outcome = ""
    """An objection's: what became of it."""
    remark: str = ""
    """An objection's: what is granted, or what would settle it."""

    @property
    def title(self) -> str:
        """Its first sentence in plain words, short enough for one line."""
        return title(self.text)

    @property
    def anchor(self) -> str:
        """Its name inside a page; a full stop, which no slug has, keeps names apart."""
        _, sign, result = self.address.partition("#")
        return f"trace.{result}" if sign else f"trace-{self.address.replace('/', '.')}"


def results(brief: Brief) -> Iterator[tuple[str, KeyMessage | Recommendation]]:
    """The key messages and recommendations of a brief, each with its address."""
    yield from ((f"{brief.id}#key-message-{n}", item) for n, item in enumerate(brief.key_messages, 1))
    yield from ((f"{brief.id}#recommendation-{n}", item) for n, item in enumerate(brief.recommendations, 1))


def bearing(part: Kind, evidence: Evidence) -> Bearing:
    """Say how evidence bears on the part it stands under, or on the claim; `direction` is as seen from the claim.

    So what disputes the claim speaks for an objection, and against a ground and a response.
    """
    if evidence.direction == "context":
        return "neither"
    return "for" if (evidence.direction == "supports") == (part != "objection") else "against"


def parts(library: Library) -> Mapping[str, Part]:
    """Give every part of a library by its address, arguments first, in the order of the files."""
    found = {part.address: part for argument in library.arguments.values() for part in _of_argument(argument)}
    for brief in library.briefs.values():
        found |= {part.address: part for part in _of_brief(brief)}
    return found


def beneath(library: Mapping[str, Part], addresses: Iterable[str]) -> Mapping[str, Part]:
    """Give the parts at `addresses` and all that they rest on or that is said about them, each once."""
    found: dict[str, Part] = {}
    waiting = list(addresses)[::-1]
    while waiting:
        address = waiting.pop()
        if address not in found and address in library:
            part = found[address] = library[address]
            waiting += below(part)[::-1]
    return found


def carried_by(part: Part) -> tuple[Evidence, ...]:
    """The evidence that speaks for a part."""
    return tuple(item for item in part.evidence if bearing(part.kind, item) == "for")


def below(part: Part) -> tuple[str, ...]:
    """The addresses that stand right below a part: what it rests on, then what is said against it."""
    return (*part.rests_on, *part.objections, *((part.response,) if part.response else ()))


def brief_of(address: str) -> str:
    """The slug of the brief that a key message or a recommendation stands in; empty for parts of arguments."""
    slug, sign, _ = address.partition("#")
    return slug if sign else ""


def _of_argument(argument: Argument) -> Iterator[Part]:
    grounds = {ground.id for ground in argument.grounds}
    aimed: dict[str, list[str]] = {}
    for objection in argument.objections:
        at_ground = objection.target in grounds and objection.kind != "rebuts"
        aimed.setdefault(str(objection.target) if at_ground else "", []).append(f"{argument.id}/{objection.id}")
    yield Part(
        address=argument.id,
        kind="claim",
        name=PARTS["claim"],
        text=argument.claim,
        rests_on=tuple(f"{argument.id}/{ground.id}" for ground in argument.grounds),
        objections=tuple(aimed.get("", ())),
    )
    for ground in argument.grounds:
        yield Part(
            address=f"{argument.id}/{ground.id}",
            kind="ground",
            name=PARTS["ground"],
            text=ground.text,
            evidence=ground.evidence,
            rests_on=ground.rests_on,
            objections=tuple(aimed.get(ground.id, ())),
        )
    for objection in argument.objections:
        yield from _of_objection(f"{argument.id}/{objection.id}", objection)


def _of_objection(address: str, objection: Objection) -> Iterator[Part]:
    response = objection.response
    conceded, still_open = objection.conceded or "", objection.open or ""
    yield Part(
        address=address,
        kind="objection",
        name=AIMS[objection.kind],
        text=objection.text,
        evidence=objection.evidence,
        response=f"{address}/response" if response else "",
        outcome="answered" if response else "conceded" if conceded else "open" if still_open else "",
        remark="" if response else conceded or still_open,
    )
    if response:
        yield Part(
            address=f"{address}/response",
            kind="response",
            name=PARTS["response"],
            text=response.text,
            evidence=response.evidence,
        )


def _of_brief(brief: Brief) -> Iterator[Part]:
    for address, item in results(brief):
        kind, _, number = address.partition("#")[2].rpartition("-")
        action, advises = getattr(item, "action", ""), kind == "recommendation"
        yield Part(
            address=address,
            kind="recommendation" if advises else "key message",
            name=say("Recommendation {number}", number=number)
            if advises
            else say("Key message {number}", number=number),
            text=f"**{ended(literal(action))}** {item.text}" if action else item.text,
            rests_on=item.rests_on,
        )
