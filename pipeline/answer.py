"""Define the record of an answer: what the web said when an address was last asked for.

briefs/links.json holds them; `openbrief links` writes it, and the rule `dead-link` reads it.
"""

from __future__ import annotations

from typing import Literal

from pipeline.record import Day, Plain, Record, Web

Result = Literal["works", "moved", "dead", "unchecked"]


class Answer(Record):
    """What came of asking for one address."""

    address: Web
    """As the library has it, without what stands behind `#`."""
    checked: Day
    result: Result
    """It works; it works at another address, for good; it is gone; or nobody can tell."""
    status: int | None = None
    """The last status of HTTP (RFC 9110, section 15); left out where no answer came."""
    moved_to: Web | None = None
    """Where it has moved for good."""
    final: Web | None = None
    """The last address asked, where redirects led to another one."""
    why: Plain | None = None
    """What is wrong, in words."""


class Answers(Record):
    """All that is in briefs/links.json."""

    links: tuple[Answer, ...] = ()
