"""Keep the text of what is quoted, so that each quote can be verified.

Nobody can tell whether a quote is right when the text it is from isn't at hand: pages change and vanish, and memory
improves what it keeps. A source names its stored text as `text: sources/ID.txt` in `custom`, and the file below
briefs/ holds at least the passage, copied from the work and not from the quote. What can't be compared is never
counted as verified. Store no more of a work than its terms and the law allow; where that is nothing, leave the warning
or allow it with a comment that says why.

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
            quote: wrecks on lit coasts fell by a third
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
        custom: {read: abstract}
    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: Harbours with a light saw fewer wrecks.
        evidence:
          - source: able-2024
            finding: Wrecks fell by a third.
            quote: wrecks on lit coasts fell by a third
            kind: observational
            strength: moderate
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.quotes import Quote, quotes


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each quote that can't be compared with the text of its source."""
    for quote in quotes(library):
        if quote.verdict.state == "unverifiable" and quote.evidence.source in library.sources:
            yield Problem(
                mark=quote.evidence.mark("quote"),
                rule="quote-unverifiable",
                message=f"this quote can't be verified: {quote.verdict.why}",
                hint=_hint(quote),
            )


def _hint(quote: Quote) -> str:
    if not quote.verdict.text:
        key = quote.evidence.source
        return f"store the passage below briefs/, and add to `custom` of '{key}': `text: sources/NAME.txt`"
    if "brackets" in quote.verdict.why:
        return "write the source's words, and only your own in brackets"
    return "put a plain text there that holds the passage"
