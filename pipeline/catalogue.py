"""Define the records of a catalogue: the translations of a library's texts into one language.

The terms are those of GNU gettext's PO files: a message has a context, its original and its translation, and is fuzzy
while nobody has said that the translation still fits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pipeline.problem import Mark


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One text of a library and how it is said in another language."""

    context: str
    """Where the text stands in the library: `argument/misuse-risk/grounds/safeguards-removed/text`."""
    original: str
    """The text as it was when it was translated."""
    translation: str
    """Empty while there is none."""
    fuzzy: bool = False
    """Whether the translation was left behind by its original."""
    mark: Mark

    def says(self, text: str) -> bool:
        """Whether it has a translation that fits this very text."""
        return bool(self.translation) and not self.fuzzy and self.original == text


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """All translations into one language."""

    language: str
    """BCP 47 tag, as the file is called."""
    file: str
    """Its path below the project's root, with `/`."""
    reviewed: bool = False
    """Whether a native speaker has read it; its head says so where none has."""
    messages: Mapping[str, Message] = field(default_factory=dict)
    """By their contexts."""
