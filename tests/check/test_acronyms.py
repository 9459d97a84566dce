"""An acronym is told of where a brief first uses it, and only where nothing gives its words by then."""

from __future__ import annotations

import pytest

from tests import example
from tests.check.test_labelled import loaded, told

WORDS = "Ask the Harbour Safety Board (HSB)."
BARE = "Ask the HSB."


def lines(**changed: str) -> list[str]:
    """The file and line of each acronym that the first brief doesn't explain."""
    names = {"brief": "first-brief.yaml", "house": "house.yaml", "argument": "arguments/lights-help.yaml"}
    found = told("acronym-unexpanded", loaded({names[name]: text for name, text in changed.items()}))
    marks = [str(problem.mark).rsplit(":", 1)[0] for problem in found if "'first-brief'" in problem.message]
    return [mark.removeprefix("briefs/") for mark in marks]


def brief(why_now: str, affected: str, more: str = "") -> str:
    """The example brief with these words, which are read in this order."""
    return example.BRIEF.replace("Winter is near.", why_now).replace("Sailors.", affected) + more


def test_words_count_from_where_they_stand() -> None:
    """Words before the first use are enough, words behind it are too late, and it is told of once."""
    assert lines(brief=brief(WORDS, BARE)) == []
    assert lines(brief=brief(BARE, WORDS)) == ["first-brief.yaml:8"]
    assert lines(brief=brief(BARE, BARE)) == ["first-brief.yaml:8"]


def test_files_are_read_as_the_brief_prints_them() -> None:
    """An argument stands behind the text of the brief, wherever their files stand."""
    argument = example.ARGUMENT.replace("What is seen", "What the XYZ saw").replace("Only one coast was counted.", BARE)
    assert lines(argument=argument) == ["arguments/lights-help.yaml:24"]
    assert lines(argument=argument, brief=brief(WORDS, "Sailors.")) == []


def test_what_is_not_printed_needs_no_words() -> None:
    """A brief that leaves an objection out doesn't use its acronym."""
    argument = example.ARGUMENT.replace("Only one coast was counted.", BARE)
    assert lines(argument=argument, brief=example.BRIEF + "objections: [lights-help/better-charts]\n") == []


@pytest.mark.parametrize(
    "term", ["{term: HSB, meaning: The board.}", "{term: Board, meaning: The harbour board (HB).}"]
)
def test_the_glossary_gives_words(term: str) -> None:
    """It stands at the end, and is there to be looked up."""
    name = "HSB" if "HSB" in term else "HB"
    assert lines(brief=brief(BARE.replace("HSB", name), "Sailors.", f"glossary: [{term}]\n")) == []
    assert lines(brief=brief("Ask the QRT.", "Sailors.", f"glossary: [{term}]\n")) == ["first-brief.yaml:8"]


def test_the_house_says_what_its_readers_know() -> None:
    """What stands in known_acronyms needs no words in any brief."""
    assert lines(brief=brief(BARE, BARE), house=example.HOUSE + "known_acronyms: [HSB]\n") == []
    assert lines(brief=brief(BARE, BARE), house=example.HOUSE + "known_acronyms: [HSC]\n") == ["first-brief.yaml:8"]


def test_each_brief_gives_the_words_itself() -> None:
    """An argument that two briefs print is explained in one of them, and told of for the other."""
    argument = example.ARGUMENT.replace("Only one coast was counted.", BARE)
    changed = {"arguments/lights-help.yaml": argument, "first-brief.yaml": brief(WORDS, "Sailors.")}
    assert ["'second-brief'" in problem.message for problem in told("acronym-unexpanded", loaded(changed))] == [True]
