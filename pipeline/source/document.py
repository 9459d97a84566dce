"""Turn the text of one file into a document: plain data, and the place of every key and value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import yaml

from pipeline.forms import Document, Node
from pipeline.problem import Mark, Marks, Problem, Refused
from pipeline.source.characters import HIDDEN, hidden, hidden_character, is_plain, tabs, visible
from pipeline.source.comments import SIGN, comments
from pipeline.source.places import Index, Loader, Places, place_of
from pipeline.source.syntax import cut_off, in_our_words, swallowed

MAX_DEPTH = 64
"""How deep lists and mappings may stand in each other; the parser's own limit is the machine's stack."""
MAX_NODES = 200_000
"""How many keys, values and items one file may hold."""
Event: TypeAlias = Any
"""A parser's event; the library's types leave open whether it has marks, and it always has."""
_NOTHING = frozenset(["", "~", "null", "Null", "NULL"])
_ODD_KEYS = frozenset(["", "<<"])
_QUOTES = frozenset(["'", '"'])
_STARTS = frozenset([yaml.SequenceStartEvent, yaml.MappingStartEvent])
_ENDS = frozenset([yaml.SequenceEndEvent, yaml.MappingEndEvent])
_FRAMES = frozenset([yaml.StreamStartEvent, yaml.DocumentStartEvent, yaml.DocumentEndEvent])
_LINE_END = re.compile("\r\n|\r|\n")


def read(text: str, file: str) -> Document:
    """Read YAML text; `file` is the name that marks and problems carry.

    Raises Refused with every problem of the text.
    """
    text = text.removeprefix("\ufeff")
    lines = tuple(_LINE_END.split(text) if "\r" in text else text.split("\n"))
    reader = _Reader(file=file, lines=lines)
    if not is_plain(text):
        reader.lines = tuple(visible(line) for line in lines)
        reader.problems += [*hidden(file, lines), *tabs(file, lines)]
        text = visible(text).replace("\t", " ")
    if reader.take_events(text):
        reader.data = reader.whole()
        if reader.data is None:
            reader.refuse((1, 1), "syntax", "the file is empty", "write the keys it needs, or delete the file")
    if reader.problems:
        raise Refused(reader.problems)
    index = Index(reader.lines)
    marks = Marks(file=file, lines=reader.lines, values=Places(index, of_keys=False), keys=Places(index, of_keys=True))
    orders = tuple(comments(file, reader.lines, reader.events)) if SIGN in text else ()
    return Document(file=file, data=reader.data, marks=marks, comments=orders)


@dataclass(slots=True)
class _Reader:
    """Builds data and places from the parser's events; the events are bounded in depth before that."""

    file: str
    lines: tuple[str, ...]
    data: Node = None
    problems: list[Problem] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    coming: Iterator[Event] = field(default_factory=lambda: iter(()))

    def refuse(self, place: tuple[int, int], rule: str, message: str, hint: str) -> None:
        """Remember a problem at a line and column."""
        self.problems.append(Problem(mark=self.mark(place), rule=rule, message=message, hint=hint))

    def mark(self, place: tuple[int, int]) -> Mark:
        """The mark of a line and column."""
        excerpt = self.lines[place[0] - 1] if place[0] <= len(self.lines) else ""
        return Mark(file=self.file, line=place[0], column=place[1], excerpt=excerpt)

    def take_events(self, text: str) -> bool:
        """Collect the events of the first document; say whether they can be built upon."""
        opened: list[Event] = []
        quoted: list[Event] = []
        try:
            documents = self._collect(text, opened, quoted)
        except yaml.MarkedYAMLError as error:
            if not any(problem.rule == "syntax" for problem in self.problems):  # or it is the consequence of a tab
                last = quoted[-1] if quoted else None
                self.refuse(*in_our_words(error, self.lines, last, opened[-1] if opened else None))
            return False
        if not documents:
            self.refuse((1, 1), "syntax", "the file is empty", "write the keys it needs, or delete the file")
        return documents > 0

    def _collect(self, text: str, opened: list[Event], quoted: list[Event]) -> int:
        """Take the events and count the documents; -1 where there is too much. Every event comes this way: be quick."""
        documents, events = 0, self.events
        following = Loader(text).get_event  # yaml.parse asks twice for each
        while (kind := type(event := following())) is not yaml.StreamEndEvent:
            if kind is yaml.ScalarEvent and event.style in _QUOTES:
                quoted[:] = (event,)
            elif kind in _ENDS:
                opened.pop()
            elif kind in _STARTS:
                opened.append(event)
            elif kind in _FRAMES:
                if kind is yaml.DocumentStartEvent:
                    documents += 1
                    self._refuse_document_features(event, documents)
                continue
            if kind not in _ENDS and (
                event.anchor is not None or (kind is not yaml.AliasEvent and event.tag is not None)
            ):
                self._refuse_node_features(event)
            if len(opened) > MAX_DEPTH or len(events) > MAX_NODES:
                self._refuse_size(event, too_deep=len(opened) > MAX_DEPTH)
                return -1
            if documents == 1:
                events.append(event)
        return documents

    def whole(self) -> Node:
        """Build what the events say."""
        self.coming = iter(self.events)
        return self._node(next(self.coming), -1)

    def _node(self, event: Event, indent: int) -> Node:
        """Build the value that starts with an event; `indent` is the column of the block it stands in."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            return self._scalar(event, indent)
        column = indent if getattr(event, "flow_style", True) else event.start_mark.column
        if kind is yaml.SequenceStartEvent:
            return self._sequence(column)
        return self._mapping(column) if kind is yaml.MappingStartEvent else ""

    def _sequence(self, indent: int) -> list[Node]:
        items: list[Node] = []
        while type(event := next(self.coming)) is not yaml.SequenceEndEvent:
            items.append(self._node(event, indent))
        return items

    def _mapping(self, indent: int) -> dict[str, Node]:
        items: dict[str, Node] = {}
        keys: list[Event] = []
        while type(event := next(self.coming)) is not yaml.MappingEndEvent:
            key = self._key(event, indent)
            if key in items:
                first = place_of(keys[list(items).index(key)])[0]
                self.refuse(place_of(event), "duplicate-key", f"the key '{key}' stands here twice",
                            f"the first is on line {first}; keep one of them")  # fmt: skip
            else:
                keys.append(event)
            items[key] = self._node(next(self.coming), indent)
        return items

    def _key(self, event: Event, indent: int) -> str:
        if type(event) is yaml.ScalarEvent and not event.style and event.value not in _ODD_KEYS:
            return str(event.value)
        if isinstance(event, yaml.CollectionStartEvent):
            self.refuse(place_of(event), "yaml-feature", "a list or a mapping stands where a key is expected",
                        "put quotes around a text that starts with '{' or '['")  # fmt: skip
            self._node(event, indent)
            return ""
        key: str = getattr(event, "value", "")
        if key == "<<" and not event.style:
            self.refuse(place_of(event), "yaml-feature", "'<<' merges another mapping into this one",
                        "write the keys out")  # fmt: skip
        elif not key and hasattr(event, "value"):
            self.refuse(place_of(event), "syntax", "a key is empty", "write a name before the colon")
        if getattr(event, "style", None) == '"':
            self._refuse_hidden(event, key)
        return key

    def _scalar(self, event: Event, indent: int) -> str | None:
        text: str = event.value
        style = event.style
        if not style:
            if problem := cut_off(event, self.lines):
                self.refuse(*problem)
            return None if text in _NOTHING else text
        if style in _QUOTES:
            if problem := swallowed(event, self.lines, indent):
                self.refuse(*problem)
            if style == '"':
                self._refuse_hidden(event, text)
        return text

    def _refuse_hidden(self, event: Event, text: str) -> None:
        """Refuse what an escape writes, U+200B as six characters; what stands there itself was found before."""
        if match := HIDDEN.search(text):
            self.problems.append(hidden_character(self.mark(place_of(event)), match))

    def _refuse_size(self, event: Event, *, too_deep: bool) -> None:
        if too_deep:
            message = f"more than {MAX_DEPTH} lists and mappings stand in each other"
            hint = "check the brackets, and the spaces at the start of the lines"
        else:
            message, hint = f"the file holds more than {MAX_NODES:,} keys and values", "split it"
        self.refuse(place_of(event), "too-large", message, hint)

    def _refuse_document_features(self, event: Event, number: int) -> None:
        if event.version or event.tags:
            self.refuse((1, 1), "yaml-feature", "a line that starts with '%' is an order to YAML", "delete the line")
        if number == 2:
            self.refuse(place_of(event), "yaml-feature", "a second document starts here",
                        "delete the line `---`, or move what follows into a file of its own")  # fmt: skip

    def _refuse_node_features(self, event: Event) -> None:
        if isinstance(event, yaml.AliasEvent):
            self.refuse(place_of(event), "yaml-feature", f"'*{event.anchor}' is a YAML alias",
                        "write the text out; put quotes around a text that starts with '*'")  # fmt: skip
        elif getattr(event, "anchor", None) is not None:
            self.refuse(place_of(event), "yaml-feature", f"'&{event.anchor}' is a YAML anchor",
                        "delete it; put quotes around a text that starts with '&'")  # fmt: skip
        if getattr(event, "tag", None) is not None:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!")
            self.refuse(place_of(event), "yaml-feature", f"'{tag}' is a YAML tag",
                        "delete it; put quotes around a text that starts with '!'")  # fmt: skip
