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
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from pipeline.framework import Framework, results
from pipeline.model import Argument, Evidence, Ground, Library, Objection
from pipeline.wording import count, plural

Label = Literal["accepted", "contested", "unsupported"]
_STATES = {
    "open": ("stands open", "stand open"),
    "conceded": ("is conceded", "are conceded"),
    "weak": ("is answered without evidence", "are answered without evidence"),
    "silent": ("has no answer", "have no answer"),
}
"""What can be said of one or of several objections that stand."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Judgement:
    """What became of one part of a library, and why."""

    label: Label
    reason: str
    """One sentence, with its full stop, that names no ids."""
    blame: tuple[str, ...] = ()
    """The addresses that keep it from being accepted: objections that stand, or parts that lack evidence."""


def argue(library: Library, without: Collection[str] = ()) -> Mapping[str, Judgement]:
    """Judge every part of a library, as if the sources in `without` were retracted too.

    The addresses are `ARGUMENT`, `ARGUMENT/GROUND`, `ARGUMENT/OBJECTION`, `ARGUMENT/OBJECTION/response`,
    `BRIEF#key-message-1` and `BRIEF#recommendation-1`, counted from 1. What `rests_on` names and the library lacks is
    taken to stand, since the rules on references speak of it. Takes time linear in the size of the library.
    """
    court = _Court(Framework(library, without))
    judgements = dict(court.of_arguments())
    for brief in library.briefs.values():
        for address, item in results(brief):
            judgements[address] = court.of_resting(address, item.rests_on, judgements)
    return judgements


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


class _Court:
    """Puts into words what stands in a framework, and why."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.objections = {
            f"{argument.id}/{objection.id}": objection
            for argument in framework.library.arguments.values()
            for objection in argument.objections
        }

    def of_arguments(self) -> Iterator[tuple[str, Judgement]]:
        """Judge every claim, ground, objection and response."""
        for argument in self.framework.library.arguments.values():
            aimed = self._aimed(argument)
            yield argument.id, self._of_claim(argument, aimed)
            for ground in argument.grounds:
                address = f"{argument.id}/{ground.id}"
                yield address, self._of_ground(address, ground, aimed["undermines", ground.id])
            for objection in argument.objections:
                yield from self._of_objection(f"{argument.id}/{objection.id}", objection)

    def of_resting(self, address: str, targets: Sequence[str], judgements: Mapping[str, Judgement]) -> Judgement:
        """Judge a key message or a recommendation from what it rests on."""
        label = self._label(address)
        weak = [name for name in targets if name in judgements and judgements[name].label != "accepted"]
        if label == "accepted":
            parts = plural(len(targets), "part") + " of the library that it rests on"
            return _accepted(f"{'the' if len(targets) == 1 else 'all'} {parts} {_is(len(targets))} accepted")
        return self._resting(label, weak, {name: judgements[name].blame for name in weak})
