"""Draw a library as an argumentation framework: records and lost sources in, who attacks whom out.

*Support.* A claim stands when one ground carries it: grounds are lines of argument that converge, each of
which can do without the others (Toulmin 1958 for the parts; Walton, Reed and Macagno 2008 for convergence). A
ground stands on evidence that supports it, and falls with anything that its `rests_on` names. A key message or
a recommendation is no stronger than the weakest of what it rests on. To need something is to be attacked by its
absence: a node `not X`, which X attacks, attacks what needs X. So one semantics decides support and attack.

*Attack.* An objection that rebuts attacks the claim; one that undermines attacks its ground; one that undercuts
attacks the step from its ground to the claim (Pollock 1987, "Defeasible reasoning", Cognitive Science 11; Prakken
2010, "An abstract framework for argumentation with structured arguments", Argument & Computation 1, for the three).
An undercutter that names no ground denies the warrant of every step, so it attacks the claim. A conceded objection
stands. A response that stands defeats its objection. An open objection and the answer that would settle it attack each
other, so that neither is granted, and nor is what the objection aims at; likewise where a response lacks evidence. A
ground whose evidence points both ways is attacked by what disputes it, and attacks back. The strength of evidence
settles no attack: weighing is what `certainty` is for.

*Evidence.* An objection counts without any: whoever makes a claim has the burden of answering (Walton 1988, "Burden
of proof", Argumentation 2), and if an objection went when its source is retracted, a claim would look better for a
loss. A response must match its objection: it needs evidence that is not lost, unless neither ever cited any, for
what is said without evidence may be answered without. Which evidence speaks for a part is said by `parts.bearing`: a
`direction` is as seen from the claim, so that what disputes it speaks for an objection. `context` supports nothing. A
retracted source says nothing, be it for or against a ground.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from pipeline.argument import Argument, Evidence, Ground, Objection
from pipeline.grounded import Status, grounded
from pipeline.model import Library
from pipeline.parts import Bearing, Kind, bearing, results

_NOTHING = "no evidence"
"""Attacks what has no evidence of its own, and is attacked by none. Like all nodes that no part of the library stands
for, it holds a space, which no address does."""


@dataclass(slots=True)
class Framework:
    """The graph of a library, and what stands in it."""

    library: Library
    without: Collection[str] = ()
    """Sources that count as retracted besides those that are."""
    supported: frozenset[str] = frozenset()
    """The addresses that rest on evidence in the end."""
    status: dict[str, Status] = field(default_factory=dict)
    """The grounded labelling of the whole graph."""
    _needs: dict[str, Sequence[str]] = field(default_factory=dict)
    """Who attacks whom, as far as support goes."""
    attacks: dict[str, list[str]] = field(default_factory=dict)
    """Who attacks whom besides."""
    objections: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for argument in self.library.arguments.values():
            self._draw_argument(argument)
        for brief in self.library.briefs.values():
            for address, item in results(brief):
                self._need(address, item.rests_on)
        parts = [node for node in self._needs if " " not in node]
        support = grounded(self._needs)
        self.supported = frozenset(node for node in parts if support[node] == "in")
        self.status = grounded({node: self._attackers(node) for node in {**self._needs, **self.attacks}})

    def has(self, address: str) -> bool:
        """Whether the library has something at an address."""
        return address in self._needs

    def is_lost(self, source: str) -> bool:
        """Whether a source is retracted, or counts as such."""
        known = self.library.sources.get(source)
        return source in self.without or (known is not None and known.custom.retracted is not None)

    def counting(self, part: Kind, evidence: Sequence[Evidence], way: Bearing = "for") -> list[Evidence]:
        """The evidence under a part that speaks for it, or another way, and whose source is not lost."""
        return [item for item in evidence if bearing(part, item) == way and not self.is_lost(item.source)]

    def _attackers(self, node: str) -> Sequence[str]:
        others = self.attacks.get(node, ())
        if node in self.objections:
            return others
        needs = self._needs.get(node, ())
        if node not in self.supported and " " not in node:
            return (*needs, *others, _NOTHING)
        return (*needs, *others) if others else needs

    def _draw_argument(self, argument: Argument) -> None:
        claim, steps = argument.id, {ground.id: f"{argument.id}/{ground.id}" for ground in argument.grounds}
        for objection in argument.objections:
            address = f"{claim}/{objection.id}"
            self._draw_objection(address, objection)
            aim = (
                claim if objection.kind == "rebuts" or objection.target not in steps else f"{claim}/{objection.target}"
            )
            if aim != claim and objection.kind == "undercuts":
                steps[str(objection.target)] = aim = f"step from {aim}"
            self.attacks.setdefault(aim, []).append(address)
        for ground in argument.grounds:
            self._draw_ground(f"{claim}/{ground.id}", ground)
            if (step := steps[ground.id]) != f"{claim}/{ground.id}":
                self._need(step, (f"{claim}/{ground.id}",))
        self._needs[claim], self._needs[f"no step to {claim}"] = (f"no step to {claim}",), tuple(steps.values())

    def _draw_ground(self, address: str, ground: Ground) -> None:
        has_support = bool(ground.rests_on or self.counting("ground", ground.evidence))
        self._need(address, ground.rests_on, has_support=has_support)
        if self.counting("ground", ground.evidence, "against"):
            self._settle_mutually(address, f"evidence against {address}")

    def _draw_objection(self, address: str, objection: Objection) -> None:
        self.objections.add(address)
        self._need(address, (), has_support=bool(self.counting("objection", objection.evidence)))
        response = objection.response
        if response is not None:
            in_words = not response.evidence and not objection.evidence
            stands = in_words or bool(self.counting("response", response.evidence))
            self._need(f"{address}/response", (), has_support=stands)
            if stands:
                self.attacks[address] = [f"{address}/response"]
                return
        if response is not None or (objection.open is not None and objection.conceded is None):
            self._settle_mutually(address, f"answer to {address}")

    def _need(self, address: str, others: Sequence[str], *, has_support: bool = True) -> None:
        self._needs[address] = (*(f"not {other}" for other in others), *(() if has_support else (_NOTHING,)))
        for other in others:
            self._needs[f"not {other}"] = (other,)

    def _settle_mutually(self, one: str, other: str) -> None:
        self.attacks.setdefault(one, []).append(other)
        self.attacks[other] = [one]
