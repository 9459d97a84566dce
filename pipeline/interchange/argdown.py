"""Write arguments in Argdown (argdown.org): records in, text out.

The claim is a statement, all else are arguments that support (`+`), attack (`-`) or undercut (`_`) it or each other.
What the files say besides stands in braces, as YAML. Each part has a paragraph of its own, in the order of the files,
under its address as a title.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.interchange.graph import SUPPORT, Graph, Node, Selection, graph
from pipeline.interchange.records import as_written

LOST: tuple[str, ...] = ()
_HELD = {
    "claim": ("short", "for", "type", "qualifier", "certainty", "contested", "tests"),
    "warrant": (),
    "ground": ("audiences", "priority", "evidence"),
    "objection": ("audiences", "priority", "evidence", "conceded", "open"),
    "response": ("evidence",),
}
"""The fields of each kind that stand in braces; texts and relations say the rest."""
_SIGNS = re.compile(r"[\\@#*_\[\]<>{}/=]|(?<=\s)-(?=-)|[.:](?=\S+?[.:])")
"""What Argdown could read as more than text (its lexer, version 1.7.5): marks, titles, data, comments, shortcodes."""
_WORD = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)\Z)[a-z][a-z-]*")
"""What every reader of YAML takes for text without quotation marks."""
_HIDDEN = re.compile("[{}=\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")


def to_argdown(selection: Selection) -> str:
    """Give a document with a title and a paragraph for each part."""
    drawn = graph(selection.arguments, whole=False)
    paragraphs = [f"===\ntitle: {_quoted(selection.title)}\n===", *(_paragraph(node, drawn) for node in drawn.nodes)]
    return "\n\n".join(text for text in paragraphs if text) + "\n"


def title(address: str) -> str:
    """The title of a part, in the brackets of what it is: a claim is a statement, all else an argument."""
    return f"<{address}>" if set(address) & set("/.") else f"[{address}]"


def escaped(text: str) -> str:
    """Put a text on one line, where it means itself and nothing else."""
    return _SIGNS.sub(lambda found: f"\\{found[0]}", one_line(text))


def one_line(text: str) -> str:
    """The text with each run of white space as one space."""
    return " ".join(text.split())


def _paragraph(node: Node, drawn: Graph) -> str:
    """Write a part with what it holds and what bears on it; findings stand in the braces of what they bear on."""
    if node.kind == "evidence":
        return ""
    held = as_written(node.record)
    data = {name: held[name] for name in _HELD[node.kind] if name in held}
    if one_line(node.text) != node.text:
        data["text"] = node.text
    lines = [f"{title(node.address)}: {escaped(node.text)}" + (" {" if data else "")]
    if data:
        lines += [*_block(data, 2), "}"]
    return "\n".join([*lines, *_relations(node.address, drawn)])


def _relations(address: str, drawn: Graph) -> Iterator[str]:
    signs = {"undercuts": "_", **dict.fromkeys(SUPPORT, "+")}
    evidence = {node.address for node in drawn.nodes if node.kind == "evidence"}
    for link in drawn.links:
        if link.target == address and link.source not in evidence:
            yield f"  {signs.get(link.bond, '-')} {title(link.source)}"


def _block(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    """Write a mapping as YAML in block style; no line of it holds a brace."""
    for key, value in data.items():
        if isinstance(value, dict):
            yield f"{' ' * indent}{key}:"
            yield from _block(value, indent + 2)
        elif isinstance(value, list):
            yield f"{' ' * indent}{key}:"
            for item in value:
                yield from _item(item, indent + 2)
        else:
            yield f"{' ' * indent}{key}: {_quoted(value)}"


def _item(item: Any, indent: int) -> Iterator[str]:
    if isinstance(item, dict):
        first, *rest = _block(item, indent + 2)
        yield f"{' ' * indent}- {first.lstrip()}"
        yield from rest
    else:
        yield f"{' ' * indent}- {_quoted(item)}"


def _quoted(text: str) -> str:
    """A scalar that any reader of YAML takes for this text."""
    if _WORD.fullmatch(text):
        return text
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", json.dumps(text, ensure_ascii=False))
