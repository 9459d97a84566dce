"""Pages: complete, self-contained, and safe whatever the words in them."""

from __future__ import annotations

import json
import re
from base64 import b64decode
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from pipeline.forms import Article, Drawing, Entry, Heading, Metadata
from pipeline.model import House, Products
from pipeline.render.page import index, page
from tests.example import ROOT

TEMPLATES, ASSETS = ROOT / "templates", ROOT / "assets"
HOSTILE = "</title></style><script>alert(1)</script> \" onload=x '"
METADATA = Metadata(
    slug="first-brief",
    title="Light every harbour",
    description="Every harbour should have a light.",
    authors=("Example house",),
    publisher="Example house",
    series="Policy brief",
    issued="2026-11-23",
    version="1.0",
    language="en-GB",
    licence="CC BY 4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    keywords=("harbours", "lights"),
    claims=("Lighthouses make harbours safer.",),
)
ARTICLE = Article(
    metadata=METADATA,
    body='<section><h2 id="why-now">Why now</h2><p>Winter.</p><div data-drawing="wrecks"></div></section>',
    fields={"title": "Light every harbour", "question": "Should it?", "bottom_line": "It <em>should</em>."},
    headings=(Heading(level=2, id="why-now", text="Why now"),),
    words=460,
    drawings=(Drawing(id="wrecks", svg="<svg><title>Wrecks</title></svg>"),),
)
HOUSE = House(
    name="Example house",
    series="Policy brief",
    description="A house for examples.",
    language="en-GB",
    citation_style="apa-numeric-superscript-brackets",
)


class _Tags(HTMLParser):
    """Collects the start tags and attributes of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))

    def of(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.seen if tag == name]


def test_a_long_name_is_short_in_the_folio() -> None:
    """Only there, only where the house has a short one, and only where the line would be too long."""
    name = "Institute for the Study of Lighthouses, Harbours, Pilots and the Law of the Sea"
    long, short = replace(ARTICLE, metadata=replace(METADATA, publisher=name)), "ISL"
    for article, house, begins in (
        (long, HOUSE.model_copy(update={"short_name": short}), f"{short}  ·  Policy brief  ·  v1.0"),
        (long, HOUSE, f"{name}  ·  Policy brief"),
        (ARTICLE, HOUSE.model_copy(update={"short_name": short}), "Example house  ·  Policy brief"),
    ):
        made = page(article, house, TEMPLATES, ASSETS)
        (head,) = [values for _, values in _Tags(made.paged).seen if values.get("class") == "masthead"]
        assert (head["data-folio"] or "").startswith(begins)
        assert made.metadata.publisher in made.html


def test_a_page_loads_nothing() -> None:
    """Every address in the page is a fragment, a page beside it, or data inside it."""
    tags = _Tags(page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html)
    addresses = [value or "" for _, attributes in tags.seen for name, value in attributes.items() if name == "src"]
    assert not addresses
    assert {link["href"] for link in tags.of("a")} == {"#main", "#why-now", "first-brief.pdf", "../index.html"}
    assert not tags.of("link")


def test_a_page_names_its_policy() -> None:
    """The browser is told to load nothing and to run nothing."""
    policies = [tag for tag in _Tags(page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html).of("meta") if "http-equiv" in tag]
    assert len(policies) == 1
    assert "default-src 'none'" in (policies[0]["content"] or "")
    assert "script-src" not in (policies[0]["content"] or "")


def test_styles_ask_for_nothing_outside() -> None:
    """Stylesheets in the browser's page hold only data addresses."""
    html = page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html
    addresses = re.findall(r"url\(\s*[\"']?([^\"')]{1,30})", html)
    assert len(addresses) >= 8
    assert all(address.startswith("data:") for address in addresses)
    assert "@import" not in html


def test_hostile_words_are_only_words() -> None:
    """Titles, names and claims that look like markup add no tag and no attribute."""
    metadata = replace(
        METADATA, title=HOSTILE, description=HOSTILE, authors=(HOSTILE,), publisher=HOSTILE, claims=(HOSTILE,)
    )
    headings = (Heading(level=2, id="why-now", text=HOSTILE),)
    html = page(replace(ARTICLE, metadata=metadata, headings=headings), HOUSE, TEMPLATES, ASSETS).html
    plain, hostile = _Tags(page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html), _Tags(html)
    assert [tag for tag, _ in hostile.seen] == [tag for tag, _ in plain.seen]
    assert not [tag for tag, attributes in hostile.seen if "onload" in attributes]


def test_the_record_for_machines_says_what_the_page_says() -> None:
    """JSON-LD gives a Report with its claims, and can't end its own element."""
    metadata = replace(METADATA, description=HOSTILE)
    html = page(replace(ARTICLE, metadata=metadata), HOUSE, TEMPLATES, ASSETS).html
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert len(found) == 1
    record = json.loads(found[0])
    assert (record["@type"], record["abstract"]) == ("Report", HOSTILE)
    assert record["hasPart"] == [{"@type": "Claim", "text": "Lighthouses make harbours safer."}]


def test_landmarks_and_ways_around() -> None:
    """A page has a skip link, one main part, one title, contents, and its language."""
    tags = _Tags(page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html)
    assert tags.of("html") == [{"lang": "en-GB", "dir": "ltr"}]
    assert tags.of("a")[0] == {"class": "skip", "href": "#main"}
    assert [len(tags.of(name)) for name in ("main", "h1", "nav", "header", "footer")] == [1, 1, 1, 1, 1]


def test_a_drawing_takes_its_place() -> None:
    """The article's empty place holds the SVG; one that may scroll can be reached with the keyboard."""
    wide = replace(ARTICLE, drawings=(replace(ARTICLE.drawings[0], wide=True),))
    assert 'class="drawing" tabindex="0"' in page(wide, HOUSE, TEMPLATES, ASSETS).html
    assert '<div class="drawing"><svg><title>Wrecks</title></svg></div>' in page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html


def test_a_drawing_for_screens_is_not_printed() -> None:
    """The page has it in a box that can be reached and scrolled; the PDF engine gets none of it."""
    drawing = Drawing(id="map.light", svg="<svg><title>Wrecks</title></svg>", wide=True, on_paper=False)
    body = '<section><div data-drawing="map.light"></div></section>'
    made = page(replace(ARTICLE, body=body, drawings=(drawing,)), HOUSE, TEMPLATES, ASSETS)
    assert '<div class="drawing" tabindex="0" role="group" aria-label="Drawing, scrolls sideways"><svg>' in made.html
    assert "<section></section>" in made.paged


def test_the_paged_form_has_files_for_fonts_and_no_navigation() -> None:
    """The PDF engine reads TrueType files; contents and links around are a browser's."""
    paged = page(ARTICLE, HOUSE, TEMPLATES, ASSETS).paged
    assert "SourceSans3-Regular.ttf" in paged
    assert "font/woff2" not in paged
    assert not _Tags(paged).of("nav") + _Tags(paged).of("footer")


def test_a_title_never_ends_in_one_word() -> None:
    """The last two words stay together."""
    assert "Light every&nbsp;harbour</h1>" in page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html


@pytest.mark.parametrize(("words", "minutes"), [(10, 1), (460, 2), (2300, 10)])
def test_reading_time(words: int, minutes: int) -> None:
    """A reader takes a minute for 230 words, and at least one."""
    assert page(replace(ARTICLE, words=words), HOUSE, TEMPLATES, ASSETS).minutes == minutes


def test_house_colours_are_used() -> None:
    """The brand's colours are the stylesheet's, and their tints follow."""
    html = page(
        ARTICLE,
        HOUSE.model_copy(update={"brand": HOUSE.brand.model_copy(update={"primary": "#123456"})}),
        TEMPLATES,
        ASSETS,
    ).html
    assert "--primary:#123456" in html
    assert "--band:#123456" in html


def test_a_draft_says_so() -> None:
    """A draft's pages carry a watermark and a class; a finished page carries neither."""
    draft = page(ARTICLE, HOUSE, TEMPLATES, ASSETS, "draft")
    assert 'class="edition-brief draft"' in draft.html
    assert "DRAFT" in draft.paged
    assert "DRAFT" not in page(ARTICLE, HOUSE, TEMPLATES, ASSETS).paged


def test_capitals_of_accented_letters_are_in_the_fonts() -> None:
    """A stylesheet sets labels in capitals: a font made for the page has those, as `È` for `è`."""
    plain = page(ARTICLE, HOUSE, TEMPLATES, ASSETS).html
    accented = page(replace(ARTICLE, body=f"{ARTICLE.body}<p>Édition complète</p>"), HOUSE, TEMPLATES, ASSETS).html

    def drawn(html: str) -> set[int]:
        fonts = re.findall(r"font/woff2;base64,([A-Za-z0-9+/=]+)", html)
        return {code for font in fonts for code in TTFont(BytesIO(b64decode(font))).getBestCmap()}

    assert ord("È") not in drawn(plain)
    assert {ord("è"), ord("È")} <= drawn(accented)


def test_faces_of_a_script_come_with_its_letters() -> None:
    """One Arabic word brings Arabic faces to both media, behind the Latin ones and in drawings too; no word, none."""
    drawing = '<svg><g font-family="Brief Sans, sans-serif"><text>حطام</text></g></svg>'
    arabic = replace(ARTICLE, drawings=(Drawing(id="wrecks", svg=drawing),))
    plain, made = page(ARTICLE, HOUSE, TEMPLATES, ASSETS), page(arabic, HOUSE, TEMPLATES, ASSETS)
    for text, serifs in ((made.html, 2), (made.paged, 3)):  # screens never ask for the boldest
        assert text.count('@font-face{font-family:"Brief Serif Arabic"') == serifs
        assert '--serif:"Brief Serif","Brief Serif Arabic",serif' in text
        assert '<g font-family="Brief Sans, Brief Sans Arabic, sans-serif">' in text
        assert "font-synthesis:none" in text
    assert "font:600 7.4pt var(--sans)" in made.paged
    for text in (plain.html, plain.paged):
        assert "Arabic" not in text
        assert "font-synthesis" not in text


def test_the_index_lists_every_brief() -> None:
    """Each entry has title, bottom line, date, reading time and pages."""
    entry = Entry(metadata=METADATA, outputs=(), pages=4, minutes=9)
    other = replace(entry, metadata=replace(METADATA, slug="second"), pages=None)
    short = replace(
        entry, metadata=replace(METADATA, name="demo-one-page.en-GB", edition_title="One page", called="One page")
    )
    html = index([short, entry, other], HOUSE, TEMPLATES, ASSETS)
    assert html.count("Every harbour should have a light.") == 2
    assert html.count('/demo-one-page.en-GB.html" lang="en-GB" dir="ltr" hreflang="en-GB">One page</a>') == 1
    assert "23 November 2026" in html
    assert "9 minutes to read" in html
    assert html.count("PDF, 4 pages") == 1


def test_the_index_has_a_line_for_each_language() -> None:
    """The main product's first, then as the house names them; each headed with its own name, and in its direction."""
    house = HOUSE.model_copy(update={"products": (Products(languages=("en-GB", "fr", "ar")),)})
    made = [
        Entry(
            metadata=replace(METADATA, title="A model's use", name=f"demo{edition}.{tag}", language=tag, called=called),
            outputs=(),
            pages=2,
            minutes=9,
        )
        for tag, edition, called in (
            ("ar", "", "موجز"), ("de", "", "Kurzbericht"), ("fr", "-one-page", "Une page"), ("fr", "", "Note"),
        )
    ]  # fmt: skip
    made = [replace(entry, metadata=replace(entry.metadata, edition=_edition(entry))) for entry in made]
    main = Entry(metadata=replace(METADATA, title="A model's use", name=""), outputs=(), pages=4, minutes=9)
    html = index([*made, main], house, TEMPLATES, ASSETS)
    heads = re.findall(r'<span lang="([\w-]+)" dir="(\w+)">(\w+)</span>', html)
    assert heads == [
        ("en-GB", "ltr", "English"), ("fr", "ltr", "Français"), ("ar", "rtl", "العربية"), ("de", "ltr", "Deutsch"),
    ]  # fmt: skip
    assert re.findall(r'hreflang="fr">(.*?)</a>', html) == ["Note", "Une page"]
    assert 'lang="ar" dir="rtl" hreflang="ar">موجز</a>' in html
    assert ">A model\N{RIGHT SINGLE QUOTATION MARK}s use</a>" in html


def _edition(entry: Entry) -> str:
    return "one-page" if "one-page" in entry.metadata.name else "brief"


def test_bold_italics_come_where_they_are_asked_for() -> None:
    """A page carries faces that are bold and slanted only where it may show such letters; paper names all."""
    cut = "font-weight:600;font-style:italic"
    plain = page(ARTICLE, HOUSE, TEMPLATES, ASSETS)
    stressed = page(replace(ARTICLE, body="<p><strong><em>Twice</em></strong></p>"), HOUSE, TEMPLATES, ASSETS)
    assert [each.html.count(cut) for each in (plain, stressed)] == [0, 2]
    assert [each.paged.count(cut) for each in (plain, stressed)] == [2, 2]


def test_no_space_stands_at_the_end_of_a_block_on_paper() -> None:
    """The engine breaks a line too early that fits but for such a space; in code, every space stays."""
    spaced = replace(ARTICLE, body="<div>\n<p>A line.\n</p>\n</div>\n<pre>kept \n</pre>")
    paged = page(spaced, HOUSE, TEMPLATES, ASSETS).paged
    assert "<p>A line.</p></div>" in paged
    assert "<pre>kept \n</pre>" in paged
