"""Give three to five key messages.

Readers in a hurry read these alone, and they keep few: the guides for evidence briefs ask for one page
of them (Lavis and others, SUPPORT tools 13, 2009). Fewer than three rarely carry an argument; more than
five are not key.

Good:

    # first-brief.yaml
    key_messages:
      - {text: Lights make harbours safer., rests_on: [lights-help/fewer-wrecks]}
      - {text: Lights are cheap., rests_on: [lights-help]}
      - {text: Charts are not enough., rests_on: [lights-help]}

Bad:

    # first-brief.yaml
    key_messages:
      - {text: Lights make harbours safer., rests_on: [lights-help/fewer-wrecks]}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem

FEWEST, MOST = 3, 5


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each brief with too few key messages, or too many."""
    for brief in library.briefs.values():
        count = len(brief.key_messages)
        if not FEWEST <= count <= MOST:
            yield Problem(
                mark=brief.key_mark("key_messages"),
                rule="key-message-count",
                message=f"three to five key messages are needed here, not {count}",
                hint="split or add messages" if count < FEWEST else "keep the five that matter most",
            )
