"""Date sources no later than today.

What lies ahead can't have been read. A date in the future is most often a slip, or the day on which a journal
will print what is online already: then the day on which it could first be read is `available-date`, and what
is not out yet has a `status` (CSL 1.0.2, appendix IV: `forthcoming`, `in press`, `advance online publication`).
The commands know what day it is; SOURCE_DATE_EPOCH, where it is set, says it for them.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: 2026-11
        custom: {read: abstract, accessed: 2026-11-23}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: 2026-12
        custom: {read: abstract}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.csl import Date, Source, ends_of
from pipeline.model import Library
from pipeline.problem import Path, Problem


def find(library: Library, today: str) -> Iterator[Problem]:
    """Yield a problem for each date of a source that lies after `today`, a day as ISO 8601 has it."""
    now = tuple(int(part) for part in today.split("-"))
    for source in library.sources.values():
        for path, date in _past(source):
            for end in ends_of(date)[:1]:
                if end > now[: len(end)]:
                    yield Problem(
                        mark=source.mark(*path),
                        rule="future-date",
                        message=f"this date of '{source.id}' lies in the future: today is {today}",
                        hint="look it up; what is not out yet has a `status`, such as `in press`",
                    )


def _past(source: Source) -> Iterator[tuple[Path, Date]]:
    """The dates of a source that can't lie ahead; an event may, and what has a status may come out later."""
    if source.issued and not source.status:
        yield ("issued",), source.issued
    for path, date in {
        ("accessed",): source.accessed,
        ("available-date",): source.available_date,
        ("original-date",): source.original_date,
        ("submitted",): source.submitted,
        ("custom", "accessed"): source.custom.accessed,
    }.items():
        if date:
            yield path, date
