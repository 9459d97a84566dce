"""Say who should do what, and by when.

A recommendation that nobody in particular should follow at no particular time is a wish, and nobody can
tell later whether it was followed (SMART criteria, Doran, 1981). The model asks for an actor, an action,
a time frame and the option that it carries out; this rule looks whether they say anything: "someone",
"in due course" and "to be determined" don't.

Good:

    # first-brief.yaml
    recommendations:
      - text: Light every harbour.
        actor: The harbour board
        action: light
        timeframe: before the winter of 2027
        supports: light-all
        rests_on: [lights-help]
        strength: strong

Bad:

    # first-brief.yaml
    recommendations:
      - text: Light every harbour.
        actor: All stakeholders
        action: light
        timeframe: as soon as possible
        supports: light-all
        rests_on: [lights-help]
        strength: strong
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Library, Recommendation
from pipeline.problem import Problem

_NOBODY = re.compile(
    r"(?:the |all |all the |every |any |some )?(?:relevant |key |appropriate |responsible |other |different )*"
    r"(?:someone|somebody|everyone|everybody|anyone|all|society|we|us|people|others|they|stakeholders?|actors?|"
    r"part(?:y|ies)|policy ?makers|decision ?makers|authorities|those responsible|the world)"
    r"(?: (?:involved|concerned|responsible|in charge))?",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:soon(?:er|est)?|as soon as (?:possible|practicable)|a\.?s\.?a\.?p|in due course|"
    r"in (?:a )?timely (?:manner|fashion)|"
    r"(?:when|if|where|once|as) (?:possible|appropriate|needed|necessary|feasible|ready)|"
    r"eventually|in (?:the )?future|over time|at some (?:point|time)|ongoing|later)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\d|\b(?:now|today|immediately|at once|already|annual\w*|yearly|monthly|quarterly|weekly|daily|"
    r"(?:by|before|until|after|once|when|within|from|at|during|every|each|this|next|in|with|upon|on)\s+\w)",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"\W*(?:t\.?b\.?[acd]\.?|n/?a|to ?do|x+|none|unknown|something|to be (?:added|confirmed|determined|decided))?\W*",
    re.IGNORECASE,
)


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each part of a recommendation that says nothing."""
    for brief in library.briefs.values():
        for recommendation in brief.recommendations:
            for name, message, hint in _gaps(recommendation):
                mark = recommendation.mark(name)
                yield Problem(mark=mark, rule="recommendation-complete", message=message, hint=hint)


def _gaps(recommendation: Recommendation) -> Iterator[tuple[str, str, str]]:
    """The name of each part that says nothing, with a message and a hint."""
    for name in ("text", "action"):
        if _PLACEHOLDER.fullmatch(getattr(recommendation, name)):
            yield name, "this doesn't say what should be done", "name the act, as one would order it"
    actor = recommendation.actor
    if _PLACEHOLDER.fullmatch(actor) or _NOBODY.fullmatch(actor.rstrip(".")):
        yield "actor", f"'{actor}' names nobody who could act", "name the office that can decide on it"
    when = recommendation.timeframe
    if _PLACEHOLDER.fullmatch(when) or not _TIME.search(_VAGUE.sub("", when)):
        yield "timeframe", f"'{when}' names no time", "name a day, a span or an event, as in `by the end of 2027`"
