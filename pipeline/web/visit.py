"""Visit an address: what stands in a library in, what became of it out.

A status says that a page is gone only where it says so itself (404 and 410, RFC 9110, sections 15.5.5 and
15.5.11); a host that keeps programs out, is busy or broken, has said nothing about the page.
"""

from __future__ import annotations

import http
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urldefrag, urljoin, urlsplit

from pipeline.answer import Result
from pipeline.links import LONGEST
from pipeline.record import WEB
from pipeline.web.request import NoReply, Reply

MOST_REDIRECTS = 5
GONE = (404, 410)
PERMANENT = (301, 308)
REDIRECTS = (*PERMANENT, 302, 303, 307)
_WEB = re.compile(WEB)
Ask = Callable[[str], Reply]


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What became of an address."""

    result: Result
    status: int | None = None
    moved_to: str | None = None
    final: str | None = None
    why: str | None = None
    unfound: bool = False
    """Whether it is dead because there is no such host, which a machine that is offline would say of all."""


def visit(address: str, ask: Ask) -> Visit:
    """Ask for an address, and follow where it leads; `ask` gives a reply or raises NoReply."""
    here, lasting = address, address
    permanent, status = True, None
    for _ in range(MOST_REDIRECTS + 1):
        final = None if here == address else here
        try:
            reply = ask(here)
        except NoReply as lack:
            result: Result = "dead" if lack.kind == "unfound" else "unchecked"
            return Visit(result=result, status=status, final=final, why=str(lack), unfound=lack.kind == "unfound")
        status = reply.status
        if status not in REDIRECTS or not reply.location:
            return _judged(status, final, None if lasting == address else lasting)
        permanent = permanent and status in PERMANENT
        there = joined(here, reply.location)
        if not _WEB.match(there) or len(there) > LONGEST:
            return Visit(result="unchecked", status=status, final=final, why="it leads to what is no page on the web")
        here, lasting = there, there if permanent else lasting
    return Visit(result="unchecked", status=status, why=f"it leads on and on, more than {MOST_REDIRECTS} times")


def joined(here: str, location: str) -> str:
    """The address that a redirect from `here` names, in ASCII, without what stands behind `#`; empty for nonsense."""
    try:
        there = urlsplit(urldefrag(urljoin(here, location.strip()))[0]).geturl()
    except ValueError:
        return ""
    return quote(there, safe="%/:=&?~+!$,;'@()*[]")


def _judged(status: int, final: str | None, moved_to: str | None) -> Visit:
    if 200 <= status < 300:
        return Visit(result="moved" if moved_to else "works", status=status, moved_to=moved_to, final=final)
    phrase = f"it answered {status}{_phrase(status)}"
    return Visit(result="dead" if status in GONE else "unchecked", status=status, final=final, why=phrase)


def _phrase(status: int) -> str:
    try:
        return f" ({http.HTTPStatus(status).phrase})"
    except ValueError:
        return ""
