"""Find a quotation in a text: the words a writer quotes and the words of the text in, the place out.

A quotation may use the marks of scholars (Chicago Manual of Style, 17th edition, chapter 13): `[…]` or `[...]` leaves
words out, `[words]` are the writer's own, added or put in the place of no more words than they are, `[T]he` changes a
capital and `show[ed]` an ending. The case of the first letter is free. Words are whole: "effective" is not in
"ineffective".

The text is read once, with the set of all places in the quotation that could have been reached kept as the bits of a
number (Shift-And; gaps and optional words after Navarro and Raffinot, "Flexible Pattern Matching in Strings", 2002,
section 4.2). So no quotation, however many brackets it has, makes the search go back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pipeline.folding import TOKEN, Words, as_word, fold, words_of

ENDING = 3
"""How many letters the ending that `[ed]` stands for may have."""
NEGATIONS = frozenset(["not", "no", "never", "none", "nor", "neither", "nothing", "nobody", "without", "cannot"])
"""Words that no words in brackets may stand for, with all that end in `n't`: a quote would say the opposite."""
_ITEM = re.compile(
    r"(?P<elision>\[\s*\.(?:\s*\.){2,3}\s*\])"
    r"|(?<!\w)\[(?P<letter>[^\W\d_])\](?P<rest>\w++(?:'\w++)*)"
    r"|(?P<stem>\w++)\[(?P<ending>[^\W\d_]*)\](?!\w)"
    r"|(?<!\w)\[(?P<insertion>[^\[\]]*)\](?!\w)"
    rf"|(?P<token>{TOKEN})"
)
_BREAK = re.compile(r"-\s+")
Kind = Literal["word", "any case", "stem", "optional", "any", "elision"]


@dataclass(frozen=True, slots=True)
class _Item:
    """One thing that a text must hold next: a word, the start of one, a word that may be missing, or a gap."""

    kind: Kind
    word: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Where a quotation stands in a text, as offsets, and how often the writer changed it in brackets."""

    start: int
    end: int
    elisions: int = 0
    changes: int = 0


def find(quotation: str, text: str) -> Found | None:
    """Give the first place where a quotation stands in a text, with nothing in it but what it quotes and leaves out.

    None where it doesn't, and where it has no word but in brackets. Takes time linear in the text.
    """
    words = words_of(text)
    for items, elisions, changes in _readings(quotation):
        if (span := _Machine(items).span(words)) is not None:
            return Found(words.starts[span[0]], words.ends[span[1]], elisions, changes)
    return None


def pieces(quotation: str, most: int) -> Iterator[str]:
    """Give the quotation in parts: cut where words are left out, and evenly where one has more than `most` words."""
    folded = fold(quotation)
    runs: list[list[tuple[int, int]]] = [[]]
    for match in _ITEM.finditer(folded.text):
        if match["elision"] is not None:
            runs.append([])
        else:
            runs[-1].append((folded.starts[match.start()], folded.ends[match.end() - 1]))
    for run in runs:
        parts = -(-len(run) // most)
        size = -(-len(run) // parts) if parts else 1
        for first in range(0, len(run), size):
            part = run[first : first + size]
            yield quotation[part[0][0] : part[-1][1]]


def own_words(quotation: str) -> tuple[tuple[str, int, int], ...]:
    """Give the words outside brackets, folded, with their places in the quotation."""
    folded = fold(quotation)
    return tuple(
        (word, folded.starts[match.start()], folded.ends[match.end() - 1])
        for match in _ITEM.finditer(folded.text)
        if (word := _said(match))
    )


def _said(match: re.Match[str]) -> str:
    if match["token"]:
        return as_word(match["token"])
    if match["letter"]:
        return match["letter"] + match["rest"]
    return f"{match['stem']}{match['ending']}" if match["stem"] else ""


def _readings(quotation: str) -> Iterator[tuple[list[_Item], int, int]]:
    """What the text may hold: the very brackets, or else what they stand for, with the number of gaps and changes.

    A word that a line's end breaks in the quotation is read with and without its hyphen.
    """
    text = fold(quotation).text
    whole = [text] if not _BREAK.search(text) else [_BREAK.sub("", text), _BREAK.sub("-", text)]
    for version in whole:
        if "[" in version:
            signs = [_Item("word", as_word(match[0])) for match in re.finditer(TOKEN, version)]
            yield from [(_freed(signs), 0, 0)] if _has_words(signs) else []
        matches = list(_ITEM.finditer(version))
        items = _trimmed([item for match in matches for item in _items(match)])
        if _has_words(items):
            gaps = sum(item.kind == "elision" for item in items)
            brackets = sum(match["token"] is match["elision"] is None for match in matches)
            yield _freed(items), gaps, brackets


def _has_words(items: Sequence[_Item]) -> bool:
    """Whether there is a word among them that the text must hold."""
    return any(item.word[:1].isalnum() for item in items)


def _items(match: re.Match[str]) -> Iterator[_Item]:
    if match["elision"]:
        yield _Item("elision")
    elif match["letter"]:
        yield _Item("any case", match["letter"] + match["rest"])
    elif match["stem"]:
        yield _Item("stem", match["stem"])
    elif match["insertion"] is not None:
        yield _Item("optional", "[")
        yield from [_Item("any")] * len(re.findall(r"\S+", match["insertion"]))
        yield _Item("optional", "]")
    else:
        yield _Item("word", as_word(match["token"]))


def _trimmed(items: Sequence[_Item]) -> list[_Item]:
    """The items without gaps at their ends, where there is nothing to leave out."""
    kept = [place for place, item in enumerate(items) if item.kind != "elision"]
    return list(items[kept[0] : kept[-1] + 1]) if kept else []


def _freed(items: list[_Item]) -> list[_Item]:
    """The items with the first word in any case."""
    first = next((place for place, item in enumerate(items) if item.word[:1].isalnum()), None)
    if first is not None and items[first].kind == "word":
        items[first] = _Item("any case", items[first].word)
    return items


@dataclass(slots=True)
class _Machine:
    """Reads words, and knows by the bits of a number how many of its items it can have met.

    Bit 0 is the start; a bit in `gaps` stays while words are left out; a bit in `optional` leads on without a word.
    """

    items: Sequence[_Item]
    exact: dict[str, int] = field(default_factory=dict)
    stems: dict[str, int] = field(default_factory=dict)
    any: int = 0
    gaps: int = 0
    optional: int = 0
    last: int = 1

    def __post_init__(self) -> None:
        for item in self.items:
            if item.kind == "elision":
                self.gaps |= self.last
                continue
            if item.kind == "stem":
                self.stems[item.word] = self.stems.get(item.word, 0) | self.last
            elif item.kind == "any":
                self.any |= self.last
            else:
                for word in _cases(item):
                    self.exact[word] = self.exact.get(word, 0) | self.last
            if item.kind in ("optional", "any"):
                self.optional |= self.last
            self.last <<= 1

    def span(self, words: Words) -> tuple[int, int] | None:
        """The first and the last word of the first place that holds all items; of several starts, the nearest."""
        if not self.last > 1 or not self._could_be_in(words):
            return None
        end = self.end(words, range(len(words.words)), 0, anchored=False)
        if end is None:
            return None
        start = _Machine(self.items[::-1]).end(words, range(end, -1, -1), 1, anchored=True)
        return (end if start is None else start), end

    def _could_be_in(self, words: Words) -> bool:
        """Whether words that stand together could hold it, judged by which words there are at all."""
        known = set(words.words)
        return bool(words.broken) or all(
            any(word in known for word in _cases(item)) for item in self.items if item.kind in ("word", "any case")
        )

    def end(self, words: Words, order: range, behind: int, *, anchored: bool) -> int | None:
        """Where the last item is met, when words are read in this order; `behind` is 1 where that is backwards."""
        gaps = self.gaps if anchored else self.gaps | 1
        rests = self._with_skips(gaps)
        state, masks, linked, last = self._with_skips(1), dict[str, int](), words.linked, self.last
        for place in order:
            before, after = linked[place + behind], linked[place + 1 - behind]
            parts = words.broken.get(place)
            if parts is None:
                word = words.words[place]
                mask = masks.get(word)
                if mask is None:
                    mask = masks[word] = self._mask(word)
                met = (state & ~rests if before else state) & mask
                if met:
                    arrived = self._with_skips(met << 1)
                    state = (arrived & ~(rests | last) if after else arrived) | self._with_skips(state & gaps)
                else:
                    state = self._with_skips(state & gaps)
            else:
                state = self._over(state, gaps, words.words[place], parts[::-1] if behind else parts)
            if state & last:
                return place
        return None

    def _over(self, state: int, gaps: int, word: str, parts: Sequence[str]) -> int:
        """Read a word that a line's end breaks: as one, or with the hyphen that may belong to it."""
        joined, apart = self._step(state, gaps, word), self._step(state, gaps, parts[0])
        for part in parts[1:]:
            apart = self._step(self._step(apart, gaps, "-"), gaps, part)
        return joined | apart

    def _step(self, state: int, gaps: int, word: str) -> int:
        return self._with_skips((state & self._mask(word)) << 1 | state & gaps)

    def _mask(self, word: str) -> int:
        """The items that a word can be."""
        free = word[0].isalnum() and word.lower() not in NEGATIONS and not word.lower().endswith("n't")
        mask = self.exact.get(word, 0) | (self.any if free else 0)
        if self.stems:
            for length in range(max(1, len(word) - ENDING), len(word) + 1):
                mask |= self.stems.get(word[:length], 0)
        return mask

    def _with_skips(self, state: int) -> int:
        """Add what is reached by leaving out optional items: all bits of a run above the lowest that is set."""
        if not self.optional:
            return state
        first = self.optional & ~(self.optional << 1)
        end = (self.optional << 1) & ~self.optional
        stopped = state | end
        return state | ((self.optional << 1) & ~(stopped ^ (stopped - first)))


def _cases(item: _Item) -> tuple[str, ...]:
    if item.kind != "any case":
        return (item.word,)
    first, rest = item.word[0], item.word[1:]
    return tuple({first.lower() + rest, first.upper() + rest, item.word})
