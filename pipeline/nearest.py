"""Find the passage of a text that is nearest to a quotation which isn't in it: both in, place and differences out.

The passage is the stretch that shares the most words with it, rare words counting more; within and around that, words
are aligned at the least cost with the ends of the text free (Sellers 1980, "The Theory and Computation of Evolutionary
Distances: Pattern Recognition", Journal of Algorithms 1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from pipeline.folding import Words, words_of
from pipeline.quotation import find, own_words, pieces

MOST = 200
"""How many words are aligned at once, which takes as many steps squared."""
_PIECES = 20
"""How many pieces of a quotation are looked at for one that the text doesn't have."""
_AROUND = 12
"""How many words before and behind a stretch may belong to the passage."""
_MISSING, _TOO_MANY, _OTHER, _KIND, _CASE = 4, 6, 5, 7, 1
"""What a word costs that the quotation lacks, one that it has too many, another word, a sign in place of a word, and
another case."""
Span = tuple[int, int]
Word = tuple[str, int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """Words of a quotation, and those that the text has in their place; either may be none."""

    quoted: Span
    """Their place in the quotation's piece."""
    stored: Span
    """Their place in the text."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Nearest:
    """The passage nearest to a piece of a quotation."""

    piece: str
    """The first part of the quotation that the text doesn't have."""
    start: int
    end: int
    """Where the passage starts and ends in the text."""
    differences: tuple[Difference, ...]


def nearest(quotation: str, text: str) -> Nearest | None:
    """Give the passage nearest to the first piece of a quotation that the text doesn't have.

    None where the text has every piece, though not in this order, or no word of that piece.
    """
    candidates = islice(dict.fromkeys(pieces(quotation, MOST)), _PIECES)
    piece = next((piece for piece in candidates if find(piece, text) is None), None)
    if piece is None:
        return None
    said, words = own_words(piece)[:MOST], words_of(text)
    at = _densest([word for word, _, _ in said], words)
    if at is None:
        return None
    first, last = max(0, at - _AROUND), min(len(words.words), at + len(said) + _AROUND)
    stored = [(words.words[place], words.starts[place], words.ends[place]) for place in range(first, last)]
    pairs = _aligned(said, stored)
    kept = [other for _, other in pairs if other is not None]
    return Nearest(piece=piece, start=kept[0][1], end=kept[-1][2], differences=tuple(_differences(pairs)))


def _densest(said: Sequence[str], words: Words) -> int | None:
    """The first word of the stretch, as long as the quotation, that shares the most with it."""
    need = Counter(word for word in said if word[0].isalnum())
    places = [place for place, word in enumerate(words.words) if word in need]
    if not places:
        return None
    seen = Counter(words.words[place] for place in places)
    have: Counter[str] = Counter()
    best, score, at, first = 0.0, 0.0, places[0], 0
    for place in places:
        word = words.words[place]
        have[word] += 1
        score += 1 / seen[word] if have[word] <= need[word] else 0
        while places[first] <= place - len(said):
            gone = words.words[places[first]]
            score -= 1 / seen[gone] if have[gone] <= need[gone] else 0
            have[gone] -= 1
            first += 1
        if score > best + 1e-9:
            best, at = score, places[first]
    return at


def _aligned(said: Sequence[Word], stored: Sequence[Word]) -> list[tuple[Word | None, Word | None]]:
    """Pair words at the least cost; before and behind the passage, words of the text cost nothing."""
    rows = [[0] * (len(stored) + 1)]
    for number, (word, _, _) in enumerate(said, 1):
        above, row = rows[-1], [number * _TOO_MANY]
        for place, (other, _, _) in enumerate(stored):
            paired = above[place] + _cost(word, other)
            row.append(min(paired, above[place + 1] + _TOO_MANY, row[-1] + _MISSING))
        rows.append(row)
    number, place = len(said), len(stored) - rows[-1][::-1].index(min(rows[-1]))
    pairs: list[tuple[Word | None, Word | None]] = []
    while number:
        cost = rows[number][place]
        if place and cost == rows[number - 1][place - 1] + _cost(said[number - 1][0], stored[place - 1][0]):
            number, place = number - 1, place - 1
            pairs.append((said[number], stored[place]))
        elif cost == rows[number - 1][place] + _TOO_MANY:
            number -= 1
            pairs.append((said[number], None))
        else:
            place -= 1
            pairs.append((None, stored[place]))
    return pairs[::-1]


def _cost(word: str, other: str) -> int:
    if word[0].isalnum() != other[0].isalnum():
        return _KIND
    return 0 if word == other else _CASE if word.casefold() == other.casefold() else _OTHER


def _differences(pairs: Sequence[tuple[Word | None, Word | None]]) -> Iterator[Difference]:
    """Join neighbouring pairs that differ; an empty side stands behind the word before it."""
    same = [bool(mine and other and mine[0] == other[0]) for mine, other in pairs]
    borders = [number for number, (one, two) in enumerate(pairwise(same), 1) if one != two]
    for first, last in pairwise([0, *borders, len(pairs)]):
        if not same[first]:
            mine = [word for word, _ in pairs[first:last] if word]
            others = [word for _, word in pairs[first:last] if word]
            before = [word for word, _ in pairs[:first] if word], [word for _, word in pairs[:first] if word]
            yield Difference(quoted=_span(mine, before[0]), stored=_span(others, before[1]))


def _span(words: Sequence[Word], before: Sequence[Word]) -> Span:
    if words:
        return words[0][1], words[-1][2]
    return (before[-1][2], before[-1][2]) if before else (0, 0)
