"""Map arguments: a library and its labels in; boxes, and what supports or attacks what, out.

An argument map, or argument diagram, has a box for each part and a line for each step between two of them (Beardsley
1950; Reed, Walton and Macagno 2007, "Argument diagramming in logic, law and artificial intelligence", Knowledge
Engineering Review 22). What attacks what is as `pipeline.framework` has it. The step from grounds to a claim has a box
only where it is undercut: the warrant, where every step is, and else the step from one ground. Sources stand in the
boxes that cite them, which halves the number of boxes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.argue import Judgement, Label, excerpt
from pipeline.model import Argument, Brief, Evidence, Library, Objection
from pipeline.parts import Part, bearing, beneath, carried_by, parts, results
from pipeline.wording import ATTACKS, LABELS, OUTCOMES, PARTS, chained, inside, say

Relation = Literal["supports", "rebuts", "undermines", "undercuts", "answers"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """A part of the library as a map shows it."""

    address: str
    """As in `pipeline.parts`; that of a step holds a space, which no other has."""
    kind: Literal["recommendation", "key message", "claim", "warrant", "step", "ground", "objection", "response"]
    name: str
    """What people call it, `Ground` or `Objection that undercuts`."""
    text: str
    """Markdown; empty for the step from one ground."""
    label: Label
    outcome: str = ""
    """What became of an objection."""
    cites: str = ""
    """The works that speak for it, and those that dispute it, in words."""

    @property
    def standing(self) -> str:
        """What it is and its label: `Objection that rebuts: contested (answered)`."""
        label = LABELS[self.kind][self.label]
        if self.outcome:
            outcome = OUTCOMES[self.outcome]
            return say("{name}: {label} ({outcome})", name=self.name, label=label, outcome=outcome)
        return say("{name}: {label}", name=self.name, label=label)


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """One step between two boxes."""

    source: str
    target: str
    relation: Relation

    @property
    def is_attack(self) -> bool:
        """Whether it speaks against its target."""
        return self.relation != "supports"


@dataclass(frozen=True, kw_only=True, slots=True)
class ArgumentMap:
    """An argument, or all that a brief says, as a graph."""

    id: str
    title: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    """Every source and target is the address of a box."""

    @property
    def described(self) -> str:
        """What it is a picture of, in two sentences."""
        attacks = sum(link.is_attack for link in self.links)
        return say(
            "A map of {boxes} boxes, the first of which is {first}. Of its {lines} lines, {support} support and "
            "{attacks} attack.",
            boxes=len(self.boxes),
            first=inside(self.boxes[0].standing),
            lines=len(self.links),
            support=len(self.links) - attacks,
            attacks=attacks,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Twig:
    """A box as a place in a nested list, with what supports and attacks it below."""

    box: Box
    relation: Relation | Literal[""]
    """What it does to the box it stands under; empty at the top."""
    twigs: tuple[Twig, ...] = ()
    again: bool = False
    """Whether it has stood before, with all that hangs below it."""

    @property
    def standing(self) -> str:
        """What it does to the box above it, what it is, and its label: `Supported by ground: accepted`."""
        standing = inside(self.box.standing)
        match self.relation:
            case "":
                return self.box.standing
            case "supports":
                return say("Supported by {part}", part=standing)
            case "answers":
                return say("Answered by {part}", part=standing)
            case _:
                return say("Attacked by {part}", part=standing)


def argument_map(library: Library, argument: Argument, labels: Mapping[str, Judgement]) -> ArgumentMap:
    """Map one argument and what its grounds take over from others."""
    return _mapped(excerpt(library, (argument.id,)), labels, argument.id, argument.short, (argument.id,))


def brief_map(library: Library, brief: Brief, labels: Mapping[str, Judgement]) -> ArgumentMap:
    """Map the recommendations and key messages of a brief, and the arguments that it names or that these rest on."""
    said = [address for address, _ in results(brief)]
    ordered = sorted(said, key=lambda address: "#recommendation-" not in address)
    claims = [id for id in (*brief.arguments.for_, *brief.arguments.against) if id in library.arguments]
    rested = [name.partition("/")[0] for _, item in results(brief) for name in item.rests_on]
    return _mapped(excerpt(library, claims, (brief.id,)), labels, brief.id, brief.title, (*ordered, *claims, *rested))


def twigs(drawn: ArgumentMap) -> tuple[Twig, ...]:
    """Say a map as a nested list: what stands alone first, each box opened where it first stands."""
    boxes = {box.address: box for box in drawn.boxes}
    below: dict[str, list[Link]] = {address: [] for address in boxes}
    for link in drawn.links:
        below[link.target].append(link)
    opened: set[str] = set()

    def twig(address: str, relation: Relation | Literal[""]) -> Twig:
        if address in opened:
            return Twig(box=boxes[address], relation=relation, again=True)
        opened.add(address)
        lower = tuple(twig(link.source, link.relation) for link in below[address])
        return Twig(box=boxes[address], relation=relation, twigs=lower)

    speaking = {link.source for link in drawn.links if link.source != link.target}
    tops = [address for address in boxes if address not in speaking]
    return tuple(twig(address, "") for address in (*tops, *boxes) if address not in opened)


def _mapped(library: Library, labels: Mapping[str, Judgement], id: str, title: str, tops: Iterable[str]) -> ArgumentMap:
    shown = beneath(parts(library), tops)
    writer = _Writer(library, labels, shown)
    links = tuple(writer.links())
    return ArgumentMap(id=id, title=title, boxes=tuple(writer.boxes(links)), links=links)


class _Writer:
    """Writes the boxes and links of some parts of a library."""

    def __init__(self, library: Library, labels: Mapping[str, Judgement], shown: Mapping[str, Part]) -> None:
        self.library, self.labels, self.shown = library, labels, shown
        self.objections: dict[str, Objection] = {
            f"{argument.id}/{objection.id}": objection
            for argument in library.arguments.values()
            for objection in argument.objections
        }

    def links(self) -> Iterator[Link]:
        """Every step, those to one part together: what supports it first."""
        for address, part in self.shown.items():
            for lower in dict.fromkeys(part.rests_on):
                if lower in self.shown:
                    yield from self._support(part, lower)
            if part.kind == "claim" and (undercut := self._undercutters(part)):
                yield Link(source=f"warrant of {address}", target=address, relation="supports")
                yield from _attacks(undercut, f"warrant of {address}", "undercuts")
            for other in part.objections:
                if (kind := self.objections[other].kind) != "undercuts":
                    yield Link(source=other, target=address, relation=kind)
            if part.response:
                yield Link(source=part.response, target=address, relation="answers")

    def boxes(self, links: Sequence[Link]) -> Iterator[Box]:
        """A box for every part that is shown, and after it one for the step that links name."""
        named = {link.target for link in links}
        for address, part in self.shown.items():
            yield self._box(part)
            for step in (f"warrant of {address}", f"step from {address}"):
                if step in named:
                    yield self._step(part, step)

    def _support(self, part: Part, lower: str) -> Iterator[Link]:
        undercut = self._undercutters(self.shown[lower]) if part.kind == "claim" else ()
        if not undercut:
            yield Link(source=lower, target=part.address, relation="supports")
            return
        step = f"step from {lower}"
        yield Link(source=step, target=part.address, relation="supports")
        yield Link(source=lower, target=step, relation="supports")
        yield from _attacks(undercut, step, "undercuts")

    def _undercutters(self, part: Part) -> tuple[str, ...]:
        """What undercuts the step from a ground, or for a claim the step from all of them."""
        return tuple(name for name in part.objections if self.objections[name].kind == "undercuts")

    def _box(self, part: Part) -> Box:
        objection = self.objections.get(part.address)
        return Box(
            address=part.address,
            kind=part.kind,
            name=ATTACKS[objection.kind] if objection else part.name,
            text=part.text,
            label=self.labels[part.address].label,
            outcome=part.outcome,
            cites=self._cites(part),
        )

    def _step(self, part: Part, address: str) -> Box:
        """A step cites nothing; it is as good as what it starts from, and contested when it is undercut."""
        standing = any(not self._is_defeated(name) for name in self._undercutters(part))
        start: Label = "accepted" if part.kind == "claim" else self.labels[part.address].label
        label: Label = "contested" if standing and start == "accepted" else start
        if part.kind == "claim":
            warrant = self.library.arguments[part.address].warrant
            return Box(address=address, kind="warrant", name=PARTS["warrant"], text=warrant, label=label)
        return Box(address=address, kind="step", name=PARTS["step"], text="", label=label)

    def _is_defeated(self, objection: str) -> bool:
        response = self.labels.get(f"{objection}/response")
        return response is not None and response.label == "accepted"

    def _cites(self, part: Part) -> str:
        carrying = carried_by(part)
        against = [item for item in part.evidence if bearing(part.kind, item) == "against"]
        works, disputing = self._works(carrying), self._works(against)
        if works and against:
            return say("{works}; disputed by {others}", works=works, others=disputing)
        return say("disputed by {others}", others=disputing) if against else works

    def _works(self, evidence: Sequence[Evidence]) -> str:
        known = [self.library.sources[item.source] for item in evidence if item.source in self.library.sources]
        names = dict.fromkeys(
            say("{work} (retracted)", work=work.called) if work.custom.retracted else work.called for work in known
        )
        return chained(tuple(names))


def _attacks(sources: Iterable[str], target: str, relation: Relation) -> Iterator[Link]:
    yield from (Link(source=source, target=target, relation=relation) for source in sources)
