"""Say as data what a product shows of a brief and what it leaves out: a selection in, JSON out.

The records here are what the schema `assets/schema/product.schema.json` is made from.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from pipeline.argue import Judgement
from pipeline.argument import Argument, Evidence, Ground, Objection, Response
from pipeline.edition import Selection, foremost, strongest
from pipeline.forms import Metadata
from pipeline.model import Brief, KeyMessage, Library
from pipeline.parts import results
from pipeline.record import Audience, Certainty, Day, Edition

WHOLE: tuple[Edition, ...] = ("brief", "full")
"""The editions that set out arguments; the others print the strongest case against the answer."""
Label = Literal["accepted", "contested", "unsupported"]


class _Said(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Judged(_Said):
    """A part with its address, its text as it stands in the library, and what became of it."""

    address: str
    text: str
    label: Label
    reason: str
    """Why it has this label, in a sentence."""


class ShownMessage(Judged):
    """A key message, with what carries it."""

    rests_on: tuple[str, ...]


class ShownRecommendation(ShownMessage):
    """A recommendation."""

    actor: str
    timeframe: str
    strength: Literal["strong", "conditional"]
    supports: str
    """The option it carries out."""


class ShownGround(Judged):
    """A ground, with the citekeys of all its evidence, whichever way that points."""

    sources: tuple[str, ...]


class ShownObjection(Judged):
    """An objection, with the citekeys of its evidence and what is answered."""

    kind: str
    outcome: Literal["response", "conceded", "open"]
    answer: str
    sources: tuple[str, ...]


class ShownArgument(Judged):
    """An argument by its claim; of its grounds and objections those that the product shows."""

    side: Literal["for", "against"]
    short: str
    certainty: Certainty
    grounds: tuple[ShownGround, ...]
    objections: tuple[ShownObjection, ...]


class LeftOut(_Said):
    """The address of a part that the library has and the product does not show, and why not."""

    address: str
    why: Literal["room", "chosen"]
    """`room`: its pages are few; `chosen`: the brief or the product's reader has no use for it."""


class ShownProduct(_Said):
    """One product of a brief: what it is, what it shows, what it leaves out."""

    format: Literal["openbrief product 1"]
    """Counted up when a key changes its meaning."""
    slug: str
    name: str
    edition: Edition
    audience: Audience | None
    region: str | None
    language: str
    title: str
    question: str
    bottom_line: str
    issued: Day
    version: str
    licence: str
    key_messages: tuple[ShownMessage, ...]
    recommendations: tuple[ShownRecommendation, ...]
    arguments: tuple[ShownArgument, ...]
    left_out: tuple[LeftOut, ...]
    references: tuple[dict[str, Any], ...]
    """The works that the brief's arguments cite, as CSL JSON."""


def product_json(
    library: Library, brief: Brief, shown: Selection, judgements: Mapping[str, Judgement], metadata: Metadata
) -> bytes:
    """Write what a product shows as JSON, indented, in UTF-8; the same product gives the same bytes."""
    arguments = tuple(_arguments(library, brief, shown, judgements))
    messages, advice = _results(brief, shown, judgements)
    told = ShownProduct(
        format="openbrief product 1",
        slug=brief.id,
        name=metadata.file,
        edition=shown.edition,
        audience=shown.audience,
        region=shown.region,
        language=metadata.language,
        title=brief.title,
        question=brief.question,
        bottom_line=brief.bottom_line,
        issued=brief.issued,
        version=brief.version,
        licence=metadata.licence,
        key_messages=messages,
        recommendations=advice,
        arguments=arguments,
        left_out=tuple(_left_out(library, brief, shown, {*_addresses(arguments, messages, advice)})),
        references=tuple(library.sources[key].as_csl_json() for key in _cited(library, brief)),
    )
    return (told.model_dump_json(indent=2) + "\n").encode()


def _judged(address: str, text: str, judgements: Mapping[str, Judgement]) -> dict[str, Any]:
    judgement = judgements[address]
    return {"address": address, "text": text, "label": judgement.label, "reason": judgement.reason}


def _results(
    brief: Brief, shown: Selection, judgements: Mapping[str, Judgement]
) -> tuple[tuple[ShownMessage, ...], tuple[ShownRecommendation, ...]]:
    messages: list[ShownMessage] = []
    advice: list[ShownRecommendation] = []
    for address, item in results(brief):
        if not shown.shows(address, item) or (shown.edition == "questions" and not isinstance(item, KeyMessage)):
            continue
        known = _judged(address, item.text, judgements) | {"rests_on": item.rests_on}
        if isinstance(item, KeyMessage):
            messages.append(ShownMessage(**known))
        else:
            known |= {name: getattr(item, name) for name in ("actor", "timeframe", "strength", "supports")}
            advice.append(ShownRecommendation(**known))
    return tuple(messages), tuple(advice)


def _arguments(
    library: Library, brief: Brief, shown: Selection, judgements: Mapping[str, Judgement]
) -> Iterator[ShownArgument]:
    for side, argument in _sides(library, brief):
        yield ShownArgument(
            **_judged(argument.id, argument.claim, judgements),
            side=side,
            short=argument.short,
            certainty=argument.certainty,
            grounds=tuple(
                ShownGround(
                    **_judged(f"{argument.id}/{ground.id}", ground.text, judgements), sources=_sources(ground.evidence)
                )
                for ground in _grounds(brief, shown, argument)
            ),
            objections=tuple(_objections(library, brief, argument, shown, judgements)),
        )


def _grounds(brief: Brief, shown: Selection, argument: Argument) -> tuple[Ground, ...]:
    if shown.edition in WHOLE:
        return shown.grounds(brief, argument)
    first = foremost(brief, shown, argument)
    return (first,) if first else ()


def _objections(
    library: Library, brief: Brief, argument: Argument, shown: Selection, judgements: Mapping[str, Judgement]
) -> Iterator[ShownObjection]:
    exchanged = {address for address, _ in strongest(library, brief, shown)}
    for objection in shown.objections(brief, argument):
        if shown.edition not in WHOLE and f"{argument.id}/{objection.id}" not in exchanged:
            continue
        answers: tuple[tuple[Literal["response", "conceded", "open"], str | None], ...] = (
            ("response", objection.response.text if objection.response else None),
            ("conceded", objection.conceded),
            ("open", objection.open),
        )
        outcome, answer = next((name, text) for name, text in answers if text)
        known = _judged(f"{argument.id}/{objection.id}", objection.text, judgements)
        replied = objection.response.evidence if objection.response else ()
        sources = _sources((*objection.evidence, *replied))
        yield ShownObjection(**known, kind=objection.kind, outcome=outcome, answer=answer or "", sources=sources)


def _sides(library: Library, brief: Brief) -> Iterator[tuple[Literal["for", "against"], Argument]]:
    yield from (("for", library.arguments[id]) for id in brief.arguments.for_)
    yield from (("against", library.arguments[id]) for id in brief.arguments.against)


def _sources(evidence: Sequence[Evidence]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.source for item in evidence))


def _cited(library: Library, brief: Brief) -> list[str]:
    """The citekeys of all evidence that the brief's arguments have, sorted."""
    found: set[str] = set()
    for _, argument in _sides(library, brief):
        replies = [objection.response for objection in argument.objections if objection.response]
        parts: list[Ground | Objection | Response] = [*argument.grounds, *argument.objections, *replies]
        found.update(key for part in parts for key in _sources(part.evidence))
    return sorted(found)


def _addresses(arguments: Sequence[ShownArgument], *others: Sequence[Judged]) -> Iterator[str]:
    yield from (part.address for parts in others for part in parts)
    yield from (part.address for argument in arguments for part in (*argument.grounds, *argument.objections))


def _left_out(library: Library, brief: Brief, shown: Selection, kept: set[str]) -> Iterator[LeftOut]:
    """Say of each result, ground and objection that is not shown why, then of other parts that had no room."""
    cramped = dict.fromkeys(address for choice in shown.left_out for address in choice.addresses)
    every = [address for address, _ in results(brief)]
    for _, argument in _sides(library, brief):
        every += [f"{argument.id}/{part.id}" for part in argument.grounds]
        every += [f"{argument.id}/{part.id}" for part in argument.objections]
    for address in dict.fromkeys((*(each for each in every if each not in kept), *cramped)):
        yield LeftOut(address=address, why="room" if address in cramped else "chosen")
