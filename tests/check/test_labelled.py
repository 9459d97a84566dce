"""Rules that read prose are right as often as their manuals say, on labelled sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pytest

from pipeline.check import RULES
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.source import read
from tests import example
from tests.check.labelled import SETS, Agreement, Case, Set, agreement, cases, column

RECORDED: Mapping[str, Mapping[Set, tuple[float, float]]] = {
    "overclaim": {"tuned": (1.00, 1.00), "held": (0.91, 0.95)},
    "acronym-unexpanded": {"tuned": (0.98, 1.00), "held": (0.95, 1.00)},
    "reading-ease": {"tuned": (0.96, 0.96), "held": (0.89, 0.96)},
}
"""Precision and recall, measured; a rule below 0.9 may warn and not stop."""
STATED = re.compile(r"precision (\d\.\d\d)\s+and\s+recall (\d\.\d\d)")
each = pytest.mark.parametrize(("rule", "which"), [(rule, which) for rule in RECORDED for which in SETS])


def loaded(changed: Mapping[str, str]) -> Library:
    """The example library with some of its files changed."""
    files = {**example.FILES, **changed}
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    return library


def told(rule: str, library: Library) -> list[Problem]:
    """What one rule finds in a library."""
    return list(RULES[rule].problems(library))


def as_claims(labelled: Sequence[Case]) -> dict[str, list[int]]:
    """What `overclaim` finds in each case, as the claim of an argument that is held with moderate certainty."""
    body = example.ARGUMENT.partition("\n")[2]
    library = loaded(
        {f"arguments/case-{n}.yaml": f"claim: |-\n  {case.text}\n{body}" for n, case in enumerate(labelled)}
    )
    found: dict[str, list[int]] = {case.text: [] for case in labelled}
    for problem in told("overclaim", library):
        id = re.fullmatch(r"briefs/arguments/case-(\d+)\.yaml", problem.mark.file)
        assert id, problem.headline
        found[labelled[int(id[1])].text].append(column(problem))
    return found


def as_backgrounds(rule: str, labelled: Sequence[Case]) -> dict[str, list[int]]:
    """What a rule finds in each case, as the background of a brief."""
    before, _, after = example.BRIEF.partition("background: |\n")
    after = after[after.index("arguments:") :]
    briefs = {f"case-{n}.yaml": f"{before}background: |\n  {case.text}\n{after}" for n, case in enumerate(labelled)}
    found: dict[str, list[int]] = {case.text: [] for case in labelled}
    for problem in told(rule, loaded(briefs)):
        id = re.fullmatch(r"briefs/case-(\d+)\.yaml", problem.mark.file)
        assert id, problem.headline
        found[labelled[int(id[1])].text].append(column(problem))
    return found


FINDERS: Mapping[str, Callable[[Sequence[Case]], dict[str, list[int]]]] = {
    "overclaim": as_claims,
    "acronym-unexpanded": partial(as_backgrounds, "acronym-unexpanded"),
    "reading-ease": partial(as_backgrounds, "reading-ease"),
}


def measured(rule: str, which: Set) -> Agreement:
    """How often a rule agrees with the labels of one set."""
    labelled = cases(rule, which)
    found = FINDERS[rule](labelled)
    return agreement(labelled, lambda case: found[case.text])


@pytest.mark.parametrize("rule", RECORDED)
def test_there_are_enough_cases(rule: str) -> None:
    """At least 60 of each label, no text twice, and about a third held out."""
    sets = {which: cases(rule, which) for which in SETS}
    whole = [case for labelled in sets.values() for case in labelled]
    assert sum(case.place is not None for case in whole) >= 60
    assert sum(case.place is None for case in whole) >= 60
    assert len({case.text for case in whole}) == len(whole)
    assert 0.3 < len(sets["held"]) / len(whole) < 0.5


@each
def test_rule_is_as_good_as_recorded(rule: str, which: Set) -> None:
    """Precision and recall are what was measured when the rule was made."""
    found = measured(rule, which)
    assert (round(found.precision, 2), round(found.recall, 2)) == RECORDED[rule][which], found.wrong


@pytest.mark.parametrize("rule", RECORDED)
def test_manual_states_what_is_measured(rule: str) -> None:
    """The first figures of a manual are those of the tuned cases, the second those of the held ones."""
    stated = [(float(precision), float(recall)) for precision, recall in STATED.findall(RULES[rule].manual)]
    assert stated == [RECORDED[rule][which] for which in SETS]


@pytest.mark.parametrize("rule", RECORDED)
def test_rule_that_errs_warns(rule: str) -> None:
    """No rule that goes by words stops a build."""
    assert RULES[rule].severity == "warning"
