"""Pages from right to left: what stands at the start of a line is on the right, and all is mirrored that has a side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pypdfium2
import pytest

from pipeline.argue import argue
from pipeline.build import examine
from pipeline.compose import compose
from pipeline.model import Library
from pipeline.project import Project
from pipeline.render.article import article
from pipeline.render.page import proof
from pipeline.render.pdf import pdf
from pipeline.wording.language import Wording
from tests.render.paper import ASSETS, page

pytestmark = pytest.mark.slow

ROOT = ASSETS.parent
STYLE = ASSETS / "styles" / "apa-numeric-superscript-brackets.csl"
LATIN, MIRRORED = "en-GB", "en-Arab-GB"
"""English, and English as if it ran from right to left: the same words in the same order, so that places compare."""
ACROSS, HIGH, MARGIN = 210.0, 297.0, 16.0
"""The width and the height of A4 and its margins, in millimetres."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where some words stand, in millimetres from the left and from the foot of their page."""

    page: int
    left: float
    right: float
    bottom: float

    @property
    def height(self) -> str:
        """Where on its page it is."""
        return "top" if self.bottom > HIGH - MARGIN else "foot" if self.bottom < MARGIN else "body"


def places(data: bytes, words: str) -> Iterator[Place]:
    """Every place where some words stand on one line."""
    for number, sheet in enumerate(pypdfium2.PdfDocument(data)):
        text = sheet.get_textpage()
        search = text.search(words, match_case=True)
        while hit := search.get_next():
            boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + hit[1])]
            sides = [side / 72 * 25.4 for side in (min(b[0] for b in boxes), max(b[2] for b in boxes), boxes[0][1])]
            yield Place(page=number, left=sides[0], right=sides[1], bottom=sides[2])


@pytest.fixture(scope="module")
def library() -> Library:
    """The library that ships."""
    return examine(Project.at(ROOT))[0]


@pytest.fixture(scope="module")
def papers(library: Library) -> Mapping[str, bytes]:
    """One brief, set from left to right and from right to left."""
    return {language: _set(library, language) for language in (LATIN, MIRRORED)}


def _set(library: Library, language: str) -> bytes:
    brief = library.briefs["open-models"].model_copy(update={"language": language})
    words = Wording(language=language)
    written = article(compose(library, brief, ROOT / "templates", argue(library), wording=words), STYLE)
    return pdf(proof(written, library.house, ROOT / "templates", ASSETS, wording=words), ASSETS).data


SECTION = "Arguments, objections and responses"
TITLE = "Open models by default, with tests before release for the"
MIRRORS = {
    "POLICY BRIEF": "the masthead",
    "KEY MESSAGES": "the margin column",
    "Why now": "the text column",
    "What remains contested": "what goes over both columns",
    "openbrief · Policy brief · v1.0, 23 November 2026": "the folio",
    "OBJECTION": "objections",
    "OUR RESPONSE": "the responses beside them",
    "Benefits": "tables",
    "CITE AS": "the colophon",
    "REVIEW, FUNDING AND INTERESTS": "its last column",
}
"""Words that begin a line alone, and what they stand for."""


@pytest.mark.parametrize("words", MIRRORS)
def test_the_page_is_mirrored(papers: Mapping[str, bytes], words: str) -> None:
    """What begins so far from the left begins as far from the right, on the same page."""
    left, right = (list(places(papers[language], words)) for language in (LATIN, MIRRORED))
    assert len(left) == len(right) > 0
    for here, there in zip(left, right, strict=True):
        assert here.page == there.page
        assert here.left == pytest.approx(ACROSS - there.right, abs=1.0)


def test_the_running_header_and_the_number_change_sides(papers: Mapping[str, bytes]) -> None:
    """The title begins the header, the section ends it, and the number of the page ends the foot."""
    for language, number in ((LATIN, "2 / 4"), (MIRRORED, "2/4")):
        title, section, folio = (
            next(place for place in places(papers[language], words) if place.page == 1 and place.height == band)
            for words, band in (
                (TITLE, "top"),
                ("Arguments, objections and responses", "top"),
                (number, "foot"),
            )
        )
        begins = (title.left, ACROSS - section.right, ACROSS - folio.right)
        ends = (ACROSS - title.right, section.left, folio.left)
        assert (begins if language == LATIN else ends) == pytest.approx((16, 16, 16), abs=1.0)


def test_grids_begin_at_the_right() -> None:
    """The first column of a grid stands at the start of the lines."""
    style = ".g{display:grid;grid-template-columns:1fr 2fr;width:60mm}.r{direction:rtl}"
    grid = '<div class="g {}"><div>Anna</div><div>Berta</div><div>Carla</div></div>'
    left, right = (pdf(page(grid.format(name), style=style), ASSETS).data for name in ("l", "r"))
    first, second, third = (next(places(left, name)) for name in ("Anna", "Berta", "Carla"))
    assert first.left == pytest.approx(third.left, abs=0.3)
    assert first.right < second.left
    first, second, third = (next(places(right, name)) for name in ("Anna", "Berta", "Carla"))
    assert first.right == pytest.approx(third.right, abs=0.3)
    assert first.left > second.right
