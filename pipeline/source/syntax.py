"""Say what the YAML parser stumbled over, in words and at the place that help to mend it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import yaml

Finding: TypeAlias = "tuple[tuple[int, int], str, str, str]"
"""Line and column, rule, message, hint."""
_QUOTE = {"'": "single", '"': "double"}
_SENTENCES = (
    ("mapping values are not allowed", "a colon and a space stand inside a text without quotes",
     "put quotes around the whole text, or check that the line starts below the one before"),
    ("block sequence entries are not allowed", "a list can't start on this line",
     "start the list on a line of its own"),
    ("mapping keys are not allowed", "text can't start with a question mark and a space here",
     "put quotes around the whole text"),
    ("incompatible", "a line that starts with '%' is an order to YAML", "delete the line"),
    ("could not find expected ':'", "this line has no colon after its key",
     "write `key: value`, or put more spaces before it if it belongs to the line above"),
    ("did not find expected '-' indicator", "this line is not an item of the list above it",
     "start it with `- `, or check its spaces"),
    ("did not find expected comment or line break", "text can't stand on the same line as '|' or '>'",
     "start the text on the next line, with two more spaces; put quotes around a text that starts with '>' or '|'"),
    ("unknown escape character", "a backslash in double quotes starts an escape that YAML doesn't know",
     "write two backslashes, or use single quotes"),
    ("escape", "the escape that starts with this backslash is wrong", "write the character itself"),
    ("did not find expected node content", "a value is missing here", "put quotes around a text that starts with this"),
    ("did not find expected key", "this line fits no key above it", "check the spaces at its start"),
)  # fmt: skip


def in_our_words(error: yaml.MarkedYAMLError, lines: Sequence[str], quoted: Any, opened: Any) -> Finding:
    """Turn the parser's error into a finding.

    `quoted` is the last text in quotes before it, `opened` the innermost list or mapping around it, if there is one.
    """
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    if "quoted scalar" in context and error.context_mark and "escape" not in problem:
        return _unclosed(error.context_mark.line, error.context_mark.column, lines)
    if quoted is not None and (quoted.end_mark.line, quoted.end_mark.column) >= (line, column - 1):
        return _after_quote(quoted, lines)
    at_end = not "".join(lines[line:])[column:].strip()
    if "node content" in problem and at_end and getattr(opened, "flow_style", False):
        return _unclosed_bracket(opened.start_mark.line, opened.start_mark.column, lines)
    if error.context_mark and ("flow" in context or "simple key" in context):
        line, column = error.context_mark.line, error.context_mark.column
    if "expected ','" in problem:
        return _unclosed_bracket(line, column, lines)
    if "cannot start any token" in problem or "alphabetic or numeric" in problem:
        start = error.context_mark or mark
        return _bad_start(line, start.column if start else column, lines)
    message, hint = next(
        (entry[1:] for entry in _SENTENCES if entry[0] in problem), (f"YAML can't be read from here on: {problem}", "")
    )
    return (line + 1, column + 1), "syntax", message, hint


def swallowed(event: Any, lines: Sequence[str], indent: int) -> Finding | None:
    """Refuse quotes that close only after lines which aren't set further in than the block they stand in.

    YAML 1.2.2, section 7.3.1: continuation lines of a quoted text must be indented; the C parser lets that pass.
    """
    start, end = event.start_mark.line, event.end_mark.line
    if start == end:
        return None
    for line in lines[start + 1 : end + 1]:
        if line.strip() and len(line) - len(line.lstrip(" ")) <= indent:
            return _unclosed(start, event.start_mark.column, lines)
    return None


def cut_off(event: Any, lines: Sequence[str]) -> Finding | None:
    """Refuse a comment that looks like the rest of the text before it, as in `price: about #1`."""
    line, column = event.end_mark.line, event.end_mark.column
    if line >= len(lines) or "#" not in lines[line]:
        return None
    rest = lines[line][column:]
    if comment := re.match(r" +#(?=[^\s#])", rest):
        hint = "put quotes around the whole text, or a space behind '#'"
        return (line + 1, column + comment.end()), "syntax", "what follows '#' is a comment and would be dropped", hint
    return None


def _unclosed(line: int, column: int, lines: Sequence[str]) -> Finding:
    quote = _character(lines, line, column)
    kind = _QUOTE.get(quote, "")
    message = f"the {kind} quotation mark that opens here is not closed".replace("  ", " ")
    return (line + 1, column + 1), "syntax", message, f"write {quote or 'it'} at the end of the text"


def _unclosed_bracket(line: int, column: int, lines: Sequence[str]) -> Finding:
    noun, end = ("list", "]") if _character(lines, line, column) == "[" else ("mapping", "}")
    message = f"the {noun} that starts here is not closed"
    return (line + 1, column + 1), "syntax", message, f"write '{end}' at its end"


def _after_quote(quoted: Any, lines: Sequence[str]) -> Finding:
    start, end = quoted.start_mark, quoted.end_mark
    if start.line != end.line:
        return _unclosed(start.line, start.column, lines)
    if quoted.style == "'":
        hint = "write '' for an apostrophe inside single quotes, or use double quotes"
    else:
        hint = 'write \\" for a quotation mark inside double quotes, or use single quotes'
    return (end.line + 1, end.column + 1), "syntax", "text follows a closing quotation mark", hint


def _bad_start(line: int, column: int, lines: Sequence[str]) -> Finding:
    first = _character(lines, line, column)
    return (line + 1, column + 1), "syntax", f"text can't start with '{first}'", "put quotes around the whole text"


def _character(lines: Sequence[str], line: int, column: int) -> str:
    return lines[line][column : column + 1] if line < len(lines) else ""
