"""Tell a library to one audience: a library in, the same with the wordings that are meant for these readers out.

Only words change. What a claim rests on, what is said against it and how sure it is are one for all readers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from re import Pattern
from typing import Any, TypeVar, get_args

from pipeline.markdown import literal
from pipeline.model import Argument, Brief, KeyMessage, Library
from pipeline.problem import Mark, Marks, Path
from pipeline.recipient import PLACED
from pipeline.record import SLOT, Audience, Record, prose_fields

R = TypeVar("R", bound=Record)
Wording = tuple[Audience | None, Record, Path, str]
"""Who a text is said to (None for everyone), the record that it belongs to, its path there, and the text."""
AUDIENCES: tuple[Audience, ...] = get_args(Audience)
WORDED: Mapping[type[Record], tuple[str, ...]] = {
    Argument: ("claim", "short"),
    Brief: ("bottom_line", "why_now"),
    KeyMessage: ("text",),
}
"""What can be worded for an audience."""


def addressed(library: Library, audience: Audience | None, region: str | None = None) -> Library:
    """Give the library as it is said to an audience, or to everyone, in a region; it holds no other wording then.

    A text that is worded anew has its place where the wording stands.
    """
    arguments = {id: _told(item, audience) for id, item in library.arguments.items() if item.for_}
    briefs = {
        id: _filled(_told(brief, audience, key_messages=tuple(_told(item, audience) for item in brief.key_messages)),
                    slots(brief, audience, region) | defaults(brief))
        for id, brief in library.briefs.items()
        if brief.for_ or brief.local or brief.recipient or any(item.for_ for item in brief.key_messages)
    }  # fmt: skip
    if not arguments and not briefs:
        return library
    changes: dict[str, Any] = {"arguments": {**library.arguments, **arguments}, "briefs": {**library.briefs, **briefs}}
    if library.foreign and briefs:
        held = [slots(library.briefs[id], audience, region) | defaults(library.briefs[id]) for id in briefs]
        changes["foreign"] = {**library.foreign, **dict(_foreign(library.foreign, held))}
    return library.model_copy(update=changes)


def _foreign(texts: Mapping[str, str], held: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """The texts in another language that have slots, as they are with these filled, each with its language."""
    for text, language in texts.items():
        if "{{" in text:
            yield from ((_value_filled(text, words, is_prose=True), language) for words in held)


def tellings(library: Library) -> Iterator[Library]:
    """Give the library as everyone is told it, then as each audience and region is that has words of its own."""
    yield addressed(library, None)
    yield from (addressed(library, audience) for audience in AUDIENCES if audience in _heard(library))
    held = (there.id for brief in library.briefs.values() for slot in brief.local for there in slot.regions)
    yield from (addressed(library, None, region) for region in dict.fromkeys(held))


def wordings(record: Record, name: str) -> Iterator[Wording]:
    """Give every wording of a text: what everyone is told first."""
    if text := getattr(record, name):
        yield None, record, (name,), text
    held: Record | None = getattr(record, "for_", None)
    for audience in AUDIENCES if held else ():
        said = getattr(held, audience)
        if isinstance(said, Record) and (text := getattr(said, name)):
            yield audience, said, (name,), text
        elif isinstance(said, str) and held:
            yield audience, held, (audience,), said


def slots(brief: Brief, audience: Audience | None, region: str | None = None) -> dict[str, str]:
    """Give what stands in a brief's slots in a region, or else for an audience; one that has nothing is left out."""
    found: dict[str, str] = {}
    for slot in brief.local:
        there = next((there.text for there in slot.regions if there.id == region), None)
        heard = getattr(slot.for_, audience) if audience and slot.for_ else None
        if said := there or heard or slot.text:
            found[slot.id] = said
    return found


def defaults(brief: Brief) -> dict[str, str]:
    """Give what stands in a brief's slots for recipients where there is none, by `recipient.ID`."""
    return {f"recipient.{slot.id}": slot.default or "" for slot in brief.recipient.slots} if brief.recipient else {}


def _filled(record: R, texts: Mapping[str, str]) -> R:
    """Copy a record with its slots filled: as plain words, which mean nothing to Markdown."""
    marks, here = record._place  # noqa: SLF001 - a copy stands where its original stands
    prose = {name for name, _ in prose_fields(type(record))}
    changes = {
        name: _value_filled(value, texts, is_prose=name in prose)
        for name, value in record.__dict__.items()
        if name != "local"
    }
    told = record.model_copy(update={name: value for name, value in changes.items() if value is not None})
    told.place(marks, here)
    return told


def _value_filled(value: Any, texts: Mapping[str, str], *, is_prose: bool) -> Any:
    if isinstance(value, str) and "{{" in value:
        value = PLACED.sub(lambda found: _said(texts.get(f"recipient.{found[1]}"), found[0], is_prose=is_prose), value)
        return SLOT.sub(lambda found: _said(texts.get(found[1]), found[0], is_prose=is_prose), value)
    if isinstance(value, Record):
        return _filled(value, texts)
    if isinstance(value, tuple):
        return tuple(_value_filled(item, texts, is_prose=is_prose) for item in value)
    return value


def _said(text: str | None, place: str, *, is_prose: bool) -> str:
    if text is None:
        return place
    return literal(" ".join(text.split())) if is_prose else text


def worded(library: Library) -> Iterator[tuple[Argument | Brief | KeyMessage, str]]:
    """Give the records and the names of all texts that may be worded for an audience."""
    for argument in library.arguments.values():
        yield from ((argument, name) for name in WORDED[Argument] if argument.for_)
    for brief in library.briefs.values():
        yield from ((brief, name) for name in WORDED[Brief] if brief.for_)
        yield from ((item, name) for item in brief.key_messages for name in WORDED[KeyMessage] if item.for_)


def _heard(library: Library) -> set[Audience | None]:
    local = [slot for brief in library.briefs.values() for slot in brief.local if slot.for_]
    own = {audience for slot in local for audience in AUDIENCES if getattr(slot.for_, audience)}
    return own | {audience for record, name in worded(library) for audience, *_ in wordings(record, name)}


def _told(record: R, audience: Audience | None, **changes: Any) -> R:
    """Copy a record, with the wordings for an audience in place of its own."""
    marks, here = record._place  # noqa: SLF001 - a copy stands where its original stands
    ways: dict[Path, Path] = {}
    for name in WORDED[type(record)] if audience else ():
        for _, _, way, text in [wording for wording in wordings(record, name) if wording[0] == audience]:
            changes[name] = text
            steps: Path = ("for", *way) if type(record) is KeyMessage else ("for", str(audience), *way)
            ways[(*here, name)] = (*here, *steps)
    told = record.model_copy(update={**changes, "for_": None})
    told.place(_Forwarded(marks.file, marks.lines, marks.values, marks.keys, marks, ways), here)
    return told


@dataclass(frozen=True, slots=True)
class _Forwarded(Marks):
    """The marks of a file some of whose values are said elsewhere in it."""

    others: Marks = field(default_factory=lambda: Marks(file=""))
    ways: Mapping[Path, Path] = field(default_factory=dict)

    def value(self, path: Path) -> Mark:
        """The place of the value at `path`, or of the wording in its place."""
        return self.others.value(self.ways.get(path, path))

    def key(self, path: Path) -> Mark:
        """The place of the key at `path`, or of that of the wording in its place."""
        return self.others.key(self.ways.get(path, path))

    def matches(self, path: Path, pattern: Pattern[str]) -> Iterator[tuple[str, Mark]]:
        """Every match in the file from the value at `path` on, or from the wording in its place."""
        return self.others.matches(self.ways.get(path, path), pattern)
