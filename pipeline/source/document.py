"""Turn the text of one file into a document: plain data, and the place of every key and value."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from pipeline.forms import Document, Node
from pipeline.problem import Mark, Marks, Path, Problem, Refused
from pipeline.source.characters import HIDDEN, hidden, hidden_character, tabs, visible
from pipeline.source.syntax import cut_off, in_our_words, swallowed

MAX_DEPTH = 64
"""How deep lists and mappings may stand in each other; the parser's own limit is the machine's stack."""
MAX_NODES = 200_000
"""How many keys, values and items one file may hold."""
Event: TypeAlias = Any
"""A parser's event; the library's types leave open whether it has marks, and it always has."""
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_LINE_END = re.compile("\r\n|\r|\n")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read(text: str, file: str) -> Document:
    """Read YAML text; `file` is the name that marks and problems carry.

    Raises Refused with every problem of the text.
    """
    text = text.removeprefix("\ufeff")
    lines = tuple(_LINE_END.split(text))
    reader = _Reader(file=file, lines=tuple(visible(line) for line in lines))
    reader.problems += [*hidden(file, lines), *tabs(file, lines)]
    if reader.take_events(visible(text).replace("\t", " ")):
        reader.data = reader.node((), indent=-1)
        if reader.data is None:
            reader.refuse((1, 1), "syntax", "the file is empty", "write the keys it needs, or delete the file")
    if reader.problems:
        raise Refused(reader.problems)
    marks = Marks(file=file, lines=reader.lines, values=reader.values, keys=reader.keys)
    return Document(file=file, data=reader.data, marks=marks)


@dataclass(slots=True)
class _Reader:
    """Builds data and places from the parser's events; the events are bounded in depth before that."""

    file: str
    lines: tuple[str, ...]
    data: Node = None
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    events: deque[Event] = field(default_factory=deque)

    def refuse(self, place: tuple[int, int], rule: str, message: str, hint: str) -> None:
        """Remember a problem at a line and column."""
        self.problems.append(Problem(mark=self.mark(place), rule=rule, message=message, hint=hint))

    def mark(self, place: tuple[int, int]) -> Mark:
        """The mark of a line and column."""
        excerpt = self.lines[place[0] - 1] if place[0] <= len(self.lines) else ""
        return Mark(file=self.file, line=place[0], column=place[1], excerpt=excerpt)

    def take_events(self, text: str) -> bool:
        """Collect the events of the first document; say whether they can be built upon."""
        documents = 0
        opened: list[Event] = []
        quoted: Event | None = None
        try:
            for event in yaml.parse(text, Loader=_Loader):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    self._refuse_document_features(event, documents)
                elif isinstance(event, (yaml.NodeEvent, yaml.CollectionEndEvent)):
                    _follow(event, opened)
                    if len(opened) > MAX_DEPTH or len(self.events) > MAX_NODES:
                        self._refuse_size(event, too_deep=len(opened) > MAX_DEPTH)
                        return False
                    self._refuse_node_features(event)
                    quoted = event if getattr(event, "style", None) in ("'", '"') else quoted
                    if documents == 1:
                        self.events.append(event)
        except yaml.MarkedYAMLError as error:
            if not any(problem.rule == "syntax" for problem in self.problems):  # or it is the consequence of a tab
                self.refuse(*in_our_words(error, self.lines, quoted, opened[-1] if opened else None))
            return False
        if not documents:
            self.refuse((1, 1), "syntax", "the file is empty", "write the keys it needs, or delete the file")
        return documents > 0

    def node(self, path: Path, indent: int) -> Node:
        """Build the value at `path` from the next events; `indent` is the column of the block it stands in."""
        event = self.events.popleft()
        self.values[path] = _place(event)
        column = indent if getattr(event, "flow_style", True) else event.start_mark.column
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path, column)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path, column)
        return self._scalar(event, indent)

    def _sequence(self, path: Path, indent: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(self.events[0], yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.keys[here] = _place(self.events[0])
            items.append(self.node(here, indent))
        self.events.popleft()
        return items

    def _mapping(self, path: Path, indent: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        while not isinstance(self.events[0], yaml.MappingEndEvent):
            place = _place(self.events[0])
            key = self._key(path, indent)
            here = (*path, key)
            if key in items:
                first = self.keys[here][0]
                self.refuse(place, "duplicate-key", f"the key '{key}' stands here twice",
                            f"the first is on line {first}; keep one of them")  # fmt: skip
            self.keys.setdefault(here, place)
            items[key] = self.node(here, indent)
        self.events.popleft()
        return items

    def _key(self, path: Path, indent: int) -> str:
        event: Event = self.events[0]
        if isinstance(event, yaml.CollectionStartEvent):
            self.refuse(_place(event), "yaml-feature", "a list or a mapping stands where a key is expected",
                        "put quotes around a text that starts with '{' or '['")  # fmt: skip
            self.node((*path, ""), indent)
            return ""
        self.events.popleft()
        key = getattr(event, "value", "")
        if key == "<<" and not event.style:
            self.refuse(_place(event), "yaml-feature", "'<<' merges another mapping into this one",
                        "write the keys out")  # fmt: skip
        elif not key and hasattr(event, "value"):
            self.refuse(_place(event), "syntax", "a key is empty", "write a name before the colon")
        self._refuse_hidden(event, key)
        return key

    def _scalar(self, event: Event, indent: int) -> str | None:
        text = getattr(event, "value", "")
        style = getattr(event, "style", None)
        if not style and (problem := cut_off(event, self.lines)):
            self.refuse(*problem)
        if not style and text in _NOTHING:
            return None
        if style in ("'", '"') and (problem := swallowed(event, self.lines, indent)):
            self.refuse(*problem)
        self._refuse_hidden(event, text)
        return text

    def _refuse_hidden(self, event: Event, text: str) -> None:
        """Refuse what an escape writes, U+200B as six characters; what stands there itself was found before."""
        match = HIDDEN.search(text)
        if match and event.style == '"':
            self.problems.append(hidden_character(self.mark(_place(event)), match))

    def _refuse_size(self, event: Event, *, too_deep: bool) -> None:
        if too_deep:
            message = f"more than {MAX_DEPTH} lists and mappings stand in each other"
            hint = "check the brackets, and the spaces at the start of the lines"
        else:
            message, hint = f"the file holds more than {MAX_NODES:,} keys and values", "split it"
        self.refuse(_place(event), "too-large", message, hint)

    def _refuse_document_features(self, event: Event, number: int) -> None:
        if event.version or event.tags:
            self.refuse((1, 1), "yaml-feature", "a line that starts with '%' is an order to YAML", "delete the line")
        if number == 2:
            self.refuse(_place(event), "yaml-feature", "a second document starts here",
                        "delete the line `---`, or move what follows into a file of its own")  # fmt: skip

    def _refuse_node_features(self, event: Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(_place(event), "yaml-feature", f"'*{event.anchor}' is a YAML alias",
                        "write the text out; put quotes around a text that starts with '*'")  # fmt: skip
        elif getattr(event, "anchor", None) is not None:
            self.refuse(_place(event), "yaml-feature", f"'&{event.anchor}' is a YAML anchor",
                        "delete it; put quotes around a text that starts with '&'")  # fmt: skip
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(_place(event), "yaml-feature", f"'{tag}' is a YAML tag",
                        "delete it; put quotes around a text that starts with '!'")  # fmt: skip


def _follow(event: Event, opened: list[Event]) -> None:
    """Keep the list of what is open, outermost first."""
    if isinstance(event, yaml.CollectionStartEvent):
        opened.append(event)
    elif isinstance(event, yaml.CollectionEndEvent):
        opened.pop()


def _place(event: Event) -> tuple[int, int]:
    return event.start_mark.line + 1, event.start_mark.column + 1
