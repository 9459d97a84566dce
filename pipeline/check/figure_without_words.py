"""Say in words what a figure shows.

Who can't see a figure has its `alt` and its `description` in its place (WCAG 2.2, success criterion
1.1.1), and who can see it reads it wrongly now and then. `alt` says in a sentence what is drawn and what
it comes to; `description` gives the figures. Neither repeats the other or the title.

Good:

    # figures/wrecks.yaml
    alt: Bars showing six wrecks a year with a light and nine without.

Bad:

    # figures/wrecks.yaml
    alt: Harbours with a light saw fewer wrecks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.chart import Dots, GroupedBars, Slopes, Waffle
from pipeline.figure import Areas, Bars, Figure, Lines
from pipeline.model import Library
from pipeline.problem import Problem

FEWEST_WORDS = {"alt": 5, "description": 6}
MEASURING = (Areas, Bars, Dots, GroupedBars, Lines, Slopes, Waffle)
"""Kinds that draw quantities, so that words for them hold numbers."""
_NUMBER = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|half|third|quarter|dozen|hundred|thousand|"
    r"million|billion|trillion)s?\b",
    re.IGNORECASE,
)


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each text of a figure that can't stand in its place."""
    for figure in library.figures.values():
        for name in FEWEST_WORDS:
            if fault := _fault(figure, name):
                message, hint = fault
                yield Problem(mark=figure.mark(name), rule="figure-without-words", message=message, hint=hint)


def _fault(figure: Figure, name: str) -> tuple[str, str] | None:
    text = _words(getattr(figure, name))
    others = {"title": figure.title, **({"alt": figure.alt} if name == "description" else {})}
    for other, words in others.items():
        if text == _words(words):
            return f"this repeats the {other}", "say what is drawn, and the figures that matter"
    if len(text) < FEWEST_WORDS[name]:
        return f"these {len(text)} words can't stand for the figure", "say what is drawn and what it comes to"
    if name == "description" and isinstance(figure, MEASURING) and not _NUMBER.search(figure.description):
        return "this description of quantities has no number in it", "give the figures that are drawn"
    return None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", text.casefold())
