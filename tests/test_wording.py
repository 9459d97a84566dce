"""Levels, dates and counts read as a person would say them."""

import pytest

from pipeline.wording import letters, reading, words
from pipeline.wording.language import ENGLISH
from pipeline.wording.said import counted


@pytest.mark.parametrize(("level", "said"), [("very-low", "very low"), ("high", "high")])
def test_words(level: str, said: str) -> None:
    """A level's hyphen is not printed."""
    assert words(level) == said


def test_dates() -> None:
    """Days have no leading zero, and months are in full."""
    assert ENGLISH.day("2026-03-01") == "1 March 2026"
    assert ENGLISH.month("2026-12-31") == "December 2026"


@pytest.mark.parametrize(("number", "said"), [(1, "one objection"), (2, "two objections"), (13, "13 objections")])
def test_counted(number: int, said: str) -> None:
    """Small counts are in words."""
    assert counted("one objection", "{number} objections", number) == said


@pytest.mark.parametrize(("number", "said"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")])
def test_letters(number: int, said: str) -> None:
    """After Z comes AA, not a sign."""
    assert letters(number) == said


def test_reading_says_each_way_once() -> None:
    """The sentence gives the total and how many were read in which way; ways without sources are left out."""
    assert reading(3, 2, 1) == (
        "Of the six sources cited, three were read directly, two were read in abstract only "
        "and one is known through a report about it; the references say which."
    )
    assert reading(1, 0, 0) == "Of all sources cited, one was read directly."
    assert reading(0, 4, 0) == "Of all sources cited, four were read in abstract only."
    assert reading(0, 0, 0) == ""
