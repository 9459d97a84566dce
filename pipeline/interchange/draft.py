"""Write imported arguments as YAML that reads aloud well: drafts in, files out.

The keys stand in the order of the records. What an argument needs and the imported file didn't say is not made up: its
key stands there without a value and says what is to do, and `openbrief check` reports it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Literal, get_args, get_origin

from pipeline.argument import Argument, Evidence, Expectation, Ground, Locator, Objection, Response
from pipeline.forms import Output
from pipeline.interchange.sketch import Draft
from pipeline.problem import Problem, Refused
from pipeline.record import Record
from pipeline.source import MAX_DEPTH
from pipeline.source.characters import HIDDEN, hidden_character

WIDTH = 120
TODO = "to do:"
_RECORDS: Mapping[str, type[Record]] = {
    "grounds": Ground,
    "objections": Objection,
    "evidence": Evidence,
    "response": Response,
    "locator": Locator,
    "tests": Expectation,
}
_HINTS = {
    "short": "the claim in a few words, as a heading",
    "warrant": "why the grounds carry the claim",
    "source": "the id of a work in sources.yaml",
    "claim": "the claim, as one sentence",
    "text": "the text",
    "finding": "what the source found",
    "id": "a name of small letters, digits and hyphens",
    "open": "what would settle it, or write `response:` or `conceded:` in place of this",
}
_OUTCOMES = ("response", "conceded", "open")
_PLAIN = re.compile(r"(?!(?:null|Null|NULL)\Z)[A-Za-z0-9(€$£\u00c0-\u024f](?:(?!: | #|:\Z)[^\n\t])*")
_INLINE = re.compile(r"(?!null\Z)[A-Za-z0-9](?:[A-Za-z0-9 ._/-]*[A-Za-z0-9])?", re.IGNORECASE)
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_HEAD = "# yaml-language-server: $schema=../../assets/schema/argument.schema.json\n"


class ToDo(str):
    """What is to be filled in, and how."""

    __slots__ = ()


def written(draft: Draft, origin: str) -> tuple[Output, int]:
    """Give an argument's file, its path below arguments/, and how many things are to do in it.

    `origin` is the name of the file it comes from. Raises Refused for texts that no file may hold.
    """
    plain = _scalars(draft)
    data = _complete(plain, Argument)
    data.pop("id", None)
    tasks = sum(isinstance(value, ToDo) for value in _values(data))
    note = f"# Imported from {json.dumps(origin)}; {tasks} lines say what is {TODO[:-1]}.\n" if tasks else ""
    text = "\n".join(_mapping(data, 0, spaced=True))
    return Output(path=f"{draft.id}.yaml", data=f"{_HEAD}{note}\n{text}\n".encode()), tasks


def _scalars(draft: Draft) -> dict[str, Any]:
    """The draft's data with every scalar as text, as YAML is read here, and nothing where nothing is said."""

    def taken(value: Any, depth: int) -> Any:
        if depth > MAX_DEPTH - 8:
            message = "too many lists and mappings stand in each other"
            raise Refused([Problem(mark=draft.mark, rule="too-large", message=message)])
        if isinstance(value, dict):
            return {one(str(key)): taken(inner, depth + 1) for key, inner in value.items() if inner is not None}
        if isinstance(value, list):
            return [taken(inner, depth + 1) for inner in value if inner is not None]
        return one(str(value).lower() if isinstance(value, bool) else str(value))

    def one(text: str) -> str:
        clean = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").strip()
        if found := HIDDEN.search(clean):
            raise Refused([hidden_character(draft.mark, found)])
        return clean

    data: dict[str, Any] = taken(draft.data, 0)
    return data


def _complete(data: Mapping[str, Any], kind: type[Record]) -> dict[str, Any]:
    """Put the keys in the order of the record, with what is to do for each that is needed and missing."""
    names = sorted(kind.model_fields, key="audiences".__eq__)
    found: dict[str, Any] = {}
    for name in names:
        if name in data:
            found[name] = _inner(name, data[name])
        elif kind.model_fields[name].is_required():
            found[name] = ToDo(_hint(kind, name))
    if kind is Objection and not any(name in data for name in _OUTCOMES):
        found["open"] = ToDo(_HINTS["open"])
    return {**found, **{name: value for name, value in data.items() if name not in found}}


def _inner(name: str, value: Any) -> Any:
    record = _RECORDS.get(name)
    if record is None:
        return value
    if isinstance(value, dict):
        return _complete(value, record)
    return (
        [_complete(item, record) if isinstance(item, dict) else item for item in value]
        if isinstance(value, list)
        else value
    )


def _hint(kind: type[Record], name: str) -> str:
    hint = kind.model_fields[name].annotation
    options = get_args(hint) if get_origin(hint) is Literal else ()
    if len(options) > 6:
        return f"{', '.join(options[:3])} or another of {len(options)} words, which editors list"
    return f"{', '.join(options[:-1])} or {options[-1]}" if options else _HINTS.get(name, "fill this in")


def _values(value: Any) -> Iterator[Any]:
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield inner
        yield from _values(inner)


def _mapping(data: Mapping[str, Any], indent: int, *, spaced: bool = False) -> Iterator[str]:
    """Write a mapping in block style; an empty line goes before each list of an argument."""
    for key, value in data.items():
        name = key if _KEY.fullmatch(key) else json.dumps(key, ensure_ascii=False)
        if spaced and isinstance(value, list) and key != next(iter(data)):
            yield ""
        head = f"{' ' * indent}{name}:"
        if isinstance(value, list) and value and not _is_inline(value, head):
            yield head
            yield from _list(value, indent + 2, spaced=key in ("grounds", "objections"))
        elif isinstance(value, dict) and value and not (key == "locator" and _is_inline(list(value.values()), head)):
            yield head
            yield from _mapping(value, indent + 2)
        else:
            yield from _scalar(head, value, indent)


def _list(items: list[Any], indent: int, *, spaced: bool) -> Iterator[str]:
    for number, item in enumerate(items):
        if spaced and number:
            yield ""
        dash = f"{' ' * indent}-"
        if isinstance(item, dict) and item:
            first, *rest = _mapping(item, indent + 2)
            yield f"{dash} {first.lstrip()}"
            yield from rest
        elif isinstance(item, list) and item:
            yield dash
            yield from _list(item, indent + 2, spaced=False)
        else:
            yield from _scalar(dash, item, indent)


def _is_inline(values: list[Any], head: str) -> bool:
    """Whether these can stand in brackets on one line."""
    plain = all(type(value) is str and _INLINE.fullmatch(value) and len(value) < 64 for value in values)
    return plain and len(head) + sum(len(value) + 12 for value in values) < WIDTH and "contested" not in head


def _scalar(head: str, value: Any, indent: int) -> Iterator[str]:
    """Write a text behind its key or dash: on the line where it fits there, in a block below where it doesn't."""
    if isinstance(value, ToDo):
        yield f"{head}  # {TODO} {value}"
    elif isinstance(value, dict):
        yield f"{head} {{{', '.join(f'{key}: {inner}' for key, inner in value.items())}}}"
    elif isinstance(value, list):
        yield f"{head} [{', '.join(value)}]"
    elif not value:
        yield f'{head} ""'
    elif _PLAIN.fullmatch(value) and len(head) + 1 + len(value) <= WIDTH:
        yield f"{head} {value}"
    elif "\n" in value:
        yield f"{head} |-"
        yield from (f"{' ' * (indent + 2)}{line}" if line.strip() else "" for line in value.split("\n"))
    else:
        yield f"{head} >-"
        yield from (f"{' ' * (indent + 2)}{line}" for line in _folded(value, WIDTH - indent - 2))


def _folded(text: str, width: int) -> Iterator[str]:
    """Break a text at single spaces only, which is where YAML joins lines again."""
    line = ""
    for word in re.split(r"(?<=\S) (?=\S)", text):
        if line and len(line) + 1 + len(word) > width:
            yield line
            line = word
        else:
            line = f"{line} {word}" if line else word
    yield line
