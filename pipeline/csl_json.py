"""Fit items of CSL JSON to our records: what another program wrote in, what sources.yaml can hold out.

What CSL or our model has no place for is left out, and told. Texts become one line without markup and without
characters that a reader can't see.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pipeline.csl import DATES, DOI_FORM, Name, Source, Type, is_date
from pipeline.problem import Mark, Problem, Severity
from pipeline.record import WEB
from pipeline.source.characters import HIDDEN
from pipeline.works import bare_doi

LONGEST = {"title": 2_000, "URL": 2_000}
"""How many characters a text may have where it is fewer than MOST."""
MOST = 20_000
SEASONS = {21: "1", 22: "2", 23: "3", 24: "4"}
"""Months that stand for seasons in the Extended Date/Time Format (ISO 8601-2), and what CSL calls them."""
_FIRST = ("type", "title", "author", "editor", "issued", "container-title", "volume", "issue", "page", "publisher")
_LAST = ("DOI", "URL", "accessed", "note", "abstract")
_FIELDS = {known.alias or name: known for name, known in Source.model_fields.items()}
_NAMES = {key for key, known in _FIELDS.items() if "Name" in str(known.annotation)}
_NAME_KEYS = {known.alias or name for name, known in Name.model_fields.items()}
_KEYS = [*_FIRST, *(key for key in _FIELDS if key not in ("id", "custom", *_FIRST, *_LAST)), *_LAST]
"""The keys of a source in the order in which they are written."""
_TAG = re.compile(r"</?(?:i|b|sc|sup|sub|span)(?:\s[^<>]*)?>")
"""Markup of CSL JSON; where our pages name a source in plain text, it would be printed as it stands."""


@dataclass(slots=True)
class Found:
    """One item of a bibliography, and where it stands."""

    item: dict[str, Any]
    mark: Mark
    problems: list[Problem] = field(default_factory=list)
    """What could not be kept of it."""

    @property
    def id(self) -> str:
        """Its citekey; empty where it has none."""
        return str(self.item.get("id", ""))

    def tell(self, message: str, hint: str = "", severity: Severity = "warning") -> None:
        """Remember a problem."""
        problem = Problem(mark=self.mark, rule="imported-source", severity=severity, message=message, hint=hint)
        self.problems.append(problem)

    def lose(self, key: str, why: str) -> None:
        """Remember that a value is left out."""
        self.tell(f"`{one_line(key)[:80]}` is left out: {why}", "add it by hand where it matters")


def one_line(text: str) -> str:
    """The text without markup and hidden characters, on one line."""
    return " ".join(HIDDEN.sub("", _TAG.sub("", re.sub(r"\s", " ", text))).split())


def fit(found: Found) -> None:
    """Keep of an item what a source may have, in the order in which sources are written; tell what is left out."""
    before, kept = found.item, {"id": one_line(found.id)}
    for key in _KEYS:
        if before.get(key) in (None, "", [], {}):
            continue
        try:
            if value := _fitted(key, before[key], found):
                kept[key] = value
        except (TypeError, ValueError) as error:
            found.lose(key, str(error))
    for key in before:
        if key not in _FIELDS:
            found.lose(key, "CSL has no such field")
    if kept.get("type") not in get_args(Type):
        said = f"'{one_line(str(before['type']))[:80]}' is no type of CSL" if before.get("type") else "it names no type"
        found.tell(f"{said}; it is taken as a document", "choose a type of CSL, such as report or webpage")
        kept["type"] = "document"
    if "title" not in kept:
        found.tell("this work has no title that can be read", "give it one in that file", "error")
    found.item = {key: kept[key] for key in ("id", *_KEYS) if key in kept}


def _fitted(key: str, value: Any, found: Found) -> Any:
    """The value as a source may have it.

    Raises ValueError or TypeError, with the reason, where it can't have it.
    """
    if key in _NAMES:
        return _names(key, value, found)
    if key in DATES.values():
        return _date(key, value, found)
    if key == "categories":
        words = [one_line(word) for word in value if isinstance(word, str)] if isinstance(value, list) else []
        return [word for word in words if word]
    return _text(key, value)


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str | int | float):
        raise TypeError("it is no text")
    text = one_line(str(value))
    most = LONGEST.get(key, MOST)
    if len(text) > most:
        raise ValueError(f"it has {len(text):,} characters, and {most:,} are the most")
    if key == "DOI":
        text = bare_doi(text)
    if text and key in _FORMS and not _FORMS[key](text):
        raise ValueError(f"'{text[:80]}' can't be one")
    return text


_FORMS: Mapping[str, Callable[[str], object]] = {
    "DOI": re.compile(DOI_FORM).search,
    "URL": re.compile(WEB).search,
}


def _names(key: str, value: Any, found: Found) -> list[dict[str, Any]] | None:
    names = []
    for name in value if isinstance(value, list) else ():
        kept = dict(_name(name)) if isinstance(name, dict) else {}
        if kept.keys() & {"family", "given", "literal"}:
            names.append(kept)
        else:
            found.lose(key, "one of them has no name")
    return names or None


def _name(name: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for key, value in name.items():
        if key in ("comma-suffix", "static-ordering"):
            yield key, bool(value)
        elif key in _NAME_KEYS and isinstance(value, str) and 0 < len(text := one_line(value)) <= LONGEST["title"]:
            yield key, text


def _date(key: str, value: Any, found: Found) -> Any:
    if isinstance(value, str):
        if not is_date(value):
            raise ValueError(f"'{one_line(value)[:80]}' can't be read as a date")
        return value
    parts = value.get("date-parts") if isinstance(value, dict) else None
    ends = [_end(end) for end in parts] if isinstance(parts, list) else []
    if not ends or not ends[0] or len(ends) > 2:
        raise ValueError("it can't be read as a date")
    date: dict[str, Any] = {"date-parts": [list(end) for end in ends if end]}
    if len(date["date-parts"]) < len(ends):
        found.lose(f"{key}: end", "a range needs its end")
    if len(ends[0]) == 2 and ends[0][1] in SEASONS:
        date = {"date-parts": [[ends[0][0]]], "season": SEASONS[ends[0][1]]}
    if any(len(end) > 1 and end[1] > 12 for end in date["date-parts"]):
        raise ValueError("it can't be read as a date")
    return {**date, "circa": True} if value.get("circa") else date


def _end(parts: Any) -> tuple[int, ...]:
    """The year, month and day of one end of a date, as far as they can be; none where there is no year."""
    try:
        year, *rest = [int(part) for part in parts][:3]
    except (TypeError, ValueError):
        return ()
    if year == 0 or abs(year) > 9999 or any(not 1 <= part <= 31 for part in rest):
        return ()
    return (year, *rest)
