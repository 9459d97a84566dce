"""Say what each copy says: rows of a list in; languages, names and texts out, with what is wrong with them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from pipeline.folder import check_paths
from pipeline.forms import Metadata
from pipeline.merge.roll import MOST_IN_CELL, RULE, Faults, Roll, Row, known_as
from pipeline.problem import Problem, Refused, did_you_mean
from pipeline.recipient import COLUMN, COPY, Recipient, RecipientSlot
from pipeline.source.characters import HIDDEN, hidden_character

LANGUAGE, FILE = "language", "file"
"""Columns that no slot needs."""
_COPY = "\ue002"
"""Stands for the copy's id until it is known; no file can hold it."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What ids are written in: nothing that is read for something else (Crockford, "Base 32")."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Variant:
    """What copies in one language have in common."""

    language: str
    recipient: Recipient
    metadata: Metadata


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What one copy says."""

    row: Row
    language: str
    name: str
    """What its files are called, without ending."""
    texts: tuple[str, ...]
    """What stands in its slots, in their order."""
    called: str
    """What is behind the title in its properties."""
    copy: str
    """Its id, as it can be printed."""
    digest: bytes
    """What tells it from all other copies of this version of the product."""


@dataclass(slots=True)
class Entries:
    """Reads the entries of a list, as often as they are asked for."""

    roll: Roll
    variants: Mapping[str, Variant]
    """By language; the first is for rows that name none."""
    undrawn: Callable[[str], str]
    """Gives what to say of the first character of a text that no font draws; empty where there is none."""
    counted: Counter[str] = field(default_factory=Counter)
    """How many copies are in which language, once they have been checked."""
    letters: dict[str, set[str]] = field(default_factory=dict)
    """All characters of their slots, by language."""

    def columns(self) -> Iterator[Problem]:
        """Yield a problem for each column that a slot needs and the list hasn't."""
        asked = {
            name: slot
            for variant in self.variants.values()
            for slot in variant.recipient.slots
            for name in slot.columns
        }
        called = [COLUMN.findall(variant.recipient.called or "") for variant in self.variants.values()]
        for name in dict.fromkeys([*asked, *chain.from_iterable(called)]):
            if known_as(name) not in (*self.roll.columns, COPY):
                what = f"the slot '{asked[name].id}'" if name in asked else "the name of copies"
                hint = did_you_mean(known_as(name), self.roll.columns) or f"add a column '{name}', or change the brief"
                message = f"the list has no column '{name}', which {what} is made of"
                yield Problem(mark=self.roll.head, rule=RULE, message=message, hint=hint)

    def unused(self) -> tuple[str, ...]:
        """The columns of which no copy prints anything."""
        used = {LANGUAGE, FILE}
        for variant in self.variants.values():
            texts = [variant.recipient.called or "", *(slot.said for slot in variant.recipient.slots)]
            used |= {known_as(name) for text in texts for name in COLUMN.findall(text)}
        return tuple(self.roll.heads[place] for name, place in self.roll.columns.items() if name not in used)

    def check(self) -> list[Problem]:
        """Read every row, and give all problems; what is said twice is a warning."""
        faults, seen, names = Faults(list(self.columns())), dict[int, int](), dict[int, int]()
        if faults.problems:
            return faults.problems
        drawn = set[str]()
        for row in self.roll.rows(faults):
            if faults.enough:
                break
            if (first := seen.setdefault(_number("\0".join(row.cells)), row.line)) != row.line:
                faults.problems.append(self._repeated(row, first))
                continue
            entry = self.entry(row, faults)
            self._draw(row, entry, drawn, faults)
            if (first := names.setdefault(_number(entry.name.casefold()), row.line)) != row.line:
                message = f"the copy of line {first} is called '{entry.name}' too"
                faults.add(self.roll.mark_of(row, FILE), message, "give each row a name of its own")
            self.counted[entry.language] += 1
            self.letters.setdefault(entry.language, set()).update(*entry.texts)
        if not faults.problems and not self.counted:
            faults.add(self.roll.head, "the list names no recipients", "write one row for each, below the first")
        return faults.problems

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries of a list that has been checked."""
        faults, seen = Faults(), set[int]()
        for row in self.roll.rows(faults):
            number = _number("\0".join(row.cells))
            if number not in seen:
                seen.add(number)
                yield self.entry(row, faults)
        if faults.problems:
            raise Refused(faults.problems)

    def entry(self, row: Row, faults: Faults) -> Entry:
        """Say what a row's copy says, and tell what is wrong with it."""
        variant = self._variant(row, faults)
        texts = [self._text(row, slot, faults) for slot in variant.recipient.slots]
        called, name = self._filled(row, variant.recipient.called or ""), self._name(row, variant, faults)
        said = "\0".join((variant.metadata.identifier, name, called, *texts)).encode()
        digest = hashlib.sha256(said).digest()
        copy = _printable(digest)
        return Entry(
            row=row,
            language=variant.language,
            name=name,
            texts=tuple(text.replace(_COPY, copy) for text in texts),
            called=called.replace(_COPY, copy),
            copy=copy,
            digest=digest,
        )

    def _variant(self, row: Row, faults: Faults) -> Variant:
        first = next(iter(self.variants.values()))
        said = self.roll.cell(row, LANGUAGE)
        wanted = said.casefold().replace("_", "-")
        for language, variant in self.variants.items() if wanted else ():
            if wanted in (language.casefold(), language.partition("-")[0].casefold()):
                return variant
        if wanted:
            hint = did_you_mean(said, self.variants) or f"write one of {', '.join(self.variants)}, or nothing"
            message = f"the brief isn't made in the language '{said}'"
            faults.add(self.roll.mark_of(row, LANGUAGE), message, hint)
        return first

    def _text(self, row: Row, slot: RecipientSlot, faults: Faults) -> str:
        for name in slot.columns:
            column = known_as(name)
            said = self.roll.cell(row, column)
            if hidden := HIDDEN.search(said):
                faults.problems.append(hidden_character(self.roll.mark_of(row, column), hidden))
            if len(said) > MOST_IN_CELL:
                faults.add(self.roll.mark_of(row, column), f"this cell has more than {MOST_IN_CELL} characters")
            if not said and slot.default is not None:
                return " ".join(slot.default.split())
            if not said:
                message = f"this row has nothing in the column '{name}', and the slot '{slot.id}' has no default"
                faults.add(
                    self.roll.mark_of(row, column), message, "fill it, or give the slot a `default:` in the brief"
                )
        return self._filled(row, " ".join(slot.said.split()))

    def _filled(self, row: Row, text: str) -> str:
        """A text with a row's cells in place of columns; the copy's id is left to be filled in."""
        return COLUMN.sub(lambda found: _COPY if found[1] == COPY else self.roll.cell(row, known_as(found[1])), text)

    def _draw(self, row: Row, entry: Entry, drawn: set[str], faults: Faults) -> None:
        """Tell of the first character of each text that no font draws."""
        slots = self.variants[entry.language].recipient.slots
        for slot, text in zip(slots, entry.texts, strict=True):
            if drawn.issuperset(text):
                continue
            if said := self.undrawn(HIDDEN.sub("", text)):
                column = next((known_as(name) for name in slot.columns), "")
                faults.add(
                    self.roll.mark_of(row, column), said, "write the name in letters that the brief's fonts have"
                )
            else:
                drawn.update(text)

    def _name(self, row: Row, variant: Variant, faults: Faults) -> str:
        said = self.roll.cell(row, FILE)
        if not said:
            columns = [name for slot in variant.recipient.slots for name in slot.columns]
            return "-".join(
                filter(None, [f"{row.number:05}", _slug(self.roll.cell(row, known_as(columns[0])) if columns else "")])
            )
        name = re.sub(r"\.pdf\Z", "", said, flags=re.IGNORECASE)
        if not _usable(name):
            better = _slug(name)
            hint = f"write '{better}'" if better else "use letters, digits and hyphens"
            faults.add(self.roll.mark_of(row, FILE), f"{said!a} can't be the name of a file", hint)
        return name

    def _repeated(self, row: Row, first: int) -> Problem:
        message = f"this row is that of line {first} again, and gets no second copy"
        return Problem(
            mark=self.roll.mark(row, 0), rule=RULE, severity="warning", message=message, hint="delete one of them"
        )


def _number(text: str) -> int:
    """What stands for a text where many are kept."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])


def _printable(digest: bytes) -> str:
    """An id of fifty bits, in two groups of five letters."""
    number = int.from_bytes(digest[:8])
    letters = [LETTERS[number >> shift & 31] for shift in range(0, 50, 5)]
    return f"{''.join(letters[:5])}-{''.join(letters[5:])}"


def _usable(name: str) -> bool:
    """Whether files can have a name anywhere."""
    try:
        check_paths([f"{name}.pdf"])
    except ValueError:
        return False
    return "/" not in name and len(name) <= 100


_SPELT = str.maketrans({"ø": "o", "Ø": "o", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ß": "ss", "ł": "l", "Ł": "l",
                       "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "\u0131": "i"})  # fmt: skip
"""Letters that are no other letter with a mark."""


def _slug(text: str, most: int = 40) -> str:
    """A text as it can be part of a file's name: letters without their marks, digits and hyphens."""
    bare = unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-")[:most].rstrip("-")
