"""Mixed directions: names, figures and citations keep together on pages from right to left."""

from __future__ import annotations

import re
import sys
import unicodedata
from dataclasses import replace

import pytest

from pipeline.forms import Passage
from pipeline.problem import Mark
from pipeline.render.article import article
from pipeline.wording.locale import LETTERS_TO_THE_LEFT
from tests.render.test_article import METADATA, PAGE, REPORT, STYLE, manuscript, token

READ = {**REPORT, "custom": {"read": "abstract", "read_label": "قُرئ ملخصه"}}


def said(text: str, language: str = "ar") -> str:
    """The body of a manuscript that holds a text, in a language."""
    made = manuscript(token(0), Passage(text=text, mark=Mark(file="a.yaml")), references=(READ, PAGE))
    return article(replace(made, metadata=replace(METADATA, language=language)), STYLE).body


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("في نموذج Llama 3 Instruct.", 'في نموذج <span dir="ltr">Llama 3 Instruct</span>.'),
        ("وفق Apache 2.0؛ ثم", 'وفق <span dir="ltr">Apache 2.0</span>؛ ثم'),
        ("نموذج وStable Diffusion هنا", 'نموذج و<span dir="ltr">Stable Diffusion</span> هنا'),
        ("نموذج BLOOM (176B)، ثم", 'نموذج <span dir="ltr">BLOOM (176B)</span>، ثم'),
        ("مقابل 6.6% منهم", 'مقابل <span dir="ltr">6.6%</span> منهم'),
        ("الاصطناعي و6.6% بالإنترنت", 'الاصطناعي و<span dir="ltr">6.6%</span> بالإنترنت'),
        ("**1.0**، 23 نوفمبر", "</strong>، 23 نوفمبر"),
        ("مقابل 6.6 منهم", "مقابل 6.6 منهم"),
    ],
)
def test_names_and_per_cents_are_set_apart(text: str, html: str) -> None:
    """What is written in Latin letters keeps its order, without the marks of the sentence around it."""
    assert html in said(text)


def test_a_name_stays_whole_before_a_citation() -> None:
    """A citation takes the name on its line, not the last word of the name, and stands apart from both."""
    html = said("نموذج Llama 3 Instruct [@oecd]")
    assert '<span class="nb"><span dir="ltr">Llama 3 Instruct</span>' in html
    assert '<span class="citation">' in html


def test_references_run_as_they_are_written() -> None:
    """A work with an English name runs from left to right; what is said of it in Arabic is set apart."""
    html = said("نص [@oecd; @hbs]")
    assert '<li id="ref-oecd" value="1" dir="ltr">' in html
    assert '<li id="ref-hbs" value="2" dir="ltr">' in html
    assert '<span class="read read-abstract" dir="rtl">' in html


def test_pages_from_left_to_right_have_none() -> None:
    """English stays as it was."""
    assert "dir=" not in said("A 6.6% [@oecd] نص", "en-GB").partition("<ol")[0]


def test_letters_are_those_of_unicode() -> None:
    """Every letter that runs from right to left is known, and no other but what Unicode keeps free."""
    inside = {code for first, last in LETTERS_TO_THE_LEFT for code in range(first, last + 1)}
    classes = {code: unicodedata.bidirectional(chr(code)) for code in range(sys.maxunicode + 1)}
    right = {code for code, name in classes.items() if name in {"R", "AL"}} - {0x200F}
    assert len(right) > 1_000
    assert right <= inside
    assert not {code for code in inside if classes[code] == "L"}


DATED = {**REPORT, "author": [{"literal": "OECD"}, {"literal": "others"}]}
ARABIC = {**DATED, "title": "انفتاح النماذج", "author": [{"literal": "المعهد"}]}


@pytest.mark.parametrize(
    ("language", "reference", "expected"),
    [
        ("en-GB", DATED, "(2025, August 14)"),
        ("fr", DATED, "(2025, 14 août)"),
        ("de", DATED, "(2025, 14. August)"),
        ("es", DATED, "(2025, 14 de agosto)"),
        ("ar", DATED, "(2025, August 14)"),
        ("ar", ARABIC, "(2025, 14 أغسطس)"),
        ("fr", {**DATED, "issued": {"date-parts": [[2025, 8, 1]]}}, "(2025, 1er août)"),
        ("fr", {**DATED, "issued": {"date-parts": [[2025, 8]]}}, "(2025, août)"),
    ],
)
def test_dates_of_references_are_as_the_language_says_them(
    language: str, reference: dict[str, object], expected: str
) -> None:
    """The day comes first where it does; works in Latin letters have English dates on pages from right to left."""
    words = Passage(text="Said [@oecd].", mark=Mark(file="a.yaml"))
    made = manuscript(token(0), words, references=({**reference, "type": "webpage"},))
    body = article(replace(made, metadata=replace(METADATA, language=language)), STYLE).body
    assert expected in re.sub("<[^>]+>", "", body)


def test_a_note_in_another_language_leaves_the_direction_alone() -> None:
    """What is said of how a work was read runs as its page does, and a part of another language as that does."""
    label = '(قُرئ ملخصه؛ <span lang="en-GB" dir="ltr">Read at commit 7</span>)'
    read = {**READ, "custom": {"read": "abstract", "read_label": label}}
    made = manuscript(token(0), Passage(text="قيل [@oecd].", mark=Mark(file="a.yaml")), references=(read,))
    body = article(replace(made, metadata=replace(METADATA, language="ar")), STYLE).body
    assert f'<span class="read read-abstract" dir="rtl">{label}</span>' in body
