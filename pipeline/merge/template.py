"""Make a copy's bytes: a finished PDF with gaps, and what fills them, in; the PDF of one recipient out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from xml.sax.saxutils import escape

from pipeline.problem import ToolFailed

LABEL = b"<!--openbrief-label-->"
"""Where the packet of metadata has room for what a copy is called."""
_CHANGED = "the list has changed while its copies were made: start again"
_IDENTIFIERS = re.compile(rb"/ID ?\[\((\w{32})\) \((\w{32})\)\]")
_INSTANCE = re.compile(rb"<xmpMM:InstanceID>(urn:uuid:[0-9a-f-]{36})</xmpMM:InstanceID>")


def label(called: str) -> bytes:
    """What a copy is called, as a description in its packet of metadata (XMP, ISO 16684-1, 8.4: `xmp:Label`)."""
    if not called:
        return b""
    said = f"<xmp:Label>{escape(called)}</xmp:Label>"
    return f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">{said}</rdf:Description>'.encode()


@dataclass(frozen=True)
class Template:
    """A finished PDF, and where in it copies differ; each place has a fixed length."""

    data: bytes
    gaps: tuple[tuple[int, int], ...]
    """Where each run stands, and how long it may be, in the order of the gaps."""
    words: tuple[tuple[int, int], ...]
    """Where tags say what stands in a gap, and how long that may be, for the gaps where they do."""
    label: tuple[int, int]
    instance: tuple[int, int]
    identifiers: tuple[tuple[int, int], ...]

    @cached_property
    def cut(self) -> tuple[tuple[memoryview, int, int], ...]:
        """What all copies share, in pieces, each with the number of the place behind it and how long that is."""
        places = (*self.gaps, *self.words, self.label, self.instance, *self.identifiers)
        view, end, pieces = memoryview(self.data), 0, []
        for number, (start, length) in sorted(enumerate(places), key=lambda place: place[1]):
            if length:
                pieces.append((view[end:start], number, length))
                end = start + length
        return (*pieces, (view[end:], -1, 0))

    def copy(
        self, runs: Sequence[bytes], words: Sequence[bytes], called: str, instance: str, identifier: bytes
    ) -> list[bytes | memoryview]:
        """The pieces of one copy; `instance` is its URN, and `identifier` the 32 hexadecimal digits of its file.

        Nothing that copies share is copied. Raises ToolFailed where something is longer than its place, which was made
        for the longest.
        """
        contents = (*runs, *words, label(called), instance.encode(), identifier, identifier)
        if len(contents) != len(self.gaps) + len(self.words) + 4 or (contents[-4] and not self.label[1]):
            raise ToolFailed(_CHANGED)
        made = list[bytes | memoryview]()
        for piece, number, length in self.cut:
            content = contents[number] if length else b""
            if len(content) > length:
                raise ToolFailed(_CHANGED)
            made += (piece, content.ljust(length))
        return made


def template(data: bytes, gaps: Mapping[bytes, int], words: Mapping[bytes, int], label_room: int) -> Template:
    """Find the places of a master: gaps and words by their tokens with their lengths, and the room of its label.

    Raises ToolFailed where one is not there exactly once: the engine writes otherwise than it did.
    """
    identifiers, instances = list(_IDENTIFIERS.finditer(data)), list(_INSTANCE.finditer(data))
    if len(identifiers) != 1 or len(instances) != 1:
        raise ToolFailed("the PDF engine wrote no identifiers where copies have their own")
    return Template(
        data=data,
        gaps=tuple((_only(data, token), length) for token, length in gaps.items()),
        words=tuple((_only(data, token), length) for token, length in words.items()),
        label=(_only(data, LABEL), label_room) if label_room else (0, 0),
        instance=(instances[0].start(1), 45),
        identifiers=tuple((identifiers[0].start(number), 32) for number in (1, 2)),
    )


def _only(data: bytes, token: bytes) -> int:
    if data.count(token) != 1:
        raise ToolFailed("the PDF engine wrote no gap where a slot of the brief stands")
    return data.index(token)
