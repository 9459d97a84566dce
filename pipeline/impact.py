"""Ask what a source carries: a library and citekeys in; what would change if these were retracted out."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.argue import Label, argue
from pipeline.model import Brief, Library
from pipeline.parts import Part, brief_of, carried_by, parts
from pipeline.record import CITATION
from pipeline.wording import count


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """A part of the library that is touched; where both labels are the same, it is only weakened."""

    part: Part
    before: Label
    after: Label
    reason: str
    """A sentence: why it has the label that it would have, or what support it loses."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reached:
    """A brief that is touched."""

    slug: str
    title: str
    changed: int
    """How many of its key messages and recommendations change their label."""
    weakened: int
    cites: tuple[str, ...]
    """The places in it, outside its arguments, that cite one of the sources."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Impact:
    """What would become of a library without some sources."""

    sources: tuple[str, ...]
    changed: tuple[Change, ...]
    """What would have another label: grounds first, then claims, key messages and recommendations."""
    weakened: tuple[Change, ...]
    """What would lose support and keep its label."""
    briefs: tuple[Reached, ...]

    def as_json(self) -> dict[str, Any]:
        """The impact as plain values, with texts as the files have them."""
        briefs = [
            {"slug": brief.slug, "title": brief.title, "changed": brief.changed, "weakened": brief.weakened,
             "cites": list(brief.cites)}
            for brief in self.briefs
        ]  # fmt: skip
        changed, weakened = ([_as_json(change) for change in group] for group in (self.changed, self.weakened))
        return {"without": list(self.sources), "changed": changed, "weakened": weakened, "briefs": briefs}


_ORDER = ("ground", "response", "objection", "claim", "key message", "recommendation")


def impact(library: Library, citekeys: Collection[str]) -> Impact:
    """Compare the library with itself as if the sources in `citekeys` were retracted.

    A source that is marked as retracted already is compared with the library as it was before that.
    """
    whole = _trusting(library, citekeys)
    before, after, known = argue(whole), argue(whole, citekeys), parts(library)
    order = sorted(known, key=lambda address: _ORDER.index(known[address].kind))
    changed = tuple(
        Change(part=known[name], before=before[name].label, after=after[name].label, reason=after[name].reason)
        for name in order
        if before[name].label != after[name].label
    )
    risen = {change.part.address for change in changed if _rises(change)}
    losses = _losses(known, citekeys, {change.part.address for change in changed} - risen)
    moved = {change.part.address for change in changed}
    weakened = tuple(
        Change(part=known[name], before=before[name].label, after=after[name].label, reason=losses[name])
        for name in order
        if name in losses and name not in moved
    )
    briefs = tuple(_reached(library, citekeys, changed, weakened))
    return Impact(sources=tuple(citekeys), changed=changed, weakened=weakened, briefs=briefs)


def _rises(change: Change) -> bool:
    labels = ("unsupported", "contested", "accepted")
    return labels.index(change.after) > labels.index(change.before)


def _trusting(library: Library, citekeys: Collection[str]) -> Library:
    sources = {
        key: source.model_copy(update={"custom": source.custom.model_copy(update={"retracted": None})})
        if key in citekeys
        else source
        for key, source in library.sources.items()
    }
    return library.model_copy(update={"sources": sources})


def _losses(known: Mapping[str, Part], citekeys: Collection[str], fallen: Collection[str]) -> dict[str, str]:
    """Say what each part loses: sources of its own, or something below that has lost."""
    leaning: dict[str, list[str]] = {}
    for part in known.values():
        defended = (known[name].response for name in part.objections)
        for lower in (*part.rests_on, *(name for name in defended if name)):
            leaning.setdefault(lower, []).append(part.address)
    found = {part.address: said for part in known.values() if (said := _own_loss(part, citekeys))}
    waiting = list({**found, **dict.fromkeys(fallen)})
    while waiting:
        lower = waiting.pop()
        for upper in leaning.get(lower, ()):
            if upper not in found:
                through = "An answer that defends it" if known[lower].kind == "response" else "Something it rests on"
                found[upper] = f"{through} loses support."
                waiting.append(upper)
    return found


def _own_loss(part: Part, citekeys: Collection[str]) -> str:
    carrying = {item.source for item in carried_by(part)}
    lost = carrying & set(citekeys)
    if not lost:
        return ""
    if len(lost) == len(carrying):
        return f"It loses {'its one source' if len(lost) == 1 else f'all its {count(len(lost))} sources'}."
    return f"It loses {count(len(lost))} of its {count(len(carrying))} sources."


def _reached(
    library: Library, citekeys: Collection[str], changed: Sequence[Change], weakened: Sequence[Change]
) -> Iterator[Reached]:
    for slug, brief in library.briefs.items():
        numbers = [sum(brief_of(change.part.address) == slug for change in group) for group in (changed, weakened)]
        cites = tuple(dict.fromkeys(_citing(library, brief, citekeys)))
        if any(numbers) or cites:
            yield Reached(slug=slug, title=brief.title, changed=numbers[0], weakened=numbers[1], cites=cites)


def _citing(library: Library, brief: Brief, citekeys: Collection[str]) -> Iterator[str]:
    """Say where a brief, other than in its arguments, cites one of the sources."""
    texts = [text for _, _, text in brief.prose()]
    if any((match[1] or match[2]) in citekeys for text in texts for match in CITATION.finditer(text)):
        yield "text"
    if any(item.source in citekeys for item in brief.pull_figures):
        yield "pull figure"
    for id in brief.figures_shown():
        if id in library.figures and not set(citekeys).isdisjoint(library.figures[id].sources):
            yield f"figure {id}"


def _as_json(change: Change) -> dict[str, Any]:
    part = change.part
    return {
        "address": part.address,
        "kind": part.kind,
        "text": part.text,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
    }
