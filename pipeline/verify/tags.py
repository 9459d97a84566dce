"""Read the text of a tagged PDF in the order of its tags: an open document in, a tree of elements and texts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pipeline.verify.drawn import LINE, pieces

__all__ = ["LINE", "Element", "structure"]


@dataclass(frozen=True, slots=True)
class Element:
    """A structure element (ISO 32000-1, 14.7.2)."""

    kind: str
    """Its type, after the role map: `H1`, `P`, `Figure`."""
    kids: tuple[Element | str, ...] = ()
    """What lies in it: further elements, and texts as they were drawn."""
    alternative: str = ""
    """The text in its place, for who can't see it."""
    instead: str | None = None
    """What is to be read in place of what is drawn, as where letters stand in another order (14.9.4)."""
    language: str = ""
    """The language of this part, where it is said; BCP 47."""
    expansion: str = ""
    """The long form of what is abbreviated here."""
    attributes: Mapping[str, Any] = field(default_factory=dict)
    """What else is said of it, as `Scope` of a header cell (ISO 32000-1, 14.8.5)."""

    def elements(self) -> Iterator[Element]:
        """Itself and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.elements()

    def texts(self, *, but: frozenset[str] = frozenset()) -> Iterator[str]:
        """The texts in it and below it, but not in the types of `but`; what is there instead stands for all."""
        if self.kind in but:
            return
        if self.alternative or self.instead is not None:
            yield (self.alternative or self.instead or "") + LINE
            return
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.texts(but=but)
            else:
                yield kid


def structure(document: Any) -> Element:
    """The root of the tags, its type empty; raises ValueError where the document has none."""
    import pikepdf

    root = document.Root.get("/StructTreeRoot")
    if root is None:
        raise ValueError("it has no tags")
    roles = {str(name)[1:]: str(role)[1:] for name, role in root.get("/RoleMap", {}).items()}
    drawn = {page.obj.objgen: _drawn(page.obj) for page in document.pages}

    def read(item: Any, page: Any) -> Iterator[Element | str]:
        if isinstance(item, int):
            yield drawn.get(page, {}).get(int(item), "")
        elif isinstance(item, pikepdf.Array):
            for each in item:
                yield from read(each, page)
        elif isinstance(item, pikepdf.Dictionary):
            page = item.Pg.objgen if "/Pg" in item else page
            if "/S" in item:
                kind = str(item.S)[1:]
                yield Element(
                    kind=roles.get(kind, kind),
                    kids=tuple(read(item.get("/K", pikepdf.Array()), page)),
                    alternative=str(item.get("/Alt", "")),
                    instead=str(item.ActualText) if "/ActualText" in item else None,
                    language=str(item.get("/Lang", "")),
                    expansion=str(item.get("/E", "")),
                    attributes=dict(_attributes(item.get("/A", pikepdf.Array()))),
                )
            elif "/MCID" in item:
                yield from read(int(item.MCID), page)

    return Element("", tuple(read(root.get("/K", pikepdf.Array()), None)))


def _attributes(said: Any) -> Iterator[tuple[str, Any]]:
    """The attributes of an element, whose objects may stand in a list with numbers of revisions between them."""
    import pikepdf

    for each in said if isinstance(said, pikepdf.Array) else (said,):
        if isinstance(each, pikepdf.Dictionary):
            for key, value in each.items():
                plain = isinstance(value, pikepdf.Name | pikepdf.String)
                yield key[1:], str(value).removeprefix("/") if plain else value


def _drawn(page: Any) -> Mapping[int, str]:
    """The text of each marked content of a page, by its number."""
    found: dict[int, str] = {}
    for piece in pieces(page, page.get("/Resources", {})):
        if piece.number is not None:
            found[piece.number] = found.get(piece.number, "") + piece.text
    return found
