"""Find the addresses on the web that a library prints: a library in, addresses with their places out."""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple
from urllib.parse import urldefrag

from pipeline.answer import Answer
from pipeline.csl import Source
from pipeline.model import Library
from pipeline.problem import Mark
from pipeline.record import WEB, Record

FILE = "links.json"
"""Where answers are kept, below briefs/."""
LONGEST = 2_000
"""Characters of an address that a file can hold."""
DOI = "https://doi.org/"
_WHOLE = re.compile(WEB)
_IN_TEXT = re.compile(r"https?://(?:[^\s<>()\[\]\"`|]|\([^\s<>()]*\))+(?<![.,;:!?*_'~])")
"""An address in prose: brackets belong to it in pairs, and what ends a sentence doesn't."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


class Link(NamedTuple):
    """An address, and one place where it stands."""

    address: str
    mark: Mark
    archived: str = ""
    """A copy in an archive, where the source has one."""
    lasting: bool = False
    """Whether it is a DOI, which stays when the work moves."""


def links(library: Library) -> Iterator[Link]:
    """Yield every address in the library, at each of its places."""
    house = () if "house" in library.unloaded else (library.house,)
    for record in chain(house, library.arguments.values(), library.figures.values(), library.briefs.values()):
        yield from _within(record)
    for source in library.sources.values():
        yield from _of_source(source)


def _of_source(source: Source) -> Iterator[Link]:
    archived = source.custom.archived_url or ""
    for link in _within(source):
        yield link if link.address == urldefrag(archived)[0] else link._replace(archived=archived)
    if source.doi:
        yield Link(DOI + source.doi, source.mark("DOI"), archived, lasting=True)


def _within(record: Record) -> Iterator[Link]:
    for path, value in record.values_within():
        if isinstance(value, str) and "://" in value:
            whole = [(value, record.mark(*path))] if _WHOLE.match(value) else []
            parts = ((html.unescape(_ESCAPED.sub(r"\1", found[0])), mark)
                     for found, mark in record.matches(path, value, _IN_TEXT))  # fmt: skip
            for written, mark in whole or parts:
                address = urldefrag(written)[0]
                if _WHOLE.match(address) and len(address) <= LONGEST:
                    yield Link(address, mark)


def due(addresses: Iterable[str], answers: Iterable[Answer], today: str, days: int) -> list[str]:
    """The addresses to ask for: those without an answer, with one older than `days`, or that couldn't be checked."""
    first = (dt.date.fromisoformat(today) - dt.timedelta(days=days)).isoformat()
    known = {answer.address for answer in answers if answer.checked >= first and answer.result != "unchecked"}
    return [address for address in addresses if address not in known]


def as_json(answers: Iterable[Answer]) -> str:
    """Write answers down in the order of their addresses, each on a line, so that changes read well."""
    rows = [
        json.dumps(answer.model_dump(exclude_none=True), ensure_ascii=False)
        for answer in sorted(answers, key=lambda answer: answer.address)
    ]
    return '{"links": [\n' + ",\n".join(f"  {row}" for row in rows) + "\n]}\n"
