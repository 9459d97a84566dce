"""What can be wrong with other forms: changes of one thing each, with the checks that must see them and their words."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from pipeline.render.parcel import packed, unpacked

Parts: TypeAlias = dict[str, bytes]
DOCUMENT, STYLES = "word/document.xml", "word/styles.xml"
TEXT = r"<w:t(?: [^>]*)?>[^<]*</w:t>"
ROW = r"<w:tr>(?:(?!</w:tr>).)*</w:tr>"
CHAPTER, OPF, NAV = "EPUB/text/ch001.xhtml", "EPUB/content.opf", "EPUB/nav.xhtml"


class Broken(NamedTuple):
    """A change of a form's parts, and of each check that must see it a word that it must say."""

    of: Callable[[Parts], None]
    seen_by: dict[str, str]

    def made(self, data: bytes) -> bytes:
        """The form with the change."""
        parts = unpacked(data)
        before = dict(parts)
        self.of(parts)
        assert parts != before, "the change changes nothing"
        return packed(parts)


def put(name: str, old: str, new: str, count: int = 1) -> Callable[[Parts], None]:
    """Put something else for what a pattern finds in a part; so often, or everywhere for 0."""

    def change(parts: Parts) -> None:
        parts[name] = re.sub(old, new, parts[name].decode(), count=count, flags=re.DOTALL).encode()

    return change


def drop(name: str) -> Callable[[Parts], None]:
    """Take a part away."""

    def change(parts: Parts) -> None:
        del parts[name]

    return change


def both(*changes: Callable[[Parts], None]) -> Callable[[Parts], None]:
    """Change one thing that stands in several places."""

    def change(parts: Parts) -> None:
        for each in changes:
            each(parts)

    return change


BOOKS = {
    "no type": Broken(drop("mimetype"), {"epub": "PKG-006"}),
    "another type": Broken(put("mimetype", "epub", "zip"), {"epub": "PKG-007"}),
    "no container": Broken(drop("META-INF/container.xml"), {"epub": "container.xml"}),
    "chapter lost": Broken(drop(CHAPTER), {"epub": "RSC-001", "epub-text": "ch001.xhtml"}),
    "picture's file lost": Broken(drop("EPUB/media/file0.png"), {"epub": "RSC-001"}),
    "element not closed": Broken(put(CHAPTER, "</h1>", ""), {"epub": "RSC-016", "epub-text": "mismatched tag"}),
    "element unheard of": Broken(put(CHAPTER, "<p>(.*?)</p>", r"<para>\1</para>"), {"epub": "RSC-005"}),
    "link to no place": Broken(put(CHAPTER, r"#ref-[\w-]+", "#nowhere"), {"epub": "RSC-012"}),
    "contents to no place": Broken(put(NAV, "#options", "#elsewhere"), {"epub": "RSC-012"}),
    "no contents": Broken(put(NAV, 'epub:type="toc"', 'epub:type="landmarks"'), {"epub": "RSC-005"}),
    "line of contents lost": Broken(
        put(NAV, r'<li id="toc-li-\d+"><a href="[^"]*#options">.*?</li>', ""), {"epub": "the contents have"}
    ),
    "line of contents renamed": Broken(put(NAV, ">Options<", ">Choices<"), {"epub": "they say 'Choices' at level 2"}),
    "no description": Broken(
        put(CHAPTER, r'(<img [^>]*)alt="[^"]*"', r"\1"), {"epub": "has no description", "epub-text": "picture 1"}
    ),
    "empty description": Broken(
        put(CHAPTER, r'(<img [^>]*)alt="[^"]*"', r'\1alt=""'), {"epub": "has no description", "epub-text": "picture 1"}
    ),
    "another description": Broken(put(CHAPTER, r'alt="[^"]*"', 'alt="A chart"'), {"epub-text": "'A chart'"}),
    "picture lost": Broken(
        both(put(CHAPTER, "<img [^>]*>", ""), put(OPF, '<item id="file0_png"[^>]*>', ""), drop("EPUB/media/file0.png")),
        {"epub": "reads it as textual, visual", "epub-text": "picture 1 of the book is missing"},
    ),
    "another language": Broken(
        both(
            put(CHAPTER, 'lang="en-GB"', 'lang="de"', 0),
            put(NAV, 'lang="en-GB"', 'lang="de"', 0),
            put(OPF, "<dc:language>en-GB<", "<dc:language>de<"),
        ),
        {"epub-text": "the book is in 'de'"},
    ),
    "language of the chapter": Broken(put(CHAPTER, ' lang="en-GB"', ' lang="fr"'), {"epub": "is in 'fr'"}),
    "no language of the chapter": Broken(put(CHAPTER, ' (xml:)?lang="en-GB"', "", 0), {"epub": "is in ''"}),
    "no language": Broken(put(OPF, "<dc:language>.*?</dc:language>", ""), {"epub": "RSC-005", "epub-text": "in ''"}),
    "another direction": Broken(put(CHAPTER, 'dir="ltr"', 'dir="rtl"'), {"epub": "reads 'rtl'"}),
    "no title of the chapter": Broken(put(CHAPTER, "<title>.*?</title>", "<title>x</title>"), {"epub": "called 'x'"}),
    "another title": Broken(put(OPF, "(<dc:title[^>]*>)[^<]*", r"\1Untitled"), {"epub": "the book 'Untitled'"}),
    "no hazards told": Broken(
        put(OPF, '<meta property="schema:accessibilityHazard">.*?</meta>', ""), {"epub": "Hazard"}
    ),
    "no modes told": Broken(put(OPF, '<meta property="schema:accessMode">.*?</meta>', "", 0), {"epub": "'accessMode'"}),
    "pictures not told": Broken(
        put(OPF, '<meta property="schema:accessMode">visual</meta>', ""), {"epub": "reads it as textual"}
    ),
    "two titles": Broken(
        put(CHAPTER, "<h2>(.*?)</h2>", r"<h1>\1</h1>"), {"epub": "2 headings of level 1", "epub-text": "at level 1"}
    ),
    "heading lost": Broken(put(CHAPTER, "<h2>Options</h2>", ""), {"epub": "the contents have", "epub-text": "heading"}),
    "heading at another level": Broken(put(CHAPTER, "<h3>(.*?)</h3>", r"<h4>\1</h4>"), {"epub-text": "at level 4"}),
    "head row lost": Broken(
        both(put(CHAPTER, r"<th\b[^>]*>", "<td>", 0), put(CHAPTER, "</th>", "</td>", 0)), {"epub": "no header cell"}
    ),
    "table lost": Broken(put(CHAPTER, "<table>.*?</table>", ""), {"epub-text": "tables"}),
    "paragraph lost": Broken(put(CHAPTER, "<li>.*?</li>", ""), {"epub-text": "where the page says"}),
    "another word": Broken(
        put(CHAPTER, "Lights make harbours", "Lights keep harbours"), {"epub-text": "where the page says"}
    ),
    "text twice": Broken(put(CHAPTER, r"(<li>.*?</li>)", r"\1\1"), {"epub-text": "where the page says"}),
}
"""What can be wrong with a book."""


def lost_picture(parts: Parts) -> None:
    """Take the first picture's file away, and leave its place."""
    del parts[next(name for name in parts if name.startswith("word/media/"))]


def fetched(parts: Parts) -> None:
    """Let the first picture come from elsewhere."""
    name = "word/_rels/document.xml.rels"
    related = r'Target="media/[^"]*"'
    put(name, related, 'Target="https://pictures.example/light.png" TargetMode="External"')(parts)


WORDS = {
    "no text": Broken(drop(DOCUMENT), {"docx": "no part 'word/document.xml'", "docx-text": "no part"}),
    "text that is no XML": Broken(
        put(DOCUMENT, "</w:body>", ""), {"docx": "mismatched tag", "docx-text": "mismatched"}
    ),
    "no types": Broken(drop("[Content_Types].xml"), {"docx": "LibreOffice can't open it"}),
    "heading's style lost": Broken(
        put(DOCUMENT, '<w:pStyle w:val="Heading2" />', '<w:pStyle w:val="BodyText" />'), {"docx-text": "heading 2"}
    ),
    "heading at another level": Broken(
        put(DOCUMENT, 'w:val="Heading3"', 'w:val="Heading2"'), {"docx-text": "at level 2"}
    ),
    "level of a style lost": Broken(
        put(STYLES, '<w:style [^>]*w:styleId="Heading2".*?</w:style>', ""), {"docx-text": "heading 2"}
    ),
    "heading hidden": Broken(
        put(DOCUMENT, r'(<w:pStyle w:val="Heading2" /></w:pPr><w:r>)(?=<w:t)', r"\1<w:rPr><w:vanish/></w:rPr>"),
        {"docx": "heading 2 of the document"},
    ),
    "figure lost": Broken(put(DOCUMENT, "<w:drawing>.*?</w:drawing>", ""), {"docx-text": "picture 1"}),
    "figure's file lost": Broken(lost_picture, {"docx": "it names a part 'word/media/rId"}),
    "figure from elsewhere": Broken(fetched, {"docx": "it fetches 'https://pictures.example/light.png'"}),
    "no description": Broken(
        put(DOCUMENT, r'(<wp:docPr )descr="[^"]*"', r"\1"), {"docx": "picture 1 has no", "docx-text": "picture 1"}
    ),
    "another description": Broken(put(DOCUMENT, r'descr="Harb[^"]*"', 'descr="A chart"'), {"docx-text": "'A chart'"}),
    "header row lost": Broken(
        put(DOCUMENT, "<w:trPr><w:tblHeader [^>]*/></w:trPr>", ""), {"docx": "table 1 has no header row"}
    ),
    "table lost": Broken(put(DOCUMENT, "<w:tbl>.*?</w:tbl>", ""), {"docx-text": "has 1 tables"}),
    "bookmark lost": Broken(
        put(DOCUMENT, 'w:name="lights_help__fewer_wrecks"', 'w:name="elsewhere"'),
        {"docx-text": "'lights-help/fewer-wrecks' has no bookmark"},
    ),
    "paragraph lost": Broken(put(DOCUMENT, rf"{TEXT}", "<w:t/>", 9), {"docx-text": "where the page says"}),
    "another word": Broken(put(DOCUMENT, "Lights make", "Lights keep"), {"docx-text": "where the page says"}),
    "rows in another order": Broken(put(DOCUMENT, rf"({ROW})({ROW})", r"\2\1"), {"docx-text": "where the page says"}),
    "another language": Broken(
        put("docProps/core.xml", "<dc:language>.*?<", "<dc:language>de<"),
        {"docx": "it is in 'de'", "docx-text": "the document is in 'de'"},
    ),
    "language of the text": Broken(put(STYLES, 'w:val="en-GB"', 'w:val="de-DE"'), {"docx": "its text in"}),
}
"""What can be wrong with a Word document."""
