"""Replace links that lead nowhere.

One article in five on science, technology and medicine cites something on the web that can no longer be seen as it
was (Klein et al. 2014, "Scholarly Context Not Found", PLOS ONE 9). `openbrief links` asks for every address and
writes the answers to briefs/links.json; this rule reads that file and asks nobody. Told are addresses that are gone
(404, 410, or there is no such host) and those that have moved for good. A host that was busy, broken or keeps programs
out has said nothing about its page, so nothing is said here.

Good:

    # links.json
    links:
      - {address: "https://example.org/foghorns", checked: 2026-11-22, result: works, status: 200}

    # house.yaml
    contact: Write to [the board](https://example.org/foghorns).

Bad:

    # links.json
    links:
      - {address: "https://example.org/foghorns", checked: 2026-11-22, result: dead, status: 404}

    # house.yaml
    contact: Write to [the board](https://example.org/foghorns).
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.links import Link, links
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each place of an address that is gone, or has moved for good."""
    for link in links(library) if library.answers else ():
        answer = library.answers.get(link.address)
        if answer is not None and answer.result == "dead":
            said = answer.why or (f"it answered {answer.status}" if answer.status else "nothing answered")
            message = f"'{link.address}' led nowhere on {answer.checked}: {said}"
            yield Problem(mark=link.mark, rule="dead-link", message=message, hint=_remedy(link))
        elif answer is not None and answer.result == "moved" and answer.moved_to and not link.lasting:
            message = f"'{link.address}' has moved for good"
            yield Problem(mark=link.mark, rule="dead-link", message=message, hint=_new_place(link, answer.moved_to))


def _remedy(link: Link) -> str:
    if link.archived:
        return f"there is a copy to link to: {link.archived}"
    return "find where it is now, or a copy in an archive"


def _new_place(link: Link, moved_to: str) -> str:
    """Name the new address; one that is a mere front page may be all that is left of a site."""
    front = moved_to.count("/") <= 3 and not moved_to.partition("://")[2].partition("/")[2]
    if front and link.address.partition("://")[2].partition("/")[2]:
        return f"it leads to a front page now, {moved_to}: find where the page itself is"
    return f"write {moved_to}, when you have seen that it still says the same"
