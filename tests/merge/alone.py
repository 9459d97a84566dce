"""One copy as the engine alone would have made it, and what readers get of a PDF: words, tags and pixels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any

import numpy as np
import pypdfium2

from pipeline.forms import Page
from pipeline.merge import Merging
from pipeline.merge.cover import before
from pipeline.merge.entries import Entry
from pipeline.render.page import proof
from pipeline.render.pdf import lay_out, written
from pipeline.render.slots import fillable
from pipeline.verify.reading import document_of
from pipeline.verify.tags import Element, structure
from tests.likeness import DPI

MOST_PIXELS = 0
"""How many pixels of a page may differ from a render of its own at 100 dpi."""


def alone(merging: Merging, entry: Entry) -> bytes:
    """One copy, rendered by the engine as any other page is."""
    master = merging.masters[entry.language]
    left_out, house = master.laid.left_out, master.library.house
    templates, assets = master.project.templates, master.project.assets
    made = proof(master.article(left_out), house, templates, assets, wording=master.words, added=master.added)
    laid = lay_out(_filled(made, entry), assets, master.added)
    if master.cover_page:
        laid = before(lay_out(_filled(master.cover_page, entry), assets, master.added), laid)
    return written(laid, master.attachments()).data


def _filled(page: Page, entry: Entry) -> Page:
    return replace(page, paged=fillable(page.paged, escape)(entry.texts))


def assert_alike(copy: bytes, other: bytes) -> None:
    """The same words, the same tags in the same order, the same pixels, page by page."""
    assert words(copy) == words(other)
    assert _drawn(tags(copy)) == _drawn(tags(other))
    pairs = list(zip(pictures(copy), pictures(other), strict=True))
    assert pairs
    assert [int(np.count_nonzero(ours != theirs)) for ours, theirs in pairs] == [MOST_PIXELS] * len(pairs)


def pictures(data: bytes) -> Iterator[Any]:
    """Each page in grey."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        yield np.array(page.render(scale=DPI / 72, grayscale=True).to_numpy(), np.uint8).squeeze()
    document.close()


def words(data: bytes) -> list[str]:
    """What is copied from each page."""
    document = pypdfium2.PdfDocument(data)
    found = [page.get_textpage().get_text_range() for page in document]
    document.close()
    return found


def tags(data: bytes) -> Element:
    """The tree of tags."""
    with document_of(data) as document:
        return structure(document)


def _drawn(element: Element) -> Element:
    """The tags as a render of its own has them, which doesn't know what stands in slots."""
    kids = tuple(kid if isinstance(kid, str) else _drawn(kid) for kid in element.kids)
    return replace(element, kids=kids, instead=None)


def heard(data: bytes) -> str:
    """What a reader hears that follows the tags."""
    return " ".join("".join(tags(data).texts()).split())
