"""A quotation is found where it stands, with the marks that scholars use, and not where a word differs."""

# ruff: noqa: RUF001 - signs that look alike are what this is about

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.folding import words_of
from pipeline.quotation import find

TEXT = """\
The board of harbours found that open lights are ineffective on fog-
gy coasts. Non-binding rules helped: “infor-
mation was shared”, and a follow-
up came. It cost $8.8 trillion and 3–5 wrecks; −4 degrees did not matter.
The results showed gains [12] in all. They do not fail.
"""


@pytest.mark.parametrize(
    ("quotation", "passage"),
    [
        ("board of harbours", "board of harbours"),
        ("Board of harbours", "board of harbours"),
        ("the board", "The board"),
        ("foggy coasts", "fog-\ngy coasts"),
        ("'information was shared', and", "“infor-\nmation was shared”, and"),
        ("a follow-up came", "a follow-\nup came"),
        ("a followup came", "a follow-\nup came"),
        ("a follow- up came", "a follow-\nup came"),
        ("$8.8 trillion and 3-5 wrecks", "$8.8 trillion and 3–5 wrecks"),
        ("-4 degrees", "−4 degrees"),
        ("gains [12] in all", "gains [12] in all"),
        ("open lights […] helped", "open lights are ineffective on fog-\ngy coasts. Non-binding rules helped"),
        ("rules [...] “infor- mation [ . . . ] shared", "rules helped: “infor-\nmation was shared"),
        ("[…] rules helped […]", "rules helped"),
        ("[O]pen lights", "open lights"),
        ("[t]hey do not", "They do not"),
        ("results show[] gains", "results showed gains"),
        ("result[ing]", "results"),
        ("board of [northern] harbours", "board of harbours"),
        ("[The northern] harbours found", "harbours found"),
        ("the [committee] of harbours", "The board of harbours"),
        ("It [the light] cost $8.8 trillion", "It cost $8.8 trillion"),
        ("gains [12] in […] not fail", "gains [12] in all. They do not fail"),
        ("rules [sic] helped", "rules helped"),
        ("THE board", None),
        ("board of harbor", None),
        ("effective", None),
        ("binding rules helped", None),
        ("coasts. Non", None),
        ("8 trillion", None),
        ("5 wrecks", None),
        ("4 degrees", None),
        ("follow", None),
        ("board harbours", None),
        ("board of the harbours", None),
        ("wrecks […] lights", None),
        ("open lights […] binding rules", None),
        ("the [very large committee] of harbours found", "The board of harbours found"),
        ("the [committee] harbours", None),
        ("They [will] fail", None),
        ("They do [always] fail", None),
        ("result[ing] gains", None),
        ("gains in all", None),
        ("[ine]ffective", None),
        ("[…]", None),
        ("[all of it] […]", None),
        ("[", None),
        ("", None),
    ],
)  # fmt: skip
def test_marks_of_scholars(quotation: str, passage: str | None) -> None:
    """The passage is the text's own, with nothing before or behind what is quoted."""
    found = find(quotation, TEXT)
    assert (TEXT[found.start : found.end] if found else None) == passage


@pytest.mark.parametrize(
    ("quotation", "counts"),
    [
        ("open lights", (0, 0)),
        ("gains [12] in all", (0, 0)),
        ("[O]pen lights […] help[ing]: ‘[all] information […] shared", (2, 3)),
        ("[…] rules helped […]", (0, 0)),
    ],
)
def test_says_how_much_was_changed(quotation: str, counts: tuple[int, int]) -> None:
    """Readers can be told of gaps and of words in brackets."""
    found = find(quotation, TEXT)
    assert found is not None
    assert (found.elisions, found.changes) == counts


def test_the_nearest_start_counts() -> None:
    """What is left out is no more than must be."""
    text = "The light. The light was lit."
    found = find("light […] lit", text)
    assert found is not None
    assert text[found.start : found.end] == "light was lit"


WORD = st.text("abcdeéﬁ’АБ日本", min_size=1, max_size=6).filter(lambda word: word[0] != "’" != word[-1])
GAP = st.sampled_from([" ", "  ", "\n", "\r\n\t", "\u00a0", ", ", " — ", ". “", "” (", "; "])


@st.composite
def _texts(draw: st.DrawFn) -> tuple[list[str], str]:
    """Words, and a text of them."""
    words = draw(st.lists(WORD, min_size=1, max_size=40))
    return words, "".join(word + draw(GAP) for word in words)


@st.composite
def _spans(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text, and the places in it of its words from one to another."""
    _, text = draw(_texts())
    words = words_of(text)
    first = draw(st.integers(0, len(words.words) - 1))
    last = draw(st.integers(first, len(words.words) - 1))
    assume(any(word[0].isalnum() for word in words.words[first : last + 1]))
    return text, words.starts[first], words.ends[last]


@given(_spans())
def test_every_span_is_found_where_it_stands(cut: tuple[str, int, int]) -> None:
    """Or earlier, where the same words stood before."""
    text, start, end = cut
    found = find(text[start:end], text)
    assert found is not None
    assert found.start <= start
    there = [word.lower() for word in words_of(text[found.start : found.end]).words]
    assert there == [word.lower() for word in words_of(text[start:end]).words]
    if text.lower().find(text[start:end].lower()) == start and found.start == start:
        assert found.end == end


@given(st.lists(WORD, min_size=1, max_size=40, unique_by=str.lower), st.data())
def test_words_that_come_once_are_found_at_their_place(words: list[str], data: st.DataObject) -> None:
    """To the character."""
    assume(len({word.lower() for word in words_of(" ".join(words)).words}) == len(words))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    text = " ".join(words)
    start = len(" ".join(words[:first])) + (first > 0)
    span = " ".join(words[first : last + 1])
    found = find(span, text)
    assert found is not None
    assert (found.start, found.end) == (start, start + len(span))


@given(_texts(), st.data())
def test_a_changed_word_is_not_found(drawn: tuple[list[str], str], data: st.DataObject) -> None:
    """Wherever in the quotation it stands, and be it put in, left out in silence or put in another's place."""
    words, text = drawn
    place = data.draw(st.integers(0, len(words) - 1))
    for changed in ([*words[:place], "xyz", *words[place + 1 :]], [*words[:place], "xyz", *words[place:]]):
        assert find(" ".join(changed), text) is None
    assert find(f"{text} xyz", text) is None


@given(_spans(), st.data())
def test_words_may_be_left_out_with_a_mark(cut: tuple[str, int, int], data: st.DataObject) -> None:
    """A span with some of its words left out is found within the place of the span, or before."""
    text, start, end = cut
    span = text[start:end]
    words = words_of(span)
    first = data.draw(st.integers(0, len(words.words) - 1))
    last = data.draw(st.integers(first, len(words.words) - 1))
    left = f"{span[: words.starts[first]]} […] {span[words.ends[last] :]}"
    assume(any(character.isalnum() for character in left))
    found = find(left, text)
    assert found is not None
    assert found.end <= end


@given(st.text("[]….a b"), st.text("[]….a b"))
def test_brackets_of_all_kinds_raise_nothing(quotation: str, text: str) -> None:
    """What is found lies in the text."""
    found = find(quotation, text)
    assert found is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize("sign", ["[", "]", "[…]", "[a] ", "[T]he ", "a[ed] ", "[…] a ", "[x] a ", "a-\n", "a’", "1."])
def test_ten_thousand_brackets_are_read_once(sign: str) -> None:
    """A hostile quotation of a hostile text ends, well within the time limit of a test."""
    quotation, text = sign * 10_000, "a " * 50_000 + sign * 50_000
    assert find(quotation + " zzz", text) is None
