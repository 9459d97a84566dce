"""Write the references of a manuscript: the works cited in; CSL-JSON, with how each was read, out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from markupsafe import Markup, escape

from pipeline.csl import Source
from pipeline.wording import COPIED, NOTES, READING, chained
from pipeline.wording.language import Wording
from pipeline.wording.locale import LETTERS_TO_THE_LEFT, direction

TO_THE_LEFT = re.compile(f"[{''.join(f'{chr(first)}-{chr(last)}' for first, last in LETTERS_TO_THE_LEFT)}]")
"""A letter of a script that runs from right to left; a reference without one is English on such pages, in all of it."""
FOREIGN = Markup('<span lang="{}" dir="{}">{}</span>')
"""A part of a text that is in another language than the text."""
OTHERS = "others"
"""What stands for the authors beyond `MOST_AUTHORS`, in English."""
MOST_AUTHORS = 4
"""A longer list is cut to three names and "et al."."""


def references(works: Iterable[Source], wording: Wording, original: str) -> Iterator[Mapping[str, Any]]:
    """Each work as CSL-JSON, with a `read_label` in HTML; notes are in the language `original`, where it is another."""
    for work in works:
        gone = work.custom.retracted
        retracted = wording.gettext("retracted on {day}", day=wording.day(gone.date)) if gone else ""
        read = wording.say(READING[work.custom.read])
        seen = wording.say(COPIED) if work.custom.copy_url and work.custom.read != "secondary" else ""
        said = map(wording.small, (read, seen))
        parts = (*said, *_noted(work.note or "", wording, original), wording.small(retracted))
        known = wording.say(chained([escape(part) for part in parts if part]))
        apart = direction(wording.language) == "rtl" and not TO_THE_LEFT.search(work.title or "")
        item = _shortened(work.as_csl_json(), OTHERS if apart else wording.gettext("others"))
        yield {**item, "custom": {"read": work.custom.read, "read_label": f"({known})" if known else ""}}


def _noted(note: str, wording: Wording, original: str) -> Iterator[str]:
    """What is noted on a work, which translators don't get: in our words, or marked as another language."""
    if not original or original == wording.language:
        yield wording.small(note)
        return
    for part in filter(None, note.split(". ")):
        yield (
            wording.small(wording.say(NOTES[part]))
            if part in NOTES
            else FOREIGN.format(original, direction(original), part)
        )


def _shortened(item: Mapping[str, Any], others: str) -> Mapping[str, Any]:
    """Cut a long list of authors, as references are printed small; the source's own entry has them all."""
    authors = item.get("author", ())
    return (
        item
        if len(authors) <= MOST_AUTHORS
        else {**item, "author": [*authors[: MOST_AUTHORS - 1], {"literal": others}]}
    )
