"""Silence what a comment allows: comments and problems in, the problems that are left out.

A comment allows one rule at one place, `# openbrief: allow RULE because REASON`. One that silences nothing
is a problem itself, and so is one that says no reason: otherwise nobody could tell which still matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from pipeline.check.rule import Rule
from pipeline.problem import Comment, Problem, did_you_mean

FORM = "# openbrief: allow RULE because REASON"
FEWEST_WORDS = 3
"""What a reason needs to be worth reading."""
_ORDER = re.compile(r"allow\b(?:\s+(?P<rule>(?!because\b)[^\s,:]+))?(?:\s+because\b(?P<reason>.*))?")


@dataclass(slots=True)
class Allowances:
    """What comments allow, and which of it was needed."""

    given: dict[str, list[Comment]] = field(default_factory=dict)
    """The comments that allow each rule."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with the comments themselves."""
    used: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, comments: Iterable[Comment], rules: Mapping[str, Rule]) -> Allowances:
        """Read the comments."""
        allowances = cls()
        for comment in comments:
            match = _ORDER.fullmatch(comment.text)
            name = (match and match["rule"]) or ""
            if wrong := _wrong(comment, match, name, rules):
                allowances.problems.append(wrong)
            else:
                allowances.given.setdefault(name, []).append(comment)
        return allowances

    def left(self, problems: Iterable[Problem]) -> Iterator[Problem]:
        """Yield the problems that no comment allows, and remember which comments were needed."""
        for problem in problems:
            allowing = [comment for comment in self.given.get(problem.rule, ()) if comment.covers(problem.mark)]
            self.used.update(map(id, allowing))
            if not allowing:
                yield problem

    def idle(self, asked: Iterable[str]) -> Iterator[Problem]:
        """Yield a problem for each comment that silenced nothing of the rules that were asked."""
        for name in asked:
            for comment in self.given.get(name, ()):
                if id(comment) not in self.used:
                    yield Problem(
                        mark=comment.mark,
                        severity="warning",
                        rule="idle-allowance",
                        message=f"this comment allows '{name}', which finds nothing here",
                        hint="delete it, or put it on the line of the problem or right above it",
                    )


def _wrong(comment: Comment, match: re.Match[str] | None, name: str, rules: Mapping[str, Rule]) -> Problem | None:
    """Say what is wrong with a comment, if anything is."""
    message, hint = "", f"write `{FORM}`"
    if match is None or not name:
        message = "this comment doesn't say which rule it allows"
    elif name not in rules:
        message = f"no rule is called '{name}'"
        hint = did_you_mean(name, [rule.name for rule in rules.values() if rule.allowable]) or "see `openbrief explain`"
    elif not rules[name].allowable:
        message, hint = f"what '{name}' finds can't be allowed", "mend what it finds, and delete this comment"
    elif len((match["reason"] or "").split()) < FEWEST_WORDS:
        message, hint = "this comment gives no reason", "say behind `because` why the rule may be broken here"
    return Problem(mark=comment.mark, rule="wrong-allowance", message=message, hint=hint) if message else None
