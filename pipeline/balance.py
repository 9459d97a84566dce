"""Ask how even-handed a brief or a library is: its records in; counts of what speaks for and against out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from pipeline.argue import Judgement, Label
from pipeline.argument import Ground, Objection, Response
from pipeline.csl import Source
from pipeline.model import Argument, Brief, Evidence, Library
from pipeline.parts import Bearing, bearing
from pipeline.wording import READ, words

Side = Literal["for", "against", ""]
NOT_STATED = "not stated"
_SIDES: Mapping[Bearing, Side] = {"for": "for", "against": "against", "neither": ""}
_OTHER: Mapping[Side, Side] = {"for": "against", "against": "for"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Weighed:
    """One argument, and how much was said for and against its claim."""

    argument: str
    side: Side
    """Whether it speaks for or against the brief's answer; empty when the whole library is asked about."""
    label: Label
    grounds: int
    answered: int
    """Objections with a response."""
    conceded: int
    open: int
    """Objections that say what would settle them, or that nothing answers."""
    sources_for: int
    """Sources that speak for the claim, most of them in grounds and in responses to objections."""
    sources_against: int
    """Sources that speak against it, most of them in objections."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """How many sources have one thing in common, and which way they speak; one source may do both, or neither."""

    value: str
    number: int
    share: float
    """Of all, from 0 to 1."""
    for_: int
    against: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """The sources, or the pieces of evidence, by one thing that is known of them."""

    name: str
    counts: Literal["sources", "pieces of evidence"]
    rows: tuple[Row, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Balance:
    """What speaks for and against, and where it comes from."""

    brief: str
    """The slug; empty when the whole library is asked about."""
    arguments: tuple[Weighed, ...]
    sources: int
    """How many sources the evidence comes from."""
    for_: int
    """How many of them speak for the brief's answer, or for the claims."""
    against: int
    tables: tuple[Table, ...]

    def as_json(self) -> dict[str, Any]:
        """The balance as plain values."""
        return asdict(self, dict_factory=lambda items: {name.rstrip("_"): value for name, value in items})

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The balance as one table: its head, then a row for each argument and each count."""
        yield ("table", "value", "side", "number", "share", "for", "against", "answered", "conceded", "open", "label")
        for item in self.arguments:
            weights = map(str, (item.sources_for, item.sources_against, item.answered, item.conceded, item.open))
            yield ("argument", item.argument, item.side, str(item.grounds), "", *weights, item.label)
        for table in self.tables:
            for row in table.rows:
                share = f"{row.share:.3f}"
                yield (table.name, row.value, "", str(row.number), share, str(row.for_), str(row.against), *[""] * 4)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Piece:
    """One piece of evidence, and which way it speaks in the end."""

    source: Source
    kind: str
    side: Side


def balance(library: Library, brief: Brief | None, labels: Mapping[str, Judgement]) -> Balance:
    """Count what speaks for and against the brief's answer; without a brief, for and against each claim."""
    pieces: list[_Piece] = []
    weighed: list[Weighed] = []
    for side, argument in _arguments(library, brief):
        own = [
            _Piece(source=library.sources[item.source], kind=item.kind, side=toward)
            for toward, item in _evidence(argument)
            if item.source in library.sources
        ]
        weighed.append(_weighed(argument, side, labels[argument.id].label, own))
        turned = side == "against"
        pieces += (_Piece(source=p.source, kind=p.kind, side=_OTHER.get(p.side, "") if turned else p.side) for p in own)
    return Balance(
        brief=brief.id if brief else "",
        arguments=tuple(weighed),
        sources=len({piece.source.id for piece in pieces}),
        for_=len({piece.source.id for piece in pieces if piece.side == "for"}),
        against=len({piece.source.id for piece in pieces if piece.side == "against"}),
        tables=tuple(_tables(pieces)),
    )


def _arguments(library: Library, brief: Brief | None) -> Iterator[tuple[Side, Argument]]:
    if brief is None:
        yield from (("", argument) for argument in library.arguments.values())
        return
    sides: tuple[tuple[Side, tuple[str, ...]], ...] = (
        ("for", brief.arguments.for_),
        ("against", brief.arguments.against),
    )
    for side, ids in sides:
        yield from ((side, library.arguments[id]) for id in ids if id in library.arguments)


def _evidence(argument: Argument) -> Iterator[tuple[Side, Evidence]]:
    """Every piece of evidence of an argument, and whether it speaks for or against its claim."""
    replies = [objection.response for objection in argument.objections if objection.response]
    parts: list[Ground | Objection | Response] = [*argument.grounds, *argument.objections, *replies]
    for part in parts:
        yield from ((_SIDES[bearing("claim", item)], item) for item in part.evidence)


def _weighed(argument: Argument, side: Side, label: Label, pieces: Iterable[_Piece]) -> Weighed:
    objections = argument.objections
    answered = sum(item.response is not None for item in objections)
    conceded = sum(item.response is None and item.conceded is not None for item in objections)
    speaking = {toward: {p.source.id for p in pieces if p.side == toward} for toward in ("for", "against")}
    return Weighed(
        argument=argument.id,
        side=side,
        label=label,
        grounds=len(argument.grounds),
        answered=answered,
        conceded=conceded,
        open=len(objections) - answered - conceded,
        sources_for=len(speaking["for"]),
        sources_against=len(speaking["against"]),
    )


def _tables(pieces: list[_Piece]) -> Iterator[Table]:
    known: tuple[tuple[str, Callable[[_Piece], str]], ...] = (
        ("how read", lambda piece: READ[piece.source.custom.read]),
        ("year", lambda piece: piece.source.year or NOT_STATED),
        ("publisher", lambda piece: _publisher(piece.source)),
        ("funder", lambda piece: piece.source.custom.funder or NOT_STATED),
        ("country", lambda piece: piece.source.custom.country or NOT_STATED),
    )
    for name, value in known:
        rows = _rows(pieces, value, lambda piece: piece.source.id)
        newest_first = sorted(rows, key=lambda row: row.value, reverse=True) if name == "year" else rows
        yield Table(name=name, counts="sources", rows=tuple(newest_first))
    numbers = {id(piece): str(number) for number, piece in enumerate(pieces)}
    rows = _rows(pieces, lambda piece: words(piece.kind), lambda piece: numbers[id(piece)])
    yield Table(name="kind of evidence", counts="pieces of evidence", rows=rows)


def _rows(pieces: Iterable[_Piece], value: Callable[[_Piece], str], unit: Callable[[_Piece], str]) -> tuple[Row, ...]:
    """Count the different units by value, the most frequent first; what is not stated comes last."""
    found: dict[str, dict[str, set[str]]] = {}
    for piece in pieces:
        ways = found.setdefault(value(piece), {"": set(), "for": set(), "against": set()})
        ways[""].add(unit(piece))
        ways[piece.side].add(unit(piece))
    total = sum(len(ways[""]) for ways in found.values())
    rows = [
        Row(
            value=key,
            number=len(ways[""]),
            share=len(ways[""]) / total,
            for_=len(ways["for"]),
            against=len(ways["against"]),
        )
        for key, ways in found.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.value == NOT_STATED, -row.number, row.value)))


def _publisher(source: Source) -> str:
    """Who put a source out: its publisher, else what it appeared in, else the organisation that wrote it."""
    authors = (name.literal for name in source.author or ())
    return source.publisher or source.container_title or next(filter(None, authors), NOT_STATED)
