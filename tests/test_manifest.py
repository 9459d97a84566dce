"""A manifest lists what was put out, and nothing that isn't one is taken for one."""

from __future__ import annotations

import hashlib
import json

import pytest

from pipeline.forms import Entry, Listed, Metadata, Output
from pipeline.manifest import manifest, parsed

METADATA = Metadata(
    slug="a",
    title="Open “models”",
    description="One sentence.",
    authors=("The house",),
    publisher="The house",
    series="Policy brief",
    issued="2026-11-23",
    version="1.0",
    language="en-GB",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    keywords=("openness",),
)
PDF = Output(path="a/a.pdf", data=b"%PDF")
ENTRY = Entry(metadata=METADATA, outputs=(Output(path="a/index.html", data=b"<p>"), PDF), pages=2, minutes=4)
INDEX = Output(path="index.html", data=b"<ul>")


def test_lists_every_file_with_size_and_checksum() -> None:
    """What is read back is what was listed, sorted by path."""
    read = parsed(manifest([ENTRY], [INDEX], {"pandoc": "3.9"}).data)
    assert read
    assert read.paths == ("a/a.pdf", "a/index.html", "index.html")
    (brief,) = read.briefs
    assert brief.metadata == METADATA
    assert (brief.pages, brief.minutes, brief.draft) == (2, 4, False)
    assert brief.files[0] == Listed(path="a/a.pdf", bytes=4, sha256=hashlib.sha256(b"%PDF").hexdigest())
    assert read.tools == {"pandoc": "3.9"}


def test_is_the_same_in_whatever_order_it_is_written() -> None:
    """Neither the order of the briefs nor that of the tools shows in it."""
    other = Entry(metadata=METADATA, outputs=(), pages=None, minutes=4, draft=True)
    tools = {"pandoc": "3.9", "python": "3.11"}
    one = manifest([ENTRY, other], [INDEX], tools)
    assert one == manifest([other, ENTRY], [INDEX], dict(reversed(tools.items())))
    assert "“models”" in one.data.decode()


GARBAGE = ["", "{", "[]", "null", "7", '"x"', "{}", '{"format": 1}', "[" * 100_000, "\udc80"]


@pytest.mark.parametrize("text", GARBAGE, ids=range(len(GARBAGE)))
def test_takes_no_garbage(text: str) -> None:
    """Anything that isn't a manifest reads as none."""
    assert parsed(text.encode("utf-8", "surrogateescape")) is None


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("format",), 1),
        (("briefs",), 5),
        (("briefs", 0), []),
        (("briefs", 0, "title"), 5),
        (("briefs", 0, "authors"), [5]),
        (("briefs", 0, "pages"), "many"),
        (("briefs", 0, "minutes"), None),
        (("briefs", 0, "files", 0, "path"), 5),
        (("files", 0, "sha256"), None),
        (("files",), {"a": 1}),
        (("tools",), 5),
    ],
)
def test_takes_no_value_of_a_wrong_type(path: tuple[str | int, ...], value: object) -> None:
    """One value of a wrong type is enough to refuse the whole."""
    content = json.loads(manifest([ENTRY], [INDEX], {}).data)
    place = content
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert parsed(json.dumps(content).encode()) is None


def test_numbers_that_no_page_has_are_none_of_ours() -> None:
    """JSON of ours has no infinity, though Python reads it."""
    data = manifest([], (), {}).data.replace(b'"briefs": []', b'"briefs": [{"pages": Infinity}]')
    assert parsed(data) is None
