"""Reading ease is Flesch's, of English alone, and of texts long enough for it."""

from __future__ import annotations

import pytest

from pipeline.flesch import ease
from tests import example
from tests.check.test_labelled import loaded, told

HARD = (
    "Prioritisation necessitates full consideration of institutional responsibilities, local and economic consequences"
)

COUNTED = """
open 2 area 3 any 2 idea 3 model 2 models 2 weights 1 release 2 policy 3 evidence 3 government 3 university 5
transparency 4 openness 3 company 3 people 2 even 2 only 2 over 2 safe 1 safety 2 certain 2 license 2 licence
2 measured 2 documented 4 reported 3 asked 1 used 1 studies 2 study 2 ability 4 evaluate 4 data 2 create 2
being 2 science 2 society 4 benefit 3 benefits 3 risk 1 every 2 other 2 either 2 many 2 money 2 public 2
author 2 authors 2 agency 3 always 2 about 2 again 2 economic 4 economy 4 innovation 4 competition 4
institution 4 regulation 4 developer 4 developers 4 researchers 3 images 3 large 1 larger 2 small 1 trial 2
trials 2 biology 4 access 2 auditor 3 testing 2 tests 1 software 2 computing 3 energy 3 environment 4
environmental 5 responsibility 6 heterogeneous 6 methodological 6 interoperability 8 years 1 year 1 sources 2
source 1 lives 1 made 1
"""
"""Words with their syllables, counted by hand."""


def problems(text: str, house: str = example.HOUSE, more: str = "") -> list[str]:
    """Where the rule finds something in the first brief with this text, and what it says."""
    brief = example.BRIEF.replace("why_now: Winter is near.", f"why_now: >-\n  {text}") + more
    found = told("reading-ease", loaded({"first-brief.yaml": brief, "house.yaml": house}))
    return [f"{problem.mark} {problem.message}" for problem in found]


@pytest.mark.parametrize(
    ("text", "words", "syllables", "count"),
    [
        ("The sun is hot.", 4, 4, 1),
        ("The sun is hot. It is up at six.", 9, 9, 2),
        ("Harbours have a light [@able-2024, p. 4].", 4, 5, 1),
        ("**Wind** is free in 2024.", 5, 5, 1),
    ],
)
def test_score_is_flesch(text: str, words: int, syllables: int, count: int) -> None:
    """Words, sentences and syllables are counted as a reader would, without citations and marks."""
    found = ease(text)
    assert found is not None
    assert found.words == words
    assert found.score == pytest.approx(206.835 - 1.015 * words / count - 84.6 * syllables / words)


def test_syllables_are_nearly_those_that_are_heard() -> None:
    """Of all together no more than one in fifteen is missed or added, though single words differ."""
    words = COUNTED.split()
    heard = sum(int(number) for number in words[1::2])
    found = ease(" ".join(words[::2]))
    assert found is not None
    assert found.words == len(words) / 2 > 80
    syllables = (206.835 - 1.015 * found.words - found.score) / 84.6 * found.words
    assert syllables / heard == pytest.approx(0.96, abs=0.01)


def test_nothing_has_no_score() -> None:
    """A text without words can't be judged."""
    assert ease("[@able-2024]") is None


def test_marks_the_longest_sentence_and_says_it() -> None:
    """The problem stands at the first word of that sentence, with the score."""
    (found,) = problems(f"Wait.\n  Or not. {HARD} and practicability.")
    assert found.startswith("briefs/first-brief.yaml:10:11 this text's reading ease is -")
    assert f"has 13 words: '{HARD} and practicability.'" in found


def test_leaves_other_languages_and_short_texts_alone() -> None:
    """The formula was made for English, and one long name decides what a few words score."""
    long = f"{HARD} and practicability."
    assert len(problems(long)) == 1
    assert problems(f"{HARD}.") == []
    assert problems(long, house=example.HOUSE.replace("en-GB", "de")) == []
    assert problems(long, more="language: fr-CH\n") == []
    assert len(problems(long, house=example.HOUSE.replace("en-GB", "en"))) == 1
