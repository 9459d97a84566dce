"""Lay out what a brief prints: the brief in, its texts in the order in which they are read out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeVar

from pipeline.model import Argument, Brief, Library, NotEstimated
from pipeline.problem import Path
from pipeline.record import Record

Text = tuple[Record, Path, str]
"""The record that a text belongs to, its path there, and the text."""


class _Named(Protocol):
    @property
    def id(self) -> str: ...


Part = TypeVar("Part", bound=_Named)


def chosen(argument: Argument, items: Sequence[Part], targets: Sequence[str]) -> tuple[Part, ...]:
    """The grounds or objections of an argument that a brief names; all of them when it names none of this argument."""
    named = [target.partition("/")[2] for target in targets if target.partition("/")[0] == argument.id]
    return tuple(item for item in items if not named or item.id in named)


def texts(library: Library, brief: Brief) -> Iterator[Text]:
    """Give every text that a brief prints and somebody wrote for it, from its title to how it is carried out."""
    yield from _fields(brief, "title", "question", "bottom_line")
    for message in brief.key_messages:
        yield from _fields(message, "text")
    for pull in brief.pull_figures:
        yield from _fields(pull, "value", "text")
    if brief.explainer:
        yield from _fields(brief.explainer, *type(brief.explainer).model_fields)
    yield from _fields(brief, "why_now", "affected", "background")
    for advice in brief.recommendations:
        yield from _fields(advice, "action", "text", "actor", "timeframe")
    yield from _arguments(library, brief)
    yield from ((brief, ("contested", index), text) for index, text in enumerate(brief.contested))
    for option in brief.options:
        for name in ("text", "benefits", "harms", "costs", "uncertainty"):
            value = getattr(option, name)
            if isinstance(value, NotEstimated):
                yield value, ("not-estimated",), value.not_estimated
            else:
                yield option, (name,), value
    for box in brief.boxes:
        yield from _fields(box, "title", "text")
    for term in brief.glossary:
        yield from _fields(term, "term", "meaning")
    yield from _fields(brief, "implementation")


def _arguments(library: Library, brief: Brief) -> Iterator[Text]:
    ids = (*brief.arguments.for_, *brief.arguments.against)
    for argument in (library.arguments[id] for id in ids if id in library.arguments):
        yield from _fields(argument, "short", "claim")
        for ground in chosen(argument, argument.grounds, brief.grounds):
            yield from _fields(ground, "text")
        for objection in chosen(argument, argument.objections, brief.objections):
            yield from _fields(objection, "text")
            if objection.response:
                yield from _fields(objection.response, "text")
            yield from _fields(objection, "conceded", "open")


def _fields(record: Record, *names: str) -> Iterator[Text]:
    for name in names:
        text = getattr(record, name)
        if text is not None:
            yield record, (name,), text
