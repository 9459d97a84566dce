"""What is meant for readers who have no product is told at its line."""

from __future__ import annotations

import pytest

from pipeline.check import check
from pipeline.load import load
from pipeline.source import read
from tests import example

BRIEF, ARGUMENT, HOUSE = "first-brief.yaml", "arguments/lights-help.yaml", "house.yaml"
MESSAGE = "  - text: Lights are cheap.\n"
FOR_PRESS = f"{MESSAGE}    audiences: [press]\n"
FOR_TWO = f"{MESSAGE}    audiences: [press, staff]\n"
GROUND = "  - id: fewer-wrecks\n"
PRESS = "products:\n  - {editions: [one-page], audiences: [everyone, press]}\n"


def found(*changes: tuple[str, str, str]) -> list[str]:
    """What the rule finds in the example library with some things changed; without an old text, it is added."""
    files = dict(example.FILES)
    for name, old, new in changes:
        assert old in files[name]
        files[name] = files[name].replace(old, new, 1) if old else files[name] + new
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    return [problem.headline for problem in check(library) if problem.rule == "unread-item"]


@pytest.mark.parametrize(
    ("changes", "place", "says"),
    [
        ([(BRIEF, MESSAGE, FOR_PRESS)], f"{BRIEF}:20:5", "of this brief is planned for press"),
        ([(BRIEF, MESSAGE, FOR_TWO)], f"{BRIEF}:20:5", "of this brief is planned for press or staff"),
        (
            [(HOUSE, "", PRESS), (BRIEF, "", "products: [{}]\n"), (BRIEF, MESSAGE, FOR_PRESS)],
            f"{BRIEF}:20:5",
            "of this brief is planned for press",
        ),
        (
            [(ARGUMENT, GROUND, f"{GROUND}    audiences: [press]\n")],
            f"{ARGUMENT}:9:5",
            "with this argument is planned for press",
        ),
    ],
)
def test_what_nobody_would_read_is_told(changes: list[tuple[str, str, str]], place: str, says: str) -> None:
    """It stands at the audiences of a list item, in a brief or in an argument."""
    assert found(*changes) == [f"briefs/{place}: warning: no product {says}, so this is printed nowhere [unread-item]"]


@pytest.mark.parametrize(
    "changes",
    [
        [(HOUSE, "", PRESS), (BRIEF, MESSAGE, FOR_PRESS)],
        [(BRIEF, "", PRESS), (BRIEF, MESSAGE, FOR_TWO)],
        [(BRIEF, "", PRESS), (ARGUMENT, GROUND, f"{GROUND}    audiences: [press]\n")],
        [(BRIEF, MESSAGE, f"{MESSAGE}    audiences: []\n")],
        [
            (BRIEF, "against: [lights-cost]", "against: []"),
            ("second-brief.yaml", "against: [lights-cost]", "against: []"),
            ("arguments/lights-cost.yaml", "  - id: upkeep\n", "  - id: upkeep\n    audiences: [press]\n"),
        ],
    ],
)
def test_what_somebody_reads_is_good(changes: list[tuple[str, str, str]]) -> None:
    """One product for one of the readers is enough; of an argument that no brief weighs, another rule tells."""
    assert found(*changes) == []
