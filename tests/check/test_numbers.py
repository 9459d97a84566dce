"""Rules that read figures are right as often as their manuals say, on sentences that people in policy would write.

The sentences lie in tests/check/cases/. A rule is tuned on the part `tuned` alone; `held_out` is what tells how it does
on sentences that it has not met.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from pipeline.check import RULES
from pipeline.load import load
from pipeline.source import read
from tests import example

CASES = Path(__file__).parent / "cases"
PARTS = ("tuned", "held_out")
MESSAGE = "no evidence that this rests on states "


class Score(NamedTuple):
    """How often a rule is right."""

    precision: float
    """The share of what it finds that is wrong indeed."""
    recall: float
    """The share of what is wrong that it finds."""

    @classmethod
    def of(cls, expected: Counter[Any], found: Counter[Any]) -> Score:
        """Count what was expected, what was found, and what is in both."""
        both = (expected & found).total()
        return cls(round(both / found.total(), 2), round(both / expected.total(), 2))


MEASURED = {
    ("number-mismatch", "tuned"): Score(1.0, 1.0),
    ("number-mismatch", "held_out"): Score(0.88, 1.0),
    ("diverging-number", "tuned"): Score(1.0, 1.0),
    ("diverging-number", "held_out"): Score(1.0, 0.92),
}
"""What was measured when the rules were last tuned; their manuals print it."""


def cases(rule: str) -> dict[str, list[dict[str, Any]]]:
    """The labelled cases of a rule, in their two parts."""
    text = (CASES / f"{rule}.yaml").read_text(encoding="utf-8")
    return {part: list(items) for part, items in yaml.safe_load(text).items()}


def written(number: int, case: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The files of a case: an argument, and a brief where the sentence stands in one."""
    place = case.get("in", "ground")
    evidence = [
        {"source": f"able-{n}", "finding": finding, "kind": "trial", "strength": "strong"}
        for n, finding in enumerate(case["evidence"])
    ]
    ground = {"id": "it", "text": case["text"] if place == "ground" else "It is so.", "evidence": evidence}
    argument = yaml.safe_load(example.ARGUMENT) | {"grounds": [ground], "objections": []}
    yield f"arguments/case-{number}.yaml", yaml.safe_dump(argument, allow_unicode=True)
    if place == "ground":
        return
    brief = yaml.safe_load(example.BRIEF.replace("lights-help", f"case-{number}").replace("/fewer-wrecks", "/it"))
    if place == "bottom-line":
        brief["bottom_line"] = case["text"]
    else:
        brief["key_messages" if place == "message" else "recommendations"][0]["text"] = case["text"]
    yield f"case-{number}.yaml", yaml.safe_dump(brief, default_flow_style=False, allow_unicode=True)


def mismatches(items: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """What number-mismatch finds in a library made of the cases: which case, and the figure."""
    files = {"house.yaml": example.HOUSE, "sources.yaml": "references: []"} | {
        name: text for number, case in enumerate(items) for name, text in written(number, case)
    }
    library, problems = load(read(text, f"briefs/{name}") for name, text in files.items())
    assert problems == ()
    found = RULES["number-mismatch"].problems(library)
    return Counter((Path(problem.mark.file).stem, problem.message.removeprefix(MESSAGE)) for problem in found)


@pytest.mark.parametrize("part", PARTS)
def test_number_mismatch_is_right_as_often_as_was_measured(part: str) -> None:
    """Each figure counts by itself: one that is found in a sentence where another is wrong is a false alarm."""
    items = cases("number-mismatch")[part]
    expected = Counter((f"case-{n}", f"'{figure}'") for n, case in enumerate(items) for figure in case.get("found", ()))
    found = mismatches(items)
    assert Score.of(expected, found) == MEASURED["number-mismatch", part], {
        "missed": expected - found,
        "false alarms": found - expected,
    }


def briefs(number: int, case: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The files of a pair: an argument, and one or two briefs that rest on its ground or cite its source."""
    evidence = [
        {"source": f"case-{number}", "finding": finding, "kind": "trial", "strength": "strong"}
        for finding in case["evidence"]
    ]
    ground = {"id": "it", "text": "It is so.", "evidence": evidence}
    argument = yaml.safe_load(example.ARGUMENT) | {"grounds": [ground], "objections": []}
    yield f"arguments/case-{number}.yaml", yaml.safe_dump(argument, allow_unicode=True)
    for place in [place for place in ("first", "second") if place in case]:
        brief = yaml.safe_load(example.BRIEF.replace("lights-help", f"case-{number}").replace("/fewer-wrecks", "/it"))
        if case.get("of") == "ground":
            brief["key_messages"][0]["text"] = case[place]
        else:
            brief["why_now"] = f"{case[place].removesuffix('.')} [@case-{number}]."
        yield f"case-{number}-{place}.yaml", yaml.safe_dump(brief, default_flow_style=False, allow_unicode=True)


def divergences(items: list[dict[str, Any]]) -> Counter[tuple[str, str]]:
    """What diverging-number finds in a library made of the pairs: which pair, and the figure."""
    files = {"house.yaml": example.HOUSE, "sources.yaml": "references: []"} | {
        name: text for number, case in enumerate(items) for name, text in briefs(number, case)
    }
    library, problems = load(read(text, f"briefs/{name}") for name, text in files.items())
    assert problems == ()
    found = RULES["diverging-number"].problems(library)
    return Counter(
        (Path(problem.mark.file).stem.rpartition("-")[0], problem.message.split("'")[1]) for problem in found
    )


@pytest.mark.parametrize("part", PARTS)
def test_diverging_number_is_right_as_often_as_was_measured(part: str) -> None:
    """A pair counts as found where the very figure is."""
    items = cases("diverging-number")[part]
    expected = Counter((f"case-{n}", case["found"]) for n, case in enumerate(items) if "found" in case)
    found = divergences(items)
    assert Score.of(expected, found) == MEASURED["diverging-number", part], {
        "missed": expected - found,
        "false alarms": found - expected,
    }


@pytest.mark.parametrize(("rule", "least"), [("number-mismatch", 60), ("diverging-number", 30)])
def test_there_are_enough_cases(rule: str, least: int) -> None:
    """So many with a fault and so many without, a third of them held out."""
    tuned, held_out = cases(rule).values()
    faulty = sum("found" in case for case in (*tuned, *held_out))
    assert faulty >= least
    assert len(tuned) + len(held_out) - faulty >= least
    assert 0.3 < len(held_out) / (len(tuned) + len(held_out)) < 0.4


@pytest.mark.parametrize(("rule", "part"), MEASURED)
def test_manuals_say_what_was_measured(rule: str, part: str) -> None:
    """A reader of the manual learns how far the rule can be trusted."""
    score = MEASURED[rule, part]
    manual = " ".join(RULES[rule].manual.split())
    assert f"{part.replace('_', ' ')} precision {score.precision:.2f}, recall {score.recall:.2f}" in manual


BROKEN = """\
claim: Lights help.
short: Lights help
type: empirical
qualifier: probably
certainty: low
warrant: What is seen can be steered by.
grounds:
  - id: seen
    text: >-
      In 2020, 12 ships were lost, and of those that came home 40% saw the light from
      more than 53 miles, while 12 others did not.
    evidence: [{source: able-2024, finding: 40% saw it; 12 others did not., kind: trial, strength: weak}]
"""


def test_a_problem_stands_at_the_very_figure() -> None:
    """Line and column are those of the figure inside the text, however the text is folded."""
    files = {"house.yaml": example.HOUSE, "sources.yaml": example.SOURCES, "arguments/lights.yaml": BROKEN}
    library, problems = load(read(text, f"briefs/{name}") for name, text in files.items())
    assert problems == ()
    (found,) = RULES["number-mismatch"].problems(library)
    assert (found.mark.line, found.mark.excerpt[found.mark.column - 1 :][:8]) == (11, "53 miles")
    assert "'53 miles'" in found.message
    assert found.hint.startswith("mend the figure")


def test_diverging_figures_name_both_places() -> None:
    """The problem stands at one figure, and its hint names the place of the other."""
    second = example.BRIEF.replace("Winter is near.", "Ships lost fell by 12% on lit coasts [@able-2024].")
    first = second.replace("12%", "35%").replace("Light every", "Pay for every")
    files = example.FILES | {"first-brief.yaml": first, "second-brief.yaml": second}
    library, _ = load(read(text, f"briefs/{name}") for name, text in files.items())
    (found,) = RULES["diverging-number"].problems(library)
    assert (found.mark.file, found.mark.excerpt[found.mark.column - 1 :][:3]) == ("briefs/second-brief.yaml", "12%")
    assert found.hint.startswith("see briefs/first-brief.yaml:8:")
