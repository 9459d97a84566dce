"""Time labels against a plain pass over the same thing: `python tests/benchmarks/argue_time.py`.

The first ratio is that of the grounded labelling of 100,000 nodes to copying their graph, node by node; the second
that of labelling a whole library of 100,000 addresses to writing its records down as dictionaries once. Both are run
turn by turn, so that other load falls on both; medians are printed, and a ratio above LIMIT or more than SECONDS ends
with 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable, Mapping
from statistics import median

from pipeline.argue import argue
from pipeline.argument import Argument, Counterevidence, Evidence, Ground, Objection, Response
from pipeline.grounded import grounded
from pipeline.model import House, Library

NODES = 100_000
ROUNDS = 5
LIMIT = 25.0
SECONDS = 2.0


def graph(nodes: int) -> dict[int, list[int]]:
    """A random graph with as many attacks as nodes, so that all three labels occur."""
    dice = random.Random(7)
    attackers: dict[int, list[int]] = {node: [] for node in range(nodes)}
    for _ in range(nodes):
        attackers[dice.randrange(nodes)].append(dice.randrange(nodes))
    return attackers


def chain(nodes: int) -> dict[int, list[int]]:
    """Each node attacks the next: the longest way a label can have to go."""
    return {node: [node - 1] if node else [] for node in range(nodes)}


def library(addresses: int) -> Library:
    """Arguments of ten addresses each, whose last ground rests on the argument before."""
    evidence = (Evidence(source="able-2024", finding="Found.", kind="expert", strength="weak"),)
    disputing = (Counterevidence(**dict(evidence[0], direction="disputes")),)
    answered = Response(text="It does not.", evidence=evidence)
    found = {}
    for number in range(addresses // 10):
        before = (f"a{number - 1}",) if number else ()
        grounds = [Ground(id=f"g{n}", text="A ground.", evidence=evidence) for n in range(4)]
        objections = [
            Objection(id="o1", text="No.", kind="rebuts", evidence=disputing, response=answered),
            Objection(id="o2", text="No.", kind="undercuts", target="g0", response=answered),
            Objection(id="o3", text="No.", kind="undermines", target="g1", open="More of it."),
        ]
        found[f"a{number}"] = Argument(
            id=f"a{number}", claim="A claim.", short="Claim", type="empirical", qualifier="probably", certainty="low",
            warrant="So it is.", grounds=(*grounds[:3], grounds[3].model_copy(update={"rests_on": before})),
            objections=tuple(objections),
        )  # fmt: skip
    house = House(name="House", series="Brief", description="A house.", language="en-GB", citation_style="none")
    return Library(house=house, sources={}, arguments=found, figures={}, briefs={})


def copied(attackers: Mapping[int, list[int]]) -> dict[int, list[int]]:
    """A plain pass over a graph: one new list for each node."""
    return {node: list(those) for node, those in attackers.items()}


def walked(records: Library) -> list[dict[str, object]]:
    """A plain pass over a library: one new dictionary for each record."""
    return [argument.model_dump() for argument in records.arguments.values()]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def measured(work: Callable[[], object], plain: Callable[[], object]) -> tuple[float, float]:
    """The median seconds of `work`, and the median of its ratios to `plain`."""
    pairs = [(seconds(work), seconds(plain)) for _ in range(ROUNDS)]
    return median(mine for mine, _ in pairs), median(mine / other for mine, other in pairs)


def main() -> int:
    """Print seconds and ratios."""
    random_one, long_one, whole = graph(NODES), chain(NODES), library(NODES)
    results = {
        "grounded, random": measured(lambda: grounded(random_one), lambda: copied(random_one)),
        "grounded, chain": measured(lambda: grounded(long_one), lambda: copied(long_one)),
        "argue, library": measured(lambda: argue(whole), lambda: walked(whole)),
    }
    for name, (needed, ratio) in results.items():
        sys.stdout.write(f"{name:<18} {needed:6.2f} s {ratio:6.1f} x a plain pass\n")
    too_slow = any(needed > SECONDS for name, (needed, _) in results.items() if name.startswith("grounded"))
    return int(too_slow or max(ratio for _, ratio in results.values()) > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
