# ruff: noqa: RUF001 - Japanese signs are written as they are
"""A brief in Japanese, in a font of its house: lines, emphasis, spaces and letters as its readers expect them."""

from __future__ import annotations

import io
import re
import shutil
from html import unescape
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from pipeline.build import build, examine
from pipeline.project import Project
from pipeline.render.fonts import FACES, print_faces, stacked
from pipeline.render.house_fonts import faces
from pipeline.render.pdf import lay_out, written
from pipeline.verify import axe, glyphs, vera
from pipeline.verify.tools import Tool
from tests import example
from tests.render.paper import ASSETS, STYLE, page
from tests.tooling import needs

IPA = Path("/usr/share/fonts/opentype/ipafont-gothic/ipag.ttf")
FONT = Tool(
    name="the font IPAGothic",
    command="apt-get install -y --no-install-recommends fonts-ipafont-gothic",
    present=IPA.is_file,
)
WIDE = "\u3001-\u30ff\u4e00-\u9fff\uff00-\uffef"
NEVER_FIRST, NEVER_LAST = "、。」』）！？ー", "「『（"
TEXT = (
    "灯台のある港では、夜でも「入口がどこにあるか」がすぐにわかります。船長たちは、「見えるものは避けられる」と言います。"
    "『海の目』（灯台）のデータ、コスト、リスク。「なぜ？」と「だれが？」を問うのは、「海」を知る人です！"
)

pytestmark = [pytest.mark.slow, needs(FONT)]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The Japanese library with its font, built."""
    root = tmp_path_factory.mktemp("japanese")
    for name in ("templates", "assets"):
        shutil.copytree(example.ROOT / name, root / name)
    shutil.copytree(Path(__file__).parent / "japanese" / "briefs", root / "briefs")
    (root / "briefs/fonts").mkdir()
    shutil.copy(IPA, root / "briefs/fonts/ipag.ttf")
    made = Project.at(root)
    build(made)
    return made


@pytest.fixture(scope="module")
def data(project: Project) -> bytes:
    """Its PDF."""
    return (project.output / "harbour-lights/harbour-lights.pdf").read_bytes()


@pytest.fixture(scope="module")
def html(project: Project) -> str:
    """Its page."""
    return (project.output / "harbour-lights/index.html").read_text(encoding="utf-8")


def lines(data: bytes) -> list[str]:
    """The lines of a PDF, as PDFium reads them."""
    read = (found.get_textpage().get_text_range() for found in pypdfium2.PdfDocument(data))
    return [line for text in read for line in text.splitlines() if line]


def test_lines_break_as_japanese_does(project: Project) -> None:
    """At forty widths no line begins with what closes, none ends with what opens, and no space makes the break."""
    library, _ = examine(project)
    added = faces(library.house, project.briefs)
    style = print_faces(ASSETS, added) + stacked(STYLE, (*FACES, *added))
    body = "".join(f'<p lang="ja" style="width:{20 + step}mm">{TEXT}</p>' for step in range(40))
    found = [*lines(written(lay_out(page(body, style=style), ASSETS, added)).data)]
    broken = [line for line in found if re.fullmatch(f"[{WIDE}]+", line)]
    assert len(broken) > 200
    assert sum(map(len, broken)) == 40 * len(TEXT)
    assert not [line for line in broken if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]
    ends = {line[-1] for line in broken}
    assert len(ends - set(NEVER_FIRST)) > 10, "lines end between letters, not only where a sentence does"


def test_no_line_of_the_brief_begins_with_a_stop(data: bytes) -> None:
    """The same in the whole brief, in all of its columns."""
    found = lines(data)
    assert sum(bool(re.search(f"[{WIDE}]", line)) for line in found) > 30
    assert not [line for line in found if line[0] in NEVER_FIRST or line[-1] in NEVER_LAST]


def test_no_letter_is_an_empty_box(data: bytes) -> None:
    """Each glyph is a letter and says which."""
    assert [*glyphs.find(data)] == []


def test_no_letter_is_slanted(data: bytes) -> None:
    """Japanese is drawn upright and in the house's font alone, however it is emphasised; Latin titles have italics."""
    fonts, slanted, matrices = set[str](), "", 0
    with pikepdf.open(io.BytesIO(data)) as document:
        for leaf in document.pages:
            for font, code in glyphs._codes(leaf.obj, leaf.obj.Resources, frozenset()):
                letter = font.letters.meanings[code]
                fonts |= {font.name} if re.fullmatch(f"[{WIDE}]", letter) else set()
                slanted += letter if "Italic" in font.name else ""
            for step in pikepdf.parse_content_stream(leaf):
                if str(step.operator) == "Tm":
                    matrices += 1
                    assert float(step.operands[1]) == float(step.operands[2]) == 0
    assert matrices > 100
    assert fonts == {"Brief-Sans-House"}
    assert "AHistoryofLights" in slanted.replace(" ", "")
    assert not re.search(f"[{WIDE}]", slanted)


def test_emphasis_beside_signs_is_read_and_marked(html: str) -> None:
    """Stars beside Japanese signs are emphasis, which is shown without slanting; Latin titles slant."""
    text = re.sub(r"<(style|script)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert "*" not in re.sub(r"<[^>]+>", "", text)
    assert '<em class="upright">誰にでも</em>' in text
    assert "<strong>誰のものでもなく</strong>、" in text
    assert "<em>A History of Lights</em>" in text


def test_ends_of_lines_are_no_spaces(data: bytes, html: str) -> None:
    """Where a line of the source ends between two letters, nothing stands between them; nor before a citation."""
    main = html[html.index("<main") : html.index("</main>")]
    words = unescape(re.sub(r"<svg\b.*?</svg>|<[^>]+>", "", main, flags=re.DOTALL))
    assert "すぐにわかります。船長たち" in words
    assert "これらは海図" in words
    assert "数えられています[1]。灯台" in words
    assert re.search(r"少なくなりました\[1\s\(p\.\s7\)\]。", words)
    assert "これらは海図" in "".join(lines(data))


def test_our_own_words_are_english_and_it_is_told(project: Project, html: str) -> None:
    """Without a catalogue the page's headings are English; days are CLDR's; the house is warned where it says `ja`."""
    _, problems = examine(project)
    (problem,) = (each for each in problems if each.rule == "untranslated")
    assert (str(problem.mark), problem.severity) == ("briefs/house.yaml:5:11", "warning")
    assert "pages in 'ja' have our own words in English" in problem.message
    assert '<html lang="ja" dir="ltr">' in html
    assert ">Key messages<" in html
    assert "2026年11月23日" in html


def test_page_is_small(html: str) -> None:
    """Six megabytes of font become some tens of kilobytes."""
    assert len(html) < 450_000


@pytest.mark.parametrize("profile", vera.PROFILES)
@needs(*vera.TOOLS)
def test_conformance(data: bytes, profile: str) -> None:
    """PDF/UA-1 and PDF/A-3a, says veraPDF."""
    assert not list(vera.broken(data, profile))


@needs(*axe.TOOLS)
def test_accessibility(html: str) -> None:
    """The page meets WCAG, says axe-core."""
    assert [*map(str, axe.find(html))] == []
