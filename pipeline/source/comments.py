"""Find the comments that are meant for the program: lines and a parser's events in, comments out.

The parser drops comments, so they are looked for in the lines, and left out where a text stands: a number
sign inside quotes or a block is no comment (YAML 1.2.2, section 6.6).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pipeline.problem import Comment, Mark

SIGN = "openbrief:"
"""What such a comment starts with, behind the number sign."""
_COMMENT = re.compile(rf"(?:^|(?<=\s))# *{SIGN}(.*)")
_NOTHING_BUT_A_COMMENT = re.compile(r"\s*(?:#|$)")
Place: TypeAlias = "tuple[int, int]"


@dataclass(frozen=True, slots=True)
class _Text:
    """A scalar's span; lines and columns count from 0."""

    line: int
    begin: Place
    """Where its characters start: below the line of `|` or `>`, where a comment may stand."""
    end: Place

    @classmethod
    def of(cls, event: Any) -> _Text:
        start, end = event.start_mark, event.end_mark
        begin = (start.line + 1, 0) if event.style in ("|", ">") else (start.line, start.column)
        return cls(start.line, begin, (end.line, end.column))


def comments(file: str, lines: Sequence[str], events: Iterable[Any]) -> Iterator[Comment]:
    """Yield every comment that starts with `# openbrief:`, with the lines that it speaks of."""
    texts = [_Text.of(event) for event in events if hasattr(event, "value")]
    begins = [text.begin for text in texts]
    for number, line in enumerate(lines):
        for match in _COMMENT.finditer(line):
            place = (number, match.start())
            before = bisect_right(begins, place) - 1
            if before < 0 or place >= texts[before].end:
                first = _first(number, texts) if line[: match.start()].strip() else _below(lines, number)
                mark = Mark(file=file, line=number + 1, column=match.start() + 1, excerpt=line)
                yield Comment(mark=mark, text=match[1].strip(), first=first + 1, last=_last(first, texts) + 1)
                break


def _below(lines: Sequence[str], number: int) -> int:
    """The next line that is neither empty nor a comment, or the line itself where there is none."""
    below = range(number + 1, len(lines))
    return next((other for other in below if not _NOTHING_BUT_A_COMMENT.match(lines[other])), number)


def _first(number: int, texts: Iterable[_Text]) -> int:
    """The first line of the texts that end on a line."""
    return min([number, *(text.line for text in texts if text.end[0] == number and text.end[1])])


def _last(first: int, texts: Iterable[_Text]) -> int:
    """The last line of the texts that start on a line."""
    ends = (text.end[0] - (text.end[1] == 0) for text in texts if text.line == first)
    return max([first, *ends])
