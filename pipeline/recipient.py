"""Define what a brief says to each of its recipients: a letter, and slots for what differs from copy to copy."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field

from pipeline.record import Phrase, Plain, Prose, Record, Slug

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
    def has_words(self) -> bool:
        """Whether something but columns stands there, which differs from language to language."""
        return any(map(str.isalnum, COLUMN.sub("", self.said)))

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it is made of, each once; the copy's id is none."""
        return tuple(name for name in dict.fromkeys(COLUMN.findall(self.said)) if name != COPY)


class Signature(Record):
    """Who signs a cover letter."""

    name: Plain
    role: Phrase | None = None
    """What stands below the name."""


class Cover(Record):
    """A letter on a page of its own, before the brief; that page has no number."""

    sender: Phrase | None = None
    """The small line above the address, for the window of the envelope; left out, the house's name."""
    address: tuple[Prose, ...] = Field(min_length=1, max_length=6)
    """Whom it goes to, line by line: `{{ recipient.name }}`. The window holds 80 mm."""
    window: Literal["left", "right"] | None = None
    """On which side of the sheet the address stands; left out, where lines begin."""
    subject: Phrase | None = None
    """What it is about; left out, the title of the brief."""
    salutation: Prose
    """How it begins: `{{ recipient.greeting }}`."""
    text: Prose
    """What it says; all of it has room on one page."""
    closing: Phrase
    """How it ends: `Yours sincerely,`."""
    signatures: tuple[Signature, ...] = Field(min_length=1, max_length=3)
    """Who signs it, side by side."""


class Recipient(Record):
    """What copies for recipients say that the brief for everyone doesn't."""

    letter: Prose | None = None
    """What stands at the head of each copy, and in no other."""
    cover: Cover | None = None
    """A letter before the brief, on a page of its own."""
    called: Phrase | None = None
    """What a copy is called in its metadata: `Copy for {name}`."""
    slots: tuple[RecipientSlot, ...] = Field(min_length=1, max_length=50)
    """The places for what differs."""
