"""Label what a library says: its records in, accepted, contested or unsupported and a reason for each out.

How the graph of a library is drawn stands in `pipeline.framework`, how it is decided what stands in it in
`pipeline.grounded`. The labels are three words and never a number, which would feign precision:

- `unsupported`: it rests on no evidence in the end. Where only support counts, it doesn't stand: it cites nothing, all
  it cites is lost, or it rests on itself by a circle.
- `accepted`: it rests on evidence, and it is in the grounded extension (Dung 1995): every attack on it is defeated.
- `contested`: it rests on evidence, but an attack on it stands or is not settled.

Losing a source never raises the label of a claim or a ground, unless the source is itself evidence against a ground.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from pipeline.argument import Argument, Evidence, Ground, Objection
from pipeline.framework import Framework
from pipeline.model import Library
from pipeline.parts import Kind, bearing, results
from pipeline.wording.said import Said, counted, inside, listed, say, sentence

Label = Literal["accepted", "contested", "unsupported"]
_STATES: Mapping[str, Said] = {
    "open": say("it stands open"),
    "conceded": say("it is conceded"),
    "weak": say("it is answered without evidence"),
    "lost": say("it is answered with evidence that is lost"),
    "silent": say("it has no answer"),
}
"""What is said of one objection that stands, in this order."""
_OBJECTIONS: Mapping[str, Callable[[int], Said]] = {
    "open": partial(counted, "one objection stands open", "{number} objections stand open"),
    "conceded": partial(counted, "one objection is conceded", "{number} objections are conceded"),
    "weak": partial(
        counted,
        "one objection is answered without evidence",
        "{number} objections are answered without evidence",
    ),
    "lost": partial(
        counted,
        "one objection is answered with evidence that is lost",
        "{number} objections are answered with evidence that is lost",
    ),
    "silent": partial(counted, "one objection has no answer", "{number} objections have no answer"),
}
"""What is said of several."""
_OTHERS: Mapping[str, Callable[[int], Said]] = {
    "open": partial(counted, "one stands open", "{number} stand open"),
    "conceded": partial(counted, "one is conceded", "{number} are conceded"),
    "weak": partial(counted, "one is answered without evidence", "{number} are answered without evidence"),
    "lost": partial(
        counted,
        "one is answered with evidence that is lost",
        "{number} are answered with evidence that is lost",
    ),
    "silent": partial(counted, "one has no answer", "{number} have no answer"),
}
"""What is said of further ones in the same sentence."""
_RESTED: Mapping[str, Said] = {
    "answered": say("it rests on an objection that is answered"),
    "open": say("it rests on an objection that stands open"),
    "conceded": say("it rests on an objection that is conceded"),
    "weak": say("it rests on an objection that is answered without evidence"),
    "lost": say("it rests on an objection that is answered with evidence that is lost"),
    "silent": say("it rests on an objection that has no answer"),
}
"""What is said of a result that rests on an objection."""
_WHOLE: Mapping[str, Said] = {
    "contested": say("what it rests on is contested"),
    "unsupported": say("what it rests on is unsupported"),
}
_SOME: Mapping[str, Callable[[int], Said]] = {
    "contested": partial(
        counted,
        "one of the parts it rests on is contested",
        "{number} of the parts it rests on are contested",
    ),
    "unsupported": partial(
        counted,
        "one of the parts it rests on is unsupported",
        "{number} of the parts it rests on are unsupported",
    ),
}
"""What is said of a result whose parts all, or some of them, are worse than accepted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What became of one part of a library, and why."""

    label: Label
    reason: str
    """One sentence, with its full stop, that names no ids."""
    blame: tuple[str, ...] = ()
    """The addresses that keep it from being accepted: objections that stand, or parts that lack evidence."""

    @property
    def said(self) -> str:
        """The reason as it stands inside a sentence."""
        return inside(self.reason)


def argue(library: Library, without: Collection[str] = ()) -> Mapping[str, Judgement]:
    """Judge every part of a library, as if the sources in `without` were retracted too.

    The addresses are `ARGUMENT`, `ARGUMENT/GROUND`, `ARGUMENT/OBJECTION`, `ARGUMENT/OBJECTION/response`,
    `BRIEF#key-message-1` and `BRIEF#recommendation-1`, counted from 1. What `rests_on` names and the library lacks is
    taken to stand, since the rules on references speak of it. Takes time linear in the size of the library.
    """
    return _Court(library, Framework(library, without)).judgements()


def excerpt(library: Library, arguments: Iterable[str] = (), briefs: Iterable[str] = ()) -> Library:
    """Give the part of a library on which the labels of these arguments and briefs depend."""
    chosen = {id: library.briefs[id] for id in briefs}
    names = [*arguments, *(name for brief in chosen.values() for _, item in results(brief) for name in item.rests_on)]
    found: dict[str, Argument] = {}
    while names:
        id = names.pop().partition("/")[0]
        if id not in found and (argument := library.arguments.get(id)):
            found[id] = argument
            names += [name for ground in argument.grounds for name in ground.rests_on]
    return library.model_copy(update={"arguments": found, "briefs": chosen})


def load_bearing(library: Library) -> tuple[str, ...]:
    """Give the sources whose loss alone can lower a label: each is all that some part has."""
    framework = Framework(library)
    found: set[str] = set()
    for argument in library.arguments.values():
        answers = [objection.response.evidence for objection in argument.objections if objection.response is not None]
        counting = [framework.counting("ground", ground.evidence) for ground in argument.grounds]
        counting += [framework.counting("response", evidence) for evidence in answers]
        counting += [framework.counting("objection", objection.evidence) for objection in argument.objections]
        alone = ({item.source for item in evidence} for evidence in counting)
        found |= {source for sources in alone if len(sources) == 1 for source in sources}
    return tuple(sorted(found))


class _Court:
    """Puts into words what stands in a framework, and why."""

    def __init__(self, library: Library, framework: Framework) -> None:
        self.library, self.framework = library, framework
        self.objections: dict[str, Objection] = {}
        self.found: dict[str, Judgement] = {}

    def judgements(self) -> dict[str, Judgement]:
        """Judge every address: grounds first, and what rests on them after."""
        for argument in self.library.arguments.values():
            self.objections |= {f"{argument.id}/{objection.id}": objection for objection in argument.objections}
        for argument in self.library.arguments.values():
            for ground in argument.grounds:
                self._judge_ground(f"{argument.id}/{ground.id}", ground)
            self._judge_claim(argument)
        for address, objection in self.objections.items():
            self._judge_objection(address, objection)
        for brief in self.library.briefs.values():
            for address, item in results(brief):
                self._judge_result(address, item.rests_on)
        return self.found

    def _judge_claim(self, argument: Argument) -> None:
        label, number = self._label(argument.id), len(argument.grounds)
        weak = [
            address for ground in argument.grounds if self._label(address := f"{argument.id}/{ground.id}") != "accepted"
        ]
        standing = self._standing(argument.id)
        undercut = [
            blamed for ground in argument.grounds for blamed in self._standing(f"step from {argument.id}/{ground.id}")
        ]
        if label == "accepted":
            return self._judge(argument.id, label, self._carried(argument))
        if label == "contested" and standing:
            return self._judge(argument.id, label, self._said(standing), standing)
        if label == "contested":
            several, one = say("no ground carries it without dispute"), say("its one ground is in dispute")
        else:
            several, one = say("none of its grounds rests on evidence"), say("its one ground rests on no evidence")
        blame = [*weak, *undercut] or [argument.id]
        clause = (say("it has no ground"), one)[number] if number < 2 else several
        return self._judge(argument.id, label, clause, blame)

    def _carried(self, argument: Argument) -> Said:
        """Say why a claim is accepted: what became of the objections to it, or else of those to what carries it."""
        below = [f"{argument.id}/{ground.id}" for ground in argument.grounds]
        below += [f"step from {address}" for address in below]
        attacks = self.framework.attacks
        aimed = {node for node in (argument.id, *below) if self.objections.keys() & set(attacks.get(node, ()))}
        if argument.id in aimed or not aimed:
            return self._answered(argument.id)
        if any(self._standing(node) for node in below):
            return say("no objection is raised against the claim itself, and a ground carries it without dispute")
        return say("no objection is raised against the claim itself, and those to its grounds and steps are answered")

    def _judge_ground(self, address: str, ground: Ground) -> None:
        label, standing = self._label(address), self._standing(address)
        weak = [name for name in ground.rests_on if self._label(name) != "accepted"]
        if label == "accepted":
            kept = self.framework.counting("ground", ground.evidence)
            rests = _sources(kept) if kept else say("all that it takes over is accepted")
            both = say("{support}, and {objections}", support=rests, objections=self._answered(address))
            self._judge(address, label, both)
        elif label == "unsupported" and weak:
            self._judge(address, label, _WHOLE[label], weak)
        elif label == "unsupported":
            self._judge(address, label, self._gap("ground", ground.evidence), [address])
        elif standing:
            self._judge(address, label, self._said(standing), standing)
        elif weak:
            self._judge(address, label, _WHOLE[label], weak)
        else:
            self._judge(address, label, say("its evidence points both ways"), [address])

    def _judge_objection(self, address: str, objection: Objection) -> None:
        label, state, reply = self._label(address), self._state(address), f"{address}/response"
        if label == "unsupported":
            self._judge(address, label, self._gap("objection", objection.evidence), [address])
        else:
            clause = say("it is answered") if state == "answered" else _STATES[state]
            blame = [] if label == "accepted" else [reply if objection.response else address]
            self._judge(address, label, clause, blame)
        if objection.response is not None:
            evidence, label = objection.response.evidence, self._label(reply)
            kept = self.framework.counting("response", evidence)
            if label == "accepted":
                in_words = say("it meets in words what was said in words")
                self._judge(reply, label, _sources(kept) if kept else in_words)
            else:
                self._judge(reply, label, self._gap("response", evidence), [reply])

    def _judge_result(self, address: str, targets: Sequence[str]) -> None:
        label = self._label(address)
        weak = [name for name in targets if self._label(name) == label] if label != "accepted" else []
        blame = list(dict.fromkeys(blamed for name in weak for blamed in self._blame(name)))
        if label == "accepted":
            one, several = say("what it rests on is accepted"), say("all that it rests on is accepted")
            clause = one if len(targets) == 1 else several
        elif label == "contested" and len(weak) == 1 and weak[0] in self.objections:
            clause = _RESTED[self._state(weak[0])]
        elif label == "contested" and not set(weak) & set(self.objections) and set(blame) <= set(self.objections):
            clause = self._said(blame)
        else:
            clause = _WHOLE[label] if len(weak) == len(targets) else _SOME[label](len(weak))
        self._judge(address, label, clause, blame)

    def _judge(self, address: str, label: Label, clause: Said, blame: Sequence[str] = ()) -> None:
        self.found[address] = Judgement(label=label, reason=sentence(clause), blame=tuple(dict.fromkeys(blame)))

    def _label(self, address: str) -> Label:
        """The label that the framework gives; what the library lacks is taken to stand."""
        if address not in self.framework.supported and self.framework.has(address):
            return "unsupported"
        return "accepted" if self.framework.status.get(address, "in") == "in" else "contested"

    def _blame(self, address: str) -> tuple[str, ...]:
        return self.found[address].blame if address in self.found else ()

    def _standing(self, node: str) -> list[str]:
        """The objections to a node that are not defeated."""
        attackers = self.framework.attacks.get(node, ())
        return [name for name in attackers if name in self.objections and self.framework.status[name] != "out"]

    def _answered(self, address: str) -> Said:
        """Say why nothing stands against an address."""
        number = sum(name in self.objections for name in self.framework.attacks.get(address, ()))
        if number == 0:
            return say("no objection is raised against it")
        return counted(
            "the one objection to it is answered",
            "all {number} objections to it are answered",
            number,
        )

    def _state(self, address: str) -> str:
        """What became of an objection: answered, or a key of `_STATES`."""
        objection = self.objections[address]
        if self.framework.status[address] == "out":
            return "answered"
        if objection.response is not None:
            return "lost" if objection.response.evidence else "weak"
        return "conceded" if objection.conceded is not None else "open" if objection.open is not None else "silent"

    def _said(self, standing: Sequence[str]) -> Said:
        """Count what stands: `one objection stands open and two are conceded`."""
        states = Counter(self._state(address) for address in standing)
        first, *others = (state for state in _STATES if states[state])
        said = [_OBJECTIONS[first](states[first]), *(_OTHERS[state](states[state]) for state in others)]
        return listed(said)

    def _gap(self, part: Kind, evidence: Sequence[Evidence]) -> Said:
        """Say what is missing where nothing supports."""
        if any(bearing(part, item) == "for" for item in evidence):
            return say("all the evidence it cites is lost")
        return say("nothing it cites supports it") if evidence else say("it cites no evidence")


def _sources(evidence: Sequence[Evidence]) -> Said:
    number = len({item.source for item in evidence})
    return counted("it rests on one source", "it rests on {number} sources", number)
