"""Each check lets a good file pass, and finds what is wrong with a broken one."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pikepdf
import pydyf
import pytest

from pipeline.forms import Listed, Metadata
from pipeline.manifest import ListedBrief, Manifest
from pipeline.render.pdf import pdf
from pipeline.verify import (
    CHECKS,
    Check,
    Finding,
    Product,
    bookmarks,
    fonts,
    length,
    page_links,
    pdf_links,
    pictures,
    same_text,
    syntax,
    text_layer,
    two_engines,
    verify,
)
from pipeline.verify.objects import astray
from pipeline.verify.product import of_file, of_release
from pipeline.verify.tools import Tool
from tests.render.paper import ASSETS, METADATA, enclosed, opened, page
from tests.tooling import needs

BODY = """<p>Lights save <a href="#ships">ships</a>.</p><h2 id="ships">Ships</h2>
<ol><li>One ship.</li><li>Two ships.</li></ol><p>Fog is <strong>dense</strong>.</p>"""


@cache
def good() -> bytes:
    """The PDF of a short brief."""
    return pdf(replace(page(BODY), metadata=replace(METADATA, title="A brief")), ASSETS, enclosed()).data


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


@pytest.mark.parametrize(
    "check",
    [pytest.param(each, marks=needs(*each.tools), id=each.name) for each in CHECKS.values() if each.takes == ("pdf",)],
)
def test_a_good_file_passes(check: Check) -> None:
    """Nothing is found where nothing is wrong; what is no PDF at all is a finding, not a traceback."""
    assert not list(check.find(pdf=good()))
    assert list(check.find(pdf=b"not a PDF"))
    assert list(check.find(pdf=b""))


DAMAGE = {
    "cut short": lambda data, chance: data[: chance.randrange(len(data))],
    "flipped": lambda data, chance: bytes(byte ^ (chance.random() < 0.002) * chance.randrange(256) for byte in data),
    "a piece lost": lambda data, chance: data[: (at := chance.randrange(len(data)))] + data[at + 500 :],
}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_is_found_and_never_raised(damage: Callable[[bytes, Random], bytes], seed: int) -> None:
    """However a file is damaged, qpdf or another check finds it, and none falls over it."""
    data = damage(good(), Random(seed))
    checks = [check for name, check in CHECKS.items() if "pdf" in check.takes and name not in {"pdf-ua", "pdf-a"}]
    assert len(checks) >= 8
    given = {"pdf": data, "page": web(HEAD + BODY)}
    found = [list(check.find(**{form: given[form] for form in check.takes})) for check in checks if not check.missing]
    assert any(found)


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


def test_syntax_follows_the_table_of_objects() -> None:
    """A table that a writer got wrong is seen, though qpdf and veraPDF mend it without a word."""

    def made(*, freed: bool) -> bytes:
        written, output = pydyf.PDF(), io.BytesIO()
        for number in range(9):
            written.add_object(pydyf.Dictionary({"Number": number}))
        written.objects[4].free = "f" if freed else "n"
        written.write(output, compress=True)
        return output.getvalue()

    assert not list(astray(made(freed=False)))
    assert len(list(astray(made(freed=True)))) > 3
    assert any("lies where another one does" in str(found) for found in CHECKS["syntax"].find(pdf=made(freed=True)))


@pytest.mark.parametrize("damaged", [b"", b"%PDF-1.7\n" + b"1 0 obj<<" * 50, bytes(range(256)) * 9])
def test_what_is_said_of_a_file_is_said_again(damaged: bytes) -> None:
    """No place in memory stands in it, which would differ in every run."""
    said = [finding.message for name in ("syntax", "pdf-links") for finding in CHECKS[name].find(pdf=damaged)]
    assert len(said) >= 2
    assert not [sentence for sentence in said if "BytesIO" in sentence or not sentence]


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
    ("code", "name"),
    [
        (b"<2010>", "hyphen"),
        (b"<2011>", "non-breaking hyphen"),
        (b"<00ad>", "soft hyphen"),
        (b"<fffd>", "replacement character"),
    ],
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


def web(body: str, style: str = "") -> str:
    """The page of a brief, for browsers."""
    return f"<!DOCTYPE html><html><head><title>T</title><style>{style}</style></head><body>{body}</body></html>"


HEAD = "<h1>A brief</h1>"


def test_the_same_text_passes() -> None:
    """Markers of lists, capitals and white space make no difference."""
    assert not list(same_text.find(good(), web(HEAD + BODY)))
    assert not list(same_text.find(good(), web(HEAD + BODY.replace(" ", "\n  "))))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Two ships", "Three ships"),
        ("<li>One ship.</li>", ""),
        ("<li>One ship.</li><li>Two ships.</li>", "<li>Two ships.</li><li>One ship.</li>"),
        ("dense", "<span>dense</span>r"),
        ("<strong>dense</strong>.", "<strong>dense</strong>. And wet"),
    ],
)
def test_another_text_is_seen(old: str, new: str) -> None:
    """A changed word, a lost item, another order and a longer end are found, with the words before the place."""
    assert old in BODY
    (finding,) = same_text.find(good(), web(HEAD + BODY.replace(old, new)))
    assert "where the page says" in finding.message
    assert finding.place.startswith("after '")


def test_what_a_stylesheet_hides_on_paper_is_left_out() -> None:
    """And only for print: what is hidden on screens counts."""
    body = HEAD + '<p class="more">More on screens.</p>' + BODY
    assert not list(same_text.find(good(), web(body, "@media print{p.more{display:none}}")))
    assert list(same_text.find(good(), web(body, "@media screen{p.more{display:none}}")))
    assert list(same_text.find(good(), web(body, "@media print{.more{display:none} p.more{display:block}}")))


def test_generated_text_is_expected() -> None:
    """What `content` sets is in the PDF: strings, attributes, and numbers of pages and items."""
    style = '.a::after{content:", page " target-counter(attr(href),page)} .b::before{content:attr(data-n) ": "}'
    body = """<h2 id="x">X</h2><p><a class="a" href="#x">See X</a> or <span class="b" data-n="one">not</span>.</p>"""
    data = pdf(page(body, style=style), ASSETS).data
    assert not list(same_text.find(data, web(HEAD + body, style)))
    assert list(same_text.find(data, web(HEAD + body)))
    assert list(same_text.find(data, web(HEAD + body, style.replace("page", "leaf"))))


def test_custom_properties_are_read() -> None:
    """What is generated may come from a property of the root, as words of the page's language do."""
    style = ':root{--page:", page "} .a::after{content:var(--page) target-counter(attr(href),page)}'
    body = '<h2 id="x">X</h2><p><a class="a" href="#x">See X</a>.</p>'
    data = pdf(page(body, style=style), ASSETS).data
    assert not list(same_text.find(data, web(HEAD + body, style)))
    assert list(same_text.find(data, web(HEAD + body, style.replace(", page", ", leaf"))))


def test_hyphens_at_line_ends_are_the_engines() -> None:
    """A word that is broken on paper is one word; the hyphen of a compound stays."""
    body = "<p>" + "Incomprehensibilities notwithstanding, the well-known light-keepers persevered. " * 8 + "</p>"
    data = pdf(page(body), ASSETS).data
    assert not list(same_text.find(data, web(HEAD + body)))
    assert list(same_text.find(data, web(HEAD + body.replace("well-known", "wellknown"))))


def test_a_drawing_counts_with_its_description() -> None:
    """What a drawing says in place of itself is the same in both."""
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" role="img"><title>A light</title>'
    svg += '<desc>It shines.</desc><rect width="40" height="40"/></svg>'
    data = pdf(page(svg), ASSETS).data
    assert not list(same_text.find(data, web(HEAD + svg)))
    assert list(same_text.find(data, web(HEAD + svg.replace("shines", "is out"))))


def test_bookmarks_sees_other_words_levels_and_numbers() -> None:
    """A renamed bookmark, one at another level, and none at all are found."""

    def outline(change: Callable[[Any], object]) -> str:
        def edit(document: pikepdf.Pdf) -> None:
            with document.open_outline() as outline:
                change(outline.root)

        return said(bookmarks.find(changed(edit)))

    assert "'Boats' at level 2, and heading 2 is 'Ships' at level 2" in outline(
        lambda root: setattr(root[0].children[0], "title", "Boats")
    )
    assert "'Ships' at level 1" in outline(lambda root: root.append(root[0].children.pop()))
    assert "bookmark 1 is missing" in outline(lambda root: root.clear())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda link: link.update({"/Dest": pikepdf.String("nowhere")}), "leads to 'nowhere', which is no place"),
        (lambda link: link.__delitem__("/Dest"), "a link has no target"),
        (
            lambda link: act(link, S=pikepdf.Name.URI, URI=pikepdf.String("ships.html")),
            "leads to 'ships.html', which is no whole web address",
        ),
        (lambda link: act(link, S=pikepdf.Name.Launch, F=pikepdf.String("x")), "does something else than lead: Launch"),
    ],
)
def test_links_that_lead_nowhere_are_seen(change: Callable[[Any], object], words: str) -> None:
    """A target that is not there, none at all, half an address and a program are found, with their page."""

    def edit(document: pikepdf.Pdf) -> None:
        link = document.pages[0].Annots[0]
        if "/A" in link:
            link.Dest = link.A.D
            del link["/A"]
        change(link)

    assert f"page 1: a link {words.removeprefix('a link ')}" in said(pdf_links.find(changed(edit)))


def act(link: Any, **action: Any) -> None:
    """Let a link do something."""
    del link["/Dest"]
    link.A = pikepdf.Dictionary(**action)


def test_a_link_to_a_lost_page_is_seen() -> None:
    """A place on a page that the file doesn't have any more is no place."""
    body = '<p><a href="#far">Far</a></p><h2 id="far" style="break-before:page">Far</h2>'
    document, written = opened(pdf(page(body), ASSETS).data), io.BytesIO()
    del document.pages[1]
    document.save(written)
    assert "not in the file" in said(pdf_links.find(written.getvalue()))


def test_length_sees_blank_bare_and_too_many_pages() -> None:
    """The last page must be a quarter full, the running foot aside, and none may be blank."""
    paged = '<h2 style="break-before:page">Next</h2>'
    assert "page 2: the last page ends after 1" in said(length.find(pdf(page(paged), ASSETS).data))
    full = paged + "<p>Full.</p>" * 12
    assert not list(length.find(pdf(page(full), ASSETS).data))
    assert "it has 5 pages, and 4 are the most" in said(length.find(pdf(page(full * 4), ASSETS).data))
    assert "page 2: the page is blank" in said(length.find(changed(lambda document: document.add_blank_page())))


def _of_edition(pdf: bytes, edition: str) -> bytes:
    """The PDF with a record that names its edition."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.attachments["openbrief.json"] = json.dumps({"product": {"edition": edition}}).encode()
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def test_each_edition_has_its_own_length() -> None:
    """Five pages are too many for a brief and for one page; a full edition may have them, and end where it ends."""
    five = pdf(page('<h2 style="break-before:page">Next</h2>' * 4), ASSETS).data
    assert "it has 5 pages, and 1 is the most" in said(length.find(_of_edition(five, "one-page")))
    assert "it has 5 pages, and 4 are the most" in said(length.find(_of_edition(five, "brief")))
    assert "it has 5 pages, and 4 are the most" in said(length.find(_of_edition(five, "unheard-of")))
    assert not list(length.find(_of_edition(five, "full")))
    assert not list(length.find(_of_edition(five, "questions")))


def test_a_release_is_looked_at_product_by_product(tmp_path: Path) -> None:
    """The files of each product belong together, a draft's too; the index stands alone, and is left out of a slug."""
    known = Metadata(
        slug="one", title="One", description="", authors=(), publisher="", series="", issued="2026-11-23", version="1",
        language="en-GB", licence="", licence_url="", keywords=(),
    )  # fmt: skip

    def listed(metadata: Metadata, *paths: str, draft: bool = False) -> ListedBrief:
        files = tuple(Listed(path=path, bytes=1, sha256="") for path in paths)
        return ListedBrief(metadata=metadata, pages=1, minutes=1, draft=draft, files=files)

    short = replace(known, name="one-one-page.fr")
    release = Manifest(
        briefs=(
            listed(known, "one/one.pdf", "one/index.html", "one/one.docx", "one/one.epub", "one/one.md"),
            listed(short, "one/one-one-page.fr-DRAFT.pdf", "one/one-one-page.fr-DRAFT.html", draft=True),
            listed(replace(known, slug="two"), "two/two.md"),
        ),
        files=(Listed(path="index.html", bytes=1, sha256=""),),
        tools={},
    )
    folder = tmp_path / "one"
    draft = {form: folder / f"one-one-page.fr-DRAFT.{ending}" for form, ending in (("pdf", "pdf"), ("page", "html"))}
    products = [
        Product(
            name="one",
            pdf=folder / "one.pdf",
            page=folder / "index.html",
            word=folder / "one.docx",
            book=folder / "one.epub",
        ),
        Product(name="one-one-page.fr-DRAFT", **draft),
    ]
    assert list(of_release(tmp_path, release, ["one"])) == products
    assert list(of_release(tmp_path, release)) == [*products, Product(name="index.html", page=tmp_path / "index.html")]


def test_two_engines_that_disagree_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part that one engine leaves out, a page it leaves white, another size and a page too few are seen."""
    (picture,) = pictures.pdfium(good())
    bare, white = picture.copy(), np.full_like(picture, 255)
    bare[: len(picture) // 2] = 255

    def seen(*drawn: pictures.Picture) -> str:
        monkeypatch.setattr(two_engines, "poppler", lambda _pdf: drawn)
        return said(two_engines.find(good()))

    assert seen(picture) == ""
    assert "page 1: parts of the page are darker in one engine" in seen(bare)
    assert seen(white) == "page 1: Poppler draws nothing"
    assert seen(picture[:-1]) == "page 1: the engines draw it at different sizes"
    assert seen(picture, picture) == "PDFium draws 1 pages, and Poppler 2"


def test_page_links_sees_lost_and_double_names() -> None:
    """Links, labels and headers of cells name parts that are there, once."""
    assert not list(page_links.find(web('<p id="a"><a href="#a">A</a><a href="x.html#b">B</a></p>')))
    found = said(page_links.find(web('<p id="a"></p><p id="a"></p><a href="#b">B</a><svg aria-labelledby="a c"/>')))
    assert found.splitlines() == ["2 parts are called 'a'", "no part is called 'b'", "no part is called 'c'"]


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
def test_a_page_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    """Every check of pages says so, and none of them raises; the next page is looked at all the same."""
    broken, whole = tmp_path / "broken.html", tmp_path / "whole.html"
    broken.write_bytes(b'<!DOCTYPE html><html lang="fr"><title>caf\xe9</title><p>caf\xe9</p></html>')
    whole.write_text('<!DOCTYPE html><html lang="fr"><title>c</title><p>c</p></html>', encoding="utf-8")
    asked = [CHECKS[name] for name in ("page-links", "weight")]
    outcomes = list(verify([of_file(broken), of_file(whole)], asked))
    assert [outcome.passed for outcome in outcomes] == [False, True, False, True]
    assert all("UTF-8" in str(outcome.findings[0]) for outcome in outcomes if not outcome.passed)


def test_what_a_check_trips_over_is_a_finding() -> None:
    """A page with half a character can't be weighed, and that is said."""
    (finding,) = CHECKS["weight"].find(page='<html lang="en">\ud800</html>')
    assert "can't be followed" in finding.message


def test_conformance_names_the_clause() -> None:
    """A file without a language breaks a clause of PDF/UA, and one without a colour profile a clause of PDF/A."""
    assert "[7.2-" in said(CHECKS["pdf-ua"].find(changed(lambda document: document.Root.__delitem__("/Lang"))))
    assert "[6.2." in said(CHECKS["pdf-a"].find(changed(lambda document: document.Root.__delitem__("/OutputIntents"))))
