"""The structure of a PDF: conformance of every construct, and what each repair writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pikepdf
import pytest
from weasyprint import pdf as writing
from weasyprint.pdf import stream, tags

from pipeline.render import tagging
from pipeline.render.pdf import pdf
from pipeline.verify import vera
from tests.render.constructs import CONSTRUCTS
from tests.render.paper import ASSETS, annotated, elements, kept, page
from tests.tooling import needs

pytestmark = pytest.mark.slow

needs_vera = needs(*vera.TOOLS)

MISTAGGED = (
    "link around inline elements",
    "link around blocks",
    "link around an image",
    "link in a list item of blocks",
    "citation",
    "note call",
    "list over pages",
    "list with markers inside",
    "table with spans",
    "drawing with a label",
    "decorative drawing",
)
"""The constructs that the engine by itself gets wrong."""


class Nothing:
    """A repair that repairs nothing."""

    def finish(self, written: Any) -> None:
        """Leave `written` alone."""


@contextmanager
def untouched(document: Any) -> Iterator[Nothing]:
    """Let the engine write `document` by itself."""
    yield Nothing()


def printed(body: str) -> bytes:
    """The PDF of a brief with `body`."""
    return pdf(page(body), ASSETS).data


@needs_vera
@pytest.mark.slow
@pytest.mark.parametrize("name", CONSTRUCTS)
def test_construct_conforms(name: str) -> None:
    """Every construct that briefs use gives a file that is PDF/UA-1 and PDF/A-3a."""
    data = printed(CONSTRUCTS[name])
    assert not list(vera.broken(data, "ua1"))
    assert not list(vera.broken(data, "3a"))


@needs_vera
def test_all_constructs_conform_together() -> None:
    """They conform in one file too."""
    data = printed("".join(CONSTRUCTS.values()))
    assert not list(vera.broken(data, "ua1"))
    assert not list(vera.broken(data, "3a"))


@needs_vera
@pytest.mark.parametrize("name", MISTAGGED)
def test_engine_alone_mistags(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine still needs the repair, and veraPDF sees it."""
    monkeypatch.setattr(tagging, "repaired", untouched)
    assert list(vera.broken(printed(CONSTRUCTS[name]), "ua1"))


def test_private_functions_are_put_back() -> None:
    """After a document the engine is as it was, even after one that failed."""
    before = (tags._build_box_tree, stream.Stream.marked, writing.add_links)
    printed("<p>x</p>")
    assert before == (tags._build_box_tree, stream.Stream.marked, writing.add_links)


def test_link_is_annotated_once() -> None:
    """A link around other elements has one annotation, which says the link's text and not its address."""
    (found,) = annotated(printed(CONSTRUCTS["link around inline elements"]))
    assert str(found.Contents) == "a bold x link"
    assert str(found.A.URI) == "https://example.org"


def test_label_of_a_link_wins() -> None:
    """A link that is a mere sign is described by its label."""
    back = annotated(printed(CONSTRUCTS["note call"]))[1]
    assert str(back.Contents) == "Back"


def test_list_items_over_pages_have_bodies() -> None:
    """Every part of a list item on a later page lies in its body."""
    found = elements(printed(CONSTRUCTS["list over pages"]))
    kids = {str(kid.S) for kind, item in found if kind == "LI" for kid in item.K}
    assert kids == {"/Lbl", "/LBody"}


def test_language_of_parts_is_said() -> None:
    """A word and a quotation in other languages carry them."""
    found = elements(printed(CONSTRUCTS["parts in other languages"]))
    spoken = [str(element.Lang) for _, element in found if "/Lang" in element]
    assert spoken == ["de", "fr"]


def test_abbreviation_is_expanded() -> None:
    """An abbreviation carries its long form."""
    long = [str(element.E) for _, element in elements(printed(CONSTRUCTS["abbreviation"])) if "/E" in element]
    assert long == ["Artificial Intelligence Act"]


def test_drawing_is_described_by_title_and_description() -> None:
    """The text in place of a drawing is its title and its description."""
    (figure,) = [element for kind, element in elements(printed(CONSTRUCTS["drawing"])) if kind == "Figure"]
    assert str(figure.Alt) == "Members Ten firms and five schools."


@pytest.mark.parametrize("name", ["decorative drawing", "decorative image"])
def test_decoration_is_not_in_the_tree(name: str) -> None:
    """An image that means nothing is no figure."""
    assert "Figure" not in [kind for kind, _ in elements(printed(CONSTRUCTS[name]))]


def test_header_cells_say_what_they_head() -> None:
    """Header cells carry their scope."""
    scopes = [str(cell.A.Scope) for kind, cell in elements(printed(CONSTRUCTS["table"])) if kind == "TH"]
    assert scopes == ["/Column", "/Column", "/Row"]


def test_lists_say_their_numbering() -> None:
    """Lists carry how their items are numbered."""
    lists = [str(each.A.ListNumbering) for kind, each in elements(printed(CONSTRUCTS["nested list"])) if kind == "L"]
    assert lists == ["/Disc", "/Circle", "/Decimal"]


def test_footnote_is_a_note() -> None:
    """A footnote is a Note with an identifier."""
    (note,) = [element for kind, element in elements(printed(CONSTRUCTS["footnote"])) if kind == "Note"]
    assert str(note.ID) == "n1"


def test_margins_are_artifacts() -> None:
    """Running header and folio are artifacts of pagination, and no structure element owns them."""
    leaf = kept(printed("<p>x</p>")).pages[0]
    marked = [each.operands for each in pikepdf.parse_content_stream(leaf) if str(each.operator) == "BDC"]
    kinds = {str(properties.get("/Subtype")) for tag, properties in marked if tag == "/Artifact"}
    assert "/Footer" in kinds
