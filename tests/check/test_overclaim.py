"""Firm words are told of where what they rest on is held with doubt, and nowhere else."""

from __future__ import annotations

import pytest

from tests import example
from tests.check.test_labelled import loaded, told

FIRM = "Lights will help."
FIELDS = {
    "claim": ("arguments/lights-help.yaml", example.ARGUMENT, "Lighthouses make harbours safer."),
    "short": ("arguments/lights-help.yaml", example.ARGUMENT, "Lighthouses help"),
    "ground": ("arguments/lights-help.yaml", example.ARGUMENT, "Harbours with a light saw fewer wrecks."),
    "bottom line": ("first-brief.yaml", example.BRIEF, "Every harbour should have a light."),
    "key message": ("first-brief.yaml", example.BRIEF, "Lights make harbours safer."),
    "recommendation": ("first-brief.yaml", example.BRIEF, "Light every harbour."),
}


def marks(file: str, text: str, **others: str) -> list[str]:
    """Where the rule finds something in the example library with this file."""
    return [str(problem.mark) for problem in told("overclaim", loaded({**others, file: text}))]


@pytest.mark.parametrize("field", FIELDS)
def test_looks_at_what_is_held_with_doubt(field: str) -> None:
    """Each field is marked at the very word, and only while certainty and qualifier leave doubt."""
    file, text, old = FIELDS[field]
    new = text.replace(old, FIRM, 1)
    line = next(number for number, line in enumerate(new.splitlines(), 1) if FIRM in line)
    at = new.splitlines()[line - 1].index("will") + 1
    assert marks(file, new) == [f"briefs/{file}:{line}:{at}"]
    sure = {"arguments/lights-help.yaml": _sure(new if file.startswith("arguments") else example.ARGUMENT)}
    assert marks(file, sure.get(file, new), **sure) == []


def _sure(argument: str) -> str:
    return argument.replace("moderate\nwarrant", "high\nwarrant").replace("probably", "very-likely")


@pytest.mark.parametrize("change", [("certainty: moderate", "certainty: high"), ("probably", "very-likely")])
def test_either_doubt_is_enough(change: tuple[str, str]) -> None:
    """A hedged qualifier counts as much as a low certainty."""
    text = example.ARGUMENT.replace(FIELDS["claim"][2], FIRM, 1).replace(*change)
    assert len(marks("arguments/lights-help.yaml", text)) == 1


def test_marks_the_word_in_a_folded_text() -> None:
    """Lines, stress and citations before it don't move the mark, and a phrase may go over the end of a line."""
    text = example.ARGUMENT.replace(
        f"claim: {FIELDS['claim'][2]}", "claim: >-\n  **Some** will say so [@able-2024]. This is the\n  only way."
    )
    found = marks("arguments/lights-help.yaml", text.replace("will say", "say"))
    assert found == ["briefs/arguments/lights-help.yaml:2:41"]


def test_leaves_objections_alone() -> None:
    """Who speaks against a claim may put it firmly."""
    assert (
        marks("arguments/lights-help.yaml", example.ARGUMENT.replace("Only one coast", "Fog will win. One coast")) == []
    )
