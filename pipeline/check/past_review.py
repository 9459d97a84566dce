"""Review what has passed its day.

A brief says by when it should be looked at again, and a source may say so too: a law that was about to
change, a price, a ranking. From the day after, readers are told something that nobody has checked
since. The commands know what day it is; SOURCE_DATE_EPOCH, where it is set, says it for them.

Good:

    # first-brief.yaml
    review_by: 2027-05-23

Bad:

    # first-brief.yaml
    review_by: 2026-11-22
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library, today: str) -> Iterator[Problem]:
    """Yield a problem for each brief and source whose day of review lies before `today`, a day as ISO 8601 has it."""
    for brief in library.briefs.values():
        if brief.review_by < today:
            yield Problem(
                mark=brief.mark("review_by"),
                rule="past-review",
                message=f"this brief was to be reviewed by {brief.review_by}",
                hint="check that it still holds, say so in its history, and set a new day",
            )
    for source in library.sources.values():
        day = source.custom.review_by
        if day is not None and day < today:
            yield Problem(
                mark=source.mark("custom", "review_by"),
                rule="past-review",
                message=f"the source '{source.id}' was to be looked at again by {day}",
                hint="check that it still says what is cited, and set a new day",
            )
