"""Write an article in other forms: its clean HTML in, plain text, Markdown, a Word document or an EPUB book out.

One pandoc process reads the HTML and writes the form; `copies.lua` stands between. Maps and the trace, which
pages fold away, are left out as they are in print.
"""

from __future__ import annotations

import base64
import re
import tempfile
from collections.abc import Sequence
from html import unescape
from pathlib import Path

from markupsafe import escape

from pipeline.forms import Article, Drawing, Metadata
from pipeline.model import House
from pipeline.problem import ToolFailed
from pipeline.render import book
from pipeline.render.fonts import Face
from pipeline.render.pandoc import run
from pipeline.render.parcel import packed, unpacked
from pipeline.render.raster import png
from pipeline.render.word import mended, reference
from pipeline.wording.language import ENGLISH, Wording

WRITERS = {"md": "gfm-raw_html", "txt": "plain"}
"""What pandoc calls each form that is text."""
SECONDS = 60
"""How long pandoc may take for one copy."""
_BOX = re.compile(r"<(/?)(?:section|aside|details|header|footer|article|figure|figcaption)\b")
_SUMMARY = re.compile(r"<summary>(.*?)</summary>", re.DOTALL)
_DRAWING = re.compile(r'<div data-drawing="([a-z0-9.-]+)"></div>')
_DESCRIBED = re.compile(r"<desc\b[^>]*>(.*?)</desc>", re.DOTALL)
_CORE = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" \
xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\
<dc:title>{title}</dc:title><dc:creator>{authors}</dc:creator><dc:description>{description}</dc:description>\
<dc:language>{language}</dc:language><cp:keywords>{keywords}</cp:keywords><cp:version>{version}</cp:version>\
<dcterms:created xsi:type="dcterms:W3CDTF">{issued}T00:00:00Z</dcterms:created>\
<dcterms:modified xsi:type="dcterms:W3CDTF">{issued}T00:00:00Z</dcterms:modified></cp:coreProperties>
"""
"""What a Word document says of itself (ECMA-376, part 2, 11)."""


def copy(  # noqa: PLR0913 - what is written, as what, for which house
    article: Article,
    form: str,
    house: House,
    assets: Path,
    *,
    draft: bool = False,
    wording: Wording = ENGLISH,
    added: Sequence[Face] = (),
    before: str = "",
) -> bytes:
    """Write an article as `docx`, `epub` (EPUB 3), `md` (GitHub-flavoured Markdown) or `txt` (72 columns, UTF-8).

    `before` is HTML that stands before its head.
    Figures are drawn in the bundled fonts, and those `added`; Markdown and plain text have their titles and tables.
    Raises ToolFailed when pandoc breaks off or takes too long, or a figure can't be drawn.
    """
    pictures = {drawing.id: _picture(drawing, assets, added) for drawing in article.drawings if drawing.on_paper}
    html = _plain(article, wording, {} if form in WRITERS else pictures, draft=draft, before=before)
    if form in WRITERS:
        return _written(html, form, ["--to", WRITERS[form], "--columns=72"], article.metadata.file)
    told = ["--metadata", f"lang={article.metadata.language}", "--metadata", f"dir={wording.direction}"]
    if form == "docx":
        return _document(html, told, house, article.metadata, wording.direction)
    return _book(html, told, assets, article.metadata, wording)


def _document(html: str, told: list[str], house: House, metadata: Metadata, direction: str) -> bytes:
    """Write a Word document in the house's styles, on its paper."""
    with tempfile.TemporaryDirectory() as folder:
        styled = Path(folder, "reference.docx")
        styled.write_bytes(reference(house.brand, house.paper, direction))
        given = ["--to", "docx", "--reference-doc", str(styled), *told]
        parts = unpacked(_written(html, "docx", given, metadata.file))
    core = _CORE.format(
        title=escape(metadata.title),
        authors=escape("; ".join(metadata.authors)),
        description=escape(metadata.description),
        language=metadata.language,
        keywords=escape(", ".join(metadata.keywords)),
        version=escape(metadata.version),
        issued=metadata.issued,
    )
    text = mended(parts["word/document.xml"].decode(), direction)
    return packed({**parts, "word/document.xml": text.encode(), "docProps/core.xml": core.encode()})


def _book(html: str, told: list[str], assets: Path, metadata: Metadata, wording: Wording) -> bytes:
    """Write an EPUB book."""
    parts = unpacked(_written(html, "epub", [*book.options(metadata), *told], metadata.file))
    return packed(book.mended(parts, metadata, (assets / "css/book.css").read_bytes(), wording))


def _picture(drawing: Drawing, assets: Path, added: Sequence[Face]) -> str:
    """A drawing as an image with its description."""
    data, width = png(drawing.svg, assets, added)
    described = _DESCRIBED.search(drawing.svg)
    alt = escape(unescape(described[1] if described else ""))
    source = base64.b64encode(data).decode()
    return f'<p><img src="data:image/png;base64,{source}" alt="{alt}" width="{round(width * 96 / 72)}"></p>'


def _written(html: str, form: str, arguments: list[str], name: str) -> bytes:
    given = ["--from", "html", "--lua-filter", "copies.lua", "--variable", f"form={form}", "--eol=lf", *arguments]
    what = f"the {form} of '{name}'"
    code, output, said = run(given, html.encode(), what, SECONDS)
    if code or said:
        raise ToolFailed(f"pandoc ended with {code} for {what}: {said}")
    return output


def _plain(article: Article, wording: Wording, pictures: dict[str, str], *, draft: bool, before: str) -> str:
    """The whole article as HTML of few kinds of element: what pandoc keeps no class of becomes a box."""
    body = _SUMMARY.sub(r'<div class="summary"><p>\1</p></div>', _BOX.sub(r"<\1div", article.body))
    body = _DRAWING.sub(lambda found: pictures.get(found[1], ""), body)
    first = _BOX.sub(r"<\1div", before)
    return f"{first}{_head(article, wording, draft=draft)}\n{body}"


def _head(article: Article, wording: Wording, *, draft: bool) -> str:
    """What a page's masthead says."""
    metadata, fields = article.metadata, article.fields
    warned = wording.gettext("Draft, not for citation") if draft else ""
    kicker = " · ".join(filter(None, [warned, metadata.series, metadata.edition_title, metadata.readers]))
    issued = wording.gettext("Version {version}, {day}.", version=metadata.version, day=wording.day(metadata.issued))
    boxes = {
        "kicker": escape(kicker),
        "question": fields["question"],
        "bottom-line": fields["bottom_line"],
        "byline": f"<strong>{escape(', '.join(metadata.authors))}</strong>. {escape(issued)}",
    }
    title = f"<h1>{fields['title']}</h1>"
    told = {name: f'<div class="{name}"><p>{html}</p></div>' for name, html in boxes.items()}
    return "\n".join([told.pop("kicker"), title, *told.values()])
