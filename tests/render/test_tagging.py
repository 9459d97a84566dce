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
from pipeline.verify import parents, tables, vera
from pipeline.verify.tags import Element, structure
from tests.render.constructs import CONSTRUCTS, WORDS
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


def tags_of(data: bytes) -> Element:
    """The tags of a PDF, with their texts."""
    return structure(kept(data))


def printed(body: str) -> bytes:
    """The PDF of a brief with `body`."""
    return pdf(page(body), ASSETS).data


def broken(*names: str) -> list[str]:
    """What is broken in a file of these constructs, of PDF/UA-1, PDF/A-3a and of the tree of parents."""
    data = printed("".join(CONSTRUCTS[name] for name in names))
    return [str(each) for each in (*vera.broken(data, "ua1"), *vera.broken(data, "3a"), *parents.find(data))]


@needs_vera
def test_constructs_conform() -> None:
    """Every construct that briefs use gives a file that is PDF/UA-1 and PDF/A-3a; all are looked at in one."""
    assert not broken(*CONSTRUCTS), {name: found for name in CONSTRUCTS if (found := broken(name))}


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


def kinds(data: bytes) -> list[str]:
    """The types of all structure elements, in reading order."""
    return [kind for kind, _ in elements(data)]


def test_what_goes_over_a_page_is_one() -> None:
    """A paragraph, a list and a table that go on on the next page are one each, and so are the item and the body."""
    assert kinds(printed(f"<p>{'Many words of one paragraph. ' * 150}</p>")).count("P") == 1
    found = kinds(printed(CONSTRUCTS["list over pages"]))
    assert (found.count("L"), found.count("LI"), found.count("P")) == (1, 8, 8)
    found = kinds(printed(CONSTRUCTS["table over pages"]))
    assert (found.count("Table"), found.count("THead"), found.count("TBody"), found.count("TR")) == (1, 1, 1, 61)


def test_what_stands_beside_text_is_read_after_it() -> None:
    """A text that goes on past the end of a page is read whole before what floats beside it."""
    body = f"""<div><div style="float:right;width:30%"><p>Aside.</p></div><div>{WORDS * 8}</div><p>End.</p></div>"""
    said = "".join(tags_of(printed(body)).texts())
    assert said.index("Aside") < said.index("paragraph") < said.index("End")


@pytest.mark.parametrize("pages", [2, 3])
def test_a_float_over_pages_is_read_where_it_begins(pages: int) -> None:
    """What floats beside a text and goes on on later pages is one, and is read whole before the text."""
    items = "".join(f"<div style='break-inside:avoid'><p>Item {number}.</p></div>" for number in range(pages * 17 - 9))
    body = f"<div><aside style='float:right;width:30%'>{items}</aside><section>{WORDS * 8}</section></div><p>End.</p>"
    data = printed(body)
    said = "".join("".join(tags_of(data).texts()).split())
    places = [said.index(f"Item{number}.") for number in range(pages * 17 - 9)]
    assert places == sorted(places)
    assert places[-1] < said.index("paragraph") < said.index("End")
    sections = [element for kind, element in elements(data) if kind == "Sect"]
    assert len(sections) == 2
    assert len({kid.Pg.objgen for kid in sections[0].K}) == pages
    assert not list(parents.find(data))


def test_heads_and_feet_that_are_printed_again_are_artifacts() -> None:
    """The head is read once, before the rows, and the foot once, after them; all else is pagination."""
    rows = "".join(f"<tr><th scope='row'>Row {number}</th><td>1</td></tr>" for number in range(90))
    head, foot = "<th scope='col'>Head</th><th scope='col'>Heads</th>", "<td>Foot</td><td>Feet</td>"
    data = printed(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot><tr>{foot}</tr></tfoot></table>")
    words = "".join(tags_of(data).texts()).split()
    assert len(kept(data).pages) >= 3
    assert [words.count(word) for word in ("Head", "Foot")] == [1, 1]
    assert words.index("Head") < words.index("Row") < words.index("Foot")
    assert not list(tables.find(data))


def test_a_list_in_an_item_is_read_where_it_stands() -> None:
    """What comes after it in the item is read after it."""
    said = "".join(tags_of(printed("<ol><li><p>One.</p><ul><li>Two.</li></ul><p>Three.</p></li></ol>")).texts())
    assert said.index("One") < said.index("Two") < said.index("Three")


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
