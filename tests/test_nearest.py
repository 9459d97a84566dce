"""What a text says in place of a wrong quotation is found, and shown word by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.nearest import nearest

TEXT = """\
The harbour board met in spring. In those years, wrecks on lit coasts
fell by a third. The board of pilots met in autumn, and wrecks on dark
coasts rose by a half.
"""


def differences(quotation: str, text: str = TEXT) -> list[tuple[str, str]]:
    """What the quotation says, and what the nearest passage of the text has in its place."""
    found = nearest(quotation, text)
    assert found is not None
    return [(found.piece[slice(*item.quoted)], text[slice(*item.stored)]) for item in found.differences]


def test_another_word() -> None:
    """Both words, and nothing else."""
    assert differences("wrecks on lit coasts fell by a quarter") == [("quarter", "third")]


def test_a_word_too_many_and_one_too_few() -> None:
    """One side of each is empty."""
    assert differences("wrecks on all lit coasts fell by third") == [("all", ""), ("", "a")]


def test_another_case_and_another_sign() -> None:
    """They differ too."""
    assert differences("In Those years wrecks on lit coasts") == [("Those", "those"), ("", ",")]


def test_words_from_two_lines() -> None:
    """The passage is given as the text has it."""
    found = nearest("lit coast fell", TEXT)
    assert found is not None
    assert TEXT[found.start : found.end] == "lit coasts\nfell"


def test_only_the_wrong_part_of_an_elided_quotation_is_shown() -> None:
    """The other parts are as they are in the text."""
    found = nearest("harbour board met […] wrecks on dark coasts sank […] half", TEXT)
    assert found is not None
    assert found.piece == "wrecks on dark coasts sank"
    assert TEXT[found.start : found.end] == "wrecks on dark\ncoasts rose"


def test_words_in_brackets_are_not_compared() -> None:
    """They are the writer's."""
    assert differences("wrecks [of ships] on unlit coasts fell") == [("unlit", "lit")]


def test_nothing_is_near() -> None:
    """Where no word is shared, and where all is there in another order."""
    assert nearest("zebra", TEXT) is None
    assert nearest("lit coasts […] harbour board", TEXT) is None


@given(st.text("ab. \n", max_size=60), st.text("abc. […]\n", max_size=60))
def test_places_lie_in_the_text(text: str, quotation: str) -> None:
    """Whatever is compared."""
    found = nearest(quotation, text)
    if found is not None:
        assert 0 <= found.start < found.end <= len(text)
        assert found.differences
        for item in found.differences:
            assert 0 <= item.quoted[0] <= item.quoted[1] <= len(found.piece)
            assert 0 <= item.stored[0] <= item.stored[1] <= len(text)


def test_a_long_quotation_of_one_word_is_aligned_in_parts() -> None:
    """The work is bounded, whatever is compared."""
    assert nearest("a " * 10_000 + "b", "a " * 100_000) is not None
