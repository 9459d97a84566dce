"""Let no single author, publisher or funder carry most of the evidence.

Ten findings of one institute are not ten times as strong as one: they share its methods, its data and
its interests (GRADE suspects publication bias where most studies are small and paid for by industry:
Guyatt and others, 2011). An argument with at least
four pieces of supporting evidence shouldn't owe more than half of them to one author, publisher or
funder; nor should a brief with at least eight, over all arguments for or against. Where there is nobody
else, say so in a comment.

Good:

    # arguments/lights-help.yaml
    short: Lighthouses help

Bad:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-deaths
        text: Fewer sailors died, fewer cargoes were lost and fewer insurers failed.
        evidence:
          - {source: able-2024, finding: Deaths fell., locator: {page: 2}, kind: observational, strength: weak}
          - {source: able-2024, finding: Losses fell., locator: {page: 3}, kind: observational, strength: weak}
          - {source: able-2024, finding: Fewer failed., locator: {page: 4}, kind: observational, strength: weak}
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from pipeline.check.reading import evidence_for
from pipeline.csl import Source
from pipeline.model import Argument, Brief, Library
from pipeline.problem import Problem

FEWEST = 4
"""How many pieces of evidence an argument needs before most of them can be too many; a brief needs twice as many."""
LARGEST_SHARE = 0.5
"""What one author, publisher or funder may carry of them."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each argument and brief whose evidence comes from one hand for the most part."""
    hands = {id: frozenset(_hands(source)) for id, source in library.sources.items()}

    def behind(names: Sequence[str]) -> list[frozenset[str]]:
        """Who stands behind each piece of evidence that supports the arguments."""
        found = (item.source for name in dict.fromkeys(names) for item in evidence_for(library, name))
        return [hands[source] for source in found if source in hands]

    for argument in library.arguments.values():
        yield from _concentration(behind([argument.id]), argument, "grounds")
    for brief in library.briefs.values():
        yield from _concentration(behind([*brief.arguments.for_, *brief.arguments.against]), brief, "arguments")


def _concentration(found: Sequence[frozenset[str]], record: Argument | Brief, key: str) -> Iterator[Problem]:
    kind, fewest = ("brief", 2 * FEWEST) if isinstance(record, Brief) else ("argument", FEWEST)
    name, count = next(iter(Counter(chain.from_iterable(found)).most_common(1)), ("", 0))
    if len(found) >= fewest and count > LARGEST_SHARE * len(found):
        yield Problem(
            mark=record.key_mark(key),
            rule="source-concentration",
            message=f"{name} stands behind {count} of {len(found)} pieces of evidence of this {kind}",
            hint="add evidence from others, or say in a comment why there is none",
        )


def _hands(source: Source) -> Iterator[str]:
    """Who stands behind a source."""
    for name in source.author or ():
        yield name.literal or " ".join(part for part in (name.given, name.family) if part)
    yield from (name for name in (source.publisher, source.custom.funder) if name)
