"""Say what a page tells, so that its other forms can be held to it: HTML in; text, headings, pictures and tables out.

What stands around the article on a page, and what pages fold away and no other form has, the maps and the trace, is
left out of account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from xml.etree.ElementTree import Element

from pipeline.verify.finding import Finding
from pipeline.verify.hypertext import HTML, SILENT, SVG, parsed
from pipeline.verify.same_text import SHOWN

AROUND = frozenset({"skip", "kicker", "byline", "contents", "site", "maps", "trace"})
"""Classes of what is left out."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """What a page tells, or another form of it."""

    language: str
    """BCP 47."""
    text: str
    """All of it, as it is written."""
    headings: tuple[tuple[int, str], ...]
    """Level and words of each."""
    pictures: tuple[str, ...]
    """The description of each; empty where it has none."""
    tables: int
    items: tuple[str, ...] = ()
    """Addresses of the parts that it shows and that have no name of their own in the page."""


def by_page(page: str) -> Told:
    """What an HTML page tells."""
    root = parsed(page)
    return by_elements([root], root.get("lang", ""))


def by_elements(roots: Sequence[Element], language: str) -> Told:
    """What elements of XHTML tell, one after the other."""
    seen = [element for root in roots for element in _seen(root)]
    addresses = [element.get("data-item", "") for element in seen if not element.get("id")]
    return Told(
        language=language,
        text=" ".join(text for root in roots for text in _texts(root)),
        headings=tuple(
            (int(element.tag[-1]), plain("".join(_texts(element))))
            for element in seen
            if re.fullmatch(rf"{HTML}h[1-6]", element.tag)
        ),
        pictures=tuple(plain(described(element)) for element in seen if element.tag in {f"{SVG}svg", f"{HTML}img"}),
        tables=sum(element.tag == f"{HTML}table" for element in seen),
        items=tuple(filter(None, addresses)),
    )


def described(picture: Element) -> str:
    """What stands for a picture: the text in its place, or the description of a drawing."""
    if picture.tag == f"{HTML}img":
        return picture.get("alt", "")
    return "".join(text for child in picture if child.tag == f"{SVG}desc" for text in child.itertext())


def unlike(told: Told, page: Told, form: str) -> Iterator[Finding]:
    """Yield in what another form, called `form`, differs from its page."""
    if not page.headings or not page.text.strip():
        yield Finding(message="the page tells nothing that another form could be held to")
        return
    if told.language.casefold() != page.language.casefold():
        yield Finding(message=f"the {form} is in '{told.language}', and the page in '{page.language}'")
    yield from first_unlike(told.headings, page.headings, "heading", form, "page")
    yield from first_unlike(told.pictures, page.pictures, "picture", form, "page")
    if told.tables != page.tables:
        yield Finding(message=f"the {form} has {told.tables} tables, and the page {page.tables}")
    here, there = (re.sub(r"[\s\u00ad]+", "", text).casefold() for text in (told.text, page.text))
    if here != there:
        at = next((at for at, (one, other) in enumerate(zip(here, there, strict=False)) if one != other), None)
        at = min(len(here), len(there)) if at is None else at
        message = f"the {form} goes on with '{here[at : at + SHOWN]}' where the page says '{there[at : at + SHOWN]}'"
        yield Finding(message=message, place=f"after '{there[max(0, at - SHOWN // 2) : at]}'")


def first_unlike(
    here: Sequence[object], there: Sequence[object], what: str, form: str, other_form: str
) -> Iterator[Finding]:
    """Yield the first of two rows that differs, of one form and of another."""
    for number, (one, other) in enumerate(zip_longest(here, there), start=1):
        if one != other:
            yield Finding(
                message=f"{what} {number} of the {form} is {named(one)}, and of the {other_form} {named(other)}"
            )
            return


def named(what: object) -> str:
    """What a finding calls a heading or a picture."""
    if isinstance(what, tuple):
        return f"'{what[1]}' at level {what[0]}"
    return "missing" if what is None else f"'{what}'"


def plain(text: str) -> str:
    """Text with one space for each run of white space, and without soft hyphens."""
    return " ".join(text.replace("\u00ad", "").split())


def _left_out(element: Element) -> bool:
    return callable(element.tag) or element.tag in SILENT or not AROUND.isdisjoint(element.get("class", "").split())


def _seen(element: Element) -> Iterator[Element]:
    if _left_out(element):
        return
    yield element
    for child in element if element.tag != f"{SVG}svg" else ():
        yield from _seen(child)


def _texts(element: Element) -> Iterator[str]:
    """The texts in an element, drawings aside."""
    if _left_out(element) or element.tag == f"{SVG}svg":
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""
