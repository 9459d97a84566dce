"""Define what a brief says to each of its recipients: a letter, and slots for what differs from copy to copy."""

from __future__ import annotations

import re

from pydantic import Field

from pipeline.record import Phrase, Prose, Record, Slug

PLACED = re.compile(r"\{\{\s*recipient\.([^\s{}]*)\s*\}\}")
"""A place in a brief's texts for what differs by copy, `{{ recipient.name }}`."""
COLUMN = re.compile(r"\{([^{}]+)\}")
"""A column of the list of recipients in the text of a slot, `{name}`."""
COPY = "copy"
"""What stands for the id of the copy, where a column could stand."""


class RecipientSlot(Record):
    """A place on one line for what differs by copy: texts have it as `{{ recipient.name }}`."""

    id: Slug
    width: float = Field(ge=5, le=180)
    """How wide it is, in millimetres; nothing moves, however long its words are, and none may be longer."""
    text: Phrase | None = None
    """What stands there, with columns in braces, `Dear {name}`; left out, the column of the slot's own name."""
    default: Phrase | None = None
    """What stands there in the brief that everyone gets, and where a recipient's columns are empty."""

    @property
    def said(self) -> str:
        """What stands there, with columns in braces."""
        return self.text or f"{{{self.id}}}"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of, each once; the copy's id is none."""
        return tuple(name for name in dict.fromkeys(COLUMN.findall(self.said)) if name != COPY)


class Recipient(Record):
    """What copies for recipients say that the brief for everyone doesn't."""

    letter: Prose | None = None
    """What stands at the head of each copy, and in no other."""
    called: Phrase | None = None
    """What a copy is called in its metadata: `Copy for {name}`."""
    slots: tuple[RecipientSlot, ...] = Field(min_length=1, max_length=50)
    """The places for what differs."""
