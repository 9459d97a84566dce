"""Time the verifying of quotes against splitting the same text: `python tests/benchmarks/quotes_time.py`.

A quotation from the end of a text of about a megabyte is looked for: as it is, with words left out, and with one word
changed, so that the nearest passage is looked for too. Each is run turn by turn with `str.split`, so that other load
falls on both; medians are printed, and a ratio above LIMIT, or one three times that of half the text, ends with 1.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from statistics import median

from pipeline.folding import words_of
from pipeline.nearest import nearest
from pipeline.quotation import find

WORDS = 170_000
ROUNDS = 9
LIMIT = 150.0


def words(number: int) -> list[str]:
    """Made-up words, as unevenly spread as those of a language."""
    dice = random.Random(7)
    known = ["".join(dice.choices("abcdefghijklmnop", k=dice.randint(1, 9))) for _ in range(20_000)]
    return [known[int(20_000 * dice.random() ** 3)] for _ in range(number)]


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run, with nothing kept from the run before."""
    words_of.cache_clear()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def ratios(number: int) -> dict[str, float]:
    """The median ratio of each way of verifying to splitting."""
    said = words(number)
    text, quoted = " ".join(said), said[-60:-1]
    elided = " ".join([*quoted[:20], "[…]", *quoted[30:]])
    changed = " ".join([*quoted[:30], "zzz", *quoted[31:]])
    ways: dict[str, Callable[[], object]] = {
        "verified": lambda: find(" ".join(quoted), text),
        "verified, with words left out": lambda: find(elided, text),
        "nearest passage": lambda: nearest(changed, text),
    }
    assert all(way() for way in ways.values())
    return {name: median(seconds(way) / seconds(text.split) for _ in range(ROUNDS)) for name, way in ways.items()}


def main() -> int:
    """Print the ratio of each way, for the text and for one of half its length."""
    whole, half = ratios(WORDS), ratios(WORDS // 2)
    for name, value in whole.items():
        sys.stdout.write(f"{name:<30} {value:5.1f} x split, {half[name]:5.1f} for half the text\n")
    return int(max(whole.values()) > LIMIT or any(whole[name] > 3 * half[name] for name in whole))


if __name__ == "__main__":
    sys.exit(main())
