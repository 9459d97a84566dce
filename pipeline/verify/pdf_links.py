"""Every link of the PDF leads somewhere: within the file to one of its pages, out of it to a whole web address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from pipeline.verify import tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
SCHEMES = frozenset({"http", "https", "mailto"})


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield the links and bookmarks that lead nowhere, with their page."""
    with document_of(pdf) as document:
        pages = {page.obj.objgen for page in document.pages}
        names = _names(document)
        for number, page in enumerate(document.pages, start=1):
            for link in page.obj.get("/Annots", []):
                if link.get("/Subtype") == "/Link" and (wrong := _wrong(link, names, pages)):
                    yield Finding(message=f"a link {wrong}", place=f"page {number}")
        with document.open_outline() as outline:
            for item in _all(outline.root):
                wrong = _wrong(item.obj, names, pages)
                if wrong:
                    yield Finding(message=f"the bookmark '{item.title}' {wrong}")


def _wrong(link: Any, names: dict[str, Any], pages: set[Any]) -> str:
    """Why a link or a bookmark leads nowhere, or nothing."""
    action = link.get("/A", {})
    kind = str(action.get("/S", "/GoTo"))
    if kind == "/URI":
        address = str(action.get("/URI", ""))
        parts = urlsplit(address)
        whole = parts.scheme in SCHEMES and bool(parts.netloc or parts.scheme == "mailto")
        return "" if whole else f"leads to '{address}', which is no whole web address"
    if kind != "/GoTo":
        return f"does something else than lead: {kind[1:]}"
    target = link.get("/Dest", action.get("/D"))
    if target is None:
        return "has no target"
    return _lost(target, names, pages)


def _lost(target: Any, names: dict[str, Any], pages: set[Any]) -> str:
    """Why a destination (ISO 32000-1, 12.3.2) is no place in the file, or nothing."""
    import pikepdf

    if not isinstance(target, pikepdf.Array):
        name = str(target).removeprefix("/")
        if name not in names:
            return f"leads to '{name}', which is no place in the file"
        target = names[name]
        target = target.D if isinstance(target, pikepdf.Dictionary) else target
    return "" if target[0].objgen in pages else "leads to a page that is not in the file"


def _names(document: Any) -> dict[str, Any]:
    """The named destinations of a document."""
    import pikepdf

    tree = document.Root.get("/Names", {}).get("/Dests")
    found = dict(pikepdf.NameTree(tree).items()) if tree is not None else {}
    older = {str(name)[1:]: target for name, target in document.Root.get("/Dests", {}).items()}
    return {**{str(name): target for name, target in found.items()}, **older}


def _all(items: Any) -> Iterator[Any]:
    for item in items:
        yield item
        yield from _all(item.children)
