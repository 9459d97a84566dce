"""Say what each copy says: rows of a list in; languages, names and texts out, with what is wrong with them."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from pipeline.merge.naming import amiss, better, slugged
from pipeline.merge.roll import MOST_IN_CELL, RULE, Faults, Roll, Row, known_as
from pipeline.problem import Problem, Refused, did_you_mean
from pipeline.recipient import COLUMN, COPY, Recipient, RecipientSlot
from pipeline.render.slots import bare, isolated, turning
from pipeline.source.characters import HIDDEN, hidden_character, is_plain
from pipeline.wording.locale import direction

LANGUAGE, FILE = "language", "file"
"""Columns that no slot needs."""
_COPY = "\ue002"
"""Stands for the copy's id until it is known; no file can hold it."""
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""What ids are written in: nothing that is read for something else (Crockford, "Base 32")."""


class Pieces(NamedTuple):
    """A text with columns in it, cut up: each piece is what stands there, and the column behind it, if any."""

    pieces: tuple[tuple[str, str], ...]
    default: str | None

    @classmethod
    def of(cls, text: str, default: str | None = None) -> Pieces:
        """Cut a text up; the place of the copy's id is a sign in it."""
        parts = COLUMN.split(" ".join(text.split()).replace(f"{{{COPY}}}", isolated(_COPY)))
        columns = (*map(known_as, parts[1::2]), "")
        return cls(tuple(zip(parts[::2], columns, strict=True)), default and " ".join(default.split()))

    @property
    def first(self) -> str:
        """Its first column; empty where it has none."""
        return next((column for _, column in self.pieces if column), "")


class Variant:
    """What copies in one language have in common."""

    def __init__(self, language: str, recipient: Recipient, identifier: str) -> None:
        """Take the language, what the brief says in it, and what names this version of the product."""
        self.language, self.recipient, self.identifier = language, recipient, identifier
        self.texts = tuple(Pieces.of(slot.said, slot.default) for slot in recipient.slots)
        self.called = Pieces.of(recipient.called or "")
        self.turned = direction(language) == "rtl"
        """Whether its lines run from right to left."""
        self.named_by = next(filter(None, (text.first for text in self.texts)), "")
        """The column that copies are named by, behind their numbers."""

    def apart(self, text: str) -> str:
        """A text that keeps the directions of its cells apart only where some words run otherwise than others."""
        return text if self.turned or turning(text) else bare(text)


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
    undrawn: Callable[[str], tuple[str, str] | None]
    """Gives what to say of the first character of a text that no font draws, and what to do."""
    counted: Counter[str] = field(default_factory=Counter)
    """How many copies are in which language, once they have been checked."""
    letters: dict[str, set[str]] = field(default_factory=dict)
    """All characters of their slots, by language."""
    faulty: set[int] = field(default_factory=set)
    """The lines of rows that have a mistake, and so no copy."""

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

    def check(self) -> Faults:
        """Read every row, and give all problems; what is said twice is a warning, and ends no reading."""
        faults, seen, names = Faults(list(self.columns())), dict[int, int](), dict[int, int]()
        if faults.problems:
            return faults
        drawn, known = set[str](), 0
        for row in self.roll.rows(faults):
            if faults.enough:
                break
            if (first := seen.setdefault(_number("\0".join(row.cells)), row.line)) != row.line:
                faults.repeat(self.roll.mark(row, 0), first)
                known = len(faults.problems)
                continue
            entry = self.entry(row, faults)
            self._draw(row, entry, drawn, faults)
            if (first := names.setdefault(_number(entry.name.casefold()), row.line)) != row.line:
                message = f"the copy of line {first} is called '{entry.name}' too"
                faults.add(self.roll.mark_of(row, FILE), message, "give each row a name of its own")
            if len(faults.problems) > known:
                self.faulty.add(row.line)
                known = len(faults.problems)
                continue
            self.counted[entry.language] += 1
            self.letters.setdefault(entry.language, set()).update(*map(bare, entry.texts))
        if not faults.problems and not self.counted:
            faults.add(self.roll.head, "the list names no recipients", "write one row for each, below the first")
        return faults

    def __iter__(self) -> Iterator[Entry]:
        """Yield the entries of a list that has been checked, but for rows that have a mistake."""
        faults, seen = Faults(), set[int]()
        for row in self.roll.rows(faults):
            number = _number("\0".join(row.cells))
            if number not in seen:
                seen.add(number)
                if row.line not in self.faulty:
                    yield self.entry(row, faults)
        if faults.problems and not self.faulty:
            raise Refused(faults.problems)

    def entry(self, row: Row, faults: Faults) -> Entry:
        """Say what a row's copy says, and tell what is wrong with it."""
        variant = self._variant(row, faults)
        slots = zip(variant.texts, variant.recipient.slots, strict=True)
        texts = [variant.apart(self._text(row, text, faults, slot)) for text, slot in slots]
        called, name = bare(self._text(row, variant.called, faults)), self._name(row, variant, faults)
        said = "\0".join((variant.identifier, name, called, *texts)).encode()
        digest = hashlib.sha256(said).digest()
        copy = printable(digest)
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

    def _text(self, row: Row, text: Pieces, faults: Faults, slot: RecipientSlot | None = None) -> str:
        """A text with a row's cells in it, each with a direction of its own; outside of slots they can be empty.

        The copy's id is filled in later.
        """
        said = []
        for words, column in text.pieces:
            said.append(words)
            cell = self.roll.cell(row, column) if column else ""
            if column and not cell and text.default is not None:
                return text.default
            if column and not ((cell or not slot) and len(cell) <= MOST_IN_CELL and is_plain(cell)):
                self._tell(row, column, slot, faults)
            said.append(isolated(cell) if cell else "")
        return "".join(said)

    def _tell(self, row: Row, column: str, slot: RecipientSlot | None, faults: Faults) -> None:
        """Tell why a cell can't stand in a slot, or in what a copy is called, if so."""
        cell, mark = self.roll.cell(row, column), self.roll.mark_of(row, column)
        if slot and not cell:
            message = f"this row has nothing in the column '{column}', and the slot '{slot.id}' has no default"
            faults.add(mark, message, "fill it, or give the slot a `default:` in the brief")
        if len(cell) > MOST_IN_CELL:
            faults.add(mark, f"this cell has more than {MOST_IN_CELL} characters")
        if hidden := HIDDEN.search(cell):
            faults.problems.append(hidden_character(mark, hidden))

    def _draw(self, row: Row, entry: Entry, drawn: set[str], faults: Faults) -> None:
        """Tell of the first character of each text that no font draws."""
        for pieces, text in zip(self.variants[entry.language].texts, entry.texts, strict=True):
            if drawn.issuperset(text):
                continue
            cells = ((column, self.roll.cell(row, column)) for _, column in pieces.pieces if column)
            found = ((column, self.undrawn(HIDDEN.sub("", cell))) for column, cell in cells)
            column, said = next((each for each in found if each[1]), (pieces.first, self.undrawn(HIDDEN.sub("", text))))
            if said:
                faults.add(self.roll.mark_of(row, column), *said)
            else:
                drawn.update(text)

    def _name(self, row: Row, variant: Variant, faults: Faults) -> str:
        said = self.roll.cell(row, FILE)
        if not said:
            name = slugged(self.roll.cell(row, variant.named_by))
            return f"{row.number:05}-{name}" if name else f"{row.number:05}"
        name = re.sub(r"\.pdf\Z", "", said, flags=re.IGNORECASE)
        if why := amiss(name):
            hint = f"write '{better(name)}'" if better(name) else "use letters, digits and hyphens"
            faults.add(self.roll.mark_of(row, FILE), f"{said!a} can't be the name of a file: {why}", hint)
        return name


def _number(text: str) -> int:
    """What stands for a text where many are kept."""
    return int.from_bytes(hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()[:8])


def printable(digest: bytes) -> str:
    """An id of almost fifty bits, in two groups of five; behind Arabic, a figure at its start would stray."""
    number = int.from_bytes(digest[:8])
    first, *others = (number >> shift & 31 for shift in range(0, 50, 5))
    letters = LETTERS[10 + first % 22] + "".join(LETTERS[each] for each in others)
    return f"{letters[:5]}-{letters[5:]}"
