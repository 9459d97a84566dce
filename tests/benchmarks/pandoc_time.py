"""Time articles by one pandoc that is kept, as a ratio to a pandoc for each: `python tests/benchmarks/pandoc_time.py`.

One page of each brief of the library that comes along, in all its languages, is made both ways, turn by turn, so that
other load falls on both; the median of the ratios of whole rounds is printed, and one above LIMIT ends with 1.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.argue import argue
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.forms import Manuscript
from pipeline.line import told
from pipeline.load import load
from pipeline.product import planned
from pipeline.project import Project
from pipeline.render import scribe
from pipeline.render.article import article
from pipeline.source import read_folder
from pipeline.wording.catalogues import wording

LIMIT = 0.7
ROUNDS = 5
PROJECT = Project.shipped()
STYLE = PROJECT.assets / "styles/apa-numeric-superscript-brackets.csl"


def manuscripts() -> list[Manuscript]:
    """One page of every brief in all its languages, with all that it may leave out."""
    reading = read_folder(PROJECT.briefs, PROJECT.root)
    library, _ = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    found = []
    for brief in library.briefs.values():
        for product in (each for each in planned(library.house, brief) if each.edition == "one-page"):
            said, words = told(library, product), wording(PROJECT.assets, product.language)
            shown = Selection(name=product.name, edition=product.edition, audience=product.audience)
            found.append(compose(said, said.briefs[brief.id], PROJECT.templates, argue(said), shown, wording=words))
    return found


def seconds(given: Sequence[Manuscript], *, alone: bool) -> float:
    """Wall time of all articles, from the start of the first pandoc to the last article."""
    scribe._end()
    begun = time.perf_counter()
    for each in given:
        if alone:
            scribe._end()
        article(each, STYLE)
    return time.perf_counter() - begun


def main() -> int:
    """Print the ratio, and the seconds of an article."""
    given = manuscripts()
    pairs = [(seconds(given, alone=False), seconds(given, alone=True)) for _ in range(ROUNDS)]
    mine, theirs = (median(column) / len(given) for column in zip(*pairs, strict=True))
    ratio = median(kept / alone for kept, alone in pairs)
    sys.stdout.write(f"{len(given)} articles: one pandoc {1000 * mine:.0f} ms each, a pandoc for each ")
    sys.stdout.write(f"{1000 * theirs:.0f} ms, ratio {ratio:.2f} (at most {LIMIT:g})\n")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
