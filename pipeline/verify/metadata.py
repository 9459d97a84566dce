"""The PDF tells catalogues who made it, in what language and on what terms, and its title is its first heading.

Libraries, Zotero and search engines take a file's title from its metadata (XMP, ISO 16684-1); a wrong one is passed
on for ever.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.verify import tags, tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
ASKED = {
    "dc:title": "title",
    "dc:creator": "author",
    "dc:description": "description",
    "dc:identifier": "identifier",
    "dc:language": "language",
    "dc:publisher": "publisher",
    "dc:rights": "licence",
    "xmp:CreateDate": "date",
    "xmpRights:WebStatement": "address of a licence",
}
"""What the metadata must have, and what it is called in a finding."""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield what is missing, and a title or a language that is not the document's own."""
    with document_of(pdf) as document:
        with document.open_metadata() as packet:
            said = {name: _text(packet.get(name)) for name in ASKED}
        language = str(document.Root.get("/Lang", ""))
        elements = tags.structure(document).elements()
        heading = next(("".join(each.texts()) for each in elements if each.kind == "H1"), "")
    for name, called in ASKED.items():
        if not said[name]:
            yield Finding(message=f"its metadata name no {called}", rule=name)
    if said["dc:title"] and _letters(said["dc:title"]) != _letters(heading):
        message = f"its metadata call it '{said['dc:title']}', and its first heading is '{' '.join(heading.split())}'"
        yield Finding(message=message, rule="dc:title")
    if said["dc:language"] and said["dc:language"] != language:
        message = f"its metadata say that it is in '{said['dc:language']}', and the document says '{language}'"
        yield Finding(message=message, rule="dc:language")


def _text(value: Any) -> str:
    return ", ".join(sorted(value)) if isinstance(value, list | set | tuple) else str(value or "")


def _letters(text: str) -> str:
    """The letters and digits alone: the engine breaks lines, and sets quotation marks and hyphens."""
    return "".join(filter(str.isalnum, text)).casefold()
