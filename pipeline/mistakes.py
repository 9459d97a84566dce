"""Say what a record refused, in words for the people who write the files: pydantic's errors in, problems out."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from pipeline.chart import WHEN
from pipeline.problem import Marks, Path, Problem, did_you_mean
from pipeline.record import CITEKEY, COLOUR, DAY, KEYS_TAG, LANGUAGE, SLUG, TARGET, TEXT_TAG, WEB, Record, Unfit

Error = Mapping[str, Any]
Words = tuple[str, str, str]
"""Rule, message, hint."""

_PATTERNS = {
    SLUG: ("a name made of small letters, digits and hyphens", "write it as in `software-value`"),
    CITEKEY: ("a citekey", "write it as in `kapoor-2024-impact`, without '@' and without spaces"),
    DAY: ("a day", "write it as in 2026-03-01"),
    WHEN: ("a day, a month or a year", "write it as in 2024-10-28, 2024-10 or 2024"),
    COLOUR: ("a colour", 'write it as in "#12324f", in quotes and with small letters'),
    LANGUAGE: ("the tag of a language", "write it as in `en` or `en-GB`"),
    TARGET: ("an argument or a part of one", "write it as in `misuse-risk` or `misuse-risk/no-recall`"),
    WEB: ("an address on the web", "start it with https://"),
}
_NUMBERS = {"int": "a whole number", "float": "a number", "bool": "true or false"}


def problems(
    error: ValidationError, kind: type[Record], data: Any, marks: Marks, path: Path = (), known: Collection[Path] = ()
) -> Iterator[Problem]:
    """Yield a problem for each mistake that stopped the mapping at `path` from becoming a record of `kind`.

    Left out is what only follows from another mistake: a key missing because it was misspelt, a list
    too short because its items could not be used; and what stands at `known` paths, which were told of before.
    """
    errors = _errors(error)
    meant = misspelt(error, kind, data)
    for entry in errors:
        loc = entry["loc"]
        if loc in known or (entry["type"] == "missing" and loc in meant.values()):
            continue
        if entry["type"] == "too_short" and any(_is_below(other["loc"], loc) for other in errors):
            continue
        if entry["type"] in ("too_short", "value_error") and any(_is_below(other, loc) for other in known):
            continue
        rule, message, hint = _words(entry, kind)
        here = (*path, *(loc[:-1] if rule == "missing-key" else loc))
        of_key = rule in ("missing-key", "unknown-key") or entry["type"] in ("too_short", "too_long")
        mark = marks.key(here) if of_key else marks.value(here)
        yield Problem(mark=mark, rule=rule, message=message, hint=hint)


def paths(error: ValidationError) -> tuple[Path, ...]:
    """The way to each mistake, as the file has it."""
    return tuple(entry["loc"] for entry in _errors(error))


def unknown(error: ValidationError) -> tuple[Path, ...]:
    """The way to each key that isn't known where it stands."""
    return tuple(entry["loc"] for entry in _errors(error) if entry["type"] == "extra_forbidden")


def mended(error: ValidationError, kind: type[Record], data: Any) -> Any:
    """The data without its unknown keys, and with the values of misspelt keys under their right names."""
    meant = misspelt(error, kind, data)
    data = copy.deepcopy(data)
    for loc in unknown(error):
        parent = _at(data, loc[:-1])
        value = parent.pop(loc[-1])
        if loc in meant:
            parent[meant[loc][-1]] = value
    return data


def misspelt(error: ValidationError, kind: type[Record], data: Any) -> dict[Path, Path]:
    """Pair each unknown key with the key that it was most likely meant to be: one that isn't there."""
    missing = {entry["loc"] for entry in _errors(error) if entry["type"] == "missing"}
    pairs: dict[Path, Path] = {}
    for loc in unknown(error):
        *parent, key = loc
        record, taken = _record_at(kind, loc[:-1]), {*_at(data, loc[:-1]), *(pair[-1] for pair in pairs.values())}
        absent = [path[-1] for path in missing - set(pairs.values()) if path[:-1] == tuple(parent)]
        absent += [name for name in _keys(record) if name not in taken and name not in absent]
        if hint := did_you_mean(str(key), map(str, absent)):
            pairs[loc] = (*parent, hint.split("'")[1])
    return pairs


def _at(data: Any, path: Path) -> Any:
    for step in path:
        data = data[step]
    return data


def _words(error: Error, kind: type[Record]) -> Words:
    loc: Path = error["loc"]
    name: str = error["type"]
    if name == "extra_forbidden":
        return _unknown_key(str(loc[-1]), _record_at(kind, loc[:-1]))
    if name == "missing":
        field = _field_at(kind, loc)
        return "missing-key", f"the key '{loc[-1]}' is missing", f"add `{loc[-1]}: {_example(field)}`"
    if name == "literal_error":
        return not_an_option(error["input"], re.findall(r"'([^']*)'", error["ctx"]["expected"]))
    if name == "model_type" and (needed := _record_at(kind, loc)):
        return _wrong_mapping(error, needed)
    for ending, words in _ENDINGS:
        if name.endswith(ending):
            return words(error)
    return "wrong-value", f"{_shown(error['input'])} can't be used here", ""


def _unknown_key(key: str, kind: type[Record] | None) -> Words:
    known = _keys(kind)
    hint = did_you_mean(key, known) or f"use one of {', '.join(known[:12])}{' …' if len(known) > 12 else ''}"
    return "unknown-key", f"the key '{key}' is not known here", hint


def _keys(kind: type[Record] | None) -> list[str]:
    """The keys that a record may have, as files write them; ids that are the names of files are no such keys."""
    return [field.alias or name for name, field in kind.model_fields.items()] if kind else []


def not_an_option(found: object, options: Sequence[str]) -> Words:
    """Say that a value is not one of the words that may stand there."""
    if not isinstance(found, str):
        return "wrong-type", f"one of {_listed(options)} is needed here, not {_shown(found)}", ""
    known = f"one of {_listed(options)}" if len(options) < 12 else "a value known here"
    return "wrong-value", f"'{_cut(found)}' is not {known}", did_you_mean(found, options)


def _wrong_text(error: Error) -> Words:
    found = error["input"]
    hints = {
        dict: "put quotes around a text that contains a colon and a space, or starts with '{'",
        list: "write it without dashes or brackets; put quotes around a text that starts with '['",
        type(None): "write the text, or delete the key; put quotes around a text that starts with '#'",
    }
    return "wrong-type", f"text is needed here, not {_shown(found)}", hints.get(type(found), "")


def _wrong_list(error: Error) -> Words:
    found = error["input"]
    each = "write each item on a line of its own that starts with `- `"
    hint = "write its items below it, or `[]` for none" if found is None else each
    if error["loc"] and error["loc"][-1] == "rests_on":
        named = found if isinstance(found, str) else "misuse-risk/no-recall"
        hint = f"name what it rests on in brackets, as in `rests_on: [{_cut(named)}]`"
    return "wrong-type", f"a list is needed here, not {_shown(found)}", hint


def _wrong_mapping(error: Error, kind: type[Record] | None = None) -> Words:
    """Say that keys are needed, and which ones where a record is; a text goes below the first that needs text."""
    found, known = error["input"], _keys(kind)
    said = f"keys and values are needed here, not {_shown(found)}"
    needed = [name for name, field in kind.model_fields.items() if field.is_required()] if kind else []
    if kind and "text" in needed and isinstance(found, str):
        named = f"; the keys known here are {', '.join(known)}" if len(known) > 1 else ""
        return "wrong-type", said, f"write `text: {_cut(found)}` on a line below it, further in{named}"
    if known and (needed or found is not None):
        most = f"{', '.join(known[:12])}{' …' if len(known) > 12 else ''}"
        return "wrong-type", said, f"write keys and values below it: {most}"
    hint = "write keys and values below it, " + ("or `{}` for none" if found is None else "as in `key: value`")
    return "wrong-type", said, hint


def _wrong_number(error: Error) -> Words:
    needed = _NUMBERS.get(error["type"].split("_", maxsplit=1)[0], "a number")
    return "wrong-type", f"{needed} is needed here, not {_shown(error['input'])}", ""


def _out_of_range(error: Error) -> Words:
    relation, limit = next(iter(error["ctx"].items()))
    bound = {"ge": "at least", "gt": "more than", "le": "at most", "lt": "less than"}.get(relation, "")
    return "wrong-value", f"{_shown(error['input'])} is out of range: it must be {bound} {limit:g}", ""


def _wrong_form(error: Error) -> Words:
    noun, hint = _PATTERNS.get(error["ctx"]["pattern"], ("what is needed here", ""))
    return "wrong-value", f"{_shown(error['input'])} is not {noun}", hint


def _wrong_length(error: Error) -> Words:
    found, context = error["input"], error["ctx"]
    limit = context.get("min_length", context.get("max_length", 0))
    if isinstance(found, str):
        if not found.strip():
            return "wrong-value", "this text is empty", "write the text, or delete the key"
        return "wrong-value", f"this text has {len(found):,} characters; {limit:,} are the most", "shorten it"
    bound = "at least" if error["type"] == "too_short" else "at most"
    hint = _FIRST_ITEMS.get(str(error["loc"][-1]), "") if error["type"] == "too_short" else ""
    return "wrong-value", f"this list needs {bound} {limit} and has {context.get('actual_length', 0)}", hint


_FIRST_ITEMS: Mapping[str, str] = {
    "history": 'begin with `- {version: "1.0", date: "2026-11-23", change: First edition.}`, with the brief\'s own day',
    "rests_on": "name an argument, as in `[misuse-risk]`, or a part of one, as in `[misuse-risk/no-recall]`",
}
"""What to write into a list that may not be empty."""


def _refused_value(error: Error) -> Words:
    found = error["ctx"]["error"]
    return "wrong-value", str(found), found.hint if isinstance(found, Unfit) else ""


_ENDINGS: Sequence[tuple[str, Callable[[Error], Words]]] = (
    ("string_pattern_mismatch", _wrong_form),
    ("too_short", _wrong_length),
    ("too_long", _wrong_length),
    ("string_type", _wrong_text),
    ("tuple_type", _wrong_list),
    ("model_type", _wrong_mapping),
    ("mapping_type", _wrong_mapping),
    ("dict_type", _wrong_mapping),
    ("value_error", _refused_value),
    ("greater_than", _out_of_range),
    ("greater_than_equal", _out_of_range),
    ("less_than", _out_of_range),
    ("less_than_equal", _out_of_range),
    ("_type", _wrong_number),
    ("_parsing", _wrong_number),
    ("finite_number", _wrong_number),
)
"""What pydantic calls a mistake ends in; who words it. The first that fits is taken."""


def _errors(error: ValidationError) -> list[dict[str, Any]]:
    """The mistakes with their paths in the file: the tags of unions are left out."""
    return [
        {**entry, "loc": tuple(step for step in (*entry["loc"], *_further(entry)) if step not in (TEXT_TAG, KEYS_TAG))}
        for entry in error.errors(include_url=False)
    ]


def _further(entry: Error) -> Path:
    """The way from a record to what is at fault in it."""
    found = entry.get("ctx", {}).get("error")
    return found.path if isinstance(found, Unfit) else ()


def _is_below(path: Path, parent: Path) -> bool:
    return len(path) > len(parent) and path[: len(parent)] == parent


def _record_at(kind: type[Record], path: Path) -> type[Record] | None:
    here: type[Record] | None = kind
    for step in path:
        if isinstance(step, str) and here is not None:
            field = _field_at(here, (step,))
            here = next(records_in(field.annotation), None) if field else None
    return here


def _field_at(kind: type[Record], path: Path) -> FieldInfo | None:
    """The field whose value stands at `path`, or the list that it is an item of."""
    while path and isinstance(path[-1], int):
        path = path[:-1]
    here = _record_at(kind, path[:-1]) if path else None
    fields = here.model_fields.items() if here else ()
    return next((field for name, field in fields if path[-1] in (field.alias, name)), None)


def records_in(hint: Any) -> Iterator[type[Record]]:
    """Yield every kind of record that a type of a field has in it."""
    if isinstance(hint, type) and issubclass(hint, Record):
        yield hint
    for part in get_args(hint):
        yield from records_in(part)


def _options(field: FieldInfo | None) -> tuple[str, ...]:
    def literals(hint: Any) -> Iterator[str]:
        for part in get_args(hint):
            yield from [part] if get_origin(hint) is Literal else literals(part)

    return tuple(literals(field.annotation)) if field else ()


def _example(field: FieldInfo | None) -> str:
    if field is None:
        return "…"
    if options := _options(field):
        return " | ".join(options)
    if any(getattr(rule, "pattern", None) == DAY for rule in field.metadata):
        return "2026-03-01"
    if get_origin(field.annotation) is tuple:
        return "[ … ]"
    record = next(records_in(field.annotation), None)
    needed = record.model_fields.items() if record and get_origin(field.annotation) is None else ()
    keys = [f"{part.alias or name}: {_example(part)}" for name, part in needed if part.is_required()]
    return f"{{{', '.join(keys)}}}" if keys else "…"


def _listed(options: Sequence[str]) -> str:
    return f"{', '.join(options[:-1])} or {options[-1]}" if len(options) > 1 else "".join(options)


def _shown(found: object) -> str:
    if isinstance(found, str):
        return f"'{_cut(found)}'"
    return {dict: "keys and values", list: "a list", type(None): "nothing"}.get(type(found), "this")


def _cut(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 60 else f"{line[:57]}…"
