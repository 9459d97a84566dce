"""Fold text so that what only looks different reads the same: text in, words with their places in it out.

Folded are compatibility forms (NFKC, Unicode Standard Annex 15), quotation marks, dashes, white space, invisible
characters, and words that a line's end breaks. Capitals and all other signs stay, since they can change a meaning.
"""

# ruff: noqa: RUF001 - signs that look alike are what this is about

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

_SAFE = 30
"""How many marks a character may bear and still be folded with them (UAX 15, "Stream-Safe Text Format")."""
_SIGNS = str.maketrans(
    {**dict.fromkeys('"`‘’‚‛“”„‟‹›«»′', "'"), **dict.fromkeys("‐‑", "-"), **dict.fromkeys("‒–—―−⸺⸻", "–")}
)
_ALONE = {"´": "'", "″": "'", "‴": "'"}
"""Signs that NFKC would take apart."""
_WORD = r"\w++(?:(?:'|(?<=\d)[.,](?=\d))\w++)*"
"""A word with its apostrophes, or a number with its points and commas."""
TOKEN = rf"{_WORD}(?:-[ \t]*(?:\r\n?|\n)[ \t]*{_WORD})*|'+|[–-]+|[^\w\s]"
"""A word, be it broken at ends of lines, or a sign."""
_TOKEN = re.compile(TOKEN)
_BREAK = re.compile(r"-\s+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text, and where each of its characters starts and ends in the text as it was."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text, folded, each with its place in the text as it was."""

    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    linked: bytes
    """For each word, and one place more: 1 where a hyphen, a range or a minus ties it to the one before."""
    broken: Mapping[int, tuple[str, ...]]
    """The parts of each word that ends of lines break; among `words` it stands without its hyphens."""


def fold(text: str) -> Folded:
    """Fold each character, whatever stands around it, and keep the places; takes time linear in the text."""
    if text.isascii():
        return Folded(text.translate(_SIGNS), range(len(text)), range(1, len(text) + 1))
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    done = 0
    for start, end in _clusters(text):
        pieces.append(text[done:start])
        starts.extend(range(done, start))
        ends.extend(range(done + 1, start + 1))
        folded = _folded(text[start:end], text[end : end + 1])
        pieces.append(folded)
        starts.extend([start] * len(folded))
        ends.extend([end] * len(folded))
        done = end
    pieces.append(text[done:])
    starts.extend(range(done, len(text)))
    ends.extend(range(done + 1, len(text) + 1))
    return Folded("".join(pieces).translate(_SIGNS), starts, ends)


@lru_cache(maxsize=8)
def words_of(text: str) -> Words:
    """Give the words of a text; takes time linear in its length."""
    folded = fold(text)
    words: list[str] = []
    starts, ends = array("I"), array("I")
    linked = bytearray()
    broken: dict[int, tuple[str, ...]] = {}
    for match in _TOKEN.finditer(folded.text):
        word = match[0]
        if "\n" in word or "\r" in word:
            broken[len(words)] = tuple(_BREAK.split(word))
        linked.append(_is_linked(folded.text, match.start()))
        words.append(as_word(word))
        starts.append(folded.starts[match.start()])
        ends.append(folded.ends[match.end() - 1])
    return Words(words, starts, ends, bytes(linked) + b"\0", broken)


def as_word(token: str) -> str:
    """A token as words are compared: parts joined, runs of quotation marks and of dashes as one sign."""
    if token[0] in "'–-":
        return "'" if token[0] == "'" else "-"
    return _BREAK.sub("", token)


def _is_linked(text: str, place: int) -> bool:
    """Whether the token that starts here is part of what stands before: a hyphen's word, a range, a minus."""
    before, here, after = text[place - 1 : place], text[place], text[place + 1 : place + 2]
    earlier = text[place - 2 : place - 1] if place > 1 else ""
    if here == "-":
        return _is_of_words(before) and _is_of_words(after)
    if here == "–":
        return before.isdigit() and after.isdigit()
    if before == "-":
        return _is_of_words(here) and (_is_of_words(earlier) or here.isdigit())
    return before == "–" and here.isdigit() and not earlier.isalpha() and earlier != "–"


def _is_of_words(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    """Where each character beyond ASCII starts and ends, together with the marks that it bears."""
    for run in re.finditer(r"[^\x00-\x7f]+", text):
        start = place = run.start()
        if start and _leans(text[start]):
            start -= 1
        while place < run.end():
            place += 1
            while place < run.end() and place - start <= _SAFE and _leans(text[place]):
                place += 1
            yield start, place
            start = place


@lru_cache(maxsize=4096)
def _leans(character: str) -> bool:
    """Whether a character can become one with that before it."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M" or "\u1160" <= first <= "\u11ff"


@lru_cache(maxsize=4096)
def _folded(cluster: str, after: str) -> str:
    if cluster == "\N{SOFT HYPHEN}" and after in ("\n", "\r"):
        return "-"
    whole = _ALONE.get(cluster) or unicodedata.normalize("NFKC", cluster)
    return "".join(sign for sign in whole if unicodedata.category(sign) != "Cf")
