"""No word that openbrief itself prints stays English on a page in another language."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel.messages.pofile import read_po

from pipeline import po
from pipeline.argue import argue
from pipeline.build import examine
from pipeline.catalogue import Catalogue
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.load import load
from pipeline.model import Library
from pipeline.project import Project
from pipeline.record import Edition
from pipeline.render.article import article
from pipeline.render.page import page
from pipeline.source import read_folder
from pipeline.wording.catalogues import wording
from pipeline.wording.language import Wording
from tests.example import FILES, ROOT, make
from tests.render.test_article import STYLE

pytestmark = pytest.mark.slow
EDITIONS: tuple[Edition, ...] = ("one-page", "full", "questions")
"""Those that have every part between them."""
OURS = frozenset([
    "id", "kind", "type", "qualifier", "certainty", "strength", "direction", "source", "rests_on", "target", "supports",
    "language", "url", "citation_style", "read", "sources", "width", "version", "issued", "review_by", "date",
    "figures", "for", "against", "values",
])  # fmt: skip
"""Keys whose values are not text of the library."""
MORE = {
    "first-brief.yaml": """
explainer: {whats_new: A., how_it_works: B., behind_the_news: C., yes_but: D., why_it_matters: E., our_view: F.}
boxes: [{title: A box, text: Its text.}]
glossary: [{term: Light, meaning: What is seen.}]
pull_figures: [{value: "6", text: Wrecks a year., source: able-2024}]
implementation: It takes a year.
contested: [Whether charts help.]
figures: [grid, line, span, sets]
""",
    "figures/grid.yaml": """
kind: matrix
title: A
alt: B
description: C
sources: [able-2024]
stub: D
columns: [{label: E}, {label: F}]
rows: [{label: G, values: ["yes", partly]}, {label: H, values: ["no", "yes"]}]
""",
    "figures/line.yaml": """
kind: lines
title: A
alt: B
description: C
sources: [able-2024]
unit: D
times: ["2023", "2024"]
maximum: 10
series: [{label: E, values: [1.5, null]}]
""",
    "figures/span.yaml": """
kind: spectrum
title: A
alt: B
description: C
sources: [able-2024]
towards_start: D
towards_end: E
levels: [{label: F, detail: G, items: [{name: H, by: I}]}, {label: J, detail: K, items: [{name: L, by: M}]}]
""",
    "figures/sets.yaml": """
kind: groups
title: A
alt: B
description: C
sources: [able-2024]
unit: D
certain: E
less_certain: F
groups: [{label: G, items: [H], less_certain: [I]}, {label: J, items: [K]}]
""",
}
"""What the example library lacks of what a brief can have."""


def _greek(value: Any, key: str = "") -> Any:
    """Set all text of a library in Greek letters; citations and figures placed in it stay."""
    if isinstance(value, dict):
        return {name: _greek(item, str(name)) for name, item in value.items()}
    if isinstance(value, list):
        return [_greek(item, key) for item in value]
    if key in OURS or not isinstance(value, str):
        return value
    parts = re.split(r"(@[\w-]+|\{\{.*?\}\})", value)
    return "".join(part if step % 2 else re.sub("[A-Za-z]", lambda letter: chr(0x3B1 + ord(letter[0]) % 24), part)
                   for step, part in enumerate(parts))  # fmt: skip


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A library with every part a brief can have, in Greek letters: what is Latin on its pages is ours."""
    root = tmp_path_factory.mktemp("greek")
    for name in FILES.keys() | MORE.keys():
        data = yaml.safe_load(f"{FILES.get(name, '')}\n{MORE.get(name, '')}")
        if "arguments" in name:
            data["grounds"][0]["evidence"][0]["limits"] = "It is one coast."
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(_greek(data), allow_unicode=True), encoding="utf-8")
    reading = read_folder(root / "briefs", root)
    found, problems = load(reading.documents, reading.unread, reading.texts)
    assert not [*reading.problems, *problems]
    return found


class _Visible(HTMLParser):
    """Collects what people see and hear: text, and attributes that are read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("style", "script")
        self.texts += [value for name, value in attrs if name in ("aria-label", "title", "alt") and value]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.texts.append(data)


def _visible(html: str) -> str:
    parser = _Visible()
    parser.feed(html)
    return " ".join(" ".join(parser.texts).split())


def _pages(library: Library, words: Wording) -> Iterator[str]:
    """The visible text of a brief's page in every edition."""
    brief = library.briefs["first-brief"].model_copy(update={"language": words.language})
    judgements = argue(library)
    for edition in EDITIONS:
        shown = Selection(name="x", edition=edition, audience="legislator")
        manuscript = compose(library, brief, ROOT / "templates", judgements, shown, wording=words)
        written = article(manuscript, STYLE)
        made = page(
            written, library.house, ROOT / "templates", ROOT / "assets", sisters=[written.metadata], wording=words
        )
        yield _visible(made.html)


class _Marked(gettext.NullTranslations):
    """Says everything in English, but between brackets that nothing else has."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


def _unmarked(text: str) -> str:
    """The text without what stands between the brackets, which lie in each other."""
    rest = re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    return rest if rest == text else _unmarked(rest)


def test_every_word_of_ours_is_a_message(library: Library) -> None:
    """What is on a page comes from the library or from the catalogue, aria-labels included; months are CLDR's."""
    marked, seen = Wording(language="fr", catalogue=_Marked()), 0
    for text in _pages(library, marked):
        seen += text.count("⟦")
        assert set(re.findall(r"[A-Za-zÀ-ÿ]{2,}", _unmarked(text))) <= {"novembre", "mai"}
    assert seen > 400


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    return [text] if isinstance(text, str) else text or ()


@pytest.mark.parametrize("language", ["ar", "de", "es", "fr"])
def test_no_english_stays(library: Library, language: str) -> None:
    """No message is seen in English that has other words in this language."""
    words = wording(ROOT / "assets", language)
    with (ROOT / "assets" / "locale" / f"{language}.po").open("rb") as file:
        entries = [entry for entry in read_po(file) if entry.id]
    english = [text for entry in entries for text in _forms(entry.id)]
    said = " ".join(text for entry in entries for text in _forms(entry.string))
    pieces = {piece.strip(" ,.;:?“”…()") for text in english for piece in re.split(r"\{\w+\}|\*|\[|\]\([^)]*\)", text)}
    foreign = [piece for piece in pieces if len(piece) > 2 and not re.search(rf"\b{re.escape(piece)}\b", said)]
    assert len(foreign) > 150
    for text in _pages(library, words):
        assert not [piece for piece in foreign if re.search(rf"\b{re.escape(piece)}\b", text)]
        if language == "ar":
            assert set(re.findall(r"[A-Za-z]{2,}", text)) <= {"PDF"}


@pytest.mark.parametrize(
    ("language", "tag", "direction"), [("ar", "ar_EG", "rtl"), ("fr-CA", "fr_CA", "ltr"), ("de", "de_DE", "ltr")]
)
def test_a_page_names_its_language(library: Library, language: str, tag: str, direction: str) -> None:
    """Browsers, and those who list the page elsewhere, are told the language and its direction."""
    brief = library.briefs["first-brief"].model_copy(update={"language": language})
    words = wording(ROOT / "assets", language)
    written = article(compose(library, brief, ROOT / "templates", argue(library), wording=words), STYLE)
    html = page(written, library.house, ROOT / "templates", ROOT / "assets", wording=words).html
    assert f'<html lang="{language}" dir="{direction}">' in html
    assert f'<meta property="og:locale" content="{tag}">' in html


@pytest.mark.parametrize(
    ("language", "page_term", "chapter", "edition", "quote"),
    [
        ("en-GB", "(p. 7)", "Chapter 2", "2nd ed.", "“ψ”"),
        ("fr", "(p. 7)", "Chapitre 2", "2ᵉ éd.", "«\N{NARROW NO-BREAK SPACE}ψ\N{NARROW NO-BREAK SPACE}»"),
        ("es", "(p. 7)", "Capítulo 2", "2.ª ed.", "«ψ»"),
        ("de", "(S. 7)", "Kapitel 2", "2. Aufl.", "„ψ“"),
        ("ar", "(ص 7)", "فصل 2", "2nd ed.", "«ψ»"),  # English works are English in all of their reference
    ],
)
def test_citations_have_the_terms_of_the_language(
    library: Library, language: str, page_term: str, chapter: str, edition: str, quote: str
) -> None:
    """Locators of evidence and of prose, references and quotation marks are in the language of the page."""
    brief = library.briefs["first-brief"]
    prose = f'{brief.why_now} "ψ" [@able-2024, chap. 2].'
    source = library.sources["able-2024"].model_copy(update={"edition": "2"})
    changed = library.model_copy(
        update={
            "briefs": {brief.id: brief.model_copy(update={"language": language, "why_now": prose})},
            "sources": {"able-2024": source},
        }
    )
    words = wording(ROOT / "assets", language)
    manuscript = compose(changed, changed.briefs[brief.id], ROOT / "templates", argue(changed), wording=words)
    body = article(manuscript, STYLE).body.replace("\N{NO-BREAK SPACE}", " ")
    text = re.sub("[ \n]+", " ", re.sub(r"<[^>]+>", "", body))
    assert page_term in text
    assert chapter in text
    assert edition in text
    assert quote in text


@pytest.mark.parametrize("reviewed", [False, True])
def test_a_translation_owns_that_nobody_reviewed_it(library: Library, *, reviewed: bool) -> None:
    """The colophon and the imprint say what the original is in, and that no native speaker read it, until one has."""
    catalogue = Catalogue(language="fr", file="briefs/locale/fr.po", reviewed=reviewed)
    told = library.model_copy(update={"original": "en-GB", "catalogues": {"fr": catalogue}})
    for text in _pages(told, wording(ROOT / "assets", "fr")):
        assert "Langue de l\N{RIGHT SINGLE QUOTATION MARK}original : anglais." in text
        assert ("Aucun locuteur natif" in text) is not reviewed


def test_a_catalogue_says_whether_it_was_reviewed() -> None:
    """A new file says that nobody has; whoever reads it takes the line away."""
    text = po.updated((), "", "Test", Catalogue(language="fr", file="fr.po")).text
    assert "# Not reviewed by a native speaker." in text
    assert not po.read(text, "fr.po", "fr")[0].reviewed
    assert po.read(text.replace("# Not reviewed by a native speaker.\n", ""), "fr.po", "fr")[0].reviewed


def test_a_language_without_our_words_is_told_of(tmp_path: Path) -> None:
    """A house whose language has no catalogue is warned that its pages have English words; others are not."""
    briefs = make(tmp_path)
    house = (briefs / "house.yaml").read_text(encoding="utf-8")
    for language, warned in (("nl", True), ("fr-CA", False), ("en-US", False)):
        (briefs / "house.yaml").write_text(house.replace("en-GB", language), encoding="utf-8")
        _, problems = examine(Project.at(tmp_path))
        found = [problem for problem in problems if "our own words in English" in problem.message]
        assert [(problem.rule, problem.severity) for problem in found] == [("untranslated", "warning")] * warned
