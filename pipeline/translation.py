"""Say a library in another language: a library in; its texts by context, or the same library told anew, out.

A context is the way to a text, in words that stay when other things are added: `argument/misuse-risk/grounds/
safeguards-removed/text`. List items go by their id, pieces of evidence by their source, all else by number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pipeline.catalogue import Catalogue, Message
from pipeline.figure import Lines
from pipeline.model import Brief, Library
from pipeline.problem import Mark, Marks, Path
from pipeline.recipient import PLACED, RecipientSlot
from pipeline.record import SLOT, Record, translatable_fields
from pipeline.render.slots import OPEN

R = TypeVar("R", bound=Record)
Say = Callable[["Text"], str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """One text of a library that can be said in another language."""

    context: str
    record: Record
    """The record of the file that it stands in."""
    path: Path
    """The way from there to it."""
    text: str

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        return self.record.mark(*self.path)


def file_of(language: str) -> str:
    """The file of a language's catalogue, below the project's root."""
    return f"briefs/locale/{language}.po"


def texts(library: Library, briefs: Iterable[str] | None = None) -> tuple[Text, ...]:
    """Give all texts that these briefs, or all, may print: theirs, the house's, their arguments' and their figures'."""
    found: list[Text] = []

    def keep(text: Text) -> str:
        found.append(text)
        return text.text

    for context, record in needed(library, briefs):
        _retold(record, record, context, (), keep)
    return tuple(found)


def languages(library: Library) -> Mapping[str, tuple[str, ...]]:
    """The languages that products are made in besides those they are written in, each with its briefs."""
    found: dict[str, list[str]] = {}
    for brief in library.briefs.values():
        named = [code for plan in brief.products or library.house.products for code in plan.languages]
        for code in dict.fromkeys(named):
            if code != (brief.language or library.house.language):
                found.setdefault(code, []).append(brief.id)
    return {code: tuple(found[code]) for code in sorted(found)}


def translated(library: Library, language: str, briefs: Iterable[str] | None = None) -> Library:
    """Give the library as it is said in `language`; what has no translation that fits stays as it is, and is foreign.

    A text that is said in it has its place in the catalogue's file. With `briefs`, only what these print is told.
    """
    catalogue = library.catalogues.get(language) or Catalogue(language=language, file=file_of(language))
    telling = _Telling(catalogue=catalogue, source=library.house.language)
    changed: dict[str, dict[str, Any]] = {"argument": {}, "figure": {}, "brief": {}, "house": {}}
    for context, record in needed(library, briefs):
        kind, _, id = context.partition("/")
        language_of = {"language": language} if kind in ("house", "brief") else {}
        if kind == "brief" and isinstance(record, Brief) and record.language == language:
            continue
        changed[kind][id] = telling.tell(record, context, language_of)
    return library.model_copy(
        update={
            "house": changed["house"][""],
            "arguments": {**library.arguments, **changed["argument"]},
            "figures": {**library.figures, **changed["figure"]},
            "briefs": {**library.briefs, **changed["brief"]},
            "original": library.house.language,
            "foreign": telling.foreign,
        }
    )


@dataclass(slots=True)
class _Telling:
    """Tells records anew, and keeps what it could not say."""

    catalogue: Catalogue
    source: str
    foreign: dict[str, str] = field(default_factory=dict)

    def tell(self, record: R, context: str, changes: Mapping[str, Any]) -> R:
        marks, here = record._place  # noqa: SLF001 - a copy stands where its original stands
        places: dict[Path, Mark] = {}

        def say(text: Text) -> str:
            message = self.catalogue.messages.get(text.context)
            if message is None or not message.says(text.text):
                self.foreign[text.text] = self.source
                return text.text
            places[here + text.path] = message.mark
            return message.translation

        told = _retold(record, record, context, (), say).model_copy(update=changes)
        told.place(_Elsewhere(marks.file, marks.lines, marks.values, marks.keys, places), here)
        return told


@dataclass(frozen=True, slots=True)
class _Elsewhere(Marks):
    """The marks of a file some of whose values stand in a catalogue."""

    places: Mapping[Path, Mark] = field(default_factory=dict)

    def value(self, path: Path) -> Mark:
        """The place of the value at `path`, in the catalogue where it has one."""
        return self.places.get(path) or self._mark(self.values, path)

    def matches(self, path: Path, pattern: Any) -> Iterator[tuple[str, Mark]]:
        """Every match in the file; none for a value of the catalogue, whose lines are not at hand."""
        return iter(()) if path in self.places else Marks.matches(self, path, pattern)


def needed(library: Library, briefs: Iterable[str] | None) -> Iterator[tuple[str, Record]]:
    """The records whose texts are printed, each with its context: the house first, then briefs, arguments, figures."""
    chosen = [library.briefs[id] for id in (library.briefs if briefs is None else briefs) if id in library.briefs]
    yield "house/", library.house
    yield from ((f"brief/{brief.id}", brief) for brief in chosen)
    yield from ((f"argument/{id}", library.arguments[id]) for id in _arguments(library, chosen))
    yield from ((f"figure/{id}", library.figures[id]) for id in _figures(library, chosen))


def _arguments(library: Library, briefs: Iterable[Brief]) -> Iterator[str]:
    """The arguments of some briefs, and those that these rest on."""
    waiting = [id for brief in briefs for id in (*brief.arguments.for_, *brief.arguments.against)]
    for brief in briefs:
        waiting += [target for message in brief.key_messages for target in message.rests_on]
        waiting += [target for advice in brief.recommendations for target in advice.rests_on]
    seen: set[str] = set()
    for id in (target.partition("/")[0] for target in waiting):
        if id in library.arguments and id not in seen:
            seen.add(id)
            waiting += [target for ground in library.arguments[id].grounds for target in ground.rests_on]
            yield id


def _figures(library: Library, briefs: Iterable[Brief]) -> Iterator[str]:
    named = [id for brief in briefs for id in brief.figures_shown()]
    yield from (id for id in dict.fromkeys(named) if id in library.figures)


def _retold(root: Record, record: R, context: str, path: Path, say: Say) -> R:
    """Copy a record, with its texts as `say` has them."""
    told: dict[str, Any] = {}
    spoken = dict(translatable_fields(type(record)))
    for name, info in type(record).model_fields.items():
        key = info.alias or name
        value, step = getattr(record, name), (*path, key)
        said = name in spoken and (name != "text" or not isinstance(record, RecipientSlot) or record.has_words)
        new = _value(root, value, f"{context.rstrip('/')}/{key}", step, say, spoken=said)
        if new is not value:
            told[name] = new
    if isinstance(record, Lines) and "times" in told:  # a break is named by its time
        times = dict(zip(record.times, told["times"], strict=True))
        breaks = told.get("breaks", record.breaks)
        told["breaks"] = tuple(change.model_copy(update={"time": times[change.time]}) for change in breaks)
    return record.model_copy(update=told) if told else record.model_copy()


def _value(root: Record, value: Any, context: str, path: Path, say: Say, *, spoken: bool) -> Any:
    if isinstance(value, str):
        said = spoken and not _only_places(value)
        return say(Text(context=context, record=root, path=path, text=value)) if said else value
    if isinstance(value, Record):
        return _retold(root, value, context, path, say)
    if isinstance(value, tuple):
        names = _names(value)
        return tuple(
            _value(root, item, f"{context}/{name}", (*path, index), say, spoken=spoken)
            for index, (name, item) in enumerate(zip(names, value, strict=True))
        )
    return value


def _only_places(text: str) -> bool:
    """Whether a text is made of slots alone, whose own texts are translated."""
    bare = PLACED.sub("", SLOT.sub("", text))
    return OPEN in text or (bare != text and not any(map(str.isalnum, bare)))


def _names(items: tuple[Any, ...]) -> list[str]:
    """What the items of a list are called in contexts; the second of a source is `able-2024.2`."""
    names: list[str] = []
    for number, item in enumerate(items, 1):
        name = getattr(item, "id", None) or getattr(item, "source", None)
        again = sum(other == name or other.startswith(f"{name}.") for other in names)
        names.append(str(number) if not isinstance(name, str) else f"{name}.{again + 1}" if again else name)
    return names


def missing(library: Library, language: str, briefs: Iterable[str]) -> Iterator[tuple[Text, Message | None]]:
    """Yield the texts that have no translation that fits, each with the message that stands for it, if any."""
    catalogue = library.catalogues.get(language)
    for text in texts(library, briefs):
        message = catalogue.messages.get(text.context) if catalogue else None
        if message is None or not message.says(text.text):
            yield text, message
