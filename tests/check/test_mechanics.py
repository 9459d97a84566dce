"""Severities of files and comments that allow: what the house and the writers say of the rules."""

from __future__ import annotations

import pytest

from pipeline.check import RULES, check
from pipeline.check.severities import pattern
from pipeline.load import load
from pipeline.source import read
from tests import example

ARGUMENT, BRIEF, HOUSE = "arguments/lights-help.yaml", "first-brief.yaml", "house.yaml"
SURE = "certainty: high"
REASON = "because the trial is under way"


def found(today: str | None = None, **changed: str) -> list[str]:
    """The headlines of all problems of the example library with some files changed, without their folder."""
    files = example.FILES | {name: text for name, text in changed.items() if text}
    library, problems = load(read(text, f"briefs/{name}") for name, text in files.items())
    return [problem.headline.removeprefix("briefs/") for problem in (*problems, *check(library, today))]


def argument(old: str, new: str) -> dict[str, str]:
    """The argument with one thing changed."""
    assert old in example.ARGUMENT
    return {ARGUMENT: example.ARGUMENT.replace(old, new, 1)}


def house(lines: str) -> dict[str, str]:
    """The house with lines added."""
    return {HOUSE: f"{example.HOUSE}{lines}\n"}


UNSURE = "arguments/lights-help.yaml:5:12: warning: none of the evidence can show a cause, and this says 'high'"


def test_a_rule_finds_what_the_next_tests_silence() -> None:
    """One warning, at the value."""
    assert found(**argument("certainty: moderate", SURE)) == [f"{UNSURE} [causal-evidence]"]


@pytest.mark.parametrize(
    "text",
    [
        f"{SURE}  # openbrief: allow causal-evidence {REASON}",
        f"# openbrief: allow causal-evidence {REASON}\n{SURE}",
        f"# openbrief: allow causal-evidence {REASON}\n\n# a remark\n{SURE}",
        f"#   openbrief:   allow   causal-evidence   {REASON}\n{SURE}",
        f"certainty: >-  # openbrief: allow causal-evidence {REASON}\n  high",
    ],
)
def test_a_comment_allows_a_rule_at_its_line_or_the_next(text: str) -> None:
    """On the line itself, or above it with nothing but remarks between."""
    assert found(**argument("certainty: moderate", text)) == []


@pytest.mark.parametrize(
    ("comment", "expected"),
    [
        ("allow causal-evidence", "wrong-allowance: this comment gives no reason"),
        ("allow causal-evidence because", "wrong-allowance: this comment gives no reason"),
        ("allow causal-evidence because reasons", "wrong-allowance: this comment gives no reason"),
        (f"allow casual-evidence {REASON}", "wrong-allowance: no rule is called 'casual-evidence'"),
        (f"allow syntax {REASON}", "wrong-allowance: what 'syntax' finds can't be allowed"),
        (f"allow unknown-source {REASON}", "wrong-allowance: what 'unknown-source' finds can't be allowed"),
        (f"allow idle-allowance {REASON}", "wrong-allowance: what 'idle-allowance' finds can't be allowed"),
        (f"allow {REASON}", "wrong-allowance: this comment doesn't say which rule it allows"),
        ("", "wrong-allowance: this comment doesn't say which rule it allows"),
        (f"ignore causal-evidence {REASON}", "wrong-allowance: this comment doesn't say which rule it allows"),
        (
            f"allow title-length {REASON}",
            "idle-allowance: this comment allows 'title-length', which finds nothing here",
        ),
    ],
)
def test_a_comment_that_allows_nothing_is_a_problem(comment: str, expected: str) -> None:
    """It silences nothing, and is told at its own place."""
    library, _ = load(
        read(text, f"briefs/{name}")
        for name, text in (example.FILES | argument("certainty: moderate", f"{SURE} # openbrief: {comment}")).items()
    )
    wrong, *others = sorted(check(library), key=lambda problem: "allowance" not in problem.rule)
    assert f"{wrong.rule}: {wrong.message}" == expected
    assert (wrong.mark.line, wrong.mark.column) == (5, 17)
    assert wrong.hint
    assert wrong.severity == RULES[wrong.rule].severity
    assert [problem.rule for problem in others] == ["causal-evidence"]


def test_a_comment_says_nothing_of_other_lines() -> None:
    """An allowance two lines up leaves the problem, and is idle."""
    text = example.ARGUMENT.replace("certainty: moderate", SURE)
    text = text.replace("type: causal", f"type: causal  # openbrief: allow causal-evidence {REASON}")
    assert [headline.rpartition("[")[2] for headline in found(**{ARGUMENT: text})] == [
        "idle-allowance]",
        "causal-evidence]",
    ]


def test_an_allowance_is_not_idle_for_want_of_a_day_or_a_file() -> None:
    """Nothing is said of a rule that wasn't asked, or could not see the whole library."""
    allowed = f"# openbrief: allow past-review {REASON}\nreview_by: 2026-11-22"
    brief = {BRIEF: example.BRIEF.replace("review_by: 2027-05-23", allowed)}
    assert found(**brief) == []
    assert found("2026-11-22", **brief) == [
        "first-brief.yaml:6:1: warning: this comment allows 'past-review', which finds nothing here [idle-allowance]"
    ]
    assert found("2026-11-23", **brief) == []
    broken = {"figures/wrecks.yaml": example.FIGURE.replace("unit:", "unti:")}
    assert [line.rpartition("[")[2] for line in found("2026-11-22", **brief, **broken)] == ["unknown-key]"]


@pytest.mark.parametrize(
    ("lines", "severity"),
    [
        ("severities: {causal-evidence: error}", "error"),
        ("severities: {causal-evidence: off}", None),
        ("severities_for: [{files: 'briefs/arguments/*.yaml', rules: {causal-evidence: off}}]", None),
        ("severities_for: [{files: '**/lights-*.yaml', rules: {causal-evidence: error}}]", "error"),
        ("severities_for: [{files: 'briefs/*.yaml', rules: {causal-evidence: off}}]", "warning"),
        (
            "severities: {causal-evidence: off}\nseverities_for: [{files: '**', rules: {causal-evidence: error}}]",
            "error",
        ),
        (
            """severities_for:
  - {files: '**', rules: {causal-evidence: error}}
  - {files: '**/lights-help.yaml', rules: {causal-evidence: off, title-length: error}}""",
            None,
        ),
    ],
)
def test_the_house_weighs_rules_by_file(lines: str, severity: str | None) -> None:
    """A pattern beats the whole library, and the last pattern that fits beats the others."""
    files = {**house(lines), **argument("certainty: moderate", SURE)}
    assert found(**files) == ([UNSURE.replace("warning", severity) + " [causal-evidence]"] if severity else [])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (
            "severities_for: [{files: briefs/arguments/light-help.yaml, rules: {title-length: off}}]",
            "14:26: error: no file is called 'briefs/arguments/light-help.yaml' [wrong-value]",
        ),
        (
            "severities_for: [{files: 'arguments/*.yaml', rules: {title-length: off}}]",
            "14:26: error: no file is called 'arguments/*.yaml' [wrong-value]",
        ),
        (
            "severities_for: [{files: 'briefs/*', rules: {title-lenght: off}}]",
            "14:46: error: no rule is called 'title-lenght' [wrong-value]",
        ),
        (
            "severities_for: [{files: 'briefs/*', rules: {syntax: off}}]",
            "14:46: error: the severity of 'syntax' can't be changed [wrong-value]",
        ),
        (
            "severities_for: [{files: 'briefs/*', rules: {title-length: of}}]",
            "14:60: error: 'of' is not one of off, warning or error [wrong-value]",
        ),
        (
            "severities_for: [{file: 'briefs/*', rules: {title-length: off}}]",
            "14:19: error: the key 'file' is not known here [unknown-key]",
        ),
    ],
)
def test_a_severity_that_changes_nothing_is_a_problem(lines: str, expected: str) -> None:
    """A pattern without a file, a rule that isn't there or can't be changed, a weight that is none."""
    assert found(**house(lines)) == [f"house.yaml:{expected}"]


@pytest.mark.parametrize(
    ("files", "fits", "misses"),
    [
        ("briefs/*.yaml", "briefs/a.yaml", "briefs/arguments/a.yaml"),
        ("briefs/**", "briefs/arguments/a.yaml", "brief/a.yaml"),
        ("**/a.yaml", "a.yaml", "briefs/ba.yaml"),
        ("briefs/draft-?.yaml", "briefs/draft-1.yaml", "briefs/draft-12.yaml"),
        ("briefs/a+b.yaml", "briefs/a+b.yaml", "briefs/aab.yaml"),
    ],
)
def test_patterns_of_files(files: str, fits: str, misses: str) -> None:
    """Jokers stop at a stroke, two stars don't, and all else stands for itself."""
    assert pattern(files).fullmatch(fits)
    assert not pattern(files).fullmatch(misses)
