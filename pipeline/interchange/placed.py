"""Read JSON (RFC 8259) so that every object knows its line: text in, plain values out."""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from json import decoder, scanner
from typing import Any

from pipeline.problem import Mark, Problem, Refused


class Placed(dict[str, Any]):
    """An object of a JSON file."""

    mark: Mark


def read_json(text: str, file: str) -> Any:
    """Read a text; numbers come as they are written. `file` is what places call it.

    Raises Refused where it is not JSON, or too deep to be read.
    """
    lines = text.split("\n")

    starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def place(offset: int) -> Mark:
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        return Mark(file=file, line=line, column=column, excerpt=lines[line - 1])

    try:
        return _Decoder(place).decode(text)
    except json.JSONDecodeError as error:
        mark = place(min(error.pos, len(text)))
        problem = Problem(mark=mark, rule="syntax", message=f"this is not JSON: {error.msg.lower()}")
    except RecursionError:
        problem = Problem(
            mark=Mark(file=file), rule="too-large", message="too many lists and objects stand in each other"
        )
    raise Refused([problem])


class _Decoder(json.JSONDecoder):
    """Python's own decoder in its form without C, which lets objects be read by a function of ours."""

    def __init__(self, place: Any) -> None:
        super().__init__(parse_int=str, parse_float=str, parse_constant=str)

        def parse_object(start: tuple[str, int], *rest: Any) -> tuple[Placed, int]:
            value, end = decoder.JSONObject(start, *rest)  # type: ignore[attr-defined]
            placed = Placed(value)
            placed.mark = place(start[1] - 1)
            return placed, end

        self.parse_object = parse_object
        self.scan_once = scanner.py_make_scanner(self)  # type: ignore[attr-defined]
