"""Find characters that a reader can't see: lines in, the places of what may not stand in them out.

Unicode Technical Report 36 and Boucher and Anderson, "Trojan Source" (2021), show how text can read
otherwise than it looks. The joiners U+200C and U+200D and the marks U+200E and U+200F are needed to
write some languages and emoji, and are allowed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.problem import Mark, Problem

MOST = 20
"""How many lines with such characters are named for one file."""
KINDS = {
    "a control character": "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f",
    "a line separator": "\u2028\u2029",
    "a character that reverses the direction of text": "\u202a-\u202e\u2066-\u2069",
    "an invisible character": "\u200b\u2061-\u2064\u206a-\u206f\ufeff\ufff9-\ufffb",
    "a private use character": "\ue000-\uf8ff\U000f0000-\U0010ffff",
    "a tag character": "\U000e0000-\U000e007f",
    "half of a character": "\ud800-\udfff",
    "an unassigned character": "\ufffe\uffff",
}
HIDDEN = re.compile("|".join(f"([{characters}])" for characters in KINDS.values()))
"""Any character that may not stand in a file, in one group for each kind."""
_SUSPECT = re.compile(f"[\t{''.join(KINDS.values())}]")
"""The same and the tab, in one class, which is looked for many times as fast as groups."""


def is_plain(text: str) -> bool:
    """Whether a text holds neither a hidden character nor a tab."""
    return not _SUSPECT.search(text)


def hidden(file: str, lines: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each line that holds a hidden character, up to `MOST`."""
    found = ((number, line, match) for number, line in enumerate(lines, 1) if (match := HIDDEN.search(line)))
    for number, line, match in islice(found, MOST):
        mark = Mark(file=file, line=number, column=match.start() + 1, excerpt=visible(line))
        yield hidden_character(mark, match)


def hidden_character(mark: Mark, match: re.Match[str]) -> Problem:
    """Say which hidden character stands at `mark`."""
    kind = tuple(KINDS)[(match.lastindex or 1) - 1]
    return Problem(
        mark=mark,
        rule="hidden-character",
        message=f"{kind}, {_code(match[0])}, stands here",
        hint="delete it; such characters often come along when text is copied from a web page or a PDF",
    )


def tabs(file: str, lines: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each line that holds a tab, up to `MOST`."""
    found = ((number, line) for number, line in enumerate(lines, 1) if "\t" in line)
    for number, line in islice(found, MOST):
        mark = Mark(file=file, line=number, column=line.index("\t") + 1, excerpt=visible(line))
        yield Problem(mark=mark, rule="syntax", message="a tab stands here", hint="use spaces, two for each level")


def visible(text: str) -> str:
    """The text with U+FFFD in the place of each hidden character, so that columns stay right."""
    return HIDDEN.sub("\ufffd", text)


def _code(character: str) -> str:
    return f"U+{ord(character):04X}"
