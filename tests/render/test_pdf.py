"""Pages on paper: metadata, text, sameness, and what is refused."""

from __future__ import annotations

import base64
import gc
import hashlib
import os
import shutil
import struct
import subprocess
import sys
import weakref
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont

from pipeline.forms import Page
from pipeline.problem import Problem, Refused, ToolFailed
from pipeline.render import engine, fonts
from pipeline.render.pdf import lay_out, pdf, written
from pipeline.verify import vera
from tests.render.constructs import CONSTRUCTS
from tests.render.paper import ASSETS, METADATA, STYLE, opened, page
from tests.tooling import needs

pytestmark = pytest.mark.slow

ROOT = ASSETS.parent
ALL = "".join(CONSTRUCTS.values())

needs_vera = needs(*vera.TOOLS)


def refused(made: Page) -> tuple[Problem, ...]:
    """The problems that a page is refused with."""
    with pytest.raises(Refused) as caught:
        pdf(made, ASSETS)
    return caught.value.problems


def in_a_process(code: str, *, folder: Path = ROOT, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run Python code in a process of its own, with the project at hand."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **variables}
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


# ---------------------------------------------------------------------------- what is printed


@pytest.fixture(scope="module")
def data() -> bytes:
    """One brief with everything in it."""
    return pdf(page(ALL), ASSETS).data


def test_pages_and_fonts_are_counted() -> None:
    """The result says how many pages there are, and which fonts are embedded."""
    done = pdf(page('<p>a</p><p style="break-before:page"><i>b</i></p>'), ASSETS)
    assert done.pages == len(opened(done.data).pages) == 2
    assert done.fonts == ("Brief-Display-Semi-Bold", "Brief-Sans-Semi-Bold", "Brief-Serif", "Brief-Serif-Italic")


def test_arabic_is_set_in_its_own_faces() -> None:
    """Naskh in the text, an upright sans in labels and the running header; Latin words among them keep their faces."""
    body = '<h2>التوصيات</h2><p lang="ar">ترخيص <em>النموذج</em> Llama</p>'
    further = [face for face in fonts.FACES if face.script]
    done = pdf(page(body, style=fonts.print_faces(ASSETS, further) + fonts.stacked(STYLE, further)), ASSETS)
    assert set(done.fonts) == {
        *("Brief-Display-Semi-Bold", "Brief-Sans-Semi-Bold", "Brief-Serif"),
        *("Brief-Sans-Arabic", "Brief-Sans-Arabic-Bold", "Brief-Serif-Arabic"),
    }
    text = pypdfium2.PdfDocument(done.data)[0].get_textpage().get_text_range()
    assert "Llama" in text
    assert set("التوصياتترخيصالنموذج") <= set(text)


def test_metadata_is_the_briefs(data: bytes) -> None:
    """Title, authors, dates and terms come from the metadata, not from the page or the clock."""
    document = opened(data)
    assert str(document.docinfo["/Title"]) == METADATA.title
    assert str(document.docinfo["/CreationDate"]) == "D:20261123"
    assert str(document.Root.Lang) == "en-GB"
    assert bool(document.Root.ViewerPreferences.DisplayDocTitle)
    with document.open_metadata() as packet:
        assert packet["dc:title"] == METADATA.title
        assert packet["dc:creator"] == list(METADATA.authors)
        assert packet["dc:language"] == {"en-GB"}
        assert packet["dc:publisher"] == {"The House"}
        assert packet["dc:subject"] == {"open models", "policy"}
        assert packet["dc:rights"] == "CC BY 4.0"
        assert packet["dc:identifier"] == METADATA.identifier
        assert packet["xmpRights:WebStatement"] == METADATA.licence_url
        assert packet["xmp:CreateDate"] == packet["xmp:ModifyDate"] == "2026-11-23"
        assert packet["pdfuaid:part"] == "1"
        assert (packet["pdfaid:part"], packet["pdfaid:conformance"]) == ("3", "A")


def test_packet_can_be_read_without_unpacking(data: bytes) -> None:
    """The metadata packet is not compressed, so that any program finds it."""
    assert b"<pdfuaid:part>1</pdfuaid:part>" in data


def test_bookmarks_are_the_headings() -> None:
    """A viewer's outline lists the headings in their order."""
    document = pypdfium2.PdfDocument(pdf(page("<h2>One</h2><h3>Two</h3><h2>Three</h2>"), ASSETS).data)
    assert [(mark.level, mark.get_title()) for mark in document.get_toc()] == [
        (0, "A brief"),
        (1, "One"),
        (2, "Two"),
        (1, "Three"),
    ]


def test_text_can_be_searched(data: bytes) -> None:
    """Words keep their hyphens, and no invisible or unknown character gets into the text."""
    said = "".join(leaf.get_textpage().get_text_range() for leaf in pypdfium2.PdfDocument(data))
    assert "well-known" in said
    assert not set(said) & set("\u2010\u00ad\ufffd")


def test_no_font_of_the_machine_is_used(tmp_path: Path) -> None:
    """A family that the machine has and the bundle has not is set in a bundled one."""
    with TTFont(fonts.folder(ASSETS) / "SourceSans3-Bold.ttf") as trap:
        for number in (1, 3, 4, 6, 16):
            trap["name"].setName("Trap", number, 3, 1, 0x409)
        trap.save(tmp_path / "trap.ttf")
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{tmp_path}</dir></fontconfig>")
    code = (
        "from tests.render.paper import *; from pipeline.render.pdf import pdf\n"
        "print(pdf(page('<p style=\"font-family:Trap\">x</p>'), ASSETS).fonts)"
    )
    ran = in_a_process(code, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert "Brief-Display" in ran.stdout, ran.stderr
    assert "Trap" not in ran.stdout
    assert ran.stderr == ""


def test_bytes_are_the_same_everywhere(tmp_path: Path, data: bytes) -> None:
    """Another process, hash seed, time zone, locale, home and folder give the same bytes."""
    shutil.copytree(fonts.folder(ASSETS), tmp_path / "elsewhere" / "fonts")
    code = (
        "import hashlib; from pathlib import Path; from tests.render.paper import page\n"
        "from tests.render.constructs import CONSTRUCTS; from pipeline.render.pdf import pdf\n"
        "made = page(''.join(CONSTRUCTS.values()), assets=Path('elsewhere'))\n"
        "print(hashlib.sha256(pdf(made, Path('elsewhere')).data).hexdigest())"
    )
    home = str(tmp_path)
    first = in_a_process(code, folder=tmp_path, PYTHONHASHSEED="1", TZ="Pacific/Auckland", LC_ALL="C", HOME=home)
    second = in_a_process(code, folder=tmp_path, PYTHONHASHSEED="2", TZ="America/Lima", LC_ALL="C.UTF-8", HOME=home)
    assert first.stdout.strip() == hashlib.sha256(data).hexdigest(), first.stderr
    assert first.stdout == second.stdout


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_no_temporary_file_stays(method: str, tmp_path: Path) -> None:
    """When a process and its workers end, their fonts and caches are gone."""
    code = (
        "import multiprocessing\n"
        "from tests.render.paper import ASSETS, page; from pipeline.render.pdf import pdf\n"
        "if __name__ == '__main__':\n"
        f"    process = multiprocessing.get_context('{method}').Process\n"
        "    worker = process(target=pdf, args=(page('<p>x</p>'), ASSETS)); worker.start(); worker.join()\n"
        "    print(worker.exitcode, pdf(page('<p>x</p>'), ASSETS).pages)"
    )
    assert in_a_process(code, TMPDIR=str(tmp_path)).stdout == "0 1\n"
    assert list(tmp_path.iterdir()) == []


# ---------------------------------------------------------------------------- broken files are seen


def _without(key: str) -> Callable[[Any], None]:
    def break_(document: Any) -> None:
        del document.Root[key]

    return break_


def _every(kind: str, change: Callable[[Any], None]) -> Callable[[Any], None]:
    def break_(document: Any) -> None:
        stack = [document.Root.StructTreeRoot]
        while stack:
            element = stack.pop()
            kids = element.get("/K", [])
            stack += [
                kid
                for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
                if isinstance(kid, pikepdf.Dictionary)
            ]
            if element.get("/S") == kind:
                change(element)

    return break_


def _unembedded(document: Any) -> None:
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
            del item["/FontFile2"]


def _scripted(document: Any) -> None:
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _unmarked(document: Any) -> None:
    document.pages[0].contents_add(document.make_stream(b"0 0 10 10 re f"))


BROKEN: dict[str, tuple[str, Callable[[Any], None]]] = {
    "no structure": ("ua1", _without("/StructTreeRoot")),
    "no language": ("ua1", _without("/Lang")),
    "no metadata": ("ua1", _without("/Metadata")),
    "title not shown": ("ua1", _without("/ViewerPreferences")),
    "figure without a text": ("ua1", _every("/Figure", lambda figure: figure.__delitem__("/Alt"))),
    "heading level skipped": ("ua1", _every("/H2", lambda heading: heading.__setitem__("/S", pikepdf.Name("/H5")))),
    "list body missing": ("ua1", _every("/LBody", lambda body: body.__setitem__("/S", pikepdf.Name("/P")))),
    "link out of a link": ("ua1", _every("/Link", lambda link: link.__setitem__("/S", pikepdf.Name("/Span")))),
    "content unmarked": ("ua1", _unmarked),
    "font not embedded": ("ua1", _unembedded),
    "no colour profile": ("3a", _without("/OutputIntents")),
    "script": ("3a", _scripted),
}


@needs_vera
@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_seen(name: str, data: bytes, tmp_path: Path) -> None:
    """The validator that passes our files fails this one."""
    profile, break_ = BROKEN[name]
    document = opened(data)
    break_(document)
    document.save(tmp_path / "broken.pdf")
    assert list(vera.broken((tmp_path / "broken.pdf").read_bytes(), profile))


# ---------------------------------------------------------------------------- what is refused


def test_engine_warning_is_a_problem() -> None:
    """A style the engine does not know is refused, with its own words."""
    (problem,) = refused(page("<p>x</p>", style="p{text-wrap:balance}"))
    assert problem.rule == "engine-warning"
    assert "text-wrap" in problem.message
    assert problem.mark.file == "briefs/open-models.yaml"


def test_link_to_nowhere_is_a_problem() -> None:
    """A link inside the page must have a target."""
    (problem,) = refused(page('<p><a href="#nowhere">x</a></p>'))
    assert problem.rule == "engine-warning"
    assert "nowhere" in problem.message


def test_character_without_a_glyph_is_a_problem() -> None:
    """A character that no font has is named with its code point, never printed as a box."""
    assert [problem.message for problem in refused(page("<p>a 😀 b あ</p>"))] == [
        "no font can draw 'あ' (U+3042, hiragana letter a), which is Japanese",
        "no font can draw '😀' (U+1F600, grinning face)",
    ]


@pytest.mark.parametrize(
    ("body", "style"),
    [
        ("<p>&#x3042;</p>", ""),
        ("<p>x</p>", 'p::before{content:"あ"}'),
        ("<p>x</p>", 'p::before{content:"\\3042"}'),
        ('<p data-short="あ">x</p>', "p::before{content:attr(data-short)}"),
    ],
)
def test_glyphs_of_generated_text_are_checked_too(body: str, style: str) -> None:
    """References, strings of stylesheets and attributes that get printed are looked at."""
    assert {problem.rule for problem in refused(page(body, style=style))} == {"missing-glyph"}


def test_characters_never_drawn_are_not_checked() -> None:
    """Comments and scripts may hold any character."""
    assert pdf(page("<!-- あ --><script>あ</script><p>x</p>", style="/* あ */"), ASSETS).pages == 1


def bomb() -> str:
    """A small PNG file of 3600 million pixels, as a `data:` URL."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer, side = zlib.compressobj(9), 60_000
    rows = b"".join(packer.compress(bytes(side // 8 + 1)) for _ in range(side)) + packer.flush()
    parts = [(b"IHDR", struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b"")]
    png = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
    return f"data:image/png;base64,{base64.b64encode(png).decode()}"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (f'<img alt="x" src="{bomb()}">', "Failed to load image"),
        ("<div>" * 3000 + "x", "its parts are nested too deeply"),
        ('<p style="width:calc(' + "(" * 2000 + "1px" + ")" * 2000 + ')">x</p>', "its parts are nested too deeply"),
        ('<p style="break-after:page">x</p>' * 5000, "it has more than 500 pages"),
    ],
    ids=["bomb", "deep", "calc", "long"],
)
@pytest.mark.slow
def test_hostile_page_is_refused(body: str, words: str) -> None:
    """A page made to exhaust the engine is that brief's problem and no crash."""
    assert words in " ".join(problem.message for problem in refused(page(body)))


def test_missing_font_is_said(tmp_path: Path) -> None:
    """Without a bundled font nothing is printed, for the engine would crash or take another."""
    with pytest.raises(ToolFailed, match=r"SourceSans3-Regular\.ttf is missing"):
        pdf(page("<p>x</p>"), tmp_path)


@pytest.fixture
def fresh_engine(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Let the engine be looked at anew, now and afterwards."""
    monkeypatch.setattr(engine, "loaded", engine.loaded.__wrapped__)
    return monkeypatch


def test_other_release_of_the_engine_is_refused(fresh_engine: pytest.MonkeyPatch) -> None:
    """The private patches fit one release, so no other is used."""
    fresh_engine.setattr("weasyprint.__version__", "71.0")
    with pytest.raises(ToolFailed, match=r"WeasyPrint is 71\.0 and must be 70\.0"):
        pdf(page("<p>x</p>"), ASSETS)


def test_missing_subsetter_is_said(fresh_engine: pytest.MonkeyPatch) -> None:
    """Without libharfbuzz-subset files would differ from other machines', so its package is named."""
    fresh_engine.setattr("weasyprint.text.ffi.harfbuzz_subset", None)
    with pytest.raises(ToolFailed, match="libharfbuzz-subset0"):
        pdf(page("<p>x</p>"), ASSETS)


def test_missing_pango_is_said() -> None:
    """Without Pango the packages to install are named."""
    code = (
        "import sys; from tests.render.paper import *; from pipeline.render.pdf import pdf\n"
        "class NoPango:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == 'weasyprint': raise OSError('cannot load library libpango-1.0-0')\n"
        "sys.meta_path.insert(0, NoPango())\n"
        "try: pdf(page('<p>x</p>'), ASSETS)\n"
        "except Exception as error: print(type(error).__name__, error)"
    )
    assert in_a_process(code).stdout.startswith("ToolFailed the text layout library Pango is missing")


def test_what_is_left_of_documents_is_swept_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python looks for no garbage within a document, goes on to afterwards, and finds what documents leave."""
    monkeypatch.setattr(engine, "SWEPT", 1)
    looked: list[bool] = []
    laid = lay_out(page("<p>Told.</p>"), ASSETS)
    style = weakref.ref(laid.document.pages[0]._page_box.children[0].style)
    written(laid, finish=lambda _: looked.append(gc.isenabled()))
    del laid
    assert looked == [False]
    assert gc.isenabled()
    assert style() is not None, "parts of a document hold each other"
    lay_out(page("<p>Told.</p>"), ASSETS)
    assert style() is None


def test_what_stands_beside_a_margin_is_told_apart() -> None:
    """Of two columns the lower one has room, and what comes below them belongs to neither."""
    aside = '<aside style="float:right;clear:right;width:50mm;margin-right:-56mm" data-item="aside">{}</aside>'
    text = '<p data-item="text">{}</p><p style="clear:both" data-item="below">Below.</p>'
    for in_margin, in_flow in ((8, 1), (1, 3)):
        notes, words = "<p>A note.</p>" * in_margin, "Many words of a text. " * 10 * in_flow
        body = f'<div class="body">{aside.format(notes)}{text.format(words)}</div>'
        laid = lay_out(page(body), ASSETS)
        assert (laid.margin, laid.beside) == (frozenset({"aside"}), frozenset({"text"}))
        assert (laid.slack > 0, laid.spare > 0) == (in_margin > in_flow, in_margin < in_flow)
        assert abs(laid.heights["aside"] - laid.heights["text"]) == pytest.approx(laid.slack + laid.spare, abs=12)
