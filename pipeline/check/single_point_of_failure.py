"""Rest a recommendation on more than one source.

A recommendation that is no longer accepted when one source falls is as sure as that source, however many others
stand beside it: one retraction, one error in one data set, and the advice has to be withdrawn. Say it with more
evidence, or rest it on less.

Good:

    # first-brief.yaml
    recommendations:
      - text: Paint the lights white.
        actor: The harbour board
        action: paint
        timeframe: within a year
        supports: light-all
        rests_on: [lights-help/white-is-seen]
        strength: strong

    # arguments/lights-help.yaml
    grounds:
      - id: white-is-seen
        text: A white light is seen ten miles out.
        evidence:
          - {source: able-2024, finding: Seen at ten miles., strength: strong, kind: trial, locator: {page: 10}}
          - {source: baker-2025, finding: Seen at nine miles., strength: strong, kind: trial, locator: {page: 9}}

    # sources.yaml
    references:
      - {id: baker-2025, type: report, title: How far lights reach, publisher: Harbour Board, custom: {read: full}}

Bad:

    # first-brief.yaml
    recommendations:
      - text: Paint the lights white.
        actor: The harbour board
        action: paint
        timeframe: within a year
        supports: light-all
        rests_on: [lights-help/white-is-seen]
        strength: strong

    # arguments/lights-help.yaml
    grounds:
      - id: white-is-seen
        text: A white light is seen ten miles out.
        evidence:
          - {source: able-2024, finding: Seen at ten miles., strength: strong, kind: trial, locator: {page: 10}}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.argue import argue, excerpt, load_bearing
from pipeline.model import Library, Recommendation
from pipeline.parts import results
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each accepted recommendation and each source that it falls with."""
    for brief in library.briefs.values():
        part = excerpt(library, briefs=[brief.id])
        before = argue(part)
        after = {source: argue(part, [source]) for source in load_bearing(part)}
        for address, item in results(brief):
            if not isinstance(item, Recommendation) or before[address].label != "accepted":
                continue
            for source, judgements in after.items():
                if (label := judgements[address].label) != "accepted":
                    yield Problem(
                        mark=item.mark("rests_on"),
                        rule="single-point-of-failure",
                        message=f"this recommendation is {label} without the source '{source}'",
                        hint="add evidence from another source to what it rests on",
                    )
