"""Write a brief's manuscript: the library and one brief in, Markdown with passages out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.argue import Judgement
from pipeline.desk import Desk
from pipeline.forms import Manuscript, Metadata
from pipeline.framework import results
from pipeline.model import (
    Argument,
    Brief,
    Disclosures,
    Ground,
    House,
    KeyMessage,
    Library,
    Objection,
    Recommendation,
)
from pipeline.printed import chosen
from pipeline.record import Certainty
from pipeline.templating import render
from pipeline.trace import once, trace
from pipeline.wording import EXPLAINER, letters, plural


def compose(
    library: Library,
    brief: Brief,
    templates: Path,
    judgements: Mapping[str, Judgement],
    name: str = "manuscript.md.jinja",
) -> Manuscript:
    """Render the template `name` over `brief` and everything it selects, with the label of each part by its address.

    Raises Refused for errors in templates, and KeyError for references that the check stage refuses.
    """
    desk = Desk(library, brief, templates)
    text = render(desk.sandbox, name, **_view(library, brief, judgements))
    fields = {name: desk.index(getattr(brief, name)) for name in ("title", "question", "bottom_line")}
    passages = tuple(desk.finished())
    return Manuscript(
        metadata=_metadata(library, brief),
        text=text,
        passages=passages,
        fields=fields,
        references=tuple(desk.references()),
        drawings=tuple(desk.drawings),
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class _Position:
    """An argument as the brief shows it."""

    side: Literal["for", "against"]
    argument: Argument
    grounds: tuple[Ground, ...]
    objections: tuple[Objection, ...]
    left_out: str
    judgement: Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class _Message:
    """A key message with the lowest certainty of what it rests on."""

    text: str
    certainty: Certainty
    judgement: Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class _Advice:
    """A recommendation and what became of it."""

    recommendation: Recommendation
    judgement: Judgement


def _view(library: Library, brief: Brief, judgements: Mapping[str, Judgement]) -> dict[str, Any]:
    """Everything the manuscript's templates may name."""
    disclosures = _disclosures(library.house, brief)
    positions = tuple(_positions(library, brief, judgements))
    contested = brief.contested or tuple(text for position in positions for text in position.argument.contested)
    explainer = brief.explainer
    return {
        "brief": brief,
        "house": library.house,
        "disclosures": disclosures,
        "authors": ", ".join(disclosures.authors or (library.house.name,)),
        "year": int(brief.issued[:4]),
        "address": f"{library.house.url.rstrip('/')}/{brief.id}/" if library.house.url else "",
        "key_messages": tuple(_messages(library, brief, judgements)),
        "recommendations": tuple(_advice(brief, judgements)),
        "positions": positions,
        "contested": contested,
        "trace": once(trace(library, brief, judgements)),
        "letters": {option.id: letters(number) for number, option in enumerate(brief.options, 1)},
        "explainer": [
            {"name": name.replace("_", "-"), "heading": heading, "text": getattr(explainer, name)}
            for name, heading in EXPLAINER.items()
            if explainer
        ],
    }


def _disclosures(house: House, brief: Brief) -> Disclosures:
    chosen = {
        name: getattr(brief, name) if getattr(brief, name) is not None else getattr(house, name)
        for name in Disclosures.model_fields
    }
    return Disclosures.model_construct(**chosen)


def _positions(library: Library, brief: Brief, judgements: Mapping[str, Judgement]) -> Iterator[_Position]:
    sides: tuple[tuple[Literal["for", "against"], tuple[str, ...]], ...] = (
        ("for", brief.arguments.for_),
        ("against", brief.arguments.against),
    )
    for side, ids in sides:
        for argument in (library.arguments[id] for id in ids):
            grounds = chosen(argument, argument.grounds, brief.grounds)
            objections = chosen(argument, argument.objections, brief.objections)
            yield _Position(
                side=side,
                argument=argument,
                grounds=grounds,
                objections=objections,
                left_out=_left_out(len(argument.grounds) - len(grounds), len(argument.objections) - len(objections)),
                judgement=judgements[argument.id],
            )


def _left_out(grounds: int, objections: int) -> str:
    parts = [plural(grounds, "further ground"), plural(objections, "further objection")]
    shown = " and ".join(part for part in parts if part)
    return f"Not shown here: {shown} in the library." if shown else ""


def _messages(library: Library, brief: Brief, judgements: Mapping[str, Judgement]) -> Iterator[_Message]:
    order: tuple[Certainty, ...] = ("very-low", "low", "moderate", "high")
    for address, message in results(brief):
        if isinstance(message, KeyMessage):
            levels = [library.arguments[target.partition("/")[0]].certainty for target in message.rests_on]
            certainty = min(levels, key=order.index)
            yield _Message(text=message.text, certainty=certainty, judgement=judgements[address])


def _advice(brief: Brief, judgements: Mapping[str, Judgement]) -> Iterator[_Advice]:
    for address, item in results(brief):
        if isinstance(item, Recommendation):
            yield _Advice(recommendation=item, judgement=judgements[address])


def _metadata(library: Library, brief: Brief) -> Metadata:
    house, disclosures = library.house, _disclosures(library.house, brief)
    ids = (*brief.arguments.for_, *brief.arguments.against)
    return Metadata(
        slug=brief.id,
        title=brief.title,
        description=brief.bottom_line,
        authors=disclosures.authors or (house.name,),
        publisher=house.name,
        series=house.series,
        issued=brief.issued,
        version=brief.version,
        language=brief.language or house.language,
        licence=disclosures.licence.name if disclosures.licence else "",
        licence_url=disclosures.licence.url if disclosures.licence else "",
        keywords=brief.keywords,
        url=f"{house.url.rstrip('/')}/{brief.id}/" if house.url else "",
        claims=tuple(library.arguments[id].claim for id in ids),
    )
