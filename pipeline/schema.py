"""Write the JSON Schemas that editors complete and check YAML with, and that of products: records in, schemas out.

JSON Schema draft 2020-12. Titles and descriptions are those of the records and of
`meanings`; an editor shows them, and what each word of a list means (`enumDescriptions`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from pipeline.csl import Sources
from pipeline.figure import Figure
from pipeline.forms import Output
from pipeline.meanings import KEYS, WORDS
from pipeline.model import Argument, Brief, House
from pipeline.shown import ShownProduct

_KINDS: tuple[tuple[str, Any], ...] = (
    ("argument", Argument),
    ("brief", Brief),
    ("figure", Figure),
    ("house", House),
    ("product", ShownProduct),
    ("sources", Sources),
)
_NAMED_BY_FILE = ("argument", "brief", "figure")
"""What has the name of its file as its id, so that no `id` stands in it."""


def schemas() -> tuple[Output, ...]:
    """Give every schema as a file, its path below assets/schema/."""
    outputs = []
    for name, kind in _KINDS:
        path = f"{name}.schema.json"
        schema = TypeAdapter(kind).json_schema(by_alias=True)
        if name != "product":
            schema = _as_typed(schema)
        if name in _NAMED_BY_FILE:
            _drop_id(schema, name)
        for title, record in ((schema.get("title", ""), schema), *schema["$defs"].items()):
            _describe(title, record)
        head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": path}
        text = json.dumps({**head, **schema}, ensure_ascii=False, indent=2, sort_keys=False) + "\n"
        outputs.append(Output(path=path, data=text.encode()))
    return tuple(outputs)


def terms() -> Mapping[str, tuple[str, ...]]:
    """Give each key and word of the files with all that it means, as in `key of a ground: What shows it.`, for people.

    What it means as a word comes first.
    """
    found: dict[str, dict[str, None]] = {}
    for output in schemas():
        schema = json.loads(output.data)
        records = [] if output.path.startswith("product.") else [(schema.get("title", ""), schema)]
        for title, record in (*records, *schema["$defs"].items()) if records else ():
            owner = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", title).lower()
            for key, value in record.get("properties", {}).items():
                options = dict(_options(value))
                listed = f" One of {', '.join(options)}." if options else ""
                if said := f"{value.get('description', '')}{listed}".strip():
                    found.setdefault(key, {})[f"key of {_a(owner)}: {said}"] = None
                for word, meaning in options.items():
                    found.setdefault(word, {})[f"word of the key `{key}`: {meaning}"] = None
    return {term: tuple(sorted(said, key=lambda text: not text.startswith("word"))) for term, said in found.items()}


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'aeiou' else 'a'} {noun}"


def _options(node: Any) -> Iterator[tuple[str, str]]:
    """The words that a value may be, each with its meaning."""
    if isinstance(node, list):
        for item in node:
            yield from _options(item)
    elif isinstance(node, dict):
        yield from zip(node.get("enum", ()), node.get("enumDescriptions", ()), strict=False)
        for value in node.values():
            yield from _options(value)


def _drop_id(schema: dict[str, Any], name: str) -> None:
    """Take the id from the record at the root; a figure's root has one record for each kind."""
    roots = [schema["$defs"][option["$ref"].rpartition("/")[2]] for option in schema.get("oneOf", [])]
    for root in roots if name == "figure" else [schema]:
        del root["properties"]["id"]
        root["required"].remove("id")


def _describe(title: str, record: dict[str, Any]) -> None:
    """Say what a record's keys hold, and what the words mean that they take; editors show it while one types."""
    shared = "Disclosures" if title in ("Brief", "House") else "Figure" if "alt" in record.get("properties", {}) else ""
    said = {**KEYS.get(shared, {}), **KEYS.get(title, {})}
    for key, value in record.get("properties", {}).items():
        if key in said:
            value.setdefault("description", said[key])
        _explain(value)


def _explain(node: Any) -> None:
    if isinstance(node, list):
        for item in node:
            _explain(item)
    elif isinstance(node, dict):
        for words in WORDS:
            if node.get("enum") == list(words):
                node["enumDescriptions"] = list(words.values())
        for value in node.values():
            _explain(value)


def _as_typed(node: Any) -> Any:
    """Let text without a pattern be a number too, since `page: 2` is text here and a number to an editor."""
    if isinstance(node, list):
        return [_as_typed(item) for item in node]
    if not isinstance(node, dict):
        return node
    typed = {key: _as_typed(value) for key, value in node.items()}
    if typed.get("type") == "string" and not typed.keys() & {"pattern", "enum", "const"}:
        typed["type"] = ["string", "number"]
    return typed
