"""Place and mention figures in briefs only.

An argument, a figure's note and the texts of the house are printed in many briefs, and not every one
of them has the figure. Write the text so that it can stand alone, and place the figure in the brief.

Good:

    # first-brief.yaml
    why_now: Winter is near, and wrecks are many ([](#figure-wrecks)).

Bad:

    # arguments/lights-help.yaml
    warrant: What is seen can be steered by ([](#figure-wrecks)).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.check.reading import roots
from pipeline.model import Brief, Library
from pipeline.problem import Problem
from pipeline.record import FIGURE_MENTIONED, FIGURE_PLACED

_FIGURE = re.compile(f"{FIGURE_PLACED.pattern}|{FIGURE_MENTIONED.pattern}")


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that is placed or mentioned in another file than a brief."""
    for root in roots(library):
        if not isinstance(root, Brief):
            for record, path, text in root.prose():
                for match, mark in record.matches(path, text, _FIGURE) if "figure" in text else ():
                    message = f"only a brief can {'place' if match[1] else 'mention'} a figure"
                    hint = f"move this to the briefs that have the figure '{match[1] or match[2]}'"
                    yield Problem(mark=mark, rule="misplaced-figure", message=message, hint=hint)
