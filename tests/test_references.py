"""References say how a work was read in the language of the page, and mark what is noted in another."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.csl import Source
from pipeline.references import references
from pipeline.wording.catalogues import wording
from tests.example import ROOT
from tests.test_csl import source


def _label(language: str, note: str, original: str = "en-GB", read: str = "abstract") -> str:
    work = source(**({"note": note} if note else {}), custom={"read": read})
    (item,) = references([work], wording(ROOT / "assets", language), original)
    label: str = item["custom"]["read_label"]
    return label


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en-GB", "(read in abstract; address of a copy)"),
        ("fr", "(lu en résumé\N{NARROW NO-BREAK SPACE}; adresse d\N{RIGHT SINGLE QUOTATION MARK}une copie)"),
        ("ar", "(قُرئ ملخصه؛ الرابط إلى نسخة)"),
    ],
)
def test_what_is_noted_again_and_again_is_in_our_words(language: str, expected: str) -> None:
    """It comes after how the work was read, in the language of the page."""
    assert _label(language, "Address of a copy") == expected


def test_other_notes_are_marked_with_their_language() -> None:
    """Only they are, where several stand together; in the language that they are in nothing is marked."""
    note = "Study by <us> & them. Address of a copy"
    marked = '<span lang="en-GB" dir="ltr">Study by &lt;us&gt; &amp; them</span>'
    assert _label("ar", note, read="full") == f"({marked}؛ الرابط إلى نسخة)"
    assert _label("en-GB", note, read="full") == "(study by &lt;us&gt; &amp; them. Address of a copy)"
    assert _label("en-GB", note, original="", read="full") == "(study by &lt;us&gt; &amp; them. Address of a copy)"
    assert _label("fr", "", read="full") == ""


@pytest.mark.parametrize(
    ("read", "expected"),
    [
        ("full", "(vu dans une copie)"),
        ("abstract", "(lu en résumé\N{NARROW NO-BREAK SPACE}; vu dans une copie)"),
        ("secondary", "(connu par un compte rendu)"),
    ],
)
def test_a_copy_that_was_seen_is_told(read: str, expected: str) -> None:
    """The reference has the address of the work itself; of a work that was not seen at all no copy was."""
    work = source(custom={"read": read, "copy_url": "https://example.org/copy"})
    (item,) = references([work], wording(ROOT / "assets", "fr"), "en-GB")
    assert item["custom"]["read_label"] == expected
    assert "example.org/copy" not in str(item)


@pytest.mark.parametrize(
    ("language", "title", "others"),
    [
        ("en-GB", "Lights", "others"),
        ("fr", "Lights", "autres"),
        ("ar", "Lights", "others"),
        ("ar", "المنارات", "آخرون"),
    ],
)
def test_further_authors_are_in_the_language_of_the_reference(language: str, title: str, others: str) -> None:
    """That of works in Latin letters is English where the page runs from right to left."""
    authors: list[dict[str, Any]] = [{"literal": name} for name in "ABCDE"]
    work: Source = source(title=title, author=authors)
    (item,) = references([work], wording(ROOT / "assets", language), "en-GB")
    assert item["author"][3:] == [{"literal": others}]
