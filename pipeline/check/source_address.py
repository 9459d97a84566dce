"""Write addresses and numbers of sources so that they lead somewhere.

A DOI is written bare, from `10.` on (DOI Handbook, section 2.2); one that was copied with the full stop behind
it, or doesn't agree with the address beside it, leads to nothing or to another work. An address may hold only
the characters that RFC 3986 allows; others are written in percent signs. The last digit of an ISBN and an
ISSN tells whether the others are right (ISO 2108, ISO 3297); a PMID is a number, and a PMCID one
behind `PMC`.

Good:

    # sources.yaml
    references:
      - id: able-2024
        type: book
        title: A book on lighthouses
        publisher: Harbour Board
        DOI: 10.1000/lights.2024
        ISBN: 978-0-306-40615-7
        custom: {read: abstract}

Bad:

    # sources.yaml
    references:
      - id: able-2024
        type: book
        title: A book on lighthouses
        publisher: Harbour Board
        DOI: 10.1000/lights.2024.
        ISBN: 978-0-306-40615-8
        custom: {read: abstract}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from pipeline.csl import Source
from pipeline.model import Library
from pipeline.problem import Path, Problem
from pipeline.works import bare_doi

_DOI_END = re.compile(r"[.,;:\"'\]}]+$")
_NOT_IN_ADDRESSES = re.compile(r'[<>"{}|\\^`\x00-\x20]')
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_HOST = re.compile(r"(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_][\w-]*[^\W_]\.?|\[[0-9A-Fa-f:.]+\]|\d+(?:\.\d+){3}")
Finding = tuple[str, str]
"""Message and hint."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each DOI, address, ISBN, ISSN, PMID and PMCID that can't be right."""
    for source in library.sources.values():
        for path, (message, hint) in _wrong(source):
            yield Problem(mark=source.mark(*path), rule="source-address", message=message, hint=hint)


def _wrong(source: Source) -> Iterator[tuple[Path, Finding]]:
    checks = (
        (("DOI",), source.doi, _doi),
        (("URL",), source.url, _address),
        (("custom", "archived_url"), source.custom.archived_url, _address),
        (("custom", "copy_url"), source.custom.copy_url, _address),
        (("ISBN",), source.isbn, _isbn),
        (("ISSN",), source.issn, _issn),
        (("PMID",), source.pmid, _pmid),
        (("PMCID",), source.pmcid, _pmcid),
    )
    for path, value, check in checks:
        if value is not None and (finding := check(value)):
            yield path, finding
    yield from _disagreeing(source)


def _doi(value: str) -> Finding | None:
    if end := _DOI_END.search(value):
        return f"this DOI ends in '{end[0]}'", f"write `DOI: {value[: end.start()]}`"
    if value.count(")") > value.count("("):
        return "this DOI has a closing bracket and no opening one", "look it up at doi.org"
    return None


def _address(value: str) -> Finding | None:
    if bad := _NOT_IN_ADDRESSES.search(value):
        return f"an address can't hold {bad[0]!a}", f"write {_encoded(bad[0])} in its place"
    if _STRAY_PERCENT.search(value):
        return "two hexadecimal digits must follow each '%' of an address", "write %25 for a percent sign"
    try:
        parts = urlsplit(value)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return "this address has no host that can be read", "copy it from the browser once more"
    if parts.username is not None:
        return "this address holds a name to log in with", "leave out what stands before '@'"
    if not _HOST.fullmatch(f"[{host}]" if ":" in host else host):
        return f"no host on the web is called '{host}'", "copy the address from the browser once more"
    return None


def _isbn(value: str) -> Finding | None:
    for number in re.split(r"[,;]", value):
        if not (_is_isbn(number) or all(_is_isbn(part) for part in number.split())):
            return f"'{number.strip()}' is no ISBN: its digits don't agree", "copy it from the work once more"
    return None


def _is_isbn(number: str) -> bool:
    digits = re.sub(r"[\s\u2010-\u2015-]", "", number).upper()
    return _is_isbn_10(digits) or _is_isbn_13(digits)


def _is_isbn_10(digits: str) -> bool:
    return bool(re.fullmatch(r"[0-9]{9}[0-9X]", digits)) and _weighed(digits, range(10, 0, -1)) % 11 == 0


def _is_isbn_13(digits: str) -> bool:
    return bool(re.fullmatch(r"97[89][0-9]{10}", digits)) and _weighed(digits, [1, 3] * 6 + [1]) % 10 == 0


def _issn(value: str) -> Finding | None:
    for number in re.split(r"[\s,;]+", value.strip()):
        digits = number.replace("-", "").upper()
        if not re.fullmatch(r"[0-9]{7}[0-9X]", digits) or _weighed(digits, range(8, 0, -1)) % 11:
            return f"'{number}' is no ISSN: its digits don't agree", "write it as 1234-5679, copied from the journal"
    return None


def _weighed(digits: str, weights: range | list[int]) -> int:
    """The sum of digits, each by its weight; X stands for ten."""
    return sum((10 if digit == "X" else int(digit)) * weight for digit, weight in zip(digits, weights, strict=True))


def _pmid(value: str) -> Finding | None:
    right = re.fullmatch(r"[1-9][0-9]{0,8}", value)
    return None if right else ("a PMID is a number of up to nine digits", "write `PMID: 12345678`")


def _pmcid(value: str) -> Finding | None:
    right = re.fullmatch(r"PMC[1-9][0-9]{0,8}(?:\.[0-9]+)?", value)
    return None if right else ("a PMCID is PMC and a number", "write `PMCID: PMC1234567`")


def _disagreeing(source: Source) -> Iterator[tuple[Path, Finding]]:
    """Find an address that resolves another DOI than the one beside it, or one that isn't given as such."""
    resolved = bare_doi(source.url or "")
    if resolved == source.url or not resolved.startswith("10."):
        return
    if source.doi is None:
        yield ("URL",), ("this address resolves a DOI, and the source gives none", f"add `DOI: {resolved}`")
    elif resolved.lower() != source.doi.lower():
        yield ("URL",), (f"this address resolves another DOI than {source.doi}", "find out which of them is right")


def _encoded(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
