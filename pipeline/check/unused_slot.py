"""Keep no slot that no text of the brief places.

What stands below `local:` is printed where `{{ local("id") }}` stands, what stands below `recipient:` where
`{{ recipient.id }}` stands, and nowhere else.

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
from pipeline.check.recipient_slot import placed as placed_for_recipients
from pipeline.model import Library
from pipeline.problem import Mark, Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each slot of a brief that its texts don't place."""
    for brief in library.briefs.values():
        used = {name for name, _ in placed(brief)} if brief.local else set()
        for slot in brief.local:
            if slot.id not in used:
                yield _problem(slot.mark("id"), slot.id, f'{{{{ local("{slot.id}") }}}}')
        used = {name for name, _ in placed_for_recipients(brief)} if brief.recipient else set()
        for place in brief.recipient.slots if brief.recipient else ():
            if place.id not in used:
                yield _problem(place.mark("id"), place.id, f"{{{{ recipient.{place.id} }}}}")


def _problem(mark: Mark, name: str, place: str) -> Problem:
    message, hint = f"no text of this brief places the slot '{name}'", f"write {place} where it belongs, or delete it"
    return Problem(mark=mark, rule="unused-slot", message=message, hint=hint)
