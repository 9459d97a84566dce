"""Place slots for recipients where each copy can fill them.

`{{ recipient.name }}` stands in a brief's Markdown for words that differ from copy to copy, and the brief declares it
below `recipient:`, with its width. It can't stand in titles and other plain text, which are in headers, outlines and
catalogues too, nor in footnotes, nor in files that several briefs share. Where the brief for everyone prints it,
outside of the letter and the cover letter, it needs a `default`.

Good:

    # first-brief.yaml
    why_now: Winter is near, {{ recipient.name }}.
    recipient:
      slots:
        - {id: name, width: 60, default: dear reader}

Bad:

    # first-brief.yaml
    why_now: Winter is near, {{ recipient.name }}.
    recipient:
      slots:
        - {id: name, width: 60}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline.check.reading import roots, texts
from pipeline.markdown import in_note
from pipeline.model import Brief, Library
from pipeline.problem import Mark, Path, Problem, did_you_mean
from pipeline.recipient import PLACED, Cover, Recipient, RecipientSlot
from pipeline.record import Record, prose_fields


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each slot that is not known, stands where none can, or has nothing to say to everyone."""
    for root in roots(library):
        known = {slot.id: slot for slot in root.recipient.slots} if isinstance(root, Brief) and root.recipient else {}
        for record, path, text in texts(root):
            for match, mark in record.matches(path, text, PLACED):
                said = _astray(root, record, path, match[1], known)
                if not said and in_note(text, match.start()):
                    said = f"the slot '{match[1]}' can't stand in a footnote", "place it in the text itself"
                if not said and not isinstance(record, Recipient | Cover) and not known[match[1]].default:
                    said = (
                        f"the brief for everyone has nothing to put in the slot '{match[1]}'",
                        (f"add `default:` in line {known[match[1]].mark().line}, or move this to the letter"),
                    )
                if said:
                    yield Problem(mark=mark, rule="recipient-slot", message=said[0], hint=said[1])


def _astray(
    root: Record, record: Record, path: Path, name: str, known: Mapping[str, RecipientSlot]
) -> tuple[str, str] | None:
    """Say why a slot can't stand at a path, and what to do."""
    if not isinstance(root, Brief):
        return "only a brief has slots for recipients", "move this to the briefs, or say it to everyone"
    if name not in known:
        hint = did_you_mean(name, known) or f"write it below `recipient:`, `slots: [{{id: {name}, width: 60}}]`"
        return f"no slot for recipients is called '{name}'", hint
    if path[0] not in {key for _, key in prose_fields(type(record))}:
        return f"the slot '{name}' can't stand in plain text", "place it in a text in Markdown, or in the letter"
    return None


def placed(brief: Brief) -> Iterator[tuple[str, Mark]]:
    """Every slot that the texts of a brief place, with where it stands."""
    for record, path, text in texts(brief):
        yield from ((match[1], mark) for match, mark in record.matches(path, text, PLACED))
