"""A logo draws shapes, and does nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.problem import Refused
from pipeline.render.logo import MOST, logo
from tests.render.paper import ASSETS

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">'


def _written(tmp_path: Path, data: str | bytes) -> str:
    (tmp_path / "a.svg").write_bytes(data if isinstance(data, bytes) else data.encode())
    return logo("a.svg", tmp_path)


def test_our_own_logo_comes_through_as_it_is() -> None:
    """Reading and writing it anew changes no byte."""
    assert logo("logo.svg", ASSETS) == (ASSETS / "logo.svg").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (f'<?xml version="1.0"?>\n<!-- a -->{OPEN}<g><!-- b --><path d="M"/></g></svg>\n', '<g><path d="M"/></g>'),
        (f"\ufeff{OPEN}<title>A &amp; B</title></svg>", "<title>A &amp; B</title>"),
        (f"{OPEN}<title><![CDATA[</title><script>]]></title></svg>", "<title>&lt;/title&gt;&lt;script&gt;</title>"),
        (f'{OPEN}<use href="#a"/><rect fill="url(#b)"/></svg>', '<use href="#a"/><rect fill="url(#b)"/>'),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?>' + OPEN.encode() + b"<desc>\xe9</desc></svg>",
         "<desc>é</desc>"),
    ],
)  # fmt: skip
def test_shapes_come_through(data: str | bytes, expected: str, tmp_path: Path) -> None:
    """What a browser is given is what was looked at, whatever stood around it."""
    assert _written(tmp_path, data) == f"{OPEN}{expected}</svg>"


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script/>", "the element 'script' can't stand in a logo"),
        ("<svg/>", "the element 'svg' can't stand here"),
        ("<g onclick='x'/>", "the attribute 'onclick' can't stand in a logo"),
        ("<g style='fill:red'/>", "the attribute 'style' can't stand in a logo"),
        ("<use href='http://e.org/x.svg#a'/>", "the attribute 'href' leads out of the logo"),
        ("<rect fill=' URL( http://e.org/x)'/>", "the attribute 'fill' leads out of the logo"),
        ("<rect fill='u\\72l(http://e.org/x)'/>", "the attribute 'fill' leads out of the logo"),
        ("<?xml-stylesheet href='x.css'?>", "the instruction 'xml-stylesheet' can't stand in a logo"),
        ("<g>", "this is not XML: mismatched tag"),
    ],
)
def test_all_else_is_refused(inside: str, said: str, tmp_path: Path) -> None:
    """Each has its place in the file."""
    with pytest.raises(Refused) as refused:
        _written(tmp_path, f"{OPEN}\n{inside}</svg>")
    (problem,) = refused.value.problems
    assert (problem.message, problem.rule, problem.mark.line) == (said, "logo", 2)
    assert problem.mark.file == f"{tmp_path.name}/a.svg"


def test_nothing_is_declared(tmp_path: Path) -> None:
    """A document type ends the reading before an entity can be made."""
    with pytest.raises(Refused, match="a document type can't stand in a logo"):
        _written(tmp_path, f"<!DOCTYPE svg [<!ENTITY a 'b'>]>{OPEN}&a;</svg>")


def test_a_logo_is_small(tmp_path: Path) -> None:
    """It stands in every page."""
    with pytest.raises(Refused, match="a logo may have 200,000 bytes"):
        _written(tmp_path, f"{OPEN}{' ' * MOST}</svg>")
