"""What runs from right to left is read as it was written: by the tags, by PDFium and by Poppler."""

from __future__ import annotations

import subprocess
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
import pytest

from pipeline.render import pdf as setting
from pipeline.render import reading_order, tagging
from pipeline.render.pdf import pdf
from pipeline.render.reading_order import meanings
from pipeline.verify import tools
from pipeline.verify.tags import Element, structure
from tests.render.constructs import WORDS
from tests.render.paper import ARABIC, ASSETS, elements, kept, page
from tests.tooling import needs

pytestmark = pytest.mark.slow

LINES = (
    "الانفتاح في الذكاء الاصطناعي درجات، لا «نعم» أو «لا»، كما يقول كثيرون في هذا المجال منذ سنوات طويلة",
    "فلدى Mixtral 8x7B ترخيص (مفتوح) منذ 2024 [2,12]، ومع ذلك يرى واضعو OSAID 1.0 أنه لا يكفي",
)
"""Lines of Arabic, the second with names, numbers and brackets."""
LINKED = 'انظر <a href="https://example.org/a">الشكل الأول في <em>تقرير المنارات</em> كله</a> ثم تعال إلى هنا'
BODY = f'<section lang="ar" dir="rtl"><h2>المنارات</h2><p>{LINES[0]}</p><p>{LINES[1]}</p><p>{LINKED}</p></section>'


@pytest.fixture(scope="module")
def data() -> bytes:
    """A PDF with some Arabic in it."""
    return _pdf(BODY)


def _pdf(body: str) -> bytes:
    return pdf(page(body, style=ARABIC + "p { width: 60mm }"), ASSETS).data


def _said(element: Element) -> str:
    """The text of an element, with the spaces that it has."""
    return "".join(element.texts()).replace("\n", "")


def test_tags_say_words_as_they_are_written(data: bytes) -> None:
    """Letters, words, names, numbers and brackets are in order, and words of two lines have a space between them."""
    said = [_said(each) for each in structure(kept(data)).elements() if each.kind in {"H2", "P"}]
    assert said == ["المنارات", *LINES, "انظر الشكل الأول في تقرير المنارات كله ثم تعال إلى هنا"]


def test_parts_of_a_link_have_their_own_words(data: bytes) -> None:
    """A link says nothing instead of itself, as that would be said instead of all that is in it; its parts do."""
    link = next(each for each in structure(kept(data)).elements() if each.kind == "Link")
    parts = [each for each in link.elements() if each.instead]
    assert link.instead is None
    assert {each.kind for each in parts} == {"Span"}
    assert len(parts) >= 3
    assert _said(link) == "الشكل الأول في تقرير المنارات كله"


def test_a_slot_says_what_it_holds() -> None:
    """Of what differs from copy to copy nothing is said in its place, as that would be said in every copy."""
    slot = '<span data-slot="0" style="display: inline-block; width: 30mm">إلى فلان</span>'
    made = kept(_pdf(f'<section lang="ar" dir="rtl"><p>السيد {slot} المحترم</p></section>'))
    instead = [each.instead.strip() for each in structure(made).elements() if each.instead]
    assert instead == ["السيد", "المحترم"]


def test_what_runs_from_left_to_right_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not one byte of a document without Arabic is another, and an English line says nothing instead of itself."""
    body = f"<h2>Open (and closed)</h2><p>{WORDS * 3}</p>"
    made = _pdf(body)

    @contextmanager
    def nothing() -> Iterator[None]:
        yield

    monkeypatch.setattr(reading_order, "in_reading_order", nothing)
    monkeypatch.setattr(tagging, "tell", lambda texts, nums, written: None)
    assert _pdf(body) == made
    assert setting.VARIANT == "pdf/a-3a"
    assert not [each for _, each in elements(made) if "/ActualText" in each]
    assert "لا" not in _copied(_pdf(BODY)), "the test sees no repair"


def _copied(data: bytes) -> str:
    """What PDFium copies, all lines of it."""
    return " ".join(pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().split())


def test_pdfium_copies_words_as_they_are_written(data: bytes) -> None:
    """Ligatures of two letters are not turned round, and brackets open and close as they should."""
    copied = _copied(data)
    for words in ("الانفتاح في الذكاء الاصطناعي", "لا «نعم»", "أو «لا»،", "(مفتوح)", "[2,12]،", "الأول"):
        assert words in copied, copied


@needs(tools.POPPLER)
def test_poppler_finds_words_as_they_are_written(data: bytes, tmp_path: Path) -> None:
    """Poppler has a ligature as one character, which stands for its letters in order."""
    file = tmp_path / "a.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, check=True, text=True)
    found = unicodedata.normalize("NFKC", done.stdout)
    for word in ("الانفتاح", "الاصطناعي", "الأول", "لا", "Mixtral"):
        assert word in found


@pytest.mark.parametrize(
    ("glyphs", "text", "expected"),
    [
        ([7], "ب", {7: "ب"}),
        ([7], "لا", {7: "ﻻ"}),
        ([7], "(", {7: ")"}),
        ([7], "»", {7: "«"}),
        ([7], "<", {7: ">"}),
        ([7, 8], "بُ", {7: "ب", 8: "ُ"}),
        ([7, 8], "لًا", {7: "ﻻ", 8: "ً"}),
        ([7, 8], "بَّ", {7: "ب", 8: "َّ"}),
        ([7, 8], "آ", {7: "آ", 8: ""}),
        ([7], "َّ", {7: "َّ"}),
    ],
)
def test_each_glyph_means_its_own_letters(glyphs: list[int], text: str, expected: dict[int, str]) -> None:
    """Marks are apart from their letter, two letters in one glyph are one character, and brackets face their side."""
    found = {glyph: unicodedata.normalize("NFC", meaning) for glyph, meaning in meanings(glyphs, text)}
    assert {glyph: _same(meaning) for glyph, meaning in found.items()} == {
        glyph: _same(meaning) for glyph, meaning in expected.items()
    }


def _same(text: str) -> str:
    """The letters that a form of letters stands for."""
    return unicodedata.normalize("NFKD", text)
