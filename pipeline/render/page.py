"""Set an article into complete pages: one for browsers, self-contained, and one for the PDF engine."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline import __version__
from pipeline.drawing.colour import toned
from pipeline.forms import Article, Drawing, Entry, Metadata, Page
from pipeline.model import Brand, House
from pipeline.problem import ToolFailed
from pipeline.render.fonts import print_faces, web_faces
from pipeline.render.logo import logo
from pipeline.templating import environment, render, trusted
from pipeline.wording import day, month

SHEETS = ("tokens", "type", "colour", "parts", "paper")
"""Stylesheets of both media; screens add `screen`."""
WORDS_A_MINUTE = 230
"""Silent reading of English non-fiction: 238 words a minute (Brysbaert 2019), less for citations."""
RIGHT_TO_LEFT = frozenset(["ar", "fa", "he", "ur"])
DRAWING = re.compile(r'<div data-drawing="([a-z0-9-]+)"></div>')


def page(
    article: Article, house: House, templates: Path, assets: Path, *, draft: bool = False, alone: bool = False
) -> Page:
    """Render an article as a browser's page and as the PDF engine's; what stands `alone` links to no file beside it.

    Raises Refused for errors in templates and in the logo, ToolFailed where a font or a stylesheet can't be read.
    """
    minutes = max(1, round(article.words / WORDS_A_MINUTE))
    values = _values(article, house, assets, minutes)
    sandbox = environment(templates)

    def rendered(*, paged: bool, faces: str) -> str:
        sheets = _sheets(house.brand, assets, faces, paged=paged, draft=draft)
        return render(sandbox, "page.html.jinja", **values, paged=paged, sheets=sheets, draft=draft, alone=alone)

    text = rendered(paged=False, faces="")
    html = rendered(paged=False, faces=web_faces(assets, _visible(text)))
    return Page(
        metadata=article.metadata,
        html=html,
        paged=rendered(paged=True, faces=print_faces(assets)),
        minutes=minutes,
    )


def index(entries: Sequence[Entry], house: House, templates: Path, assets: Path) -> str:
    """Render the page that lists all briefs."""
    sandbox = environment(templates)
    sandbox.filters["day"] = day

    def rendered(faces: str) -> str:
        return render(
            sandbox,
            "index.html.jinja",
            entries=entries,
            house=house,
            direction=_direction(house.language),
            logo=_logo(house.brand, assets),
            generator=f"openbrief {__version__}",
            sheets=_sheets(house.brand, assets, faces, paged=False, draft=False),
        )

    return rendered(web_faces(assets, _visible(rendered(""))))


def _values(article: Article, house: House, assets: Path, minutes: int) -> dict[str, Any]:
    metadata = article.metadata
    return {
        "metadata": metadata,
        "title": trusted(_unbroken_end(article.fields["title"])),
        "question": trusted(article.fields["question"]),
        "bottom_line": trusted(article.fields["bottom_line"]),
        "body": trusted(_with_drawings(article)),
        "headings": [heading for heading in article.headings if heading.level == 2],
        "direction": _direction(metadata.language),
        "short": _short(metadata.title),
        "folio": f"{metadata.publisher}  ·  {metadata.series}  ·  v{metadata.version}, {day(metadata.issued)}",
        "issued": day(metadata.issued),
        "month": month(metadata.issued),
        "minutes": minutes,
        "generator": f"openbrief {__version__}",
        "logo": _logo(house.brand, assets),
        "record": _record(metadata),
    }


def _sheets(brand: Brand, assets: Path, faces: str, *, paged: bool, draft: bool) -> list[Markup]:
    names = [*SHEETS, *(() if paged else ("screen",)), *(("draft",) if draft else ())]
    read = [_sheet(assets / "css" / f"{name}.css") for name in names]
    return [trusted(faces), trusted(_brand(brand)), *map(trusted, read)]


def _sheet(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ToolFailed(f"the stylesheet {path} is not UTF-8") from error


def _brand(brand: Brand) -> str:
    colours = {
        "primary": brand.primary,
        "band": brand.primary,
        "accent": brand.accent,
        "secondary": brand.secondary,
        "tint": toned(brand.primary, 0.94),
        "tint-rule": toned(brand.primary, 0.8),
    }
    return f":root{{{';'.join(f'--{name}:{value}' for name, value in colours.items())}}}"


def _logo(brand: Brand, assets: Path) -> Markup:
    return trusted(logo(brand.logo, assets) if brand.logo else "")


def _with_drawings(article: Article) -> str:
    drawings = {drawing.id: _framed(drawing) for drawing in article.drawings}
    return DRAWING.sub(lambda found: drawings[found[1]], article.body)


def _framed(drawing: Drawing) -> str:
    """A drawing in its box; one that may scroll can be reached with the keyboard."""
    reachable = ' tabindex="0" role="group" aria-label="Drawing, scrolls sideways"' if drawing.wide else ""
    return f'<div class="drawing"{reachable}>{drawing.svg}</div>'


def _unbroken_end(title: str) -> str:
    """Tie the last two words together, so that no line holds one word alone."""
    start, space, end = title.rpartition(" ")
    return f"{start}&nbsp;{end}" if space else title


def _short(title: str, most: int = 60) -> str:
    """The title as the running header has it: up to its first colon or question mark, or cut at a word."""
    head = re.split(r"(?<=\?)\s|:\s", title)[0]
    return head if len(head) <= most else head[:most].rsplit(" ", 1)[0] + "…"


def _visible(html: str) -> str:
    return re.sub(r"<(style|script)\b.*?</\1>|<[^>]+>", " ", html, flags=re.DOTALL)


def _direction(language: str) -> str:
    return "rtl" if language.partition("-")[0] in RIGHT_TO_LEFT else "ltr"


def _record(metadata: Metadata) -> Mapping[str, Any]:
    """The brief in schema.org's terms: a Report that holds Claims (schema.org/Report, schema.org/Claim)."""
    record = {
        "@context": "https://schema.org",
        "@type": "Report",
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
