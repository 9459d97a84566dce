"""What refers to nothing is named where it stands; what nothing refers to is named too."""

from __future__ import annotations

import pytest

from pipeline.check import check
from pipeline.load import load
from pipeline.problem import Problem
from pipeline.source import read
from tests import example

BRIEF, ARGUMENT = "first-brief.yaml", "arguments/lights-help.yaml"
FIGURE, HOUSE = "figures/wrecks.yaml", "house.yaml"
PLACED = '{{ figure("wrecks") }}'


def found(name: str, old: str, new: str) -> list[Problem]:
    """What the rules find in the example library with one thing changed."""
    text = example.FILES[name]
    assert old in text
    files = example.FILES | {name: text.replace(old, new, 1)}
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    return list(check(library))


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (ARGUMENT, "target: fewer-wrecks", "target: better-charts",
         "20:13: error: the argument 'lights-help' has no ground 'better-charts' [unknown-ground]"),
        (BRIEF, "rests_on: [lights-help/fewer-wrecks]", "rests_on: [lights-help/fewer-wreck]",
         "18:16: error: the argument 'lights-help' has no ground or objection 'fewer-wreck' [unknown-ground]"),
        (BRIEF, "rests_on: [lights-help/fewer-wrecks]", "rests_on: [light-help/fewer-wrecks]",
         "18:16: error: no argument is called 'light-help' [unknown-argument]"),
        (BRIEF, "affected: Sailors.", "objections: [lights-help/fewer-wrecks]",
         "9:14: error: the argument 'lights-help' has no objection 'fewer-wrecks' [unknown-ground]"),
        (BRIEF, "affected: Sailors.", "objections: [lights-help]",
         "9:14: error: 'lights-help' is an argument, and an objection is needed here [unknown-ground]"),
        (BRIEF, "affected: Sailors.", "grounds: [lights-help]",
         "9:11: error: 'lights-help' is an argument, and a ground is needed here [unknown-ground]"),
        (BRIEF, "affected: Sailors.", "pull_figures: [{value: 9, text: Wrecks., source: abel-2024}]",
         "9:50: error: no source has the citekey 'abel-2024' [unknown-source]"),
        (BRIEF, "affected: Sailors.", 'affected: "Sailors [see @able-2024; -@{abel-2024}]."',
         "9:37: error: no source has the citekey 'abel-2024' [unknown-source]"),
        (BRIEF, "affected: Sailors.", "affected: >\n  Sailors\n  (@able-2024) and @able-2024\n  and @abel-2024. Too",
         "12:7: error: no source has the citekey 'abel-2024' [unknown-source]"),
        (ARGUMENT, "finding: Wrecks fell by a third.", 'finding: "Wr\\u0065cks: @able\\x2d2023"',
         "12:18: error: no source has the citekey 'able-2023' [unknown-source]"),
        (FIGURE, "sources: [able-2024]", "sources: [able-2024, b]",
         "5:22: error: no source has the citekey 'b' [unknown-source]"),
        (HOUSE, "contact: Write to us.", "contact: Write to @us.",
         "7:19: error: no source has the citekey 'us' [unknown-source]"),
        (BRIEF, PLACED, f"{PLACED}\n\n  See [](#figure-wreck).",
         "15:7: error: this brief places no figure 'wreck' [unknown-figure]"),
        (BRIEF, PLACED, f"See {PLACED}.", "13:7: error: these braces place no figure [unknown-figure]"),
        (BRIEF, PLACED, f"{PLACED}\n\n  {{{{ picture }}}}",
         "15:3: error: these braces place no figure [unknown-figure]"),
        (BRIEF, "affected: Sailors.", "figures: [wreck]", "9:11: error: no figure is called 'wreck' [unknown-figure]"),
        (BRIEF, "affected: Sailors.", "figures: [wrecks]",
         "13:3: error: this brief places the figure 'wrecks' twice [repeated-figure]"),
        (BRIEF, PLACED, f"{PLACED}\n\n  {PLACED}",
         "15:3: error: this brief places the figure 'wrecks' twice [repeated-figure]"),
        (ARGUMENT, "warrant: What", f"warrant: |\n  What\n\n  {PLACED}\n\n ",
         "9:3: error: only a brief can place a figure [misplaced-figure]"),
        (HOUSE, "contact: Write", "contact: See [](#figure-wrecks). Write",
         "7:14: error: only a brief can mention a figure [misplaced-figure]"),
        (FIGURE, "unit: wrecks", "note: See [](#figure-wrecks).\nunit: wrecks",
         "6:11: error: only a brief can mention a figure [misplaced-figure]"),
        (HOUSE, "series: Policy brief\n", "series: Brief\nseverities: {unknown-argument: off}\n",
         "3:14: error: the severity of 'unknown-argument' can't be changed [wrong-value]"),
        (HOUSE, "series: Policy brief\n", "series: Brief\nseverities: {unused-sorce: off}\n",
         "3:14: error: no rule is called 'unused-sorce' [wrong-value]"),
        (HOUSE, "series: Policy brief\n", "series: Brief\nseverities: {syntax: off}\n",
         "3:14: error: the severity of 'syntax' can't be changed [wrong-value]"),
    ],
)  # fmt: skip
def test_names_what_refers_to_nothing(name: str, old: str, new: str, expected: str) -> None:
    """Each reference is looked up, in fields and in prose, and shown at its own place."""
    assert [problem.headline for problem in found(name, old, new)] == [f"briefs/{name}:{expected}"]


@pytest.mark.parametrize(
    "text",
    [
        "Write to us@example.org.",
        "Write to \\\\@us.",
        "Write to <mailto:us@example.org>.",
        "See https://example.org/@us/1.",
    ],
)
def test_an_at_sign_is_not_always_a_citation(text: str) -> None:
    """Addresses and escaped signs cite nothing."""
    assert found(HOUSE, "contact: Write to us.", f'contact: "{text}"') == []


@pytest.mark.parametrize(
    ("severity", "expected"), [("off", []), ("warning", ["warning", "warning"]), ("error", ["error", "error"])]
)
def test_the_house_weighs_rules(severity: str, expected: list[str]) -> None:
    """house.yaml turns a rule off, or makes it weigh more or less."""
    house = f"series: Policy brief\nseverities: {{one-of-three: {severity}}}\n"
    objections = "\n  - {id: a, text: A., kind: rebuts}\n  - {id: b, text: B., kind: rebuts, open: C., conceded: D.}"
    files = example.FILES | {
        HOUSE: example.HOUSE.replace("series: Policy brief\n", house),
        ARGUMENT: example.ARGUMENT.rstrip() + objections + "\n",
    }
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    assert [problem.severity for problem in check(library)] == expected


def test_what_nothing_uses_is_a_warning() -> None:
    """A source, an argument and a figure that nothing uses don't stop a build."""
    files = example.FILES | {
        "sources.yaml": example.SOURCES + "  - {id: b, type: document, title: B, custom: {read: full}}\n",
        "arguments/b.yaml": example.ARGUMENT,
        "figures/b.yaml": example.FIGURE,
    }
    library, _ = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert [problem.headline for problem in check(library)] == [
        "briefs/arguments/b.yaml:1:1: warning: no brief uses the argument 'b' [unused-argument]",
        "briefs/figures/b.yaml:1:1: warning: no brief places the figure 'b' [unused-figure]",
        "briefs/sources.yaml:10:10: warning: nothing cites the source 'b' [unused-source]",
    ]


def test_two_products_never_have_one_name() -> None:
    """The full edition of one brief, and the usual one of a brief whose slug ends so."""
    plan = "products:\n  - {editions: [brief, full], audiences: [press]}\nname: Example house"
    files = example.FILES | {HOUSE: example.FILES[HOUSE].replace("name: Example house", plan)}
    files |= {"second-brief-full.yaml": files["second-brief.yaml"]}
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    assert not [each for each in check(library) if each.rule == "product-name"]  # it bears its plain name
    own = "products:\n  - {}\n  - {audiences: [press]}\n"
    files["second-brief-full.yaml"] += own
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    told = [each for each in check(library) if each.rule == "product-name"]
    assert [(each.mark.file, each.message) for each in told] == [
        (
            "briefs/second-brief-full.yaml",
            "the files of two products would be called 'second-brief-full-press.en-GB'; the other is of 'second-brief'",
        )
    ]
