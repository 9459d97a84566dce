"""Mend how WeasyPrint 70.0 tags a PDF: a document laid out in; while it is written, structure that PDF/UA-1 accepts.

The engine offers no way to these by itself, so four private functions are replaced while a document is written, and
put back. Each repair names the defect; `engine.RELEASE` pins the release, and tests hold each repair against veraPDF.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pydyf
from weasyprint import pdf as writing
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import stream, tags

from pipeline.render.engine import replaced
from pipeline.render.reading_order import tell, told

SVG = "{http://www.w3.org/2000/svg}"

TYPES = {
    **dict.fromkeys(("header", "footer", "nav", "aside"), "Sect"),
    **dict.fromkeys(("address", "details", "figure"), "Div"),
    **dict.fromkeys(("abbr", "b", "cite", "em", "i", "mark", "small", "strong", "sub", "sup", "time"), "Span"),
    "code": "Code",
    "pre": "P",
    "q": "Quote",
    "summary": "P",
}
"""Structure types (ISO 32000-1, 14.8.4) of elements that the engine gives none."""

NUMBERING = {
    "none": "None",
    "disc": "Disc",
    "circle": "Circle",
    "square": "Square",
    "decimal": "Decimal",
    "lower-alpha": "LowerAlpha",
    "lower-roman": "LowerRoman",
    "upper-alpha": "UpperAlpha",
    "upper-roman": "UpperRoman",
}
"""List numbering (ISO 32000-1, table 347) by `list-style-type`."""

EDGES = {"@top": "/Header", "@bottom": "/Footer"}
"""Subtypes of pagination artifacts (ISO 32000-1, table 330) by the start of a margin box's name."""


class Repairs:
    """What has to be remembered between painting a document and finishing its structure."""

    def __init__(self, document: Any) -> None:
        self.margins = {**dict(_margins(document)), **dict(_repeated(document))}
        """The kind of artifact, by identity of each box in a page's margin or in a head that is printed again."""
        self.tagged: list[tuple[Any, Any]] = []
        """Each structure element with the box it was made for."""

    def finish(self, written: Any) -> None:
        """Complete the structure of `written`, a pydyf.PDF."""
        for element, box in self.tagged:
            _complete(element, box)
        _return_nested_lists(self.tagged)
        _join_over_pages(written, {element.reference: box for element, box in self.tagged})
        _wrap_list_bodies(written)


@contextmanager
def repaired(document: Any) -> Iterator[Repairs]:
    """Write `document` in this context, and call the result's `finish` in the engine's finisher."""
    repairs = Repairs(document)
    with ExitStack() as stack:
        for place, name, wrap in (
            (tags, "_get_pdf_tag", _typed),
            (tags, "_build_box_tree", _linking_boxes(repairs)),
            (stream.Stream, "marked", _painting(repairs)),
            (writing, "add_links", _one_link_each),
        ):
            stack.enter_context(replaced(place, name, wrap))
        yield repairs


def _typed(original: Callable[[str | None], str]) -> Callable[[str | None], str]:
    """Defect: figure, strong, aside and many more elements are NonStruct, and say nothing to a reader."""

    def get_type(tag: str | None) -> str:
        found = original(tag)
        return TYPES.get(tag or "", found) if found == "NonStruct" else found

    return get_type


def _one_link_each(original: Callable[..., None]) -> Callable[..., None]:
    """Defect: every box inside a link gets an annotation, outside any Link element (ISO 14289-1, 7.18.5)."""

    def add_links(links_and_anchors: tuple[list[Any], Any], *rest: Any) -> None:
        links, anchors = links_and_anchors
        own = [link for link in links if link[0] not in {"internal", "external"} or link[3].link]
        original((own, anchors), *rest)

    return add_links


def _painting(repairs: Repairs) -> Callable[[Any], Any]:
    """Defects: decorative images are figures without a text (upstream issue 2550), text in margins has no owner."""

    def wrap(original: Any) -> Any:
        @contextmanager
        def marked(self: Any, box: Any, tag: str) -> Iterator[None]:
            if self._tags is None or not (id(box) in repairs.margins or _decorative(box)):
                with original(self, box, tag):
                    yield
                return
            self.begin_marked_content("Artifact", repairs.margins.get(id(box)))
            try:
                yield
            finally:
                self.end_marked_content()

        return marked

    return wrap


def _linking_boxes(repairs: Repairs) -> Callable[[Any], Any]:
    """Defect: structure elements are made without language, expansion, scope and so on, and forget their box."""

    def wrap(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
        def build(box: Any, *rest: Any) -> Iterator[Any]:
            box = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001 - as the original does
            if isinstance(box, boxes.MarginBox) or _decorative(box):
                return
            if id(box) in repairs.margins and isinstance(box, boxes.TableRowGroupBox):
                for cell in (cell for row in box.children for cell in row.children):
                    cell.mark = {"A": {}}  # where the engine will note which cells the cell heads
                return
            texts = told(rest[-1]) if isinstance(box, boxes.PageBox) else {}
            made = list(original(box, *rest))
            tell(texts, nums=rest[3], written=rest[1])
            if made and box.element is not None and box.element_tag not in {"html", "body"}:
                repairs.tagged.append((made[-1], box))
            yield from made

        return build

    return wrap


def _margins(document: Any) -> Iterator[tuple[int, Any]]:
    for page in document.pages:
        for margin in page._page_box.children:  # noqa: SLF001 - see the module's text
            if isinstance(margin, boxes.MarginBox):
                kind = pydyf.Dictionary({"Type": "/Pagination"})
                for edge, subtype in EDGES.items():
                    if margin.at_keyword.startswith(edge):
                        kind["Subtype"] = subtype
                yield from ((id(box), kind) for box in margin.descendants())


def _repeated(document: Any) -> Iterator[tuple[int, Any]]:
    """Defect: the head and the foot of a table are tagged on each page, and so read aloud in its midst again."""
    kind = pydyf.Dictionary({"Type": "/Pagination"})
    groups = [
        box
        for page in document.pages
        for box in page._page_box.descendants()  # noqa: SLF001 - see the module's text
        if isinstance(box, boxes.TableRowGroupBox)
    ]
    first = {id(box.element): box for box in reversed(groups) if box.is_header}
    last = {id(box.element): box for box in groups if box.is_footer}
    for group in groups:
        if (group.is_header or group.is_footer) and {**first, **last}[id(group.element)] is not group:
            yield from ((id(box), kind) for box in (group, *group.descendants()))


def _decorative(box: Any) -> bool:
    """True for images that mean nothing: an empty `alt`, or hidden from assistive technology."""
    element = getattr(box, "element", None)
    if element is None or not isinstance(box, boxes.ReplacedBox):
        return False
    hidden = element.get("aria-hidden") == "true" or element.get("role") in {"none", "presentation"}
    return hidden or (element.tag == "img" and element.get("alt") == "")


def _complete(element: Any, box: Any) -> None:
    """Say of a structure element what its HTML element says."""
    html, kind = box.element, element["S"]
    if box.element_tag != html.tag:  # a pseudo-element
        return
    if language := html.get("lang"):
        element["Lang"] = pydyf.String(language)
    if html.tag == "abbr" and html.get("title"):
        element["E"] = pydyf.String(html.get("title"))
    if html.tag == f"{SVG}svg" and (text := _description(html)):
        element["Alt"] = pydyf.String(text)
    if html.get("role") == "doc-footnote" and html.get("id"):
        element.update({"S": "/Note", "ID": pydyf.String(html.get("id"))})
    if kind in {"/TH", "/TD"} and "A" in element:
        _complete_cell(element, html)
    if kind == "/L":
        numbering = NUMBERING.get(str(box.style["list_style_type"]), "None")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{numbering}"})
    if box.link_annotation:
        element["S"] = "/Link"
        if label := html.get("aria-label") or html.get("title") or _text(html):
            box.link_annotation["Contents"] = pydyf.String(label)


def _complete_cell(cell: Any, html: Any) -> None:
    """Say what a header cell heads, and drop the engine's lists of headers: it counts wrongly below spanned rows."""
    cell.pop("ID", None)
    cell["A"].pop("Headers", None)
    if cell["S"] == "/TH":
        cell["A"]["Scope"] = "/Row" if html.get("scope", "").startswith("row") else "/Column"


def _description(svg: Any) -> str:
    """The text in place of a drawing: its label, or else its title and description."""
    said = (_text(child) for child in svg if child.tag in {f"{SVG}title", f"{SVG}desc"})
    return svg.get("aria-label") or " ".join(filter(None, said))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _return_nested_lists(tagged: list[tuple[Any, Any]]) -> None:
    """Defect: a list in a list item is tagged after the item, and so read after what follows it there."""
    elements = {element.reference: element for element, _ in tagged}
    made = {id(box): element for element, box in tagged}
    for item, box in tagged:
        if item["S"] != "/LI":
            continue
        at = 0
        for child in box.children:
            element = made.get(id(child))
            if element is None:
                continue
            if element["S"] == "/L" and element["P"] == item["P"]:
                elements[item["P"]]["K"].remove(element.reference)
                item["K"].insert(at, element.reference)
                element["P"] = item.reference
            at = item["K"].index(element.reference) + 1 if element.reference in item["K"] else at


def _wrap_list_bodies(written: Any) -> None:
    """Defect: parts of a list item, as all after a page's end, lie in LI without LBody, or in several (7.2)."""
    elements = _elements(written)
    for item in list(elements.values()):
        if item.get("S") == "/LI":
            _wrap_list_body(item, elements, written)


def _wrap_list_body(item: Any, elements: dict[bytes, Any], written: Any) -> None:
    """Put all of a list item but its label into one body, in order."""
    kids = [elements[kid] for kid in item["K"] if kid in elements and elements[kid]["S"] != "/Lbl"]
    if [kid["S"] for kid in kids] in ([], ["/LBody"]):
        return
    body = next((kid for kid in kids if kid["S"] == "/LBody"), None)
    if body is None:
        body = pydyf.Dictionary({**item, "S": "/LBody", "K": pydyf.Array(), "P": item.reference})
        written.add_object(body)
    content: list[Any] = []
    for kid in kids:
        content.extend(kid["K"] if kid["S"] == "/LBody" else [kid.reference])
        if kid["S"] == "/LBody" and kid is not body:
            _remove(kid)
    for each in filter(elements.__contains__, content):
        elements[each]["P"] = body.reference
    body["K"][:] = content
    own = {kid.reference for kid in kids}
    item["K"][:] = [*(kid for kid in item["K"] if kid not in own), body.reference]


def _remove(element: Any) -> None:
    """Leave an empty object, which nothing refers to, in place of an element.

    One that is marked as free would not be written, and pydyf counts it all the same: its table of objects would lead
    astray from there on.
    """
    element.clear()


def _elements(written: Any) -> dict[bytes, Any]:
    """All structure elements, by their references."""
    dictionaries: list[Any] = [item for item in written.objects if isinstance(item, dict)]
    return {item.reference: item for item in dictionaries if item.get("Type") == "/StructElem"}


JOINED = frozenset(
    f"/{kind}"
    for kind in (
        "Art",
        "BlockQuote",
        "Div",
        "L",
        "LBody",
        "LI",
        "P",
        "Part",
        "Sect",
        "TBody",
        "TD",
        "TH",
        "TR",
        "Table",
    )
)
"""What may go on over the end of a page and is one thing all the same."""


def _join_over_pages(written: Any, shown: dict[bytes, Any]) -> None:
    """Defect: what goes on on the next page is a second paragraph, list or table there, whose cells have no headers.

    `shown` has the box of each element that was made for one.
    """
    elements = _elements(written)
    (root,) = (item for item in elements.values() if item["S"] == "/Document")
    _return_floats(root, elements, shown)
    _join_kids(root, elements, shown)


def _return_floats(root: Any, elements: dict[bytes, Any], shown: dict[bytes, Any]) -> None:
    """Defect: the rest of a float is tagged at the root, after all of the page where the float began."""
    begun: dict[tuple[int, str], Any] = {}
    for element in list(_descendants(root, elements)):
        if (box := shown.get(element.reference)) is None:
            continue
        name = (id(box.element), box.element_tag)
        before = begun.setdefault(name, element)
        if element["P"] == root.reference != before["P"]:
            root["K"].remove(element.reference)
            element["P"] = before["P"]
            beside = elements[before["P"]]["K"]
            beside.insert(beside.index(before.reference) + 1, element.reference)
            begun[name] = element


def _descendants(parent: Any, elements: dict[bytes, Any]) -> Iterator[Any]:
    """All structure elements below one, in reading order."""
    for kid in filter(elements.__contains__, parent["K"]):
        yield elements[kid]
        yield from _descendants(elements[kid], elements)


def _join_kids(parent: Any, elements: dict[bytes, Any], shown: dict[bytes, Any]) -> None:
    """Join the kids of an element that are parts of one, page after page, and then the kids of these."""
    kids: list[Any] = []
    begun: dict[Any, tuple[Any, Any]] = {}
    for kid in parent["K"]:
        element, box = elements.get(kid), shown.get(kid)
        if element is None or box is None or element["S"] not in JOINED:
            kids.append(kid)
            continue
        name = (id(box.element), box.element_tag, element["S"])
        before, last = begun.get(name, (None, None))
        within = parent.reference in shown and shown[parent.reference].element is box.element
        anonymous = within and element["S"] not in {"/LBody", "/LI"}  # several of them may lie side by side
        page = element["Pg"]
        if before is None or last == page or (anonymous and kids[-1] != before.reference):
            kids.append(kid)
            before = element
        else:
            for grandchild in filter(elements.__contains__, element["K"]):
                elements[grandchild]["P"] = before.reference
            before["K"].extend(element["K"])
            _remove(element)
        begun[name] = before, page
    parent["K"][:] = kids
    for kid in filter(elements.__contains__, kids):
        _join_kids(elements[kid], elements, shown)
