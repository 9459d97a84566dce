"""Define what every record of a library is made of: names, texts and days, and a place in a file."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Final, Literal, TypeVar, get_args, get_type_hints

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from pipeline.problem import Mark, Marks, Path

RESERVED = frozenset(
    ["con", "prn", "aux", "nul", "index", "assets", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))]
)
"""Names that Windows or the output folder keep for themselves."""
SLUG: Final = r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$"
CITEKEY: Final = r"^[A-Za-z0-9_](?:[A-Za-z0-9_:.#$%&+?~/-]{0,125}[A-Za-z0-9_])?$"
DAY: Final = r"^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$"
COLOUR: Final = r"^#[0-9a-f]{6}$"
LANGUAGE: Final = r"^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$"
TARGET: Final = r"^[a-z0-9-]+(?:/[a-z0-9-]+)?$"
STORED_TEXT: Final = re.compile(r"sources/[A-Za-z0-9_.-]{1,120}\.txt")
"""The name of a source's stored text, below briefs/."""
FONT: Final = r"^fonts/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,118}\.ttf$"
"""The name of a font file, below briefs/."""
WEB: Final = r"^https?://[^\s/]\S*$"

CITATION = re.compile(r"(?<![\w@\\/])-?@(?:\{([^}\s]+)\}|(\w(?:\w|[:.#$%&+?~/-]+(?=\w))*))", re.ASCII)
"""A citation in prose (Pandoc User's Guide, "Citation syntax"); the citekey is the first or second group.
A sign behind a stroke is part of an address."""
FIGURE_PLACED = re.compile(r'\{\{\s*figure\(\s*"([^"{}]*)"\s*\)\s*\}\}')
"""A figure placed in a brief's prose, `{{ figure("id") }}`."""
SLOT = re.compile(r'\{\{\s*local\(\s*"([^"{}]*)"\s*\)\s*\}\}')
"""A place in a brief's texts for what differs by audience, `{{ local("id") }}`."""
FIGURE_LINE = re.compile(rf"^[ \t]*{FIGURE_PLACED.pattern}[ \t]*$", re.MULTILINE)
"""The same on a line of its own, where it works."""
BRACES = re.compile(r"\{\{")
"""What looks like the start of such a place."""
FIGURE_MENTIONED = re.compile(r"\[\]\(#figure-([a-z0-9-]+)\)")
"""A figure mentioned by its number in a brief's prose, `[](#figure-id)`."""


def _usable_as_name(value: str) -> str:
    if value in RESERVED:
        raise ValueError(f"the name '{value}' is kept for other uses")
    return value


def _in_the_calendar(value: str) -> str:
    try:
        dt.date.fromisoformat(value)
    except ValueError:
        raise ValueError(f"there is no day {value}") from None
    return value


LONGEST: Final = 20_000
"""How many characters a text may have."""
_BLANK: Final = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that are drawn as nothing: fillers of Hangul, the empty pattern of Braille."""


def seen(text: str) -> bool:
    """Whether a reader sees anything of a text: it is more than spaces, marks that stand on nothing, and controls."""
    begins_plainly = text[:1].isascii() and text[:1].isalnum()  # as most texts do
    return begins_plainly or any(unicodedata.category(sign)[0] not in "CZM" and sign not in _BLANK for sign in text)


def _seen(value: str) -> str:
    if not seen(value):
        raise Unfit("nothing of this text can be seen", "write the text, or delete the key")
    return value


TEXT_TAG: Final = "\0text"
KEYS_TAG: Final = "\0keys"
"""Names of the members of a union in the paths of its mistakes; no file can hold them."""


def tag_of(value: object) -> str:
    """The tag of a value that is text or else a mapping with keys of its own."""
    return KEYS_TAG if isinstance(value, (dict, Record)) else TEXT_TAG


class Unfit(ValueError):
    """What doesn't fit together in a record: a sentence, a hint, and the way from the record to the value at fault."""

    def __init__(self, message: str, hint: str = "", path: Path = ()) -> None:
        super().__init__(message)
        self.hint, self.path = hint, path


class Markdown:
    """Marks a type whose texts are Markdown."""


class Translatable:
    """Marks a type whose texts are said in the reader's language."""


Slug = Annotated[str, StringConstraints(pattern=SLUG), AfterValidator(_usable_as_name)]
"""A short local name: small letters, digits and hyphens."""
Citekey = Annotated[str, StringConstraints(pattern=CITEKEY)]
"""The id of a source, as pandoc reads it after `@`."""
Plain = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strip_whitespace=True), AfterValidator(_seen)]
"""Text without Markdown that is the same in every language: names, numbers, the words of a source."""
Phrase = Annotated[Plain, Translatable()]
"""Text without Markdown that is translated."""
Prose = Annotated[
    str,
    StringConstraints(min_length=1, max_length=LONGEST, strip_whitespace=True),
    AfterValidator(_seen),
    Markdown(),
    Translatable(),
]
"""Text in Markdown; it is translated."""
Day = Annotated[str, StringConstraints(pattern=DAY), AfterValidator(_in_the_calendar)]
"""A day as ISO 8601 has it."""
Colour = Annotated[str, StringConstraints(pattern=COLOUR)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE, max_length=35)]
"""A tag of BCP 47, `en-GB`."""
Target = Annotated[str, StringConstraints(pattern=TARGET)]
"""An argument, `misuse-risk`, or one ground or objection of it, `misuse-risk/no-recall`."""
FontFile = Annotated[str, StringConstraints(pattern=FONT)]
"""A TrueType file below briefs/, `fonts/ipag.ttf`."""
Web = Annotated[str, StringConstraints(pattern=WEB, max_length=2_000)]
"""An address on the web."""

Certainty = Literal["high", "moderate", "low", "very-low"]
HEDGED: Final = ("moderate", "low", "very-low")
"""How sure a claim is that leaves room for doubt."""
HEDGES: Final = ("probably", "possibly")
"""Qualifiers that say so."""
Audience = Literal["legislator", "regulator", "staff", "press", "public"]
Reader = Literal["everyone", "legislator", "regulator", "staff", "press", "public"]
"""An audience, or nobody in particular."""
Edition = Literal["one-page", "brief", "full", "questions"]
Form = Literal["pdf", "html", "docx", "epub", "md", "txt", "json"]


Kept = TypeVar("Kept")


class Record(BaseModel):
    """A frozen mapping of a YAML file; unknown keys are refused."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, use_attribute_docstrings=True, populate_by_name=True, allow_inf_nan=False
    )

    # Slots are filled without a validator's work, which private attributes cost; a copy starts with none of them.
    __slots__ = ("_placed", "_prose", "_within")

    @property
    def _place(self) -> tuple[Marks, Path]:
        return getattr(self, "_placed", _NOWHERE)

    def mark(self, *path: str | int) -> Mark:
        """Where the value at `path` below this record stands; without a path, the record itself."""
        marks, here = self._place
        return marks.value(here + path)

    def key_mark(self, *path: str | int) -> Mark:
        """Where the key at `path` below this record stands."""
        marks, here = self._place
        return marks.key(here + path)

    def matches(self, path: Path, text: str, pattern: re.Pattern[str]) -> Iterator[tuple[re.Match[str], Mark]]:
        """Every match of `pattern` in `text`, which stands at `path`, with its place in the file."""
        marks, here = self._place
        places = marks.matches(here + path, pattern)
        for match in pattern.finditer(text):
            there, mark = next(places, (None, marks.value(here + path)))
            yield match, mark if there == match[0] else marks.value(here + path)

    def place(self, marks: Marks, path: Path = ()) -> None:
        """Tell this record and every record in it where they stand; done once, when loading."""
        waiting: list[tuple[Path, Record]] = [(path, self)]
        within: list[Record] = []
        while waiting:
            here, record = waiting.pop()
            record.stand(marks, here)
            within.append(record)
            waiting += [(here + step, child) for step, child in reversed(record.children())]
        object.__setattr__(self, "_within", tuple(within))  # what `_gather` would walk the same way for

    def stand(self, marks: Marks, path: Path) -> None:
        """Tell this record alone where it stands."""
        object.__setattr__(self, "_placed", (marks, path))

    def children(self) -> list[tuple[Path, Record]]:
        """The records right below this one, each with the way to it as the file has it."""
        children: list[tuple[Path, Record]] = []
        held = self.__dict__
        for name, key in _nesting(type(self)):
            if value := held[name]:
                children += _records_in(value, (key,))
        return children

    def values_within(self) -> Iterator[tuple[Path, Any]]:
        """Every scalar in this record and below it, with its path as the file has it."""
        for name, value in self:
            yield from _scalars(value, (type(self).model_fields[name].alias or name,))

    def within(self) -> tuple[Record, ...]:
        """This record and every record below it, from top to bottom; gathered once."""
        return self._once("_within", self._gather)

    def prose(self) -> tuple[tuple[Record, Path, str], ...]:
        """Every Markdown text in this record and below it: the record it belongs to, its path there, the text."""
        return self._once("_prose", self._texts)

    def _once(self, slot: str, gather: Callable[[], Iterator[Kept]]) -> tuple[Kept, ...]:
        """What `gather` yields, kept in a slot: many rules ask for it, and a record never changes."""
        try:
            kept: tuple[Kept, ...] = getattr(self, slot)
        except AttributeError:
            kept = tuple(gather())
            object.__setattr__(self, slot, kept)
        return kept

    def _gather(self) -> Iterator[Record]:
        waiting: list[Record] = [self]
        while waiting:
            record = waiting.pop()
            yield record
            waiting += [child for _, child in reversed(record.children())]

    def _texts(self) -> Iterator[tuple[Record, Path, str]]:
        for record in self.within():
            held = record.__dict__
            for name, key in prose_fields(type(record)):
                value = held[name]
                if isinstance(value, str):
                    yield record, (key,), value
                elif isinstance(value, tuple):
                    yield from ((record, (key, step), text) for step, text in enumerate(value) if isinstance(text, str))

    def __eq__(self, other: object) -> bool:
        """Two records are equal when they say the same, wherever they stand."""
        return type(self) is type(other) and dict(self) == dict(other)

    __hash__ = None  # type: ignore[assignment]


_NOWHERE: Final = (Marks(file="<memory>"), ())
"""The place of a record that no file holds."""


@cache
def prose_fields(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields that hold Markdown: name, and key in the file."""
    return _fields_with(kind, Markdown)


@cache
def translatable_fields(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields that hold texts to translate, or a tuple of such: name, and key in the file."""
    return _fields_with(kind, Translatable)


def _fields_with(kind: type[Record], sign: type) -> tuple[tuple[str, str], ...]:
    """The fields whose types are marked with `sign`: name, and key in the file."""

    def holds(hint: Any) -> bool:
        return any(isinstance(part, sign) or holds(part) for part in get_args(hint))

    hints = get_type_hints(kind, include_extras=True)
    return tuple((name, field.alias or name) for name, field in kind.model_fields.items() if holds(hints[name]))


@cache
def _nesting(kind: type[Record]) -> tuple[tuple[str, str], ...]:
    """The fields that may hold records: name, and key in the file."""

    def holds_records(hint: Any) -> bool:
        is_record = isinstance(hint, type) and issubclass(hint, Record)
        return is_record or any(holds_records(part) for part in get_args(hint))

    fields = kind.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if holds_records(field.annotation))


def _records_in(value: Any, path: Path) -> Iterator[tuple[Path, Record]]:
    if isinstance(value, Record):
        yield path, value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, Record):
                yield (*path, index), item
            elif isinstance(item, tuple):
                yield from _records_in(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _records_in(item, (*path, key))


def _scalars(value: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    if isinstance(value, Record):
        yield from (((*path, *step), scalar) for step, scalar in value.values_within())
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            yield from _scalars(item, (*path, index))
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _scalars(item, (*path, key))
    elif value is not None:
        yield path, value


class Item(Record):
    """A list item that may be meant for some readers only."""

    audiences: tuple[Audience, ...] = ()
    """Who it is for; left out, it is for everyone."""
    priority: Literal["first", "last"] | None = None
    """Where pages are few: shown before its like, or left out before them."""
