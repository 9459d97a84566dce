"""Set an article into complete pages: one for browsers, self-contained, and one for the PDF engine."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

from markupsafe import Markup, escape

from pipeline import __version__
from pipeline.drawing.colour import TINT, toned
from pipeline.forms import Article, Drawing, Entry, Metadata, Page
from pipeline.kept import NOTHING, Kept
from pipeline.model import Brand, House
from pipeline.problem import ToolFailed
from pipeline.render.beside import FORMS, beside
from pipeline.render.fonts import EVERYWHERE, Face, besides, needed, print_faces, stacked, web_faces
from pipeline.render.logo import logo
from pipeline.render.rows import grouped, rows, typeset
from pipeline.render.slanted import bold_italics
from pipeline.templating import environment, render, trusted
from pipeline.wording.language import ENGLISH, Wording

SHEETS = ("tokens", "type", "colour", "parts", "paper", "editions")
"""Stylesheets of both media; screens add `screen`."""
Kind = Literal["page", "cover"]
"""What is rendered, by the name of its template; a cover letter has a stylesheet of its own."""
BOLD = 600
"""The weight from which on a face is bold."""
Look = Literal["finished", "draft", "alone"]
EMPHASIS = re.compile(r"<em>([^<]*)")
TRAILING = re.compile(r"\s+(?=</(?:div|p|li|dd|dt|td|th|figcaption|section|aside|h[1-6])>)")
"""Space before the end of a block; the engine breaks a line too early that fits but for such a space."""
DRAWING = re.compile(r'<div data-drawing="([a-z0-9.-]+)"></div>')


def page(  # noqa: PLR0913 - what is shown, in which house and words, and where its look lies
    article: Article,
    house: House,
    templates: Path,
    assets: Path,
    look: Look = "finished",
    sisters: Sequence[Metadata] = (),
    *,
    wording: Wording = ENGLISH,
    added: Sequence[Face] = (),
    forms: Collection[str] = ("pdf",),
    kept: Kept = NOTHING,
) -> Page:
    """Render an article as a browser's page and as the PDF engine's; what stands alone links to no file beside it.

    `sisters` are the brief's other products, and `forms` the endings of this one's other files, to all of which the
    browser's page links; `added` are the house's own fonts. Fonts that were cut before are taken from what is `kept`.

    Raises Refused for errors in templates and in the logo, ToolFailed where a font or a stylesheet can't be read.
    """
    rendered = _renderer(article, house, templates, assets, look, sisters, wording=wording, forms=forms)
    bare = rendered(paged=False)
    text = _visible(bare) + _worded(wording)
    faces = needed(text, assets, added)
    carried = faces if bold_italics(bare) else [face for face in faces if not (face.italic and face.weight >= BOLD)]
    html = rendered(paged=False, faces=faces, rules=web_faces(assets, text, carried, kept))
    return replace(proof(article, house, templates, assets, look, wording=wording, added=added), html=html)


def proof(  # noqa: PLR0913 - as above
    article: Article,
    house: House,
    templates: Path,
    assets: Path,
    look: Look = "finished",
    *,
    wording: Wording = ENGLISH,
    added: Sequence[Face] = (),
    kind: Kind = "page",
) -> Page:
    """Render an article for the PDF engine alone, to see how much room it takes; raises what `page` raises."""
    rendered = _renderer(article, house, templates, assets, look, (), wording=wording, kind=kind)
    paged = rendered(paged=True, rules=print_faces(assets))
    if (faces := needed(_visible(paged), assets, added)) != EVERYWHERE:
        paged = rendered(paged=True, faces=faces, rules=print_faces(assets, faces))
    paged = TRAILING.sub("", paged)
    return Page(metadata=article.metadata, html="", paged=paged, minutes=_minutes(article, wording))


def _minutes(article: Article, wording: Wording) -> int:
    return max(1, round(article.words / wording.words_a_minute))


def _renderer(  # noqa: PLR0913 - as above
    article: Article,
    house: House,
    templates: Path,
    assets: Path,
    look: Look,
    sisters: Sequence[Metadata],
    *,
    wording: Wording,
    forms: Collection[str] = (),
    kind: Kind = "page",
) -> Callable[..., str]:
    """Give the function that renders a page, with rules for the faces of its fonts, for the engine or a browser."""
    values = _values(article, house, assets, wording)
    sandbox = environment(templates, **wording.functions())
    scrolls = wording.gettext("Drawing, scrolls sideways")

    def rendered(*, paged: bool, faces: Sequence[Face] = EVERYWHERE, rules: str = "") -> str:
        sheets = _sheets(house, assets, faces, rules, wording, paged=paged, draft=look == "draft")
        sheets += [trusted(_sheet(assets / "css/cover.css"))] if kind == "cover" else []
        known = {
            **values,
            "body": trusted(_with_drawings(article, scrolls, faces, paged=paged)),
            "sheets": sheets,
            "look": look,
            "printed": "pdf" in forms,
            "forms": beside(forms),
        }
        html = render(sandbox, f"{kind}.html.jinja", **known, paged=paged, sisters=sisters)
        return _without_italics(html, assets) if any(face.script for face in faces) else html

    return rendered


def index(  # noqa: PLR0913 - as above
    entries: Sequence[Entry],
    house: House,
    templates: Path,
    assets: Path,
    *,
    wording: Wording = ENGLISH,
    added: Sequence[Face] = (),
    kept: Kept = NOTHING,
) -> str:
    """Render the page that lists all briefs."""
    briefs = grouped(entries)
    sandbox = environment(templates, **wording.functions())
    sandbox.filters.update(day=wording.day, inside=wording.inside, typeset=typeset)

    def rendered(faces: Sequence[Face] = EVERYWHERE, rules: str = "") -> str:
        return render(
            sandbox,
            "index.html.jinja",
            briefs=[(group[0], rows(group, house)) for group in briefs],
            address=_address,
            files=_files,
            beside=beside,
            house=house,
            direction=wording.direction,
            logo=_logo(house.brand, assets),
            generator=f"openbrief {__version__}",
            sheets=_sheets(house, assets, faces, rules, wording, paged=False, draft=False),
        )

    text = _visible(rendered())
    faces = needed(text, assets, added)
    return rendered(faces, web_faces(assets, text, faces, kept))


def _files(entry: Entry) -> dict[str, str]:
    """The paths of an entry's files by their endings."""
    return {output.path.rpartition(".")[2]: output.path for output in entry.outputs}


def _address(entry: Entry) -> str:
    """Where the list leads for an entry: to its page, or where it has none to the first of its other files."""
    files, metadata = _files(entry), entry.metadata
    page = f"{metadata.slug}/{metadata.html}{'-DRAFT' if entry.draft else ''}.html"
    return next((files[form] for form in ("html", "pdf", *(form.ending for form in FORMS)) if form in files), page)


def _values(article: Article, house: House, assets: Path, wording: Wording) -> dict[str, Any]:
    metadata = article.metadata
    return {
        "metadata": metadata,
        "title": trusted(_unbroken_end(article.fields["title"])),
        "question": trusted(article.fields["question"]),
        "bottom_line": trusted(article.fields["bottom_line"]),
        "headings": [heading for heading in article.headings if heading.level == 2],
        "direction": wording.direction,
        "paper": house.paper,
        "locale": wording.locale,
        "short": _short(metadata.title),
        "folio": _folio(house, metadata, wording),
        "issued": wording.day(metadata.issued),
        "month": wording.month(metadata.issued),
        "minutes": _minutes(article, wording),
        "generator": f"openbrief {__version__}",
        "logo": _logo(house.brand, assets),
        "record": _record(metadata),
    }


def _sheets(  # noqa: PLR0913 - as above
    house: House, assets: Path, faces: Sequence[Face], rules: str, wording: Wording, *, paged: bool, draft: bool
) -> list[Markup]:
    names = [*SHEETS, *(() if paged else ("screen",)), *(("draft",) if draft else ())]
    names += ["scripts"] if any(face.script for face in faces) else []
    read = [stacked(_sheet(assets / "css" / f"{name}.css"), faces) for name in names]
    paper = [f"@page{{size:{house.paper}}}"] if paged else []
    return [trusted(rules), trusted(_brand(house.brand)), trusted(_worded(wording)), *map(trusted, (*read, *paper))]


def _sheet(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ToolFailed(f"the stylesheet {path} is not UTF-8") from error


def _worded(wording: Wording) -> str:
    """What stylesheets print."""
    before, after = wording.gettext(", page {page}", page="\0").split("\0")
    words = {"draft": wording.gettext("Draft, not for citation"), "before-page": before, "after-page": after}
    return f":root{{{';'.join(f'--{name}:{json.dumps(text, ensure_ascii=False)}' for name, text in words.items())}}}"


def _brand(brand: Brand) -> str:
    colours = {
        "primary": brand.primary,
        "band": brand.primary,
        "accent": brand.accent,
        "secondary": brand.secondary,
        "tint": toned(brand.primary, TINT),
        "tint-rule": toned(brand.primary, 0.8),
    }
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in colours.items())}}}"


def _logo(brand: Brand, assets: Path) -> Markup:
    return trusted(logo(brand.logo, assets) if brand.logo else "")


def _edition(metadata: Metadata, wording: Wording) -> str:
    return wording.gettext("v{version}, {day}", version=metadata.version, day=wording.day(metadata.issued))


def _with_drawings(article: Article, scrolls: str, faces: Sequence[Face], *, paged: bool) -> str:
    drawings = {
        drawing.id: stacked(_framed(drawing, scrolls), faces) if drawing.on_paper or not paged else ""
        for drawing in article.drawings
    }
    return DRAWING.sub(lambda found: drawings[found[1]], article.body)


def _without_italics(html: str, assets: Path) -> str:
    """Mark what is emphasised in a script that has no italics, so that a stylesheet shows it otherwise."""
    marked = '<em class="upright">'
    return EMPHASIS.sub(lambda found: (marked if besides(found[1], assets) else "<em>") + found[1], html)


def _framed(drawing: Drawing, scrolls: str) -> str:
    """A drawing in its box; one that may scroll can be reached with the keyboard."""
    reachable = f' tabindex="0" role="group" aria-label="{escape(scrolls)}"' if drawing.wide else ""
    return f'<div class="drawing"{reachable}>{drawing.svg}</div>'


def _unbroken_end(title: str) -> str:
    """Tie the last two words together, so that no line holds one word alone."""
    start, space, end = title.rpartition(" ")
    return f"{start}&nbsp;{end}" if space else title


def _short(title: str, most: int = 60) -> str:
    """The title as the running header has it: up to its first colon or question mark, or cut at a word."""
    head = re.split(r"(?<=\?)\s|:\s", title)[0]
    return head if len(head) <= most else head[:most].rsplit(" ", 1)[0] + "…"


def _folio(house: House, metadata: Metadata, wording: Wording, most: int = 100) -> str:
    """Who publishes what in which version, on one line: where it would be too long, under the house's short name."""
    rest = [metadata.series, _edition(metadata, wording)]
    names = (metadata.publisher, house.short_name or metadata.publisher)
    lines = ["  ·  ".join([name, *rest]) for name in names]
    return lines[0] if len(lines[0]) <= most else lines[1]


def _visible(html: str) -> str:
    """The text of a page, and the capitals that stylesheets make of its letters beyond ASCII."""
    text = re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)
    return text + "".join(sorted({letter.upper() for letter in text if not letter.isascii()}))


def _record(metadata: Metadata) -> Mapping[str, Any]:
    """The brief in schema.org's terms: a Report that holds Claims (schema.org/Report, schema.org/Claim)."""
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
        "identifier": metadata.identifier,
        "headline": metadata.title,
        "abstract": metadata.description,
        "inLanguage": metadata.language,
        "datePublished": metadata.issued,
        "version": metadata.version,
        "license": metadata.licence_url,
        "keywords": list(metadata.keywords),
        "publisher": {"@type": "Organization", "name": metadata.publisher},
        "author": [{"@type": "Organization", "name": author} for author in metadata.authors],
        "hasPart": [{"@type": "Claim", "text": claim} for claim in metadata.claims],
    }
    return record | ({"url": metadata.url} if metadata.url else {})
