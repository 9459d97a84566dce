"""Quote the very words of the source.

A quotation mark promises that these are somebody's words. What authors say of their sources is often not in them: of
what medical articles take from others, about a quarter was found to be wrong in some way (Jergas and Baethge 2015,
"Quotation accuracy in medical journal articles", PeerJ 3:e1364). Words at least can be compared, so each `quote` is
looked for in the stored text that its source names. Line ends, hyphens at them, kinds of quotation marks and dashes,
and the case of the first letter make no difference. `[…]` stands for words left out, `[words]` are the writer's own,
`[T]he` changes a capital and `show[ed]` an ending. `openbrief quotes` shows the nearest passage.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: 2024
        custom: {read: abstract, text: sources/able-2024.txt}
    # sources/able-2024.txt
    In those years, wrecks on lit coasts
    fell by a third.
    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third.
            quote: Wrecks […] fell by a third
            kind: observational
            strength: moderate

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: report
        title: A report on lighthouses
        publisher: Harbour Board
        issued: 2024
        custom: {read: abstract, text: sources/able-2024.txt}
    # sources/able-2024.txt
    In those years, wrecks on lit coasts
    fell by a third.
    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third.
            quote: Wrecks on lit coasts fell by a half
            kind: observational
            strength: moderate
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.quotes import Verdict, quotes

_SHOWN = 60
"""How many characters of either side of a difference a hint shows."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each quote that the stored text of its source doesn't have."""
    for quote in quotes(library):
        if quote.verdict.state == "mismatch":
            yield Problem(
                mark=quote.evidence.mark("quote"),
                rule="quote-mismatch",
                message=f"{quote.verdict.text} doesn't have these words",
                hint=_hint(quote.verdict),
            )


def _hint(verdict: Verdict) -> str:
    if not verdict.differences:
        return "copy the words from the text, in its order; `[…]` stands for what you leave out"
    quoted, stored = (_short(side) for side in verdict.differences[0])
    said = f"has '{stored}' in place of '{quoted}'" if quoted and stored else ""
    said = said or (f"has no '{quoted}' there" if quoted else f"has '{stored}' too")
    rest = "" if len(verdict.differences) == 1 else "; `openbrief quotes` shows all that differs"
    return f"the nearest passage, on line {verdict.line}, {said}{rest}"


def _short(words: str) -> str:
    return words if len(words) <= _SHOWN else f"{words[: _SHOWN - 1]}…"
