"""Follow a PDF's table of objects as it is written: bytes in, the objects out that it leads astray.

Most readers mend a wrong table without a word, by looking for the objects themselves; those that believe it find
others in their places, or none. The table and the streams of objects are described in ISO 32000-1, 7.5.7 and 7.5.8.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_STREAM = re.compile(rb"(\d+) \d+ obj\s*<<(.*?)>>\s*stream\r?\n", re.DOTALL)
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_NUMBERS = re.compile(rb"/(W|Index|First|N|Size)\b\s*\[?([\d\s]+)")
IN_FILE, IN_STREAM = 1, 2
"""Where the table says that an object lies: at an offset of the file, or in a stream of objects."""


def astray(pdf: bytes) -> Iterator[int]:
    """Yield the number of each object in a stream at whose place the stream has another one.

    A table that is no stream, or one with a predictor, has nothing to follow here. Raises ValueError and LookupError
    where the table can't be read.
    """
    found = _START.search(pdf[-64:])
    table = _STREAM.match(pdf, int(found[1])) if found else None
    if table is None or b"/Predictor" in table[2]:
        return
    entries = _entries(_decoded(pdf, table), _numbers(table[2]))
    held: dict[int, list[int]] = {}
    for number, (kind, where, index) in entries.items():
        if kind == IN_STREAM:
            if where not in held:
                held[where] = _held(pdf, entries[where][1])
            if held[where][index : index + 1] != [number]:
                yield number


def _entries(data: bytes, numbers: Mapping[str, list[int]]) -> dict[int, tuple[int, ...]]:
    """Kind, place and index of each object, by its number."""
    widths = numbers["W"]
    index = numbers.get("Index", [0, *numbers["Size"]])
    objects = [first + step for first, count in zip(index[::2], index[1::2], strict=True) for step in range(count)]
    row, found = sum(widths), {}
    for place, number in enumerate(objects):
        fields, at = [], place * row
        for width in widths:
            fields.append(int.from_bytes(data[at : at + width], "big") if width else IN_FILE)
            at += width
        found[number] = tuple(fields)
    return found


def _held(pdf: bytes, offset: int) -> list[int]:
    """The numbers of the objects in a stream of objects, in their order."""
    stream = _STREAM.match(pdf, offset)
    if stream is None:
        raise ValueError(f"no stream of objects begins at {offset}")
    (first,) = _numbers(stream[2])["First"]
    return [int(number) for number in _decoded(pdf, stream)[:first].split()[::2]]


def _numbers(dictionary: bytes) -> dict[str, list[int]]:
    return {name.decode(): [int(each) for each in text.split()] for name, text in _NUMBERS.findall(dictionary)}


def _decoded(pdf: bytes, stream: re.Match[bytes]) -> bytes:
    data = pdf[stream.end() :]
    try:
        return zlib.decompressobj().decompress(data) if b"/FlateDecode" in stream[2] else data
    except zlib.error as error:
        raise ValueError(f"a stream of the table of objects is damaged: {error}") from error
