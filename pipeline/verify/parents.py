"""Whatever is drawn knows its tag: the parent tree of the PDF says of each piece what the tags say themselves.

A reader that starts from a place on the page, as when somebody touches a word, goes up this tree (ISO 32000-1,
14.7.4.4); where it is wrong, it hears something else. veraPDF goes down only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
Place = tuple[Any, int | None]
"""The object number of a page and the number of a marked content in it, or of an annotation and nothing."""


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each piece of a page, and each link, that the tree gives to another tag than the one that holds it."""
    import pikepdf

    with document_of(pdf) as document:
        root = document.Root.get("/StructTreeRoot")
        if root is None:
            yield Finding(message="it has no tags")
            return
        held = dict(_held(root.get("/K", pikepdf.Array()), None, None))
        tree = dict(pikepdf.NumberTree(root.ParentTree).items()) if "/ParentTree" in root else {}
        for number, page in enumerate(document.pages, start=1):
            if times := sum(_wrong(page.obj, tree, held)):
                yield Finding(message="the parent tree names another tag", place=f"page {number}", times=times)


def _wrong(page: Any, tree: Mapping[int, Any], held: Mapping[Place, Any]) -> Iterator[bool]:
    """Say of each piece and each annotation of a page whether the tree is wrong about it."""
    row = tree.get(int(page.get("/StructParents", -1)), ())
    own = {number: parent for (owner, number), parent in held.items() if owner == page.objgen and number is not None}
    for number, parent in own.items():
        yield number >= len(row) or getattr(row[number], "objgen", None) != parent
    for annotation in page.get("/Annots", ()):
        parent = tree.get(int(annotation.get("/StructParent", -1)))
        yield getattr(parent, "objgen", None) != held.get((annotation.objgen, None))


def _held(item: Any, parent: Any, page: Any) -> Iterator[tuple[Place, Any]]:
    """Each place with the object number of the element that holds it."""
    import pikepdf

    if isinstance(item, int):
        yield (page, int(item)), parent
    elif isinstance(item, pikepdf.Array):
        for each in item:
            yield from _held(each, parent, page)
    elif isinstance(item, pikepdf.Dictionary):
        page = item.Pg.objgen if "/Pg" in item else page
        if "/S" in item:
            yield from _held(item.get("/K", pikepdf.Array()), item.objgen, page)
        elif "/MCID" in item:
            yield (page, int(item.MCID)), parent
        elif "/Obj" in item:
            yield (item.Obj.objgen, None), parent
