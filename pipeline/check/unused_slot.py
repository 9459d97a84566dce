"""Keep no local slot that no text of the brief places.

What stands below `local:` is printed where `{{ local("id") }}` stands, and nowhere else.

Good:

    # first-brief.yaml
    why_now: Winter is near in {{ local("region") }}.
    local:
      - {id: region, text: the north}

Bad:

    # first-brief.yaml
    why_now: Winter is near.
    local:
      - {id: region, text: the north}
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.check.local_slot import placed
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each slot of a brief that its texts don't place."""
    for brief in library.briefs.values():
        used = {name for name, _ in placed(brief)} if brief.local else set()
        for slot in brief.local:
            if slot.id not in used:
                yield Problem(
                    mark=slot.mark("id"),
                    rule="unused-slot",
                    message=f"no text of this brief places the slot '{slot.id}'",
                    hint=f'write {{{{ local("{slot.id}") }}}} where it belongs, or delete it',
                )
