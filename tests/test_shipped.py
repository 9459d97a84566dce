"""The briefs that ship: clean, two to four pages, accessible, archival, and full to the last page."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest

from pipeline.build import examine
from pipeline.project import Project
from pipeline.verify import glyphs, vera
from tests.tooling import needs

ROOT = Path(__file__).parents[1]
BRIEFS = ("ai-alliance", "misuse-risk", "open-models", "transparency-as-safety", "what-open-means")
HOUSE_FONTS = {"Brief-Sans", "Brief-Serif", "Brief-Display"}

pytestmark = pytest.mark.slow


def _pdf(public: Path, slug: str) -> bytes:
    return (public / slug / f"{slug}.pdf").read_bytes()


def _text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_the_library_has_no_problem() -> None:
    """Nothing is wrong with the shipped files, not even a warning."""
    library, problems = examine(Project.at(ROOT))
    assert tuple(sorted(library.briefs)) == BRIEFS
    assert (len(library.arguments), len(library.figures)) >= (5, 6)
    assert not problems


def test_every_argument_meets_its_objections() -> None:
    """Each has at least four objections, each of them answered, conceded or open, and says what is contested."""
    library, _ = examine(Project.at(ROOT))
    for argument in library.arguments.values():
        assert len(argument.objections) >= 4, argument.id
        assert all(item.response or item.conceded or item.open for item in argument.objections), argument.id
        assert argument.contested, argument.id


@pytest.mark.parametrize("slug", BRIEFS)
def test_length(public: Path, slug: str) -> None:
    """A brief has two to four pages, and its last page is at least a quarter full."""
    document = pypdfium2.PdfDocument(_pdf(public, slug))
    assert 2 <= len(document) <= 4
    last = document[len(document) - 1].render(scale=1, grayscale=True).to_numpy().squeeze()
    body = last[: int(last.shape[0] * 0.93)]
    inked = np.flatnonzero((body < 128).any(axis=1))
    assert inked.max() / last.shape[0] > 0.25


@pytest.mark.parametrize("profile", ["ua1", "3a"])
@pytest.mark.parametrize("slug", BRIEFS)
@needs(*vera.TOOLS)
def test_conformance(public: Path, slug: str, profile: str) -> None:
    """Every brief is accepted by veraPDF as PDF/UA-1 and as PDF/A-3a."""
    assert not list(vera.broken(_pdf(public, slug), profile))


TRANSLATED = {
    "ar": ("open-models", "what-open-means"),
    "de": ("open-models", "what-open-means"),
    "es": ("open-models", "what-open-means"),
    "fr": ("ai-alliance", "misuse-risk", "open-models", "transparency-as-safety", "what-open-means"),
}
"""Which briefs ship in which other languages."""
ONE_PAGE = [f"{slug}/{slug}-one-page.{language}.pdf"
            for language, slugs in {"en-GB": BRIEFS, **TRANSLATED}.items() for slug in slugs]  # fmt: skip
TRANSLATIONS = [f"{slug}/{slug}.{language}.pdf" for language, slugs in TRANSLATED.items() for slug in slugs]
OTHERS = [*ONE_PAGE, *TRANSLATIONS, "open-models/open-models-questions.en-GB.pdf"]
FILES = 2 * (len(BRIEFS) + len(OTHERS)) + 2  # each PDF has its page; the index and the manifest besides


@pytest.mark.parametrize("path", ONE_PAGE)
def test_one_page_is_one_full_page(public: Path, path: str) -> None:
    """Exactly one, full to 85 percent at least: the lowest ink above the folio."""
    document = pypdfium2.PdfDocument(public / path)
    assert len(document) == 1
    dark = np.asarray(document[0].render(scale=1).to_pil().convert("L")) < 200
    ink: np.ndarray[tuple[int], np.dtype[np.bool_]] = np.logical_or.reduce(dark, axis=1)
    millimetre = len(ink) / 297
    lowest = np.flatnonzero(ink[: int((297 - 17) * millimetre)]).max() / millimetre
    assert lowest >= 0.85 * (297 - 17)


def test_no_shipped_pdf_draws_an_empty_box(public: Path) -> None:
    """In every PDF of the release, whatever its language, each glyph is a letter and says which."""
    files = sorted(public.rglob("*.pdf"))
    assert len(files) >= len(BRIEFS) + len(OTHERS)
    assert {file.name: [*map(str, glyphs.find(file.read_bytes()))] for file in files} == {
        file.name: [] for file in files
    }


@needs(*vera.TOOLS)
@pytest.mark.parametrize("profile", vera.PROFILES)
@pytest.mark.parametrize("path", OTHERS)
def test_conformance_of_other_editions(public: Path, path: str, profile: str) -> None:
    """They are as accessible and archival as the briefs themselves."""
    assert not list(vera.broken((public / path).read_bytes(), profile))


@pytest.mark.parametrize("path", TRANSLATIONS)
def test_translated_briefs_have_their_length(public: Path, path: str) -> None:
    """Two to four pages, in the language that the file says."""
    with pikepdf.open(public / path) as document:
        assert 2 <= len(document.pages) <= 4
        assert str(document.Root.Lang) == Path(path).stem.split(".")[-1]


def test_a_changed_sentence_makes_its_translations_stale(tmp_path: Path) -> None:
    """One English sentence is one stale translation in each language that prints it, with its file and line."""
    shutil.copytree(ROOT / "briefs", tmp_path / "briefs")
    shutil.copytree(ROOT / "assets", tmp_path / "assets")
    file = tmp_path / "briefs/open-models.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("No new burden; reuse goes on.", "No burden is new; reuse goes on."), encoding="utf-8")
    _, before = examine(Project.at(ROOT))
    _, after = examine(Project.at(tmp_path))
    found = [problem for problem in after if problem not in before]
    expected = []
    for language in (language for language, slugs in TRANSLATED.items() if "open-models" in slugs):
        lines = (ROOT / f"briefs/locale/{language}.po").read_text(encoding="utf-8").splitlines()
        line = lines.index('msgid "No new burden; reuse goes on."') + 1
        expected.append(("stale-translation", f"briefs/locale/{language}.po", line))
    assert [(problem.rule, problem.mark.file, problem.mark.line) for problem in found] == expected


@pytest.mark.parametrize("slug", BRIEFS)
def test_text_layer(public: Path, slug: str) -> None:
    """What is copied from the PDF has no soft hyphen, no typographic hyphen and no unknown character."""
    text = _text(_pdf(public, slug))
    assert len(text) > 8_000
    assert not set(text) & {"\u00ad", "\u2010", "\ufffd", "\ue000", "\ue001"}


@pytest.mark.parametrize("slug", BRIEFS)
def test_fonts(public: Path, slug: str) -> None:
    """Only the bundled families are embedded."""
    with pikepdf.open(io.BytesIO(_pdf(public, slug))) as pdf:
        names = {
            str(font.BaseFont).partition("+")[2]
            for page in pdf.pages
            for font in page.resources.get("/Font", {}).values()
        }
    assert len(names) >= 4
    assert all(any(name.startswith(house) for house in HOUSE_FONTS) for name in names)


@pytest.mark.parametrize("slug", BRIEFS)
def test_what_to_do_stands_on_page_one(public: Path, slug: str) -> None:
    """Page 1 holds the bottom line, the key messages and, where there are any, the recommendations."""
    library, _ = examine(Project.at(ROOT))
    brief = library.briefs[slug]
    first = re.sub(r"\s+", " ", pypdfium2.PdfDocument(_pdf(public, slug))[0].get_textpage().get_text_range())
    assert brief.bottom_line.split()[-1] in first
    assert "KEY MESSAGES" in first.upper()
    for item in brief.recommendations:
        assert item.action in first


@pytest.mark.parametrize("slug", BRIEFS)
def test_no_citation_starts_a_line(public: Path, slug: str) -> None:
    """A citation stays with the word before it."""
    lines = _text(_pdf(public, slug)).splitlines()
    body = lines[: next(i for i, line in enumerate(lines) if line.strip() == "References")]
    assert len(body) > 100
    assert not [line for line in body if re.match(r"\s*\[\d+", line) and "Sources" not in line]


@pytest.mark.parametrize("path", [*(f"{slug}/{slug}.pdf" for slug in BRIEFS), *OTHERS])
def test_pages_for_browsers_are_light(public: Path, path: str) -> None:
    """A page with its fonts inside stays below 450 KB, in every language and edition."""
    slug, name = path.split("/")
    page = "index.html" if name == f"{slug}.pdf" else name.replace(".pdf", ".html")
    assert 100_000 < (public / slug / page).stat().st_size < 450_000


@pytest.mark.parametrize("slug", BRIEFS)
def test_every_link_inside_a_page_leads_somewhere(public: Path, slug: str) -> None:
    """Every id is there once, and every link into the page meets one."""
    html = (public / slug / "index.html").read_text(encoding="utf-8")
    ids, targets = re.findall(r'\sid="([^"]+)"', html), re.findall(r'\shref="#([^"]+)"', html)
    assert len(ids) == len(set(ids)) > 50
    assert set(targets) <= set(ids)
    assert len(targets) > 50


@pytest.mark.parametrize("slug", BRIEFS)
def test_contents_name_every_part(public: Path, slug: str) -> None:
    """Each line of the contents has words and leads to a part of the page."""
    html = (public / slug / "index.html").read_text(encoding="utf-8")
    lines = re.findall(r'<li><a href="#([a-z0-9-]+)">([^<]*)</a></li>', html.partition('<div class="body">')[0])
    assert len(lines) >= 6
    assert all(text.strip() and f'id="{name}"' in html for name, text in lines)


def test_the_manifest_lists_all(public: Path) -> None:
    """Every file is listed with its checksum; nothing else lies there."""
    listed = json.loads((public / "manifest.json").read_text(encoding="utf-8"))
    text = json.dumps(listed)
    found = {path.relative_to(public).as_posix() for path in public.rglob("*") if path.is_file()}
    assert len(found) == FILES
    assert all(path in text for path in found - {"manifest.json"})


AGAIN = ("what-open-means", "ai-alliance")
"""The briefs that are built twice: one in every language, and the explainer."""


def test_two_builds_give_the_same_bytes(public: Path, tmp_path: Path) -> None:
    """Another process, hash seed, time zone, language and working folder change no byte of two briefs."""
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "pipeline", "-C", str(ROOT), "build", *AGAIN, "--output", str(tmp_path / "again")]
    subprocess.run(command, env=environment, cwd=tmp_path, check=True, capture_output=True)
    paths = [path.relative_to(public) for slug in AGAIN for path in sorted((public / slug).rglob("*"))]
    assert len(paths) == 2 * sum(path.startswith(AGAIN) for path in (*BRIEFS, *OTHERS))
    assert not [path for path in paths if (public / path).read_bytes() != (tmp_path / "again" / path).read_bytes()]
