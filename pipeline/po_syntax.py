"""Hold PO files to their format: text in, messages with their lines out, and a problem for each line that breaks it.

GNU gettext manual, "The Format of PO Files". Babel, which reads the files after this, takes the first and the last
letter of a text without quotation marks for such, keeps one of two messages of one name, and lets a head name any
number of plurals: what it would lose or never end with is refused here. Characters are those that YAML files may have.
"""

from __future__ import annotations

import datetime as dt
import gettext
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pipeline.problem import Mark, Problem
from pipeline.source.characters import HIDDEN, hidden, hidden_character

RULE = "syntax"
MOST = 20
"""How many problems are told of one file."""
MOST_PLURALS = 6
"""Arabic has six forms, and no language of CLDR ("Language Plural Rules") has more."""
CHARSETS = frozenset(["utf-8", "utf8", "us-ascii", "ascii"])
"""What a file in UTF-8 may say of itself."""
_ORDER = "a message is `msgctxt`, `msgid` and `msgstr`, in this order, each with a text in quotation marks"
_WORD = re.compile(r"(msg\w*(?:\[[^\]]*\])?)(?: +|$)")
_NUMBERED = re.compile(r"msgstr\[(\d)\]")
_TEXT = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", '"': '"', "\\": "\\"}
_DATES = {"pot-creation-date": "", "po-revision-date": "YEAR-MO-DA HO:MI+ZONE"}
"""The dates of a head that Babel reads, and what it takes for none."""
_FORMER = re.compile(r"^#~\|.*$", re.MULTILINE)
_PLURALS = re.compile(r"\s*nplurals\s*=\s*(\d{1,9})\s*;\s*plural\s*=\s*([^;]+);?\s*")


@dataclass(kw_only=True, slots=True)
class Field:
    """One text of a message: `msgctxt`, `msgid` or `msgstr`."""

    parts: list[tuple[int, str]]
    """The numbers of its lines, and what each of them adds."""

    @property
    def line(self) -> int:
        """Where it starts."""
        return self.parts[0][0]

    @property
    def text(self) -> str:
        """The whole."""
        return "".join(part for _, part in self.parts)


@dataclass(kw_only=True, slots=True)
class Entry:
    """One message."""

    old: bool
    """Whether it is kept behind `#~`, and counts for nothing."""
    context: Field | None = None
    id: Field | None = None
    plural: Field | None = None
    strings: list[Field] = field(default_factory=list)
    broken: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What gettext knows a message by: context and original."""
        return self.context.text if self.context else "", self.id.text if self.id else ""

    @property
    def line(self) -> int:
        """Where its original stands."""
        return self.id.line if self.id else 1


def unified(text: str) -> str:
    """The text without a byte order mark, and with the line ends of Unix, which are all that Babel counts.

    What msgmerge says of former originals of messages that are old themselves, `#~| msgid "…"`, Babel doesn't know:
    these lines are empty.
    """
    return _FORMER.sub("", text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))


def scanned(text: str, file: str, language: str = "") -> tuple[tuple[Entry, ...], list[Problem]]:
    """Read a `unified` text; give its messages, the head among them, and what is wrong with it, up to `MOST` problems.

    `language` is what the file is called by; its head may say no other.
    """
    lines = text.split("\n")
    scan = _Scan(file=file, lines=lines)
    for number, line in enumerate(lines, 1):
        scan.take(number, line)
    scan.finish()
    problems = [*scan.problems, *hidden(file, ["" if line.startswith("#:") else line for line in lines])]
    if not scan.entries and not problems:
        problems.append(scan.problem(1, "there is no message in this file", "delete it, or restore it"))
    for number, head in enumerate(entry for entry in scan.entries if not entry.old and not entry.key[1]):
        if number or head.context:
            hint = "write the text it translates as `msgid`, or delete it; only the head of the file has none"
            problems.append(scan.problem(head.line, "this message has no original", hint))
        else:
            problems += (scan.problem(*found) for found in _of_head(head, language))
    return tuple(scan.entries), sorted(problems, key=lambda problem: problem.mark)[:MOST]


def twins(entries: Sequence[Entry], file: str, lines: Sequence[str], *, by_context: bool) -> Iterator[Problem]:
    """Yield a problem for each message that has the name of an earlier one."""
    first: dict[tuple[str, str], Entry] = {}
    for entry in entries:
        context, original = entry.key
        if entry.old or not original or (by_context and not context):
            continue
        if (other := first.setdefault((context, "" if by_context else original), entry)) is not entry:
            what = f"the context '{context}'" if context else f"the message {original!r}"
            mark = Mark(file=file, line=entry.line, excerpt=lines[entry.line - 1])
            hint = f"the first is on line {other.line}; delete one"
            yield Problem(mark=mark, rule="duplicate-key", message=f"{what} stands here twice", hint=hint)


@dataclass(slots=True)
class _Scan:
    """Goes through a file line by line."""

    file: str
    lines: Sequence[str]
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    entry: Entry | None = None
    last: Field | None = None

    def problem(self, line: int, message: str, hint: str, column: int = 1) -> Problem:
        """Say what is wrong at a line."""
        mark = Mark(file=self.file, line=line, column=column, excerpt=self.lines[line - 1])
        return Problem(mark=mark, rule=RULE, message=message, hint=hint)

    def take(self, number: int, line: str) -> None:
        """Take the next line."""
        content = line.strip()
        old = content.startswith("#~")
        if content.startswith("#") and not old:
            self.finish()
            if content.startswith("#-"):
                self.refuse(number, "a comment can't start with '#-'", "put a space behind '#'")
            return
        body = content[2:].strip() if old else content
        if not body:
            return
        if word := _WORD.match(body):
            self._start(number, word[1], old=old)
            body = body[word.end() :]
        elif not body.startswith('"'):
            hint = "put quotation marks around a text, and '#' before a comment"
            self.refuse(number, "this line is neither a comment nor a part of a message", hint)
            return
        elif self.entry is not None and self.entry.old != old:
            self.refuse(number, "half of this message is kept as an old one", "put '#~' before all its lines, or none")
            return
        elif self.last is None:
            if not self.entry or not self.entry.broken:
                self.refuse(number, "this text belongs to no message", _ORDER)
            return
        self._add(number, body)

    def refuse(self, number: int, message: str, hint: str, column: int = 1) -> None:
        """Remember what is wrong; the message that stands here is not looked at further."""
        self.problems.append(self.problem(number, f"this is no PO file: {message}", hint, column))
        self.entry = self.entry or Entry(old=False)
        self.entry.broken, self.last = True, None

    def finish(self) -> None:
        """Put the message away that stands before."""
        entry, self.entry, self.last = self.entry, None, None
        if entry is None or entry.broken:
            return
        if entry.id is None:
            line = entry.context.line if entry.context else 1
            self.problems.append(self.problem(line, "this is no PO file: a context has no `msgid`", _ORDER))
        elif not entry.strings:
            self.problems.append(self.problem(entry.id.line, "this is no PO file: a text has no `msgstr`", _ORDER))
        else:
            self.entries.append(entry)

    def _start(self, number: int, word: str, *, old: bool) -> None:
        """Begin a text."""
        here = self.entry
        if word == "msgctxt" or (word == "msgid" and not (here and here.context and not here.id)):
            self.finish()
            here = self.entry = Entry(old=old)
        text = Field(parts=[(number, "")])
        if here is None:
            self.refuse(number, f"`{word}` stands before its `msgid`", _ORDER)
        elif here.broken:
            return
        elif here.old != old:
            self.refuse(number, "half of this message is kept as an old one", "put '#~' before all its lines, or none")
            return
        elif not _put(here, word, text):
            self.refuse(number, f"`{word}` is out of place here", _ORDER)
            return
        self.last = text

    def _add(self, number: int, body: str) -> None:
        """Add the text of a line to the one that was begun."""
        found = _TEXT.match(body)
        if not body.startswith('"'):
            self.refuse(number, "a text has no quotation marks", "put it between quotation marks")
        elif found is None:
            self.refuse(number, "a text has no end", "end it with a quotation mark")
        elif found.end() < len(body) and body.endswith('"'):
            self.refuse(number, "a quotation mark stands inside a text", 'write it as `\\"`')
        elif found.end() < len(body):
            self.refuse(number, "something stands behind the end of a text", "put it before the quotation mark")
        else:
            self._unescape(number, found[1])

    def _unescape(self, number: int, escaped: str) -> None:
        start = self.lines[number - 1].rindex(f'"{escaped}"') + 2
        for escape in _ESCAPE.finditer(escaped):
            meant = _ESCAPED.get(escape[1])
            column = start + escape.start()
            if meant is None:
                message = f"'{escape[0]}' is no escape of PO files"
                self.refuse(number, message, "write two backslashes for one", column)
                return
            if refused := HIDDEN.match(meant):
                mark = Mark(file=self.file, line=number, column=column, excerpt=self.lines[number - 1])
                self.problems.append(hidden_character(mark, refused))
        if self.last is not None:
            self.last.parts.append((number, _ESCAPE.sub(lambda escape: _ESCAPED[escape[1]], escaped)))


def _put(entry: Entry, word: str, text: Field) -> bool:
    """Put a text in its place; say whether that was free and its turn."""
    numbered = _NUMBERED.fullmatch(word)
    if word == "msgctxt" and not entry.id:
        entry.context = text
    elif word == "msgid" and not entry.id:
        entry.id = text
    elif word == "msgid_plural" and entry.id and not entry.plural and not entry.strings:
        entry.plural = text
    elif (word == "msgstr" and entry.id and not entry.plural and not entry.strings) or (
        numbered and entry.plural and int(numbered[1]) == len(entry.strings)
    ):
        entry.strings.append(text)
    else:
        return False
    return True


def _of_head(head: Entry, language: str) -> Iterator[tuple[int, str, str]]:
    """Yield what is wrong with the head of a file: line, message, hint."""
    for number, part in head.strings[0].parts:
        name, _, value = part.partition(":")
        value = value.strip()
        if name.lower() == "plural-forms" and value and (wrong := _plurals(value)):
            yield number, wrong, "write them as gettext's manual has them, as in `nplurals=2; plural=(n != 1);`"
        elif name.lower() == "content-type" and (found := re.search(r"charset=([^\s;]*)", value)):
            if found[1].lower() not in CHARSETS:
                yield (
                    number,
                    f"the head of this file says that its characters are those of {found[1]!a}",
                    "write `charset=utf-8`",
                )
        elif _DATES.get(name.lower(), value) != value and value and not _is_date(value):
            yield number, "this date can't be read", "write it as 2026-03-01 12:00+0000, or delete the line"
        elif name.lower() == "language" and language and value and not _related(value, language):
            message = f"the head of {language}.po says that its language is {value!a}"
            yield number, message, f"write `Language: {language}`, or give the file its right name"


def _is_date(value: str) -> bool:
    try:
        dt.datetime.strptime(value, "%Y-%m-%d %H:%M%z" if value[16:] else "%Y-%m-%d %H:%M")  # noqa: DTZ007 - as Babel does
    except ValueError:
        return False
    return True


def _plurals(value: str) -> str:
    """Say what is wrong with a head's plural forms; nothing where they can be used."""
    found = _PLURALS.fullmatch(value)
    if not found:
        return "these plural forms can't be read"
    if not 0 < int(found[1]) <= MOST_PLURALS:
        return f"this names {found[1]} plural forms, and no language has more than six"
    try:
        choose = gettext.c2py(found[2])  # what gettext itself will ask
        fit = all(0 <= choose(number) < int(found[1]) for number in range(201))
    except (ValueError, ArithmeticError, RecursionError):
        return "these plural forms can't be counted with"
    return "" if fit else f"these plural forms are more than the {found[1]} that are named"


def _related(said: str, language: str) -> bool:
    """Whether one tag is the other's, or the beginning of it: `fr_FR` of `fr`."""
    ours, theirs = (tag.lower().replace("_", "-").split("-") for tag in (language, said.partition("@")[0]))
    return all(one == other for one, other in zip(ours, theirs, strict=False))
