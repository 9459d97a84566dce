"""Fill every local slot that a product prints.

`{{ local("id") }}` stands in a brief's texts for words that differ by audience or region. These stand in the brief
below `local:`, for everyone or for some. A product whose reader has nothing there would have a hole in a sentence.
Other files have no slots, since several briefs share them.

Good:

    # first-brief.yaml
    why_now: Winter is near in {{ local("region") }}.
    local:
      - {id: region, text: the north, for: {press: the north and the islands}}

Bad:

    # first-brief.yaml
    why_now: Winter is near in {{ local("region") }}.
    local:
      - {id: region, for: {press: the north and the islands}}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.audience import addressed, slots
from pipeline.check.reading import roots, texts
from pipeline.model import Brief, Library, Slot
from pipeline.problem import Mark, Problem, did_you_mean
from pipeline.product import planned
from pipeline.record import SLOT, Item, Record


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each slot that is not known, that a product can't fill, or that stands in another file."""
    for root in roots(library):
        if not isinstance(root, Brief):
            for name, mark in placed(root):
                hint = f"move this to the briefs, or write what '{name}' stands for"
                yield Problem(mark=mark, rule="local-slot", message="only a brief has local slots", hint=hint)
    for brief in library.briefs.values():
        known = {slot.id: slot for slot in brief.local}
        for name, mark in placed(brief):
            if name not in known:
                hint = did_you_mean(name, known) or f"write it below `local:`, `- {{id: {name}, text: …}}`"
                yield Problem(mark=mark, rule="local-slot", message=f"no slot is called '{name}'", hint=hint)
        yield from _unfilled(library, brief, known)


def _unfilled(library: Library, brief: Brief, known: dict[str, Slot]) -> Iterator[Problem]:
    """Yield a problem for each slot that a product prints and has no words for, at the slot."""
    made = planned(library.house, brief) if known else ()
    for audience, region in dict.fromkeys((product.audience, product.region) for product in made):
        held, told = slots(brief, audience, region), addressed(library, audience, region).briefs[brief.id]
        needed = {name for record, _, text in texts(told) if not isinstance(record, Item)
                  or not record.audiences or audience in record.audiences
                  for name in SLOT.findall(text)}  # fmt: skip
        for name in [name for name in known if name in needed and name not in held]:
            yield Problem(
                mark=known[name].mark(),
                rule="local-slot",
                message=f"the product for {_reader(audience, region)} has nothing to put in the slot '{name}'",
                hint=_mend(audience, region),
            )


def _reader(audience: str | None, region: str | None) -> str:
    return f"{audience or 'everyone'}{f' in {region}' if region else ''}"


def _mend(audience: str | None, region: str | None) -> str:
    """What could be added."""
    ways = [f"`regions: [{{id: {region}, text: …}}]`"] if region else []
    ways += [f"`for: {{{audience}: …}}`"] if audience else []
    return f"add {' or '.join([*ways, '`text:`'])} here"


def placed(root: Record) -> Iterator[tuple[str, Mark]]:
    """Every slot that the texts of a record and below it place, with where it stands."""
    for record, path, text in texts(root):
        yield from ((match[1], mark) for match, mark in record.matches(path, text, SLOT))
