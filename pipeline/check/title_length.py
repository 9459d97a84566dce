"""Keep a title to 90 characters.

A title carries the message of a brief into lists, search results and mails, which cut off what is
longer; and a message that doesn't fit is rarely one message.

Good:

    # first-brief.yaml
    title: Light every harbour in the country

Bad:

    # first-brief.yaml
    title: Light every harbour in the country before the winter, and pay for the oil from the dues of all ships
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem

MOST = 90


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each brief whose title is too long."""
    for brief in library.briefs.values():
        if len(brief.title) > MOST:
            yield Problem(
                mark=brief.mark("title"),
                rule="title-length",
                message=f"this title has {len(brief.title)} characters; {MOST} are the most",
                hint="say the one thing that a reader should keep",
            )
