"""Add items to the end of a list in YAML text: text and items in, the longer text out; no line of it is changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pipeline.forms import Document
from pipeline.problem import Mark, Problem, Refused

_PLAIN = re.compile(r"[^\W\d_].*|10\.\d{4,9}/\S+")
"""What a text without quotes may look like: it starts with a letter, or is a DOI."""
_SPEAKING = re.compile(r":(?:\s|$)|\s#")
"""Signs that mean something to YAML inside a text."""
_SPEAKING_IN_BRACKETS = re.compile(r"[\[\]{},:#]")
_WORDS = re.compile(r"true|false|yes|no|on|off|null|y|n", re.IGNORECASE)
"""Words that YAML 1.1 takes for something else than text."""


class Layout(NamedTuple):
    """How the items of a list stand in their file."""

    dash: int
    """How many spaces stand before each hyphen."""
    inside: int
    """How many spaces stand before the keys of an item."""
    apart: bool
    """Whether an empty line stands between items."""


def extended(text: str, document: Document, key: str, items: Sequence[Mapping[str, Any]], note: str = "") -> str:
    """Append `items` to the list below `key`, the last thing in `text`, laid out as its own items are.

    `document` is what was read from the text; `note` becomes a comment above the items. The texts of the items are
    single lines. Raises Refused where the list stands in brackets, unless it is empty.
    """
    data = document.data
    old = data.get(key) if isinstance(data, dict) else None
    count = len(old) if isinstance(old, list) else 0
    start = document.marks.value((key,))
    if start.excerpt[start.column - 1 :].startswith("["):
        text = _without_brackets(text, start, empty=count == 0)
    layout = _layout(document, key, count)
    written = [_item(item, layout) for item in items]
    if note:
        written[0] = f"{' ' * layout.dash}# {note}\n{written[0]}"
    gap = "\n" if layout.apart else ""
    added = (gap if count and not text.endswith(("\n\n", "\r\n\r\n")) else "") + gap.join(written)
    end = "\r\n" if "\r\n" in text else "\n"
    return text + ("" if text.endswith("\n") else end) + added.replace("\n", end)


def _without_brackets(text: str, start: Mark, *, empty: bool) -> str:
    """Take an empty pair of brackets away, so that items can stand below."""
    lines = text.split("\n")
    before, after = lines[start.line - 1][: start.column - 1], lines[start.line - 1][start.column - 1 :]
    if text.startswith("\ufeff") and start.line == 1:
        before, after = lines[0][: start.column], lines[0][start.column :]
    if not empty or not re.match(r"\[\s*\]", after):
        hint = "write each item on lines of its own, starting with `- `"
        message = "nothing can be added to a list in brackets"
        raise Refused([Problem(mark=start, rule="imported-source", message=message, hint=hint)])
    lines[start.line - 1] = (before.rstrip() + re.sub(r"^\[\s*\]", "", after)).rstrip(" ")
    return "\n".join(lines)


def _layout(document: Document, key: str, count: int) -> Layout:
    """Find how the last item stands."""
    if not count:
        return Layout(2, 4, apart=True)
    lines, last = document.marks.lines, document.marks.value((key, count - 1))
    before = lines[last.line - 1][: last.column - 1]
    if before.strip() != "-":
        dash = document.marks.value((key,)).column - 1
        return Layout(dash, dash + 2, apart=False)
    dash = before.index("-")
    inside = dash + 2 if lines[last.line - 1][last.column - 1] == "{" else last.column - 1
    above = last.line - 2
    while above >= 0 and lines[above].lstrip().startswith("#"):
        above -= 1
    return Layout(dash, inside, apart=count == 1 or not lines[above].strip())


def _item(item: Mapping[str, Any], layout: Layout) -> str:
    """One item, with a line for each key and each item of a list of mappings."""
    lines = []
    for key, value in item.items():
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            lines += [f"{key}:", *(f"  - {_in_brackets(part)}" for part in value)]
        else:
            lines.append(f"{key}: {_scalar(value) if isinstance(value, str) else _in_brackets(value)}")
    first = " " * layout.dash + "-" + " " * (layout.inside - layout.dash - 1)
    return "".join(f"{first if number == 0 else ' ' * layout.inside}{line}\n" for number, line in enumerate(lines))


def _in_brackets(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{key}: {_in_brackets(part)}' for key, part in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(_in_brackets, value))}]"
    if isinstance(value, bool | int):
        return str(value).lower()
    return _quoted(value) if _SPEAKING_IN_BRACKETS.search(value) else _scalar(value)


def _scalar(text: str) -> str:
    """A text that YAML reads as it is, in quotes where it must be."""
    safe = _PLAIN.fullmatch(text) and not _SPEAKING.search(text) and not _WORDS.fullmatch(text)
    return text if safe else _quoted(text)


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
