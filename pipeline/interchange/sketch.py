"""Hold what another program's file says before anything is known of what it is to us: statements and how they bear."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.problem import Mark
from pipeline.record import RESERVED, SLUG

Tie = Literal["supports", "attacks", "undercuts"]
Role = Literal["", "warrant", "evidence"]
_SLUG = re.compile(SLUG)
_WORDS = 48
"""Characters of an id that is made from words."""


@dataclass(kw_only=True, slots=True)
class Said:
    """One statement of the file."""

    mark: Mark
    title: str = ""
    text: str = ""
    """Empty where the file names it and never says it."""
    data: dict[str, Any] = field(default_factory=dict)
    """Our fields that the file holds beside the text."""
    role: Role = ""
    """What the file says that it is; all else follows from what bears on what."""


@dataclass(kw_only=True, slots=True)
class Sketch:
    """A file's statements by their keys, and the ties between them, each in the order of the file."""

    said: dict[str, Said] = field(default_factory=dict)
    ties: list[tuple[str, Tie, str]] = field(default_factory=list)
    """Source, what it does, target; what undercuts attacks the step by which the target supports."""
    notes: list[str] = field(default_factory=list)
    """What was left out or changed, as sentences with their places."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """An argument as it was found: its fields as the files name them, and not yet complete."""

    id: str
    data: dict[str, Any]
    mark: Mark


def name_for(words: str, taken: dict[str, int]) -> str:
    """Make an id of a title or a text, and take it: a slug stays as it is, all else becomes one.

    `taken` holds the ids that are taken, each with the number to try next for another one like it.
    """
    slug = words if _SLUG.match(words) else _slug(words)
    slug = f"the-{slug}" if slug in RESERVED else slug
    name, number = slug, taken.get(slug, 2)
    while name in taken:
        name, number = f"{slug[:_WORDS]}-{number}", number + 1
    taken[slug] = number
    taken.setdefault(name, 2)
    return name


def _slug(words: str) -> str:
    letters = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    if len(slug) > _WORDS:
        slug = slug[: _WORDS + 1].rpartition("-")[0] or slug[:_WORDS]
    return slug.strip("-") or "unnamed"


def noted(mark: Mark, sentence: str) -> str:
    """A note with its place in front."""
    return f"{mark.file}:{mark.line}: {sentence}"


def shown(said: Said) -> str:
    """What a note calls a statement."""
    words = " ".join((said.title or said.text).split())
    return f"'{words if len(words) <= 60 else words[:59] + '…'}'"
