"""Read what a host asks of programs: the text of a robots.txt in, which pages may be asked for out (RFC 9309).

Python's own reader takes the first line that fits, not the longest, and knows no jokers, so it keeps programs from
pages that are open to them. Patterns are searched piece by piece: a regular expression that a host could write would
let it keep us busy for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

NAME = "openbrief"
"""What we are called in a robots.txt."""
_SAFE = "%/:=&?~+!$,;'@()*[]"


@dataclass(frozen=True, slots=True)
class Robots:
    """What one host asks of us."""

    rules: tuple[tuple[bool, str], ...] = ()
    """Whether pages may be asked for, and the pattern that these fit."""
    delay: float = 0.0
    """Seconds between two requests."""

    def allow(self, address: str) -> bool:
        """Whether an address may be asked for: the longest pattern decides, and of two the kinder."""
        if not self.rules:
            return True
        parts = urlsplit(address)
        path = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
        fitting = [(len(pattern), allowed) for allowed, pattern in self.rules if _fits(path, pattern)]
        return max(fitting, default=(0, True))[1]


def read(text: str) -> Robots:
    """Read the group that names us, or else the one for everybody; what makes no sense is passed over."""
    named, others = [], []
    for names, lines in _groups(text):
        named += lines if NAME in names else []
        others += lines if "*" in names else []
        if NAME in names and not lines:
            named.append(("disallow", ""))  # nothing is asked of us, whatever is asked of others
    chosen = named or others
    rules = tuple(
        (key == "allow", quote(value, safe=_SAFE)) for key, value in chosen if key.endswith("allow") and value
    )
    delays = [float(value) for key, value in chosen if key == "crawl-delay" and _is_number(value)]
    return Robots(rules, max(delays, default=0.0))


def _groups(text: str) -> Iterator[tuple[set[str], list[tuple[str, str]]]]:
    names: set[str] = set()
    lines: list[tuple[str, str]] = []
    naming = False
    for line in text.removeprefix("\ufeff").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            if not naming:
                yield names, lines
                names, lines = set(), []
            names.add(value.partition("/")[0].lower())
            naming = True
        elif colon and key in ("allow", "disallow", "crawl-delay"):
            lines.append((key, value))
            naming = False
    yield names, lines


def _is_number(value: str) -> bool:
    return len(value) < 9 and value.isascii() and value.replace(".", "", 1).isdecimal()


def _fits(path: str, pattern: str) -> bool:
    """Whether a path begins as the pattern says; `*` stands for anything, `$` at the end for the path's end."""
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    place, last = len(first), pieces.pop() if ends and pieces else None
    for piece in pieces:
        place = path.find(piece, place)
        if place < 0:
            return False
        place += len(piece)
    if last is not None:
        return len(path) - len(last) >= place and path.endswith(last)
    return not ends or place == len(path)
