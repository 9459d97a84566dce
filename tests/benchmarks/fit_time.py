"""Time what fitting costs: products as they are fitted, as a ratio to the same products laid out once, unfitted.

`python tests/benchmarks/fit_time.py [SLUG…]`. The first layout of a product has everything in it, and an unfitted one
would stop there; so one build tells both, and other load falls on both. Counted is the processor's time from composing
to the finished PDF. Printed are the ratio and how many layouts each product took; more than TRIES, or a ratio above
LIMIT, ends with 1.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.build import build
from pipeline.fit import TRIES
from pipeline.product import Order
from pipeline.project import Project

LIMIT = 5.0
STAGES = ("compose", "article", "layout", "page", "pdf")
AGAIN = ("compose", "article", "layout")
"""What each layout needs."""
ROOT = Path(__file__).parents[2]


@dataclass
class Times:
    """The seconds of each stage of each product, one for every time it ran."""

    seconds: dict[str, dict[str, list[float]]] = field(default_factory=dict)

    @contextmanager
    def watch(self, stage: str, product: str) -> Iterator[None]:
        """Time a stage."""
        begun = time.process_time()
        yield
        if stage in STAGES:
            held = self.seconds.setdefault(product, {})
            held.setdefault(stage, []).append(time.process_time() - begun)

    def fitted(self) -> float:
        """The time of everything."""
        return sum(sum(spent) for held in self.seconds.values() for spent in held.values())

    def unfitted(self) -> float:
        """The same without all layouts but the first, and what they needed."""
        again = sum(sum(held[stage][1:]) for held in self.seconds.values() for stage in AGAIN)
        return self.fitted() - again

    def layouts(self) -> dict[str, int]:
        """How often each product was laid out."""
        return {product: len(held["layout"]) for product, held in self.seconds.items()}


def measured(slugs: list[str]) -> Times:
    """Build one page of some briefs, or of all, in this process."""
    times = Times()
    with tempfile.TemporaryDirectory() as folder:
        project = replace(Project.at(ROOT), output=Path(folder).resolve() / "public")
        order = Order(slugs=slugs, editions=["one-page"], languages=["en-GB"], keep=False)
        build(project, order, times.watch)
    return times


def main(slugs: list[str]) -> int:
    """Print the ratio, and how many layouts."""
    measured(slugs[:1])  # what is imported and read for the first time is no part of it
    times = measured(slugs)
    fitted, unfitted, layouts = times.fitted(), times.unfitted(), times.layouts()
    ratio, most = fitted / unfitted, max(layouts.values())
    sys.stdout.write(f"{len(layouts)} one-page products: fitted {fitted:.2f} s, laid out once {unfitted:.2f} s, ")
    sys.stdout.write(f"ratio {ratio:.2f} (at most {LIMIT:g}); layouts ")
    sys.stdout.write(", ".join(f"{name.partition('-one-page')[0]} {count}" for name, count in layouts.items()))
    sys.stdout.write(f" (at most {TRIES})\n")
    return int(ratio > LIMIT or most > TRIES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
