"""Make pages for tests of the PDF stage."""

from __future__ import annotations

import functools
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from pipeline.forms import Attachment, Metadata, Page
from pipeline.render import fonts

ASSETS = Path(__file__).parents[2] / "assets"

STYLE = """
@page { size: 120mm 160mm; margin: 15mm;
  @top-left { content: string(part); font: 400 8pt "Brief Sans" }
  @bottom-right { content: counter(page) " of " counter(pages); font: 600 8pt "Brief Sans"; border-top: 1pt solid } }
html { font: 9pt/1.4 "Brief Serif"; hyphenate-character: "-" }
p { hyphens: auto }
h1 { font: 600 18pt "Brief Display" }
h2 { font: 700 12pt "Brief Sans"; string-set: part content() }
"""

ARABIC = (
    fonts.print_faces(ASSETS, (face for face in fonts.FACES if face.script == "Arabic"))
    + ':lang(ar) * { font-family: "Brief Sans", "Brief Sans Arabic"; direction: rtl }'
)
"""What pages with Arabic in them need besides."""

METADATA = Metadata(
    slug="open-models",
    title="Open models & <closed> ones",
    description="One sentence that says it all.",
    authors=("The First House", "The Second House"),
    publisher="The House",
    series="Policy brief",
    issued="2026-11-23",
    version="1.2",
    language="en-GB",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    keywords=("open models", "policy"),
    url="https://example.org/open-models/",
)


def enclosed() -> tuple[Attachment, ...]:
    """Two files and the record of them, as PDFs of briefs have them."""
    texts = {"briefs/open-models.yaml": b"title: Open models\n", "briefs/figures/wrecks.yaml": b"kind: bars\n"}
    record = {"files": [{"path": path, "sha256": hashlib.sha256(data).hexdigest()} for path, data in texts.items()]}
    files = {**texts, "openbrief.json": json.dumps(record).encode()}
    return tuple(
        Attachment(path=path, data=data, description=f"What {path} says", relationship="Source", media="text/plain")
        for path, data in files.items()
    )


def page(body: str, *, style: str = "", head: str = "", assets: Path = ASSETS) -> Page:
    """A page with `body` below a heading, in the bundled fonts."""
    html = (
        f'<!DOCTYPE html><html lang="en-GB"><head><meta charset="utf-8"><title>Not this title</title>{head}'
        f"<style>{fonts.print_faces(assets)}{STYLE}{style}</style></head>"
        f"<body><main><h1>A brief</h1>{body}</main></body></html>"
    )
    return Page(metadata=METADATA, html=html, paged=html, minutes=1)


def elements(data: bytes) -> Iterator[tuple[str, Any]]:
    """Every structure element of a PDF in reading order, as its type and itself."""

    def walk(element: Any) -> Iterator[tuple[str, Any]]:
        if isinstance(element, pikepdf.Array):
            for each in element:
                yield from walk(each)
        elif isinstance(element, pikepdf.Dictionary) and "/S" in element:
            yield str(element.S)[1:], element
            yield from walk(element.get("/K", pikepdf.Array()))

    yield from walk(kept(data).Root.StructTreeRoot.K)


def annotated(data: bytes) -> list[Any]:
    """Every annotation of a PDF."""
    return [each for leaf in kept(data).pages for each in leaf.obj.get("/Annots", [])]


@functools.lru_cache(maxsize=4)
def kept(data: bytes) -> pikepdf.Pdf:
    """A PDF to look into and not to change, open for as long as its parts are looked at."""
    return opened(data)


def opened(data: bytes) -> pikepdf.Pdf:
    """A PDF to change."""
    return pikepdf.open(io.BytesIO(data))
