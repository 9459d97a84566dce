"""The text of a page is read as ISO 32000-1 says, with what stands in place of what is drawn."""

from __future__ import annotations

from typing import Any

import pikepdf
import pytest

from pipeline.verify.drawn import LINE, Piece, pieces

TABLE = b"1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <20> <7e> <0020> endbfrange"


def _read(operators: bytes, **properties: Any) -> list[Piece]:
    """Read operators in a font whose codes are those of ASCII."""
    document = pikepdf.new()
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, ToUnicode=document.make_stream(TABLE))
    named = pikepdf.Dictionary({f"/{name}": said for name, said in properties.items()})
    resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), Properties=named)
    stream = document.make_stream(b"/F 9 Tf BT " + operators + b" ET")
    return [piece for piece in pieces(stream, resources) if piece.text != LINE]


@pytest.mark.parametrize(
    ("operators", "expected"),
    [
        (b"(ab) Tj", ["ab"]),
        (b"/Span <</ActualText (cd)>> BDC (a) Tj (b) Tj EMC (e) Tj", ["cd", "e"]),
        (b"/Span <</ActualText ()>> BDC (a) Tj EMC (e) Tj", ["", "e"]),
        (b"/P <</ActualText (all)>> BDC /Span <</ActualText (part)>> BDC (a) Tj EMC (b) Tj EMC", ["all"]),
        (b"/Span /named BDC (a) Tj EMC", ["long"]),
        (b"/Span /unnamed BDC (a) Tj EMC EMC (b) Tj", ["a", "b"]),
    ],
)
def test_what_stands_instead_is_read_instead(operators: bytes, expected: list[str]) -> None:
    """It stands once for all that is drawn in its sequence, even where it is empty or its properties have a name."""
    assert [piece.text for piece in _read(operators, named=pikepdf.Dictionary(ActualText="long"))] == expected


def test_pieces_know_their_marked_content() -> None:
    """The number is that of the innermost sequence that has one, of what stands instead, too."""
    read = _read(
        b"/P <</MCID 3>> BDC (a) Tj /Span <</ActualText (cd)>> BDC (b) Tj EMC EMC /Q <</MCID 4>> BDC (e) Tj EMC"
    )
    assert [(piece.text, piece.number) for piece in read] == [("a", 3), ("cd", 3), ("e", 4)]


def test_sequences_of_reversed_letters_are_told_apart() -> None:
    """Letters of two such sequences are not turned round together, and a text that stands for some is one letter."""
    read = _read(
        b"/ReversedChars BMC (c) Tj (b) Tj EMC /ReversedChars BMC [(e) 4 (d)] TJ EMC (f) Tj "
        b"/ReversedChars BMC /Span <</ActualText (xy)>> BDC (x) Tj EMC (w) Tj EMC"
    )
    assert [piece.letters for piece in read] == [("c",), ("b",), ("e", "d"), ("f",), ("xy",), ("w",)]
    turned = [piece.turned for piece in read]
    assert turned[0] == turned[1] != turned[2]
    assert turned[3] is None
    assert turned[4] == turned[5] != turned[2]
