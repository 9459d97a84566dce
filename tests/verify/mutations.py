"""A good PDF, and what can be wrong with it: changes of one thing each, with the checks that must see them."""

from __future__ import annotations

import functools
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, NamedTuple, TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from pipeline.forms import Page
from pipeline.render.pdf import pdf
from tests.render.paper import ARABIC, ASSETS, METADATA, STYLE, enclosed, page

TITLE = "Light every harbour"
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" viewBox="0 0 60 20" width="60"
height="20"><title id="t">Wrecks</title><desc id="d">Six with a light and nine without.</desc>
<rect width="40" height="8" fill="#12324f"/></svg>"""
BODY = f"""
<p>Lights save <a href="#ships">ships</a>, says the <abbr title="Harbour Board">HB</abbr>.<sup><a id="call"
href="#note" role="doc-noteref">1</a></sup> The French say <span lang="fr">phare</span>.</p>
<h2 id="ships">Ships</h2>
<p>See <a href="https://example.org/lights">a report</a>.</p>
<h3>Small ships</h3>
<ul><li>Hoys.</li><li>Smacks.</li></ul>
<table><caption>Wrecks a year</caption><thead><tr><th scope="col">Harbour</th><th scope="col">Wrecks</th></tr></thead>
<tbody><tr><th scope="row">With a light</th><td>6</td></tr>
<tr><th scope="row">Without</th><td>9</td></tr></tbody></table>
<figure>{DRAWING}<figcaption>Lights help</figcaption></figure>
<h2 style="break-before:page">Fog</h2>
{"<p>Fog is dense, and horns are heard where no light is seen.</p>" * 8}
<section lang="ar" dir="rtl"><h3>المنارات</h3>
<p>ترى السفن (والقوارب) الضوء لأنه لا يغيب، كما في تقرير Eddystone.</p></section>
<section role="doc-endnotes"><ol><li id="note"><p>In a letter. <a href="#call" role="doc-backlink"
aria-label="Back">↑</a></p></li></ol></section>
"""


def good_page() -> Page:
    """A small brief with one of everything that can be mutated."""
    made = page(BODY, style=STYLE + ARABIC)
    html = made.html.replace("A brief</h1>", f"{TITLE}</h1>").replace("Not this title", TITLE)
    return replace(made, metadata=replace(METADATA, title=TITLE), html=html, paged=html)


@functools.cache
def good() -> bytes:
    """Its PDF, in which no check finds anything."""
    return pdf(good_page(), ASSETS, enclosed()).data


Document: TypeAlias = pikepdf.Pdf
Change: TypeAlias = Callable[[Document], object]


def elements(document: Document, kind: str = "") -> Iterator[Any]:
    """The structure elements of a type, or all of them, in reading order."""

    def walk(item: Any) -> Iterator[Any]:
        if isinstance(item, Array):
            for each in item:
                yield from walk(each)
        elif isinstance(item, Dictionary) and "/S" in item:
            yield item
            yield from walk(item.get("/K", Array()))

    yield from (item for item in walk(document.Root.StructTreeRoot.K) if not kind or f"/{kind}" == item.S)


def objects(document: Document, kind: str) -> Iterator[Any]:
    """The dictionaries of a type."""
    for item in document.objects:
        if isinstance(item, Dictionary) and item.get("/Type") == f"/{kind}":
            yield item


def without(*path: str) -> Change:
    """Take a key of the catalogue away."""

    def change(document: Document) -> None:
        place = document.Root
        for key in path[:-1]:
            place = place[key]
        del place[path[-1]]

    return change


def each(kind: str, change: Callable[[Any], object]) -> Change:
    """Change every structure element of a type."""

    def changed(document: Document) -> None:
        found = list(elements(document, kind))
        assert found, kind
        for item in found:
            change(item)

    return changed


def first(kind: str, change: Callable[[Any], object]) -> Change:
    """Change the first structure element of a type."""
    return lambda document: change(next(elements(document, kind)))


def drop(key: str) -> Callable[[Any], object]:
    """Take a key of a dictionary away where it is."""

    def change(item: Any) -> None:
        if key in item:
            del item[key]

    return change


def put(**entries: Any) -> Callable[[Any], object]:
    """Set entries of a dictionary."""

    def change(item: Any) -> None:
        for name, value in entries.items():
            item[f"/{name}"] = value

    return change


def drawn(change: Callable[[bytes], bytes], number: int = 0) -> Change:
    """Change the drawing operators of a page."""

    def changed(document: Document) -> None:
        contents = document.pages[number].Contents
        before = contents.read_bytes()
        contents.write(change(before))
        assert contents.read_bytes() != before

    return changed


def described(change: Callable[[bytes], bytes]) -> Change:
    """Change the metadata stream."""

    def changed(document: Document) -> None:
        stream = document.Root.Metadata
        before = stream.read_bytes()
        document.Root.Metadata = document.make_stream(change(before), Type=Name.Metadata, Subtype=Name.XML)
        assert document.Root.Metadata.read_bytes() != before

    return changed


def fonts(change: Callable[[Any], object], key: str) -> Change:
    """Change every dictionary of a font that has a key."""

    def changed(document: Document) -> None:
        found = [item for kind in ("Font", "FontDescriptor") for item in objects(document, kind) if key in item]
        assert found
        for item in found:
            change(item)

    return changed


def reads(old: bytes, new: bytes) -> Change:
    """Let a letter be read as another."""

    def change(font: Any) -> None:
        table = font.ToUnicode.read_bytes()
        font.ToUnicode.write(table.replace(b"<" + old + b">", b"<" + new + b">"))

    return fonts(change, "/ToUnicode")


def link(number: int, change: Callable[[Any], object]) -> Change:
    """Change an annotation of the first page."""

    def changed(document: Document) -> None:
        change(document.pages[0].Annots[number])

    return changed


def towards(target: Any) -> Callable[[Any], object]:
    """Let a link within the file lead elsewhere."""

    def change(annotation: Any) -> None:
        for key in ("/A", "/Dest"):
            if key in annotation:
                del annotation[key]
        annotation.Dest = target

    return change


def said(change: Callable[[Any], object]) -> Change:
    """Change the structure elements that say something in place of what is drawn."""

    def changed(document: Document) -> None:
        found = [item for item in elements(document) if "/ActualText" in item]
        assert found
        for item in found:
            change(item)

    return changed


def swap(kind: str) -> Change:
    """Let the first two kids of the first element of a type change places."""

    def change(item: Any) -> None:
        kids = list(item.K)
        item.K = Array([kids[1], kids[0], *kids[2:]])

    return first(kind, change)


def outline(change: Callable[[Any], object]) -> Change:
    """Change the bookmarks."""

    def changed(document: Document) -> None:
        with document.open_outline() as found:
            change(found.root)

    return changed


def adrift(document: Document) -> None:
    """Let the parents of marked content be those of other content."""
    numbers = document.Root.StructTreeRoot.ParentTree.Nums
    row = numbers[1]
    row[0], row[len(row) - 1] = row[len(row) - 1], row[0]


def blank(document: Document) -> None:
    """Add a page with nothing on it."""
    document.add_blank_page(page_size=(340, 453))


def lost_page(document: Document) -> None:
    """Take the second page away, and what is on it."""
    del document.pages[1]


def unseen(document: Document) -> None:
    """Put the second page on a layer that is off in views, which one engine heeds and the other does not."""
    off = Dictionary(View=Dictionary(ViewState=Name.OFF))
    layer = document.make_indirect(Dictionary(Type=Name.OCG, Name=String("Off"), Usage=off))
    heeded = Dictionary(Event=Name.View, OCGs=Array([layer]), Category=Array([Name.View]))
    document.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(AS=Array([heeded])))
    page = document.pages[1]
    page.Resources.Properties = Dictionary(off=layer)
    page.Contents.write(b"/OC /off BDC\n" + page.Contents.read_bytes() + b"\nEMC")


def encrypted(data: bytes) -> bytes:
    """Encrypt it without a password to open it, and keep its text from screen readers."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        may = pikepdf.Permissions(accessibility=False)
        document.save(written, encryption=pikepdf.Encryption(owner="o", user="", allow=may))
    return written.getvalue()


def damaged(data: bytes) -> bytes:
    """Flip bits in the middle of the longest stream."""
    with pikepdf.open(io.BytesIO(data)) as document:
        streams = (item for item in document.objects if isinstance(item, pikepdf.Stream))
        longest = max((item.read_raw_bytes() for item in streams), key=len)
    at = data.index(longest) + len(longest) // 2
    return data[:at] + bytes(byte ^ 0x55 for byte in data[at : at + 40]) + data[at + 40 :]


class Mutation(NamedTuple):
    """One thing that is wrong."""

    of: Callable[[bytes], bytes]
    """Gives the changed file."""
    seen_by: tuple[str, ...]
    """The checks that must find it, by name."""


def _(change: Change, *seen_by: str) -> Mutation:
    """A change of an open document."""

    def of(data: bytes) -> bytes:
        written = io.BytesIO()
        with pikepdf.open(io.BytesIO(data)) as document:
            change(document)
            document.save(written, deterministic_id=True)
        return written.getvalue()

    return Mutation(of, seen_by)


def attached(change: Callable[[Any], object], name: str = "open-models.yaml") -> Change:
    """Change what describes a file inside."""
    return lambda document: change(next(item for item in document.Root.AF if name == item.UF))


def renamed(document: Document) -> None:
    """Call a file inside by a path, in every place that names it."""
    names = document.Root.Names.EmbeddedFiles.Names
    names[0] = String("../wrecks.yaml")
    put(F=String("../wrecks.yaml"), UF=String("../wrecks.yaml"))(names[1])


MUTATIONS = {
    "no files inside": _(lambda d: (without("/Names", "/EmbeddedFiles")(d), without("/AF")(d)), "attachments"),
    "file inside lost": _(lambda d: d.Root.Names.EmbeddedFiles.Names.__delitem__(slice(0, 2)), "attachments"),
    "file inside changed": _(attached(lambda item: item.EF.F.write(b"title: Closed models\n")), "attachments"),
    "file inside by a path": _(renamed, "attachments"),
    "file inside twice": _(lambda d: d.Root.AF.append(d.Root.AF[0]), "attachments"),
    "files that belong to nothing": _(without("/AF"), "attachments", "pdf-a"),
    "record lost": _(lambda d: d.Root.Names.EmbeddedFiles.Names.__delitem__(slice(4, 6)), "attachments"),
    "date of a file inside": _(
        attached(lambda item: put(ModDate=String("D:20200101000000Z"))(item.EF.F.Params)), "attachments"
    ),
    "size of a file inside": _(attached(lambda item: put(Size=1)(item.EF.F.Params)), "attachments"),
    "file without a relationship": _(attached(drop("/AFRelationship")), "attachments", "pdf-a"),
    "file without a media type": _(attached(lambda item: drop("/Subtype")(item.EF.F)), "attachments", "pdf-a"),
    "file without a description": _(attached(drop("/Desc")), "attachments"),
    "no structure tree": _(without("/StructTreeRoot"), "pdf-ua", "pdf-a"),
    "no language": _(without("/Lang"), "pdf-ua"),
    "no metadata": _(without("/Metadata"), "pdf-ua", "pdf-a"),
    "no colour profile": _(without("/OutputIntents"), "pdf-a"),
    "title of the file shown instead of its own": _(without("/ViewerPreferences"), "pdf-ua"),
    "not marked": _(lambda d: put(Marked=False)(d.Root.MarkInfo), "pdf-ua"),
    "tags said to be suspect": _(lambda d: put(Suspects=True)(d.Root.MarkInfo), "pdf-ua"),
    "circular roles": _(lambda d: put(RoleMap=Dictionary(P=Name.Foo, Foo=Name.P))(d.Root.StructTreeRoot), "pdf-ua"),
    "a script": _(lambda d: put(OpenAction=Dictionary(S=Name.JavaScript, JS=String("app.alert(1)")))(d.Root), "pdf-a"),
    "figure without a text": _(each("Figure", drop("/Alt")), "pdf-ua"),
    "figure with another text": _(each("Figure", put(Alt=String("Image"))), "same-text"),
    "heading skipped": _(each("H2", put(S=Name.H4)), "pdf-ua"),
    "heading as paragraph": _(each("H3", put(S=Name.P)), "bookmarks"),
    "table without header cells": _(each("TH", put(S=Name.TD)), "tables"),
    "header cell without scope": _(each("TH", drop("/A")), "tables"),
    "header cell with the wrong scope": _(first("TH", lambda th: put(Scope=Name.Row)(th.A)), "tables"),
    "row that lacks a cell": _(first("TR", lambda row: put(K=Array([row.K[0]]))(row)), "tables"),
    "list item with a stranger": _(each("LBody", put(S=Name.P)), "pdf-ua"),
    "list without items": _(each("L", put(S=Name.Div)), "pdf-ua"),
    "link that is no link": _(each("Link", put(S=Name.Span)), "pdf-ua"),
    "link without a description": _(link(0, drop("/Contents")), "pdf-ua"),
    "no order of tabs": _(lambda d: drop("/Tabs")(d.pages[0].obj), "pdf-ua"),
    "untagged content": _(drawn(lambda s: s + b"\n0 0 10 10 re f"), "pdf-ua"),
    "text as artifact": _(drawn(lambda s: s.replace(b"/Span\n<</MCID 1>>\nBDC", b"/Artifact BMC")), "same-text"),
    "wrong parents": _(adrift, "parents"),
    "no parents": _(without("/StructTreeRoot", "/ParentTree"), "parents"),
    "reading order changed": _(swap("L"), "same-text"),
    "letters in the order in which they are drawn": _(said(drop("/ActualText")), "same-text", "bookmarks"),
    "another text than what is drawn": _(said(put(ActualText=String("السفن"))), "same-text", "bookmarks"),
    "letters drawn that nobody reads": _(reads(b"0645", b"0628"), "same-text"),
    "language of a part lost": _(each("Span", drop("/Lang")), "languages"),
    "long form lost": _(each("Span", drop("/E")), "languages"),
    "font not inside": _(fonts(drop("/FontFile2"), "/FontFile2"), "fonts", "pdf-ua", "pdf-a"),
    "font of a stranger": _(fonts(put(BaseFont=Name("/ABCDEF+Comic-Sans")), "/DescendantFonts"), "fonts"),
    "letters without meaning": _(fonts(drop("/ToUnicode"), "/ToUnicode"), "pdf-ua", "pdf-a", "same-text", "glyphs"),
    "empty box": _(drawn(lambda s: re.sub(rb"<[0-9a-f]{4}", b"<0000", s, count=1)), "glyphs"),
    "glyph beyond its font": _(drawn(lambda s: re.sub(rb"<[0-9a-f]{4}", b"<fff0", s, count=1)), "glyphs"),
    "letter without meaning": _(reads(b"0068", b"fffd"), "glyphs", "text-layer"),
    "typographic hyphens": _(reads(b"0068", b"2010"), "text-layer"),
    "soft hyphens": _(reads(b"0068", b"00ad"), "text-layer"),
    "unknown characters": _(reads(b"0068", b"fffd"), "text-layer"),
    "letters of private use": _(reads(b"0068", b"e123"), "text-layer"),
    "another letter": _(reads(b"0068", b"0062"), "same-text"),
    "no title": _(described(lambda x: x.replace(b"dc:title", b"dc:source")), "pdf-ua", "metadata"),
    "another title": _(described(lambda x: x.replace(TITLE.encode(), b"Untitled")), "metadata"),
    "no licence": _(described(lambda x: x.replace(b"WebStatement", b"Certificate")), "metadata"),
    "another language told": _(lambda d: put(Lang=String("de"))(d.Root), "metadata"),
    "not said to be PDF/UA": _(described(lambda x: x.replace(b"pdfuaid:part>1", b"pdfuaid:part>7")), "pdf-ua"),
    "not said to be PDF/A": _(described(lambda x: x.replace(b'pdfaid:part="3"', b'pdfaid:part="9"')), "pdf-a"),
    "no bookmarks": _(without("/Outlines"), "bookmarks"),
    "renamed bookmark": _(outline(lambda root: setattr(root[0], "title", "Chapter")), "bookmarks"),
    "bookmark at another level": _(outline(lambda root: root.append(root[0].children.pop())), "bookmarks"),
    "link to no place": _(link(0, towards(String("nowhere"))), "pdf-links"),
    "link without a target": _(link(0, drop("/Dest")), "pdf-links"),
    "page lost": _(lost_page, "pdf-links", "same-text"),
    "blank page": _(blank, "length", "text-layer"),
    "page blank in one engine": _(unseen, "two-engines"),
    "encrypted": Mutation(encrypted, ("pdf-a",)),
    "damaged stream": Mutation(damaged, ("syntax",)),
    "cut short": Mutation(lambda data: data[: len(data) * 2 // 3], ("syntax",)),
}
