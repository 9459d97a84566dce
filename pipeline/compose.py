"""Write a brief's manuscript: the library and one brief in, Markdown with passages out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pipeline.annexes import certainty, self_test, tables
from pipeline.argue import Judgement
from pipeline.argument_map import ArgumentMap, Twig, argument_map, twigs
from pipeline.desk import Desk
from pipeline.edition import (
    PARTS_IN_WORDS,
    Selection,
    cases,
    disputed,
    figure_address,
    foremost,
    lead_figure,
    numbered,
    part_address,
    strongest,
)
from pipeline.forms import CLOSE, OPEN, Manuscript, Metadata, Passage
from pipeline.markdown import ENDED
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
from pipeline.parts import results
from pipeline.product import Product
from pipeline.record import FIGURE_LINE, Certainty
from pipeline.templating import render
from pipeline.trace import once, trace
from pipeline.wording import AIMS, EXPLAINER, HEARD, READERS, counted, letters, listed, say
from pipeline.wording.language import ENGLISH, Wording

_STOPPED = re.compile(rf"({OPEN}(\d+){CLOSE}[*_]*)[.\u3002\u06d4\u0964]")
"""A text's place with a full stop behind it, which stands in a template or in a message."""
WHOLE = Selection()
"""The usual edition for everyone, with nothing left out."""


def compose(  # noqa: PLR0913 - what is shown, of what, in which words
    library: Library,
    brief: Brief,
    templates: Path,
    judgements: Mapping[str, Judgement],
    shown: Selection = WHOLE,
    name: str = "",
    *,
    wording: Wording = ENGLISH,
) -> Manuscript:
    """Render a product's template, or the one of that `name`, over what it shows of `brief`.

    Judgements are the labels of all parts by their addresses, whatever is shown.

    Raises Refused for errors in templates, and KeyError for references that the check stage refuses.
    """
    desk = Desk(library, brief, templates, wording)
    fields = {name: desk.index(getattr(brief, name)) for name in ("title", "question", "bottom_line")}
    text = render(desk.sandbox, name or shown.shape.template, **_view(library, brief, judgements, shown, wording))
    passages = tuple(desk.finished())
    return Manuscript(
        metadata=_metadata(library, brief, shown, wording),
        text=_stopped_once(text, passages),
        passages=passages,
        fields=fields,
        references=tuple(desk.references()),
        drawings=tuple(desk.drawings),
        heard={name: wording.say(said) for name, said in HEARD.items()},
    )


def _stopped_once(text: str, passages: Sequence[Passage]) -> str:
    """A manuscript without the full stops that it sets behind texts that have ended already: `Look first..`."""

    def stop(found: re.Match[str]) -> str:
        return found[1] if ENDED.search(passages[int(found[2])].text.rstrip()) else found[0]

    return _STOPPED.sub(stop, text)


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
class _Case:
    """An argument against the answer with what it rests on first, or an objection to an argument for it."""

    address: str
    argument: Argument | None = None
    judgement: Judgement | None = None
    ground: Ground | None = None
    objection: Objection | None = None
    short: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Message:
    """A key message with the lowest certainty of what it rests on."""

    address: str
    text: str
    certainty: Certainty
    judgement: Judgement


@dataclass(frozen=True, kw_only=True, slots=True)
class _Advice:
    """A recommendation and what became of it."""

    address: str
    recommendation: Recommendation
    judgement: Judgement


def _view(
    library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection, wording: Wording
) -> dict[str, Any]:
    """Everything the manuscript's templates may name."""
    return {
        **_imprint(library, brief, wording),
        **_greeting(brief, shown),
        **_answers(library, brief, judgements, shown),
        **_reasoning(library, brief, judgements, shown),
        **_asides(library, brief, shown),
        **_annexes(library, brief, judgements, shown),
    }


def _imprint(library: Library, brief: Brief, wording: Wording) -> dict[str, Any]:
    """Who says it, when and where, and in which language it was said first."""
    disclosures, catalogue = _disclosures(library.house, brief), library.catalogues.get(wording.language)
    return {
        "house": library.house,
        "disclosures": disclosures,
        "authors": ", ".join(disclosures.authors or (library.house.name,)),
        "year": int(brief.issued[:4]),
        "original": wording.language_name(library.original) if library.original else "",
        "reviewed": catalogue.reviewed if catalogue else False,
        "address": f"{library.house.url.rstrip('/')}/{brief.id}/" if library.house.url else "",
    }


def _greeting(brief: Brief, shown: Selection) -> dict[str, Any]:
    """What is said to one recipient alone."""
    recipient = brief.recipient if shown.personal else None
    return {"letter": recipient.letter if recipient else "", "cover": recipient.cover if recipient else None}


def _answers(library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection) -> dict[str, Any]:
    """The brief as it is told, what it found and what it advises; its options have letters where they are compared."""
    applied, lettered = shown.applied(brief), shown.edition in ("brief", "full")
    return {
        "brief": applied,
        "key_messages": tuple(_messages(library, brief, judgements, shown)),
        "recommendations": tuple(_advice(brief, judgements, shown)),
        "letters": {
            option.id: letters(number)
            for number, option in enumerate(brief.options, 1)
            if lettered and option in applied.options
        },
        "more": _more(shown),
    }


def _reasoning(library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection) -> dict[str, Any]:
    """The arguments, what is said against them, and what all of it rests on."""
    positions = tuple(_positions(library, brief, judgements, shown))
    return {
        "positions": positions,
        "maps": tuple(_maps(library, positions, judgements)),
        "exchanges": tuple(_exchanges(library, brief, shown)),
        "cases": tuple(_cases(library, brief, judgements, shown)),
        "contested": [(address, text) for address, text in disputed(library, brief) if shown.shows(address)],
        "trace": once(trace(library, brief, judgements)),
    }


def _asides(library: Library, brief: Brief, shown: Selection) -> dict[str, Any]:
    """Figures, boxes and explanations beside the reasoning."""
    lead = lead_figure(library, brief)
    return {
        "lead_figure": lead if lead and shown.shows(figure_address(brief, lead)) else "",
        "lead_is_narrow": bool(lead) and library.figures[lead].width == "margin",
        "pull_figures": tuple(pair for pair in numbered(brief, "pull_figures") if shown.shows(*pair)),
        "boxes": tuple(pair for pair in numbered(brief, "boxes") if shown.shows(*pair)),
        "explainer": tuple(_explained(brief, shown, lead if shown.edition == "one-page" else "")),
    }


def _explained(brief: Brief, shown: Selection, leading: str) -> Iterator[Mapping[str, str]]:
    """The parts of an explainer under their headings, without the figure that leads the page."""
    explainer = shown.applied(brief).explainer
    for name, heading in EXPLAINER.items():
        if explainer and shown.shows(part_address(brief, name)):
            text = _told_once(getattr(explainer, name), leading)
            yield {"name": name.replace("_", "-"), "heading": heading, "text": text}


def _annexes(library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection) -> dict[str, Any]:
    """What only one edition has."""
    return {
        "evidence": tuple(tables(library, brief, shown)) if shown.edition == "full" else (),
        "self_test": self_test(library, brief, judgements, shown) if shown.edition == "questions" else (),
    }


def _told_once(text: str, leading: str) -> str:
    """A passage without the figure that leads its page."""
    return FIGURE_LINE.sub(lambda line: "" if line[1] == leading else line[0], text) if leading else text


def _maps(
    library: Library, positions: Sequence[_Position], judgements: Mapping[str, Judgement]
) -> Iterator[tuple[ArgumentMap, tuple[Twig, ...]]]:
    """Map the arguments that a brief shows, each with the same in words."""
    for position in positions:
        drawn = argument_map(library, position.argument, judgements)
        yield drawn, twigs(drawn)


def _disclosures(house: House, brief: Brief) -> Disclosures:
    chosen = {
        name: getattr(brief, name) if getattr(brief, name) is not None else getattr(house, name)
        for name in Disclosures.model_fields
    }
    return Disclosures.model_construct(**chosen)


def _positions(
    library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection
) -> Iterator[_Position]:
    sides: tuple[tuple[Literal["for", "against"], tuple[str, ...]], ...] = (
        ("for", brief.arguments.for_),
        ("against", brief.arguments.against),
    )
    for side, ids in sides:
        for argument in (library.arguments[id] for id in ids):
            grounds, objections = shown.grounds(brief, argument), shown.objections(brief, argument)
            yield _Position(
                side=side,
                argument=argument,
                grounds=grounds,
                objections=objections,
                left_out=_left_out(len(argument.grounds) - len(grounds), len(argument.objections) - len(objections)),
                judgement=judgements[argument.id],
            )


def _exchanges(library: Library, brief: Brief, shown: Selection) -> Iterator[Mapping[str, Any]]:
    """The objections to the brief's answer with what became of them, the strongest first."""
    for address, objection in strongest(library, brief, shown):
        argument = library.arguments[address.partition("/")[0]]
        yield {"address": address, "objection": objection, "short": argument.short, "aim": AIMS[objection.kind]}


def _cases(library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection) -> Iterator[_Case]:
    """What is said against the brief's answer, the strongest first."""
    for address, case in cases(library, brief, shown):
        if isinstance(case, Argument):
            ground = foremost(brief, shown, case)
            yield _Case(address=address, argument=case, judgement=judgements[case.id], ground=ground)
        else:
            yield _Case(address=address, objection=case, short=library.arguments[address.partition("/")[0]].short)


def _more(shown: Selection) -> str:
    """What was left out because pages are few, in words."""
    found = Counter(choice.what for choice in shown.left_out)
    return listed([PARTS_IN_WORDS[what](number) for what, number in found.items()]) if found else ""


def _left_out(grounds: int, objections: int) -> str:
    parts = [
        *([counted("one further ground", "{number} further grounds", grounds)] if grounds else ()),
        *([counted("one further objection", "{number} further objections", objections)] if objections else ()),
    ]
    return say("Not shown here: {parts} in the library.", parts=parts) if parts else ""


def _messages(
    library: Library, brief: Brief, judgements: Mapping[str, Judgement], shown: Selection
) -> Iterator[_Message]:
    for address, message in results(brief):
        if isinstance(message, KeyMessage) and shown.shows(address, message):
            level = certainty(library, message)
            yield _Message(address=address, text=message.text, certainty=level, judgement=judgements[address])


def _advice(brief: Brief, judgements: Mapping[str, Judgement], shown: Selection) -> Iterator[_Advice]:
    for address, item in results(brief):
        if isinstance(item, Recommendation) and shown.shows(address, item):
            yield _Advice(address=address, recommendation=item, judgement=judgements[address])


def named(library: Library, brief: Brief, product: Product, wording: Wording = ENGLISH) -> Metadata:
    """What catalogues, readers and machines are told about a product."""
    return _metadata(library, brief, Selection.of(product), wording)


def _called(shown: Selection) -> str:
    """What an edition for a reader is called."""
    edition = shown.shape.title or say("Brief")
    return say("{edition} {readers}", edition=edition, readers=READERS[shown.audience]) if shown.audience else edition


def _meant_for(*said: str) -> str:
    """What stands after each other on a line about a product."""
    return " · ".join(filter(None, said))


def _metadata(library: Library, brief: Brief, shown: Selection, wording: Wording) -> Metadata:
    house, disclosures = library.house, _disclosures(library.house, brief)
    ids = (*brief.arguments.for_, *brief.arguments.against)
    where = next((region.name for region in house.regions if region.id == shown.region), "")
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
        name=shown.name or brief.id,
        edition=shown.edition,
        edition_title=wording.say(shown.shape.title),
        audience=shown.audience or "",
        region=shown.region or "",
        readers=_meant_for(wording.say(READERS[shown.audience]) if shown.audience else "", where),
        called=_meant_for(wording.say(_called(shown)), where),
        claims=tuple(library.arguments[id].claim for id in ids),
    )
