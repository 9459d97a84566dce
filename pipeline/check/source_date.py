"""Give each source dates that exist.

A day that no calendar has, such as 31 February, a range that ends before it begins, a page read before it
came out: each is a slip, and the reader who looks for the work is misled. A date is written in parts or as
ISO 8601 has it; a season is a number from 1, spring, to 4, winter, in place of a month (CSL 1.0.2, section
"Date-part"). `raw` leaves it to each program to guess.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: {date-parts: [[2024, 2, 29], [2024, 3]]}
        custom: {read: abstract}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: {date-parts: [[2024, 2, 31]]}
        custom: {read: abstract}
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator

from pipeline.csl import DATES, Date, DateParts, Source, ends_of
from pipeline.model import Library
from pipeline.problem import Mark, Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each date of a source that can't be."""
    for source in library.sources.values():
        for name, key in DATES.items():
            date = getattr(source, name)
            if date is not None:
                yield from _wrong(date, source, key)
        yield from _too_early(source)


def _wrong(date: Date, source: Source, key: str) -> Iterator[Problem]:
    ends = ends_of(date)
    for index, end in enumerate(ends):
        if not _exists(end):
            mark = source.mark(key, "date-parts", index)
            yield _problem(mark, f"there is no day {_iso(end)}", "look up when it came out")
    if len(ends) == 2 and _before(ends[1], ends[0]):
        mark = source.mark(key, "date-parts", 1)
        yield _problem(mark, f"this range ends in {_iso(ends[1])}, before it begins", "write the earlier date first")
    if isinstance(date, DateParts):
        yield from _loose(date)


def _loose(date: DateParts) -> Iterator[Problem]:
    if date.season is not None and date.season not in ("1", "2", "3", "4"):
        hint = "write 1 for spring, 2 for summer, 3 for autumn or 4 for winter"
        yield _problem(date.mark("season"), f"'{date.season}' is no season that CSL knows", hint)
    if date.season is not None and any(len(end) > 1 for end in date.date_parts or ()):
        yield _problem(date.mark("season"), "a season stands beside a month", "keep one of them")
    if date.raw is not None and not date.date_parts:
        yield _problem(
            date.mark("raw"), "a raw date is read by each program in its own way", "write it in `date-parts`"
        )


def _too_early(source: Source) -> Iterator[Problem]:
    """Find what was read before it came out; versions of software and pages that change are dated by their last."""
    issued = ends_of(source.issued)[:1] if source.issued else ()
    read = {("accessed",): source.accessed, ("custom", "accessed"): source.custom.accessed}
    for path, day in read.items():
        for end in ends_of(day)[-1:] if day else ():
            if issued and _before(end, issued[0]):
                message = f"this was read in {_iso(end)}, before it came out in {_iso(issued[0])}"
                yield _problem(source.mark(*path), message, "look up both dates")


def _exists(end: tuple[int, ...]) -> bool:
    """Whether the Gregorian calendar has that day; of the years before it, one of the same length is asked."""
    year, month, day = (*end, 1, 1)[:3]
    return len(end) < 3 or day <= calendar.monthrange(2000 + year % 400, month)[1]


def _before(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether a date lies before another, as far as both are known."""
    return one[: len(other)] < other[: len(one)]


def _iso(end: tuple[int, ...]) -> str:
    return "-".join([f"{end[0]:04}", *(f"{part:02}" for part in end[1:])])


def _problem(mark: Mark, message: str, hint: str) -> Problem:
    return Problem(mark=mark, rule="source-date", message=message, hint=hint)
