"""Gather what the records of a library refer to, each with its place: what several rules look at."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pipeline.model import Argument, Brief, Evidence, Ground, KeyMessage, Library, Objection, Positions, Recommendation
from pipeline.parts import Kind, bearing
from pipeline.problem import Mark, Path
from pipeline.record import CITATION, FIGURE_MENTIONED, FIGURE_PLACED, Record, translatable_fields


class Reference(NamedTuple):
    """A name that refers to something, and where it stands."""

    name: str
    at: Mark | tuple[Record, Path]
    """Its place, or the record and the way below it; a mark is made when it is asked for, since few are."""
    parts: tuple[str, ...] = ("grounds", "objections")
    """For a target: which lists of its argument the part behind the stroke is in."""

    @property
    def mark(self) -> Mark:
        """Where it stands."""
        return self.at if isinstance(self.at, Mark) else self.at[0].mark(*self.at[1])


def roots(library: Library) -> Iterator[Record]:
    """Every record that a file or an item of sources.yaml is."""
    if "house" not in library.unloaded:
        yield library.house
    yield from library.arguments.values()
    yield from library.figures.values()
    yield from library.briefs.values()


def texts(root: Record) -> Iterator[tuple[Record, Path, str]]:
    """Every text of a record and below it that a reader may see and that has braces, with its record and path there."""
    for record in root.within():
        for name, key in translatable_fields(type(record)):
            value = getattr(record, name)
            if isinstance(value, str):
                if "{{" in value:
                    yield record, (key,), value
            elif isinstance(value, tuple):
                texts = ((step, text) for step, text in enumerate(value) if isinstance(text, str))
                yield from ((record, (key, step), text) for step, text in texts if "{{" in text)


def citations(library: Library) -> Iterator[Reference]:
    """Every citekey that is used anywhere, be it in a field of its own or in prose."""
    for root in roots(library):
        for record in root.within():
            if isinstance(record, Evidence) and record.source:
                yield Reference(record.source, (record, ("source",)))
        citing = ((record, path, text) for record, path, text in root.prose() if "@" in text)
        for record, path, text in citing:
            yield from (Reference(match[1] or match[2], mark) for match, mark in record.matches(path, text, CITATION))
    for argument in library.arguments.values():
        for test in argument.tests:
            yield from (Reference(key, (test, ("without", index))) for index, key in enumerate(test.without))
    for figure in library.figures.values():
        yield from (Reference(key, (figure, ("sources", index))) for index, key in enumerate(figure.sources))
    for brief in library.briefs.values():
        yield from (Reference(item.source, (item, ("source",))) for item in brief.pull_figures if item.source)
        yield from _told(brief)


def _told(brief: Brief) -> Iterator[Reference]:
    for change in brief.history:
        yield from (Reference(key, (change, ("acknowledges", index))) for index, key in enumerate(change.acknowledges))


def taken_over(argument: Argument) -> Iterator[Reference]:
    """Every argument or ground that the grounds of an argument rest on."""
    for ground in argument.grounds:
        for index, name in enumerate(ground.rests_on):
            yield Reference(name, (ground, ("rests_on", index)), ("grounds",))


def targets(brief: Brief) -> Iterator[Reference]:
    """Every argument, ground or objection that a brief names."""
    positions: Positions | None = brief.arguments
    if positions is None:  # in a brief with gaps
        positions = Positions()
    yield from (Reference(id, (positions, ("for", index))) for index, id in enumerate(positions.for_))
    yield from (Reference(id, (positions, ("against", index))) for index, id in enumerate(positions.against))
    resting: tuple[KeyMessage | Recommendation, ...] = (*brief.key_messages, *brief.recommendations)
    for item in resting:
        yield from (Reference(name, (item, ("rests_on", index))) for index, name in enumerate(item.rests_on))
    for part in ("grounds", "objections"):
        for index, name in enumerate(getattr(brief, part)):
            yield Reference(name, (brief, (part, index)), (part,))


def evidence_for(library: Library, target: str) -> Iterator[Evidence]:
    """The evidence that supports an argument, one ground of it, or an objection to it; none for what isn't there."""
    id, _, part = target.partition("/")
    argument = library.arguments.get(id)
    if argument is not None:
        named: tuple[Ground | Objection, ...] = (*argument.grounds, *argument.objections)
        for item in [item for item in named if item.id == part] if part else argument.grounds:
            kind: Kind = "objection" if isinstance(item, Objection) else "ground"
            yield from (evidence for evidence in item.evidence if bearing(kind, evidence) == "for")


def beneath(library: Library, targets: Iterable[str]) -> Iterator[Ground | Objection]:
    """Every ground and objection that `targets` name, and every one that those rest on; each once."""
    waiting, seen = list(targets), set[str]()
    while waiting:
        id, _, part = (name := waiting.pop()).partition("/")
        argument = library.arguments.get(id)
        if argument is not None and name not in seen:
            seen.add(name)
            named: tuple[Ground | Objection, ...] = (*argument.grounds, *argument.objections)
            for item in [item for item in named if part in ("", item.id)]:
                if f"{id}/{item.id}" not in seen or part:
                    seen.add(f"{id}/{item.id}")
                    waiting += item.rests_on if isinstance(item, Ground) else ()
                    yield item


def figure_mark(record: Record, path: Path, text: str, start: int) -> Mark:
    """Where a figure stands that begins at `start` of the text at `path`; the text itself where that can't be told."""
    word = re.compile(re.escape(text[start:].split(maxsplit=1)[0]))
    found = (mark for match, mark in record.matches(path, text, word) if match.start() == start)
    return next(found, record.mark(*path))


def placed_figures(brief: Brief) -> Iterator[Reference]:
    """Every figure that a brief sets, in its list or in its prose."""
    yield from (Reference(id, (brief, ("figures", index))) for index, id in enumerate(brief.figures))
    for record, path, text in brief.prose():
        yield from (Reference(match[1], mark) for match, mark in record.matches(path, text, FIGURE_PLACED))


def shown_figures(brief: Brief) -> Iterator[Reference]:
    """Every figure that some edition of a brief sets: those that it places, and the one that leads its one page."""
    yield from placed_figures(brief)
    if brief.lead_figure:
        yield Reference(brief.lead_figure, (brief, ("lead_figure",)))


def mentioned_figures(brief: Brief) -> Iterator[Reference]:
    """Every figure that a brief's prose mentions by its number."""
    for record, path, text in brief.prose():
        yield from (Reference(match[1], mark) for match, mark in record.matches(path, text, FIGURE_MENTIONED))
