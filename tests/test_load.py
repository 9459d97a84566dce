"""Documents become records, and all mistakes of all files come at once, in words and at their places."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.check import RULES, check
from pipeline.figure import FIGURE_RECORDS
from pipeline.forms import Document
from pipeline.load import load
from pipeline.model import Library, NotEstimated
from pipeline.problem import Marks, Refused, as_text, in_order
from pipeline.source import read, read_folder
from tests import example

BRIEF, ARGUMENT = "first-brief.yaml", "arguments/lights-help.yaml"
FIGURE, SOURCES, HOUSE = "figures/wrecks.yaml", "sources.yaml", "house.yaml"


def taken(edit: str, sign: str) -> str:
    """The lines of an edit that start with a sign, without it."""
    return "\n".join(line.removeprefix(sign) for line in edit.splitlines() if line.startswith(sign))


OPTION = "benefits: Calm., harms: Wrecks."
TEXT = (Path(__file__).parent / "cases/mistakes.txt").read_text(encoding="utf-8")
CASES = [
    (name, taken(edit, "- "), taken(edit, "+ "), expected.strip("\n"))
    for name, edit, expected in re.findall(r"^## (.+)\n((?:[-+] .*\n)+)~~~\n((?:.+\n)+)", TEXT, flags=re.MULTILINE)
]
each_case = pytest.mark.parametrize(
    ("name", "old", "new", "expected"), CASES, ids=[f"{name}: {new}" for name, _, new, _ in CASES]
)


FOUR_MISTAKES = """\
briefs/arguments/lights-help.yaml:12:42: error: no source has the citekey 'baker-2023' [unknown-source]
            finding: Wrecks fell by a third [@baker-2023].
                                             ^
hint: add it to briefs/sources.yaml
briefs/figures/wrecks.yaml:9:29: error: a number is needed here, not 'nine' [wrong-type]
      - {label: Without, value: nine}
                                ^
briefs/second-brief.yaml:2:11: error: the double quotation mark that opens here is not closed [syntax]
    question: "Should every
              ^
hint: write " at the end of the text
briefs/sources.yaml:3:5: error: the key 'tpye' is not known here [unknown-key]
        tpye: report
        ^
hint: did you mean 'type'?"""


def documents(**changed: str) -> list[Document]:
    """The example library's files, some of them changed."""
    return [read(text, f"briefs/{name}") for name, text in (example.FILES | changed).items()]


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """One file of the example library with one thing in it changed."""
    text = example.FILES[name]
    assert old in text, f"{name} has no '{old}'"
    return {name: text.replace(old, new, 1)}


def test_loads_the_example() -> None:
    """A library without mistakes becomes records under the names of their files."""
    library, problems = load(documents())
    assert problems == ()
    assert (set(library.sources), set(library.arguments)) == ({"able-2024"}, {"lights-cost", "lights-help"})
    assert (set(library.figures), set(library.briefs)) == ({"wrecks"}, {"first-brief", "second-brief"})
    assert library.briefs["first-brief"].id == "first-brief"
    assert library.unloaded == frozenset()


def test_sees_the_cases() -> None:
    """The file of cases is read to its end."""
    assert len(CASES) == TEXT.count("\n## ") + 1 >= 40


@each_case
def test_says_what_is_wrong_in_words(name: str, old: str, new: str, expected: str) -> None:
    """Each edit in tests/cases/mistakes.txt gives the problems that are written below it, and no others."""
    _, problems = load(documents(**changed(name, old, new)))
    said = [
        f"{p.mark.line}:{p.mark.column} {p.message} [{p.rule}]" + (f"\n    {p.hint}" if p.hint else "")
        for p in problems
    ]
    assert "\n".join(said) == expected
    assert {problem.mark.file for problem in problems} == {f"briefs/{name}"}


@each_case
def test_says_nothing_of_the_machinery(name: str, old: str, new: str, expected: str) -> None:
    """No sentence holds the words of the libraries underneath or ends like two."""
    for problem in load(documents(**changed(name, old, new)))[1]:
        words = f"{problem.message} {problem.hint}".casefold()
        assert not {"pydantic", "dict", "string", "input", "field", "nonetype", "tuple"} & set(words.split())
        assert not problem.message.endswith(".")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- a\n", "1:1: error: keys and values are needed here [wrong-type]"),
        ("{}\n", "1:1: error: the key 'references' is missing [missing-key]"),
        ("references: a\n", "1:13: error: a list is needed here [wrong-type]"),
        ("references: [a]\n", "1:14: error: keys and values are needed here, not 'a' [wrong-type]"),
    ],
)
def test_sources_are_a_list(text: str, expected: str) -> None:
    """A file of sources that isn't one is refused at once, and nothing is said of those who cite."""
    library, problems = load(documents(**{SOURCES: text}))
    assert [problem.headline for problem in problems] == [f"briefs/sources.yaml:{expected}"]
    assert check(library) == ()


def test_text_has_an_end() -> None:
    """What is far too long for its place is refused before a page is set with it."""
    _, problems = load(documents(**changed(BRIEF, "affected: Sailors.", f"affected: {'x' * 20_001}")))
    assert [problem.message for problem in problems] == ["this text has 20,001 characters; 20,000 are the most"]


def test_records_know_their_places() -> None:
    """What a record says can be pointed at in its file, however deep it stands."""
    library, _ = load(documents())
    ground = library.arguments["lights-help"].grounds[0]
    assert str(ground.evidence[0].mark("source")) == "briefs/arguments/lights-help.yaml:11:17"
    assert str(library.sources["able-2024"].mark("type")) == "briefs/sources.yaml:3:11"
    assert str(library.briefs["first-brief"].arguments.mark("for", 0)) == "briefs/first-brief.yaml:15:10"


def test_text_is_a_number_only_where_the_model_says_so() -> None:
    """`version: 1.0` and `page: 2` are text, a bar's value is a number and its emphasis a truth."""
    edited = {
        **changed(BRIEF, 'version: "1.0"', "version: 1.10"),
        **changed(ARGUMENT, "source: able-2024", "source: able-2024\n        locator: {page: 2}"),
    }
    library, problems = load(documents(**edited))
    assert problems == ()
    assert library.briefs["first-brief"].version == "1.10"
    locator = library.arguments["lights-help"].grounds[0].evidence[0].locator
    assert locator is not None
    assert locator.page == "2"
    bar = library.figures["wrecks"].bars[0]  # type: ignore[union-attr]
    assert (bar.value, bar.emphasis) == (6.0, True)


def test_estimate_is_text_or_a_reason() -> None:
    """Benefits, harms, costs and uncertainty are text, or say why they were not estimated."""
    library, problems = load(documents(**changed(BRIEF, OPTION, "benefits: {not-estimated: why}, harms: x")))
    assert problems == ()
    option = library.briefs["first-brief"].options[0]
    assert option.benefits == NotEstimated(not_estimated="why")
    assert option.harms == "x"


def test_a_misspelt_key_does_not_hide_what_it_says() -> None:
    """A file with wrong keys alone is looked at by the rules all the same."""
    library, problems = load(documents(**changed(ARGUMENT, "source: able-2024", "sorce: baker-2023")))
    assert [problem.rule for problem in problems] == ["unknown-key"]
    assert [problem.rule for problem in check(library)] == ["unknown-source"]


def said(**edited: str) -> list[str]:
    """All that is said of the example library with some files changed, by place and rule."""
    library, problems = load(documents(**edited))
    found = in_order((*problems, *check(library)))
    return [f"{problem.mark.file.removeprefix('briefs/')}:{problem.mark.line} {problem.rule}" for problem in found]


def test_a_missing_key_does_not_hide_wrong_names() -> None:
    """While a key is missing, unknown citekeys, grounds, keys and arguments are told of, and nothing else is."""
    argument = example.ARGUMENT.replace("certainty: moderate\n", "").replace("source: able-2024", "source: able-2023")
    argument = argument.replace("target: fewer-wrecks", "target: fewer-wreck").replace("short:", "shirt:")
    brief = example.BRIEF.replace("issued: 2026-11-23\n", "").replace("lights-help/fewer-wrecks", "lights-help/fewer")
    brief = brief.replace("affected: Sailors.", "affected: Sailors [@abel-2024].").replace(
        "[lights-cost]", "[light-cost]"
    )
    assert "certainty" not in argument
    assert said(**{ARGUMENT: argument, BRIEF: brief}) == [
        f"{ARGUMENT}:1 missing-key",
        f"{ARGUMENT}:2 unknown-key",
        f"{ARGUMENT}:10 unknown-source",
        f"{ARGUMENT}:19 unknown-ground",
        f"{BRIEF}:1 missing-key",
        f"{BRIEF}:8 unknown-source",
        f"{BRIEF}:14 unknown-argument",
        f"{BRIEF}:17 unknown-ground",
    ]


def test_an_optional_key_that_is_misspelt_does_not_hide_what_it_says() -> None:
    """Objections below `objectoins` are known, what is wrong in them is told, and nobody is told they are missing."""
    argument = example.ARGUMENT.replace("objections:", "objectoins:").replace("kind: undercuts", "kind: undercut", 1)
    brief = example.BRIEF.replace("affected: Sailors.", "objections: [lights-help/better-charts]")
    assert said(**{ARGUMENT: argument, BRIEF: brief}) == [f"{ARGUMENT}:16 unknown-key", f"{ARGUMENT}:19 wrong-value"]


def test_what_may_stand_below_an_unknown_key_is_not_called_missing() -> None:
    """Where the key of the objections is not known at all, the brief that prints one is not blamed."""
    argument = example.ARGUMENT.replace("objections:", "counterpoints:")
    brief = example.BRIEF.replace("affected: Sailors.", "objections: [lights-help/better-charts]")
    assert said(**{ARGUMENT: argument, BRIEF: brief}) == [f"{ARGUMENT}:16 unknown-key"]


TESTED = "tests:\n  - expect: accepted\n"
"""A test of an argument that doesn't hold."""


@pytest.mark.parametrize("broken", ["", "warrant:", "objections:"])
def test_nothing_is_compared_with_what_could_not_be_read(broken: str) -> None:
    """A figure, a label and a source are judged only where all that they rest on was loaded."""
    resting = example.ARGUMENT.replace("    evidence:", "    rests_on: [lights-cost]\n    evidence:", 1) + TESTED
    brief = example.BRIEF.replace("bottom_line: ", "bottom_line: In 2,978 harbours, ")
    whole = said(**{ARGUMENT: resting, BRIEF: brief})
    assert {"failed-test", "number-mismatch"} <= {line.split()[1] for line in whole}
    edited = {ARGUMENT: resting, BRIEF: brief}
    cost = "arguments/lights-cost.yaml"
    if broken:
        wrong = example.FILES[cost].replace(broken, "what:", 1)
        assert {line.partition(":")[0] for line in said(**edited, **{cost: wrong})} == {cost}
        return
    others = [document for document in documents(**edited) if document.file != f"briefs/{cost}"]
    library, problems = load(others, [f"briefs/{cost}"])
    assert (problems, check(library)) == ((), ())


@pytest.mark.parametrize("name", [ARGUMENT, FIGURE, SOURCES, HOUSE])
@pytest.mark.parametrize("text", ["- a\n", "a: b\n"])
def test_what_could_not_be_loaded_is_not_called_unknown(name: str, text: str) -> None:
    """A broken file gives its own problems, and no others in the files that refer to it."""
    library, problems = load(documents(**{name: text}))
    assert {problem.mark.file for problem in problems} == {f"briefs/{name}"}
    assert check(library) == ()


@pytest.mark.parametrize("name", [ARGUMENT, FIGURE, SOURCES, HOUSE])
def test_what_could_not_be_read_is_not_called_unknown(name: str) -> None:
    """A file that could not be read counts as one that may say anything."""
    read_files = [document for document in documents() if document.file != f"briefs/{name}"]
    library, problems = load(read_files, [f"briefs/{name}"])
    assert (problems, check(library)) == ((), ())


@pytest.mark.parametrize("name", [SOURCES, HOUSE])
def test_a_library_needs_its_house_and_its_sources(name: str) -> None:
    """Where house.yaml or sources.yaml is missing, that is the one thing that is said."""
    library, problems = load([document for document in documents() if document.file != f"briefs/{name}"])
    assert [problem.headline for problem in problems] == [
        f"briefs/{name}:1:1: error: this file is missing [wrong-file]"
    ]
    assert check(library) == ()


def test_severities_hold_while_the_house_is_broken() -> None:
    """A mistake elsewhere in house.yaml doesn't bring back what was turned off."""
    house = example.HOUSE.replace("series: Policy brief\n", "severities: {unused-source: off}\n")
    sources = example.SOURCES + "  - {id: b, type: document, title: B, custom: {read: full}}\n"
    library, problems = load(documents(**{HOUSE: house, SOURCES: sources}))
    assert [problem.rule for problem in problems] == ["missing-key"]
    assert check(library) == ()


def test_four_mistakes_in_four_files_come_at_once(tmp_path: Path) -> None:
    """A mistyped key, a missing citekey, an unclosed quote and a wrong type are four problems of one run."""
    edited = {
        **changed(SOURCES, "type: report", "tpye: report"),
        **changed(ARGUMENT, "finding: Wrecks fell by a third.", "finding: Wrecks fell by a third [@baker-2023]."),
        **changed("second-brief.yaml", "question: Should every harbour have a light?", 'question: "Should every'),
        **changed(FIGURE, "value: 9", "value: nine"),
    }
    for name, text in (example.FILES | edited).items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(tmp_path / "briefs", tmp_path)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    found = in_order((*reading.problems, *problems, *check(library)))
    assert "\n".join(map(as_text, found)) == FOUR_MISTAKES


def test_every_kind_of_figure_can_be_named() -> None:
    """Each record of a figure is found by its kind, and its missing keys are its own."""
    for record in FIGURE_RECORDS:
        kind = json.dumps(record.model_fields["kind"].annotation.__args__[0])
        _, problems = load(documents(**{FIGURE: f"kind: {kind}\n"}))
        assert {problem.rule for problem in problems} == {"missing-key"}
        keys = {problem.message.split("'")[1] for problem in problems}
        assert keys == {
            name for name, field in record.model_fields.items() if field.is_required() and name not in ("id", "kind")
        }


GROUPED = """\
kind: grouped-bars
title: Lights help big harbours most
alt: Bars of wrecks with and without a light.
description: Of ten wrecks, four were in big harbours.
sources: [able-2024]
unit: wrecks
series: [with a light, without]
groups:
  - {label: Big harbours, values: [4, 9]}
  - {label: Small harbours, values: [2]}
"""
DOTS = """\
kind: dots
title: Lights may help
alt: A dot at six with a long line through it.
description: Six wrecks a year, from 4 to 9.
sources: [able-2024]
unit: wrecks
interval: 95% interval
dots:
  - {label: Wrecks, value: 6, low: 4, high: 9}
  - label: Near misses
    value: 3
    low: 4
    high: 9
"""


EVENTS = """\
kind: timeline
title: Two lights were lit
alt: Two events on a line of years.
description: A light in February, another in May.
sources: [able-2024]
events:
  - {date: 2024-02-30, label: A}
  - {date: 1 May, label: B}
"""
REFUSED = [
    (GROUPED, "10:37 the group 'Small harbours' has 1 values for 2 series", "write `null` where none is known"),
    (DOTS, "11:12 3 lies outside its interval, 4 to 9", "check which of the three is mistyped"),
    (
        DOTS.replace("value: 3", "value: 1234567.89"),
        "11:12 the number 1234567.89 is too long to be printed beside its mark",
        "round it, or choose a larger unit",
    ),
    (DOTS.replace("    high: 9\n", ""), "12:10 an interval has two ends, and this has no `high`", "add `high: …`"),
    (
        DOTS.replace("value: 3", "value: 5").replace("interval: 95% interval", "maximum: 8"),
        "9:36 this dot has an interval, and nothing says which",
        "add `interval: …`, `95% interval` for example",
    ),
    (EVENTS.replace("1 May", "2024-05"), "7:12 there is no day 2024-02-30", ""),
    (
        EVENTS.replace("02-30", "02"),
        "8:12 '1 May' is not a day, a month or a year",
        "write it as in 2024-10-28, 2024-10 or 2024",
    ),
]


@pytest.mark.parametrize(("text", "said", "hint"), REFUSED)
def test_a_figure_is_refused_at_the_value_that_is_wrong(text: str, said: str, hint: str) -> None:
    """Its line and column are those of what doesn't fit, not of the figure; a hint says how to mend it."""
    _, problems = load(documents(**{FIGURE: text}))
    found = [(f"{problem.mark.line}:{problem.mark.column} {problem.message}", problem.hint) for problem in problems]
    assert found == [(said, hint)]


SCALARS = st.none() | st.text(max_size=6) | st.sampled_from(["1", "nan", "true", "bars", "lights-help", "2026-01-01"])
KEYS = st.sampled_from(
    ["id", "kind", "title", "claim", "grounds", "evidence", "references", "custom", "issued", "options", "benefits",
     "not-estimated", "history", "severities", "brand", "bars", "values", "for", "date-parts", "<text>", "<keys>"]
)  # fmt: skip
NODES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=4)
)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([BRIEF, ARGUMENT, FIGURE, SOURCES, HOUSE]), NODES, st.data())
def test_any_data_is_loaded_or_refused(name: str, node: object, data: st.DataObject) -> None:
    """Whatever the files say, there are a library and problems, rules can look at it, and nothing else is raised."""
    whole = read(example.FILES[name], f"briefs/{name}")
    assert isinstance(whole.data, dict)
    key = data.draw(st.sampled_from([None, *whole.data]))
    broken = node if key is None else {**whole.data, key: node}
    others = [document for document in documents() if document.file != whole.file]
    library, problems = load([*others, Document(file=whole.file, data=broken, marks=Marks(file=whole.file))])  # type: ignore[arg-type]
    assert isinstance(library, Library)
    assert all(problem.message and problem.rule in RULES for problem in (*problems, *check(library)))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(example.FILES)), st.data())
def test_any_damage_to_a_file_is_survived(name: str, data: st.DataObject) -> None:
    """A stretch cut out of a file, or put in twice, gives problems in that file, and the rules can look at the rest."""
    text = example.FILES[name]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 80)))
    damaged = text[:start] + text[end:] if data.draw(st.booleans()) else text[:end] + text[start:]
    others = [document for document in documents() if document.file != f"briefs/{name}"]
    try:
        library, problems = load([*others, read(damaged, f"briefs/{name}")])
    except Refused as refused:
        library, problems = load(others, [f"briefs/{name}"])
        problems = (*problems, *refused.problems)
    assert {problem.mark.file for problem in problems} <= {f"briefs/{name}"}
    assert all(problem.message and problem.rule in RULES for problem in (*problems, *check(library)))


def test_stored_texts_are_handed_on() -> None:
    """As they are, be they read or not."""
    texts = {"sources/able-2024.txt": "Wrecks fell.", "sources/baker-2022.txt": None}
    assert dict(load(documents(), (), texts)[0].texts) == texts
