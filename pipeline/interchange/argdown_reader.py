"""Read Argdown (argdown.org): text in, a sketch of what it says out.

Read are statements, arguments, what stands in braces, and the relations `+`, `-`, `_` and `><` in both directions,
nested by indentation. Headings, tags and comments are left out; premise-conclusion structures are refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, NoReturn

from pipeline.forms import CLOSE, OPEN
from pipeline.interchange.sketch import Said, Sketch, Tie, noted
from pipeline.problem import Mark, Problem, Refused
from pipeline.source import read

_FRONT = re.compile(r"\s*={3,}[ \t]*\n(?:.*\n)*?={3,}[ \t]*(?=\n|\Z)")
_TOKEN = re.compile(r"\\.|<!--.*?(?:-->|\Z)|/\*.*?(?:\*/|\Z)|//[^\n]*|[{\n]", re.DOTALL)
_BRACE = re.compile(r"[{}]")
_RELATION = re.compile(r"([ \t]*)(\+>|->|_>|><|<\+|<-|<_|\+|-(?!-)|_(?=\s))[ \t]*(.*)")
_STRUCTURE = re.compile(r"[ \t]*(?:-{2,}|\(\d+\))")
_LIST = re.compile(r"[ \t]*(?:\*|\d+\.)\s+(.*)")
_HEADING = re.compile(r"#+ ")
_NAMED = re.compile(r"(?:\[(?P<statement>[^\]\n]+)\]|<(?P<argument>[^>\n]+)>)(?P<defines>:?)[ \t]*(?P<text>.*)")
_TAG = re.compile(r"(\\.)|#(?:\([^()\n]{1,200}\)|[\w-]+)[ \t]?")
_ESCAPED = re.compile(r"\\(.)")
_BLOCK = re.compile(f"{OPEN}(\\d+){CLOSE}")
_TIES: dict[str, tuple[Tie, bool]] = {
    "+": ("supports", False),
    "<+": ("supports", False),
    "+>": ("supports", True),
    "-": ("attacks", False),
    "<-": ("attacks", False),
    "->": ("attacks", True),
    "><": ("attacks", False),
    "_": ("undercuts", False),
    "<_": ("undercuts", False),
    "_>": ("undercuts", True),
}
"""What each sign says, and whether the one above bears on the one below it."""
MAX_NESTING = 64


@dataclass(slots=True)
class _Entry:
    """A statement or argument as the file writes it, with its relation to the one above it."""

    line: int
    indent: int
    sign: str
    pieces: list[str]

    @property
    def text(self) -> str:
        """What it says, on one line."""
        return " ".join(self.pieces)


def from_argdown(text: str, file: str) -> Sketch:
    """Read a document in which no hidden character stands; `file` is what places call it.

    Raises Refused where it is not the Argdown that is read here.
    """
    return _Reading(file, text.replace("\r\n", "\n").replace("\r", "\n")).sketch()


class _Reading:
    """Reads one document."""

    def __init__(self, file: str, text: str) -> None:
        self.file, self.text, self.lines = file, text, text.split("\n")
        self.found = Sketch()
        self.blocks: list[tuple[str, int]] = []
        """What stands in braces, and on which line each begins; in a line stands `OPEN` number `CLOSE` for it."""
        self.left = Counter[str]()

    def sketch(self) -> Sketch:
        """Read all statements, and tie each to the one above it that is indented less."""
        above: list[tuple[int, str]] = []
        for entry in self._entries():
            key = self._take(entry)
            if not entry.sign:
                above = [(-1, key)]
                continue
            while len(above) > 1 and above[-1][0] >= entry.indent:
                above.pop()
            if len(above) > MAX_NESTING:
                self._refuse(entry.line, "too-large", f"more than {MAX_NESTING} relations stand in each other")
            tie, downwards = _TIES[entry.sign]
            ends = (above[-1][1], key) if downwards else (key, above[-1][1])
            if ends[0] == ends[1]:
                self._refuse(entry.line, "wrong-value", "this bears on itself", "delete the relation")
            self.found.ties.append((ends[0], tie, ends[1]))
            above.append((entry.indent, key))
        self.found.notes += [
            noted(self._mark(1), f"{what} left out: {count}") for what, count in self.left.items() if count
        ]
        return self.found

    def _logical_lines(self) -> Iterator[tuple[int, str]]:
        """Yield each line with its number, without comments; what stands in braces is put aside and ends no line."""
        front = _FRONT.match(self.text)
        place = front.end() if front else 0
        number = self.text.count("\n", 0, place) + 1
        first, pieces = number, list[str]()
        while match := _TOKEN.search(self.text, place):
            pieces.append(self.text[place : match.start()])
            sign, place = match[0], match.end()
            if sign == "\n":
                yield first, "".join(pieces)
                number += 1
                first, pieces = number, []
            elif sign == "{":
                place = self._end_of_block(match.start(), number)
                pieces.append(f"{OPEN}{len(self.blocks)}{CLOSE}")
                self.blocks.append((self.text[match.start() : place], number))
                number += self.blocks[-1][0].count("\n")
            elif sign.startswith("\\"):
                pieces.append(sign)
            else:
                self.left["comments"] += 1
                number += sign.count("\n")
        yield first, "".join([*pieces, self.text[place:]])

    def _end_of_block(self, start: int, number: int) -> int:
        depth = 0
        for match in _BRACE.finditer(self.text, start):
            depth += 1 if match[0] == "{" else -1
            if depth == 0:
                break
        else:
            self._refuse(number, "syntax", "no brace closes this one", "add `}`, or write a brace of the text as `\\{`")
        return match.end()

    def _entries(self) -> Iterator[_Entry]:
        """Yield what the lines hold, each with the lines that go on with it."""
        entry: _Entry | None = None
        for number, line in self._logical_lines():
            if entry and line.strip() and not self._begins(line) and not _BLOCK.search(entry.pieces[-1]):
                entry.pieces.append(line.strip())
                continue
            relation = _RELATION.match(line)
            if relation and entry is None:
                self._refuse(number, "syntax", "nothing stands above this relation", "begin with `[title]: text`")
            if entry:
                yield entry
            if relation:
                entry = _Entry(number, len(relation[1].expandtabs(4)), relation[2], [relation[3]])
            else:
                entry = self._opened(number, line)
        if entry:
            yield entry

    def _begins(self, line: str) -> bool:
        return any(pattern.match(line) for pattern in (_RELATION, _STRUCTURE, _LIST, _HEADING))

    def _opened(self, number: int, line: str) -> _Entry | None:
        """The entry that a line begins which bears on nothing above it."""
        if _STRUCTURE.match(line):
            hint = "write the premises as arguments that support the conclusion, each with `+`"
            self._refuse(number, "syntax", "premise-conclusion structures are not read", hint)
        if _HEADING.match(line):
            self.left["headings"] += 1
            return None
        text = match[1] if (match := _LIST.match(line)) else line.strip()
        return _Entry(number, 0, "", [text]) if text else None

    def _take(self, entry: _Entry) -> str:
        """Add what an entry says to the sketch, and give its key; the first text of a title holds."""
        said_here = entry.text
        blocks = [int(match[1]) for match in _BLOCK.finditer(said_here)]
        text = _BLOCK.sub("", said_here).strip()
        named = _NAMED.fullmatch(text)
        title = (named["statement"] or named["argument"]).strip() if named else ""
        if named and named["text"] and not named["defines"]:
            named, title = (None, "") if _TAG.sub(r"\1", named["text"]).strip() else (named, title)
        words = self._plain(named["text"] if named else text)
        bracket = "[" if named and named["statement"] else "<"
        key = f"{bracket}{title}" if title else f" {entry.line}"
        said = self.found.said.setdefault(key, Said(mark=self._mark(entry.line), title=title))
        if title.endswith(".warrant"):
            said.role = "warrant"
        if not title and not words:
            self._refuse(entry.line, "syntax", "a statement is needed here", "write its text, or its title in brackets")
        if words and not said.text:
            said.text, said.mark = words, self._mark(entry.line)
            self.found.said[key] = self.found.said.pop(key)  # the order is that of the texts
        elif words and words != said.text:
            self.found.notes.append(noted(self._mark(entry.line), f"a second text of '{title}' is left out"))
        for block in blocks:
            said.data |= self._data(*self.blocks[block])
        return key

    def _plain(self, text: str) -> str:
        """The text without tags and back slashes."""
        bare, tags = _TAG.subn(lambda found: found[1] or "", text)
        self.left["tags"] += tags - len(_ESCAPED.findall(text))
        return " ".join(_ESCAPED.sub(r"\1", bare).split())

    def _data(self, block: str, line: int) -> dict[str, Any]:
        """Read what stands in braces: block style where it begins on a line of its own, else flow style."""
        first, newline, rest = block.partition("\n")
        inner = rest[:-1] if newline and not first[1:].strip() else block
        try:
            data = read(inner, self.file).data
        except Refused as refused:
            moved = line if inner is not block else line - 1
            raise Refused(
                replace(problem, mark=self._mark(min(problem.mark.line + moved, len(self.lines)), problem.mark.column))
                for problem in refused.problems
            ) from None
        if not isinstance(data, dict | None):
            self._refuse(line, "wrong-type", "keys and values are needed in these braces")
        return data or {}

    def _mark(self, line: int, column: int = 1) -> Mark:
        return Mark(file=self.file, line=line, column=column, excerpt=self.lines[line - 1])

    def _refuse(self, line: int, rule: str, message: str, hint: str = "") -> NoReturn:
        raise Refused([Problem(mark=self._mark(line), rule=rule, message=message, hint=hint)])
