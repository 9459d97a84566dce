"""Each check lets a good file pass, and finds what is wrong with a broken one."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from pipeline.render.pdf import pdf
from pipeline.verify import CHECKS, Check, Finding, Product, fonts, syntax, text_layer, verify
from pipeline.verify.tools import Tool
from tests.render.paper import ASSETS, opened, page
from tests.tooling import needs

BODY = """<p>Lights save <a href="#ships">ships</a>.</p><h2 id="ships">Ships</h2>
<ol><li>One ship.</li><li>Two ships.</li></ol><p>Fog is <strong>dense</strong>.</p>"""


@cache
def good() -> bytes:
    """The PDF of a short brief."""
    return pdf(page(BODY), ASSETS).data


def changed(change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """The same PDF after a change."""
    document, written = opened(good()), io.BytesIO()
    change(document)
    document.save(written)
    return written.getvalue()


def stream(document: pikepdf.Pdf, change: Callable[[bytes], bytes]) -> None:
    """Change the drawing operators of the first page."""
    contents = document.pages[0].Contents
    contents.write(change(contents.read_bytes()))


def said(found: Any) -> str:
    """All that was found, a line each."""
    return "\n".join(map(str, found))


@pytest.mark.parametrize("check", [each for each in CHECKS.values() if each.takes == ("pdf",)], ids=lambda c: c.name)
def test_a_good_file_passes(check: Check) -> None:
    """Nothing is found where nothing is wrong; what is no PDF at all is a finding, not a traceback."""
    assert not list(check.find(pdf=good()))
    assert list(check.find(pdf=b"not a PDF"))
    assert list(check.find(pdf=b""))


def test_every_check_says_what_it_proves() -> None:
    """The first line of a manual is a sentence, and a check that needs a tool says how to get it."""
    assert len(CHECKS) >= 5
    for check in CHECKS.values():
        assert check.manual.splitlines()[0].endswith((".", ":")), check.name
        assert check.takes, check.name
        assert all(tool.command for tool in check.tools), check.name


def test_syntax_sees_damaged_streams_and_tables() -> None:
    """A flipped byte in a stream and a file that ends too early are both found."""
    place = good().index(b"stream\n") + 40
    assert said(syntax.find(good()[:place] + bytes([good()[place] ^ 0x55]) + good()[place + 1 :]))
    assert said(syntax.find(good()[: len(good()) * 2 // 3]))


def test_fonts_sees_strangers_and_absentees() -> None:
    """A font of another name is named, and so is one whose file was taken out."""

    def rename(document: pikepdf.Pdf) -> None:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/DescendantFonts" in item:
                item.BaseFont = pikepdf.Name("/ABCDEF+Comic-Sans")

    def unembed(document: pikepdf.Pdf) -> None:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item:
                del item["/FontFile2"]

    assert "ABCDEF+Comic-Sans is no font of the house" in said(fonts.find(changed(rename)))
    assert "Brief-Serif is not inside the file" in said(fonts.find(changed(unembed)))


@pytest.mark.parametrize(
    ("code", "name"), [(b"<2010>", "hyphen"), (b"<00ad>", "soft hyphen"), (b"<fffd>", "replacement character")]
)
def test_text_layer_sees_what_nobody_wrote(code: bytes, name: str) -> None:
    """Letters that are read as another hyphen, as none or as unknown are counted on their page."""

    def misread(document: pikepdf.Pdf) -> None:
        for item in document.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                item.ToUnicode.write(item.ToUnicode.read_bytes().replace(b"<0068>", code))  # each h

    (finding,) = text_layer.find(changed(misread))
    assert finding.message.endswith(name)
    assert finding.place == "page 1"
    assert finding.times > 2


def test_text_layer_sees_a_page_without_text() -> None:
    """A page that shows nothing to read is found."""
    assert "page 2: the page has no text" in said(text_layer.find(changed(lambda document: document.add_blank_page())))


def test_a_missing_tool_is_no_pass(tmp_path: Path) -> None:
    """What could not be looked at is neither passed nor failed, and the tool is named."""
    (tmp_path / "brief.pdf").write_bytes(good())
    absent = Tool(name="a lamp", command="buy a lamp", present=lambda: False)

    def find(pdf: bytes) -> Any:
        raise AssertionError(pdf)

    check = Check(name="light", judge="nobody", manual="", find=find, takes=("pdf",), tools=(absent,))
    (outcome,) = verify([Product(name="brief", pdf=tmp_path / "brief.pdf")], [check])
    assert outcome.missing == (absent,)
    assert not outcome.passed


def test_a_check_is_made_where_all_its_forms_are(tmp_path: Path) -> None:
    """A check of two forms passes over a product that has one of them."""
    (tmp_path / "brief.pdf").write_bytes(b"pdf")
    (tmp_path / "brief.html").write_text("page", encoding="utf-8")

    def find(pdf: bytes, page: str) -> Any:
        yield Finding(message=f"{pdf!r} and {page}")

    check = Check(name="both", judge="nobody", manual="", find=find, takes=("pdf", "page"), tools=())
    whole = Product(name="whole", pdf=tmp_path / "brief.pdf", page=tmp_path / "brief.html")
    half = Product(name="half", pdf=tmp_path / "brief.pdf")
    (outcome,) = verify([half, whole], [check])
    assert outcome.product is whole
    assert said(outcome.findings) == "b'pdf' and page"


@needs(*CHECKS["pdf-ua"].tools)
def test_conformance_names_the_clause() -> None:
    """A file without a language breaks a clause of PDF/UA, and one without a colour profile a clause of PDF/A."""
    assert "[7.2-" in said(CHECKS["pdf-ua"].find(changed(lambda document: document.Root.__delitem__("/Lang"))))
    assert "[6.2." in said(CHECKS["pdf-a"].find(changed(lambda document: document.Root.__delitem__("/OutputIntents"))))
