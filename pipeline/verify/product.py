"""Find the products of a project: its folder in, the files of each brief out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.manifest import Manifest

FORMS: Mapping[str, str] = {"pdf": "pdf", "html": "page", "docx": "word", "epub": "book"}
"""What checks call each form that they look at, by the ending of its files."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Product:
    """What is verified together: the PDF, the HTML page, the Word document and the EPUB book of one product."""

    name: str
    pdf: Path | None = None
    page: Path | None = None
    word: Path | None = None
    book: Path | None = None

    def has(self, forms: Sequence[str]) -> bool:
        """Whether it has all of these forms."""
        return all(getattr(self, form) is not None for form in forms)

    def given(self, forms: Sequence[str]) -> Mapping[str, Any]:
        """Read these forms: the text of the page, the bytes of others; raises UnicodeDecodeError where it is none."""
        read = {form: Path(getattr(self, form)).read_bytes() for form in forms}
        return {form: data.decode() if form == "page" else data for form, data in read.items()}


def of_file(path: Path) -> Product:
    """The product that is this one file; a PDF unless its name ends as another form's does."""
    form = FORMS.get("html" if path.suffix.lower() == ".htm" else path.suffix.lower()[1:], "pdf")
    return Product(name=path.name, **{form: path})


def of_release(root: Path, release: Manifest, slugs: Sequence[str] = ()) -> Iterator[Product]:
    """Yield the products of a release: of all its briefs, or of those named, and its index where none is named.

    The files of a product belong together, a draft's too: what is said of one of them is compared with the others.
    """
    for listed in release.briefs:
        metadata, mark = listed.metadata, "-DRAFT" if listed.draft else ""
        if slugs and metadata.slug not in slugs:
            continue
        paths = {file.path for file in listed.files}
        names = {form: metadata.html if form == "html" else metadata.file for form in FORMS}
        found = {FORMS[form]: f"{metadata.slug}/{name}{mark}.{form}" for form, name in names.items()}
        files = {field: root / path for field, path in found.items() if path in paths}
        if files:
            yield Product(name=f"{metadata.file}{mark}", **files)
    if not slugs:
        for file in release.files:
            if file.path.endswith(".html"):
                yield Product(name=file.path, page=root / file.path)
