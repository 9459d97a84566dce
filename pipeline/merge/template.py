"""Make a copy's bytes: a finished PDF with gaps, and what fills them, in; the PDF of one recipient out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pipeline.problem import ToolFailed

LABEL = b"<!--openbrief-label-->"
"""Where the packet of metadata has room for what a copy is called."""
_IDENTIFIERS = re.compile(rb"/ID ?\[\((\w{32})\) \((\w{32})\)\]")
_INSTANCE = re.compile(rb"<xmpMM:InstanceID>(urn:uuid:[0-9a-f-]{36})</xmpMM:InstanceID>")


def label(called: str) -> bytes:
    """What a copy is called, as a description in its packet of metadata (XMP, ISO 16684-1, 8.4: `xmp:Label`)."""
    if not called:
        return b""
    said = f"<xmp:Label>{escape(called)}</xmp:Label>"
    return f'<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">{said}</rdf:Description>'.encode()


@dataclass(frozen=True, slots=True)
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

    def copy(
        self, runs: Sequence[bytes], words: Sequence[bytes], called: str, instance: str, identifier: bytes
    ) -> bytearray:
        """The bytes of one copy; `instance` is its URN, and `identifier` the 32 hexadecimal digits of its file.

        Raises ToolFailed where something is longer than its place, which was made for the longest.
        """
        made = bytearray(self.data)
        for place, content in (*zip(self.gaps, runs, strict=True), *zip(self.words, words, strict=True)):
            _fill(made, place, content)
        _fill(made, self.label, label(called))
        _fill(made, self.instance, instance.encode())
        for place in self.identifiers:
            _fill(made, place, identifier)
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


def _fill(made: bytearray, place: tuple[int, int], content: bytes) -> None:
    start, length = place
    if len(content) > length:
        raise ToolFailed("the list has changed while its copies were made: start again")
    made[start : start + length] = content.ljust(length)
