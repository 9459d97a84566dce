"""Labelled sentences, and how often a rule that reads prose agrees with their labels.

A file below tests/check/cases/ holds two sets: `tuned` was looked at while the rule was written, `held` was not.
Each has sentences that the rule should tell of (`told`, the words at fault in double brackets) and others (`silent`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import yaml

from pipeline.problem import Problem

CASES = Path(__file__).parent / "cases"
Set = Literal["tuned", "held"]
SETS: tuple[Set, ...] = ("tuned", "held")
_MARKED = re.compile(r"\[\[(.+?)\]\]")


@dataclass(frozen=True, slots=True)
class Case:
    """A text with the place of the word that a rule should tell of; None where it should be silent."""

    text: str
    place: int | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How often a rule is right when it speaks (precision), and how often it speaks when it should (recall)."""

    precision: float
    recall: float
    wrong: tuple[str, ...]


def cases(rule: str, which: Set) -> list[Case]:
    """Read the labelled cases of a rule."""
    sets: Mapping[str, Mapping[str, Sequence[str]]] = yaml.safe_load((CASES / f"{rule}.yaml").read_text("utf-8"))
    return list(_read(sets[which]))


def _read(labelled: Mapping[str, Sequence[str]]) -> Iterator[Case]:
    for text in labelled["told"]:
        marked = _MARKED.search(text)
        yield Case(_MARKED.sub(r"\1", text), marked.start() if marked else 0)
    yield from (Case(text, None) for text in labelled["silent"])


def agreement(labelled: Sequence[Case], places: Callable[[Case], Sequence[int]]) -> Agreement:
    """Hold the places that a rule tells of against the labels; a wrong place is a miss and a false alarm."""
    found = [(case, tuple(places(case))) for case in labelled]
    right = sum(case.place is not None and told == (case.place,) for case, told in found)
    spoken = sum(bool(told) for _, told in found)
    due = sum(case.place is not None for case in labelled)
    wrong = tuple(case.text for case, told in found if told != (() if case.place is None else (case.place,)))
    return Agreement(right / spoken, right / due, wrong)


def column(problem: Problem) -> int:
    """Where a problem stands in a text of one line that is indented by two spaces."""
    return problem.mark.column - 3
