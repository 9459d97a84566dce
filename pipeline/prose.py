"""Read prose as sentences of words: Markdown in, sentences with their places out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.problem import Mark, Path
from pipeline.record import FIGURE_MENTIONED, FIGURE_PLACED, Record

_NOT_SAID = re.compile(
    rf"\[[^\[\]]*(?<![\w@\\])-?@[^\[\]]*\]|(?<=\])(?:\([^()\s]*\)|\{{[^{{}}\n]*\}})|<https?://[^<>\s]+>|https?://\S+|`+[^`]+`+"
    rf"|{FIGURE_PLACED.pattern}|{FIGURE_MENTIONED.pattern}"
)
"""Citations, addresses, attributes, code and figures."""
_QUOTED = re.compile(r"\"[^\"]*\"|\u201c[^\u201c\u201d]*\u201d|\u2018[^\u2018\u2019]*\u2019(?!\w)|(?<!\w)'[^']*'(?!\w)")
_MARKUP = re.compile(r"\*+|(?<!\w)_+|_+(?!\w)")
_END = re.compile(
    r"[.!?][*_\"\u201d\u2019')\]]*(?=\s+[*_\"\u201c\u2018'(\[]*[^\Wa-z])|\n\s*\n|\n[ \t]*(?=[-*+] |\d+[.)] )|\Z"
)
"""Where a sentence ends: at its stop before a capital or a figure, or at the end of its paragraph or list item."""
_STOPS = re.compile(
    r"\b(?:e\.g|i\.e|etc|cf|vs|no|nos|p|pp|fig|art|dr|mr|mrs|ms|prof|st|ca|inc|ltd|[A-Z])\.$", re.IGNORECASE
)
"""Abbreviations, whose full stop ends no sentence."""
_WORD = re.compile(r"[^\W_]+")


def said(text: str) -> str:
    """Blank out what is no word of a text: marks of stress, citations, addresses, code; its length stays."""
    if any(sign in text for sign in "[<`{:"):  # most texts have none of them, and a search costs more than this
        text = _blanked(_NOT_SAID, text)
    return _blanked(_MARKUP, text) if "*" in text or "_" in text else text


def own(text: str) -> str:
    """Blank out what stands between quotation marks, and what `said` does; its length stays."""
    text = said(text)
    return _blanked(_QUOTED, text) if any(sign in text for sign in "\"'\u201c\u2018") else text


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Give each sentence of a text with its place in it."""
    start = 0
    for end in _END.finditer(text):
        sentence = text[start : end.end()]
        if end[0].startswith(".") and _STOPS.search(text, start, end.start() + 1) and end.end() < len(text):
            continue
        if sentence.strip():
            yield start + len(sentence) - len(sentence.lstrip()), sentence.strip()
        start = end.end()


def spot(record: Record, path: Path, text: str, start: int) -> Mark:
    """Give the place in its file of the word that starts at `start` of the text that stands at `path`."""
    found = (mark for word, mark in record.matches(path, text, _WORD) if word.end() > start)
    return next(found, record.mark(*path))


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda found: " " * len(found[0]), text)
