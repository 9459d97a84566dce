"""Lay out what other editions add to a brief: records in; tables of evidence, and questions to test oneself, out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, zip_longest

from pipeline.argue import Judgement
from pipeline.argument import Argument, Evidence, Ground, Objection, Response
from pipeline.edition import Selection, numbered
from pipeline.markdown import title
from pipeline.model import Brief, KeyMessage, Library
from pipeline.parts import Kind, bearing, results
from pipeline.record import Certainty
from pipeline.wording import BEARINGS, KINDS, PARTS, READ, WEIGHTS, chained, enumerated, say

QUESTIONS = 5
"""How many questions a reader is asked to test themselves with."""
_LEVELS: tuple[Certainty, ...] = ("very-low", "low", "moderate", "high")


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One finding of one source, and what it bears on."""

    part: str
    """The part's kind, and its first sentence in plain words."""
    item: Evidence

    kind: str
    read: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """All findings on an argument."""

    argument: Argument
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """A question to test oneself with, and its answer."""

    kind: str
    """`certainty` of a key message, what a `figure` is, or what a `term` means."""
    about: str
    answer: str = ""
    source: str = ""
    certainty: Certainty = "moderate"
    judgement: Judgement | None = None


def tables(library: Library, brief: Brief, shown: Selection) -> Iterator[Table]:
    """Yield a table for each argument that the brief weighs."""
    for id in (*brief.arguments.for_, *brief.arguments.against):
        argument = library.arguments[id]
        yield Table(argument=argument, rows=tuple(_rows(library, brief, argument, shown)))


def _rows(library: Library, brief: Brief, argument: Argument, shown: Selection) -> Iterator[Row]:
    parts: list[tuple[Kind, Ground | Objection | Response]] = []
    parts += (("ground", ground) for ground in shown.grounds(brief, argument))
    for objection in shown.objections(brief, argument):
        parts.append(("objection", objection))
        if objection.response:
            parts.append(("response", objection.response))
    for kind, part in parts:
        for item in part.evidence:
            weight = enumerated([KINDS[item.kind], WEIGHTS[item.strength]])
            yield Row(
                part=say("{part}: {text}", part=PARTS[kind], text=title(part.text)),
                item=item,
                kind=chained([weight, BEARINGS[bearing(kind, item)]]),
                read=READ[library.sources[item.source].custom.read],
            )


def certainty(library: Library, message: KeyMessage) -> Certainty:
    """How sure a key message is: as sure as the weakest argument that it rests on."""
    levels = [library.arguments[target.partition("/")[0]].certainty for target in message.rests_on]
    return min(levels, key=_LEVELS.index)


def self_test(
    library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection
) -> tuple[Question, ...]:
    """Give a few questions, taken in turn from key messages, large figures and terms."""
    messages = [
        Question(kind="certainty", about=item.text, certainty=certainty(library, item), judgement=judgements[address])
        for address, item in results(brief)
        if isinstance(item, KeyMessage) and shown.shows(address, item)
    ]
    figures = [
        Question(kind="figure", about=item.text, answer=item.value, source=item.source)
        for address, item in numbered(brief, "pull_figures")
        if shown.shows(address, item)
    ]
    terms = [
        Question(kind="term", about=item.term, answer=item.meaning)
        for address, item in numbered(brief, "glossary")
        if shown.shows(address, item)
    ]
    turns = chain.from_iterable(zip_longest(messages, figures, terms))
    return tuple([question for question in turns if question][:QUESTIONS])
