"""Ask what a brief hangs by: a library in; the smallest sets of sources whose loss costs a result its label out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.argue import Label, argue, excerpt
from pipeline.model import Brief, KeyMessage, Library, Recommendation
from pipeline.parts import Part, beneath, carried_by, parts, results

_LABELS = ("unsupported", "contested", "accepted")
"""From the lowest to the highest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Loss:
    """Sources whose loss, all at once, costs a result its label; without one of them it would keep it."""

    sources: tuple[str, ...]
    after: Label
    reason: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Fragility:
    """A recommendation or a key message, and what brings it down."""

    brief: str
    part: Part
    label: Label
    """What it has now: what is accepted can be lost to the others, what is contested only to `unsupported`."""
    sources: tuple[str, ...]
    """All that carry it: only their loss can cost it its label."""
    losses: tuple[Loss, ...]
    """Those of one source, then those of two."""

    def as_json(self) -> dict[str, Any]:
        """The result as plain values."""
        losses = [{"sources": list(loss.sources), "after": loss.after, "reason": loss.reason} for loss in self.losses]
        return {
            "address": self.part.address,
            "kind": self.part.kind,
            "text": self.part.text,
            "label": self.label,
            "sources": list(self.sources),
            "losses": losses,
        }


def fragile(library: Library, briefs: Iterable[Brief] | None = None) -> tuple[Fragility, ...]:
    """Look at every recommendation, then every key message, of the briefs, or of all of them.

    Only sources that carry the result are taken away, one at a time and then in pairs of which neither suffices
    alone, and only the arguments that it depends on are judged anew.
    """
    chosen = library.briefs.values() if briefs is None else briefs
    return tuple(found for brief in chosen for found in sorted(_of(library, brief), key=_recommendations_first))


def _of(library: Library, brief: Brief) -> Iterator[Fragility]:
    known = parts(excerpt(library, briefs=[brief.id]))
    for address, item in results(brief):
        sources = tuple(key for key in _carrying(known, address) if key in library.sources)
        label, losses = _losses(_alone(library, brief, item), sources)
        yield Fragility(brief=brief.id, part=known[address], label=label, sources=sources, losses=losses)


def _carrying(known: Mapping[str, Part], address: str) -> list[str]:
    """The citekeys that speak for a result; what speaks for objections to it doesn't."""
    found = beneath(known, [address])
    relied_on = {name for part in found.values() for name in part.rests_on}
    own = [part for part in found.values() if part.kind != "objection" or part.address in relied_on]
    return sorted({evidence.source for part in own for evidence in carried_by(part)})


def _recommendations_first(found: Fragility) -> bool:
    return found.part.kind != "recommendation"


def _alone(library: Library, brief: Brief, item: KeyMessage | Recommendation) -> Library:
    """The part of the library on which one result depends, and no other result."""
    kept = "recommendations" if isinstance(item, Recommendation) else "key_messages"
    only = brief.model_copy(update={"recommendations": (), "key_messages": (), kept: (item,)})
    return excerpt(library.model_copy(update={"briefs": {brief.id: only}}), briefs=[brief.id])


def _losses(library: Library, sources: tuple[str, ...]) -> tuple[Label, tuple[Loss, ...]]:
    brief = next(iter(library.briefs.values()))
    address, _ = next(results(brief))
    label = argue(library)[address].label
    found: list[Loss] = []
    for size in (1, 2):
        enough = {key for loss in found for key in loss.sources}
        for lost in combinations([key for key in sources if key not in enough], size):
            judged = argue(library, lost)[address]
            if _LABELS.index(judged.label) < _LABELS.index(label):
                found.append(Loss(sources=lost, after=judged.label, reason=judged.reason))
        if label == "unsupported":
            break
    return label, tuple(found)
