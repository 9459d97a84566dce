"""Text is folded so that what only looks different is the same, and every word knows where it stood."""

# ruff: noqa: RUF001 - signs that look alike are what this is about

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.folding import fold, words_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("“Light,” it says", "'Light,' it says"),
        ("harbour’s", "harbour's"),
        ("1850–1860 — or later", "1850-1860 - or later"),
        ("a -- b", "a — b"),
        ("oﬃce", "office"),
        ("cafe\u0301", "café"),
        ("one\u00a0two\u2003three\r\nfour\tfive", "one two three four five"),
        ("light\u200bhouse", "lighthouse"),
        ("light\u00adhouse", "lighthouse"),
        ("light\u00ad\nhouse", "lighthouse"),
        ("light-\n    house", "lighthouse"),
        ("and so on…", "and so on..."),
        ("ＬＩＧＨＴ ½", "LIGHT 1⁄2"),
        ("H₂O 10²", "H2O 102"),
        ("ﾊﾞ", "バ"),
        ("각", "각"),
    ],
)
def test_what_looks_alike_is_the_same(one: str, other: str) -> None:
    """The words of both are equal."""
    assert words_of(one).words == words_of(other).words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("light", "Light"),
        ("8.8", "88"),
        ("can't", "cant"),
        ("re-sign", "resign"),
        ("No, light", "No light"),
        ("5 %", "5"),
    ],
)
def test_what_can_mean_something_else_stays_different(one: str, other: str) -> None:
    """Capitals, points, apostrophes, hyphens and signs are kept."""
    assert words_of(one).words != words_of(other).words


@given(st.text())
@example("ﾊﾞ̣́e̿")
@example("각\u11a8")
def test_characters_are_those_of_nfkc(text: str) -> None:
    """Folded one by one, they are what Unicode gives for the whole, but for the signs that are made alike."""
    alike = str.maketrans(dict.fromkeys('"`‘’‚‛“”„‟‹›«»′″‴´-‐‑‒–—―−⸺⸻\u00ad', None))
    text = text.translate(alike)
    whole = "".join(sign for sign in unicodedata.normalize("NFKC", text) if unicodedata.category(sign) != "Cf")
    if not any(unicodedata.category(sign) == "Cf" for sign in text):
        assert fold(text).text.translate(alike) == whole.translate(alike)


@given(st.text() | st.text("ab '’-–\n\u200b\u0301ﬁé½ﾞ1."))
def test_places_point_at_what_was_folded(text: str) -> None:
    """Each word, cut out of the text as it was and folded again, begins with the same letters, and none overlaps."""
    text = text.replace("\N{SOFT HYPHEN}", "")  # what it is depends on what follows
    words = words_of(text)
    assert len(words.linked) == len(words.words) + 1
    assert list(words.starts) == sorted(words.starts)
    for word, start, end in zip(words.words, words.starts, words.ends, strict=True):
        assert 0 <= start < end <= len(text)
        again = "".join(words_of(text[start:end]).words)
        assert word in again
