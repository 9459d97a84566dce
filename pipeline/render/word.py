"""Style Word documents as the house's: its colours in, a reference document for pandoc out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, partial
from xml.sax.saxutils import quoteattr

from pipeline.drawing.colour import toned
from pipeline.model import Brand
from pipeline.problem import ToolFailed
from pipeline.render.pandoc import run
from pipeline.render.parcel import packed, unpacked

SANS, SERIF = "Source Sans 3", "Source Serif 4"
"""Word shows another face where these are not installed."""
PAPERS = {"A4": (11906, 16838), "letter": (12240, 15840)}
"""Width and height in twentieths of a point, by what house.yaml calls them."""
_MARGINS = (
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="709" w:footer="709" w:gutter="0"/>'
)
"""25 mm all round."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Style:
    """How paragraphs of a name look; sizes and spaces in points."""

    name: str
    size: float = 10.5
    colour: str = "1b2430"
    bold: bool = False
    face: str = SERIF
    before: float = 0
    after: float = 6
    joined: bool = False
    """Whether it stays on the page of what follows."""
    level: int | None = None
    fill: str = ""


def _styles(brand: Brand) -> Iterator[_Style]:
    """The styles that copies.lua and pandoc name."""
    primary, accent, tint = brand.primary[1:], brand.accent[1:], toned(brand.primary, 0.94)[1:]
    grey = "4a5766"
    yield _Style(name="Normal")
    yield _Style(name="Body Text")
    yield _Style(name="First Paragraph")
    yield _Style(name="Compact", after=2)
    yield _Style(name="heading 1", size=24, colour=primary, bold=True, before=6, joined=True, level=0)
    yield _Style(name="heading 2", size=15, colour=primary, bold=True, face=SANS, before=16, joined=True, level=1)
    yield _Style(name="heading 3", size=12, colour=primary, bold=True, face=SANS, before=12, joined=True, level=2)
    yield _Style(name="Kicker", size=9, colour=accent, bold=True, face=SANS)
    yield _Style(name="Question", size=13, colour=grey, face=SANS)
    yield _Style(name="Bottom line", size=13, bold=True, fill=tint)
    yield _Style(name="Byline", size=9, colour=grey, face=SANS, after=12)
    yield _Style(name="Certainty", size=9, colour=grey, face=SANS)
    yield _Style(name="Label", size=9, colour=accent, bold=True, face=SANS, before=6, after=2, joined=True)
    yield _Style(name="Figure value", size=20, colour=primary, bold=True, face=SANS, before=6, after=0, joined=True)
    yield _Style(name="Figure title", before=6, after=2, joined=True)
    yield _Style(name="Affected")
    yield _Style(name="References", size=9, after=3)
    yield _Style(name="Note", size=9, colour=grey, face=SANS)
    yield _Style(name="Table Text", size=9, face=SANS, after=2)
    yield _Style(name="Table Caption", size=9, colour=grey, face=SANS, joined=True)


def _xml(style: _Style) -> str:
    identity = re.sub(r"[^A-Za-z0-9]", "", style.name.title() if style.name.startswith("heading") else style.name)
    normal = style.name == "Normal"
    default, base = (' w:default="1"', "") if normal else ("", '<w:basedOn w:val="Normal"/>')
    extra = "<w:keepNext/><w:keepLines/>" if style.joined else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{style.fill}"/>' if style.fill else ""
    level = "" if style.level is None else f'<w:outlineLvl w:val="{style.level}"/>'
    face = " ".join(f"w:{kind}={quoteattr(style.face)}" for kind in ("ascii", "hAnsi", "cs"))
    space = f'<w:spacing w:before="{round(style.before * 20)}" w:after="{round(style.after * 20)}"/>'
    bold = "<w:b/><w:bCs/>" if style.bold else ""
    size = f'<w:sz w:val="{round(style.size * 2)}"/><w:szCs w:val="{round(style.size * 2)}"/>'
    return (
        f'<w:style w:type="paragraph" w:styleId="{identity}"{default}><w:name w:val={quoteattr(style.name)}/>{base}'
        f"<w:qFormat/><w:pPr>{extra}{shade}{space}{level}</w:pPr>"
        f'<w:rPr><w:rFonts {face}/>{bold}<w:color w:val="{style.colour}"/>{size}</w:rPr></w:style>'
    )


@cache
def _plain() -> dict[str, bytes]:
    """The parts of pandoc's own reference document."""
    code, data, said = run(["--print-default-data-file", "reference.docx"], b"", "the reference document", 60)
    if code or said:
        raise ToolFailed(f"pandoc has no reference document: {said}")
    return unpacked(data)


def reference(brand: Brand, paper: str, direction: str) -> bytes:
    """Give pandoc's reference document with the house's styles in place of its own, on its paper, `A4` or `letter`.

    `direction` is that of the text, `ltr` or `rtl`.
    """
    parts = dict(_plain())
    sheet = parts["word/styles.xml"].decode()
    for style in _styles(brand):
        name = re.escape(quoteattr(style.name))
        known = rf"<w:style\b(?:(?!</w:style>).)*?<w:name w:val={name}\s*/>.*?</w:style>"
        sheet = re.sub(known, "", sheet, flags=re.DOTALL | re.IGNORECASE)
        sheet = sheet.replace("</w:styles>", f"{_xml(style)}</w:styles>")
    width, height = PAPERS[paper]
    page = f'<w:pgSz w:w="{width}" w:h="{height}"/>{_MARGINS}{"<w:bidi/>" if direction == "rtl" else ""}</w:sectPr>'
    body = parts["word/document.xml"].decode().replace("</w:sectPr>", page, 1)
    return packed({**parts, "word/styles.xml": sheet.encode(), "word/document.xml": body.encode()})


def mended(document: str, direction: str) -> str:
    """Give a document's text with what pandoc leaves out: tables as wide as the text, which run as the text does."""
    document = re.sub(r'descr="data:[^"]*"', 'descr=""', document)
    document = document.replace('<w:tblW w:type="auto" w:w="0" />', '<w:tblW w:type="pct" w:w="5000" />')
    if direction == "rtl":
        document = re.sub(r"(<w:tblPr><w:tblStyle [^>]*>)", r"\1<w:bidiVisual />", document)
    small = partial(re.compile('<w:pStyle w:val="Compact" />').sub, '<w:pStyle w:val="TableText" />')
    return re.sub(r"<w:tbl>.*?</w:tbl>", lambda table: small(table[0]), document, flags=re.DOTALL)
