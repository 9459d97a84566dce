"""Place only figures that exist, and mention only figures that are placed.

A brief places a figure in its `figures`, or in its text with `{{ figure("wrecks") }}` on a line of its
own, and mentions it by its number with `[](#figure-wrecks)`. The id is the name of the figure's file
in briefs/figures/. Translations place them likewise, and no fence of code may stand around one.

Good:

    # first-brief.yaml
    background: |
      The difference is large ([](#figure-wrecks)).

      {{ figure("wrecks") }}

Bad:

    # first-brief.yaml
    background: |
      The difference is large.

      {{ figure("wreks") }}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.reading import mentioned_figures, placed_figures, shown_figures
from pipeline.model import Brief, Library
from pipeline.problem import Problem, did_you_mean
from pipeline.recipient import PLACED
from pipeline.record import BRACES, FIGURE_LINE, SLOT
from pipeline.translation import languages, texts

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
"""Where code begins or ends (CommonMark 0.31, section 4.5)."""
_HINT = 'write {{ figure("id") }} on a line of its own'


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that is placed and doesn't exist, or mentioned and not placed."""
    for brief in library.briefs.values():
        yield from _unknown_in(brief, library)
        yield from _misplaced_in(brief)
    yield from _misplaced_in_translations(library)


def _unknown_in(brief: Brief, library: Library) -> Iterator[Problem]:
    placed = {name for name, *_ in placed_figures(brief)}
    for reference in shown_figures(brief):
        name = reference.name
        if not library.knows("figures", name):
            hint = did_you_mean(name, library.figures) or f"write briefs/figures/{name}.yaml"
            message = f"no figure is called '{name}'"
            yield Problem(mark=reference.mark, rule="unknown-figure", message=message, hint=hint)
    for reference in mentioned_figures(brief):
        name = reference.name
        if name not in placed:
            hint = did_you_mean(name, placed) or f'place it with {{{{ figure("{name}") }}}} on a line of its own'
            message = f"this brief places no figure '{name}'"
            yield Problem(mark=reference.mark, rule="unknown-figure", message=message, hint=hint)


def _misplaced_in(brief: Brief) -> Iterator[Problem]:
    """Yield a problem for braces that would be printed as they stand, because they place no figure."""
    for record, path, text in brief.prose():
        astray = _astray(text) if "{{" in text else {}
        for match, mark in record.matches(path, text, BRACES) if astray else ():
            if message := astray.get(match.start()):
                yield Problem(mark=mark, rule="unknown-figure", message=message, hint=_HINT)


def _misplaced_in_translations(library: Library) -> Iterator[Problem]:
    """Yield the same for translations of texts that place what they name."""
    for language, briefs in languages(library).items():
        found = library.catalogues.get(language)
        messages = found.messages if found else {}
        if not any("{{" in message.translation for message in messages.values()):
            continue
        for text in texts(library, briefs):
            message = messages.get(text.context)
            if message and "{{" in message.translation and message.says(text.text) and not _astray(text.text):
                for wrong in _astray(message.translation).values():
                    yield Problem(mark=message.mark, rule="unknown-figure", message=wrong, hint=_HINT)


def _astray(text: str) -> dict[int, str]:
    """What is wrong with each pair of braces that places nothing, by where it stands."""
    found = {}
    for match in BRACES.finditer(text):
        start = match.start()
        if SLOT.match(text, start) or PLACED.match(text, start):
            continue
        if not FIGURE_LINE.search(_line_of(text, start)):
            found[start] = "these braces place no figure"
        elif _in_code(text[:start]):
            found[start] = "a fence of code stands around this figure"
    return found


def _in_code(before: str) -> bool:
    """Whether a fence that stands in the text before is open still."""
    fence = ""
    for match in _FENCE.finditer(before):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return bool(fence)


def _line_of(text: str, position: int) -> str:
    return text[:position].rpartition("\n")[2] + text[position:].partition("\n")[0]
