"""Give every product a name of its own.

Files are called by their brief, edition, audience and region, so two briefs whose slugs begin alike can come to the
same name: the full edition of `second-brief` for the press, and `second-brief-full` for the press. Tags of languages
that differ in capitals alone do the same. Files that were sent on could not be told apart.

Good:

    # second-brief.yaml
    products:
      - editions: [brief, full]
        audiences: [everyone, press]

Bad:

    # second-brief.yaml
    products:
      - editions: [brief, full]
        audiences: [everyone, press]

    # second-brief-full.yaml
    products:
      - editions: [brief]
        audiences: [everyone, press]
    title: Light every harbour in the country
    question: Should every harbour have a light?
    bottom_line: Every harbour should have a light.
    issued: 2026-11-23
    version: "1.0"
    review_by: 2027-05-23
    arguments: {for: [lights-help], against: [lights-cost]}
    key_messages:
      - {text: Lights make harbours safer., rests_on: [lights-help/fewer-wrecks]}
      - {text: Lights are cheap., rests_on: [lights-help]}
      - {text: Charts are not enough., rests_on: [lights-help]}
    options:
      - {id: status-quo, text: Leave it., benefits: Calm., harms: Wrecks., costs: None., uncertainty: Small.}
      - {id: light-all, text: Light all., benefits: Few wrecks., harms: Glare., costs: Oil., uncertainty: Weather.}
    history:
      - {version: "1.0", date: 2026-11-23, change: First release.}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.product import planned


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each product whose name another one has, at the plan that it is in."""
    if "house" in library.unloaded:
        return
    taken: dict[str, str] = {}
    for brief in library.briefs.values():
        planner = brief if brief.products else library.house
        for product in planned(library.house, brief):
            name = product.name.casefold()
            if name in taken:
                message = f"the files of two products would be called '{product.name}'; the other is of '{taken[name]}'"
                hint = "leave one of them out, or call one brief something else"
                yield Problem(mark=planner.mark("products"), rule="product-name", message=message, hint=hint)
            taken.setdefault(name, brief.id)
