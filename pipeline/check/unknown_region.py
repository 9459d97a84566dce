"""Let products and local slots name only regions that the house has.

`regions:` in house.yaml names the places that have products of their own. A plan of products, in the house or in a
brief, and the slots of a brief call them by their ids.

Good:

    # first-brief.yaml
    why_now: Winter is near in {{ local("coast") }}.
    local:
      - {id: coast, text: the north}

Bad:

    # first-brief.yaml
    why_now: Winter is near in {{ local("coast") }}.
    local:
      - {id: coast, text: the north, regions: [{id: nroth, text: the far north}]}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Mark, Problem, did_you_mean


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each region that the house doesn't have, and for each that it or a slot has twice."""
    if "house" in library.unloaded:
        return
    known = [region.id for region in library.house.regions]
    yield from _repeated((region.id, region.mark("id")) for region in library.house.regions)
    for id, mark in _named(library):
        if id not in known:
            there = f"house.yaml has {', '.join(known)}" if known else "name it in house.yaml, below `regions:`"
            hint = did_you_mean(id, known) or there
            yield Problem(mark=mark, rule="unknown-region", message=f"the house has no region '{id}'", hint=hint)
    for brief in library.briefs.values():
        for slot in brief.local:
            yield from _repeated((there.id, there.mark("id")) for there in slot.regions)


def _named(library: Library) -> Iterator[tuple[str, Mark]]:
    for plans in (library.house.products, *(brief.products for brief in library.briefs.values())):
        for plan in plans:
            yield from ((id, plan.mark("regions", place)) for place, id in enumerate(plan.regions))
    for brief in library.briefs.values():
        yield from ((there.id, there.mark("id")) for slot in brief.local for there in slot.regions)


def _repeated(named: Iterator[tuple[str, Mark]]) -> Iterator[Problem]:
    seen = set()
    for id, mark in named:
        if id in seen:
            hint = "keep one of them"
            yield Problem(mark=mark, rule="unknown-region", message=f"the region '{id}' stands here twice", hint=hint)
        seen.add(id)
