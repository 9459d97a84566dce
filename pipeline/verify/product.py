"""Find the products of a project: its folder in, the files of each brief out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.manifest import Manifest


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """What is verified together: a PDF, an HTML page, or both of one brief."""

    name: str
    pdf: Path | None = None
    page: Path | None = None

    def has(self, forms: Sequence[str]) -> bool:
        """Whether it has all of these forms."""
        return all(getattr(self, form) is not None for form in forms)

    def given(self, forms: Sequence[str]) -> Mapping[str, Any]:
        """Read these forms: the bytes of the PDF, the text of the page."""
        read = {form: Path(getattr(self, form)).read_bytes() for form in forms}
        return {form: data if form == "pdf" else data.decode() for form, data in read.items()}


def of_file(path: Path) -> Product:
    """The product that is this one file; a PDF unless its name ends as a page's does."""
    page = path.suffix.lower() in {".html", ".htm"}
    return Product(name=path.name, page=path) if page else Product(name=path.name, pdf=path)


def of_release(root: Path, release: Manifest, slugs: Sequence[str] = ()) -> Iterator[Product]:
    """Yield the products of a release: its briefs, or those named, and the pages of the whole where none is named.

    A brief's PDF and page belong together, and so do a draft's; its other PDFs and pages stand alone.
    """
    for brief in release.briefs:
        slug, mark = brief.metadata.slug, "-DRAFT" if brief.draft else ""
        if slugs and slug not in slugs:
            continue
        paths = [file.path for file in brief.files]
        pair = (f"{slug}/{slug}{mark}.pdf", f"{slug}/index{mark}.html")
        pdf, page = (root / path if path in paths else None for path in pair)
        if pdf or page:
            yield Product(name=f"{slug}{mark}", pdf=pdf, page=page)
        yield from _alone(root, (path for path in paths if path not in pair))
    if not slugs:
        yield from _alone(root, (file.path for file in release.files))


def _alone(root: Path, paths: Iterator[str]) -> Iterator[Product]:
    for path in paths:
        if path.endswith(".pdf"):
            yield Product(name=path, pdf=root / path)
        elif path.endswith(".html"):
            yield Product(name=path, page=root / path)
