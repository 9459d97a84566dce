"""YAML becomes plain data whose every part knows its place, or is refused where it is wrong."""

from __future__ import annotations

import re
import time
import tracemalloc
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline import source
from pipeline.forms import Document, Node
from pipeline.problem import Problem, Refused
from pipeline.source.characters import HIDDEN, MOST

ROOT = Path(__file__).parents[1]
CASES = re.split(r"^## (.+)\n", (ROOT / "tests/cases/syntax.txt").read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co"]), max_size=12).filter(
    lambda text: not HIDDEN.search(text)
)
NODES = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4),
    max_leaves=12,
)


def refused(text: str) -> tuple[Problem, ...]:
    """The problems of a text that must not be read."""
    with pytest.raises(Refused) as caught:
        source.read(text, "a.yaml")
    return caught.value.problems


def read_or_refused(text: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """A document, or the problems in its way."""
    try:
        return source.read(text, "a.yaml"), ()
    except Refused as refusal:
        return None, refusal.problems


def value(text: str) -> Node:
    """What a file of one key says below it."""
    data = source.read(text, "a.yaml").data
    assert isinstance(data, dict)
    return data["a"]


def test_sees_the_cases() -> None:
    """The file of cases is read to its end."""
    assert len(CASES) // 2 >= 45
    assert CASES[-2] == "several problems at once"


@pytest.mark.parametrize("case", tuple(zip(CASES[::2], CASES[1::2], strict=True)), ids=CASES[::2])
def test_says_what_is_wrong_with_a_text(case: tuple[str, str]) -> None:
    """Each text of tests/cases/syntax.txt is refused with the problems written below it, and with no others."""
    text, _, expected = case[1].partition("~~~\n")
    said = [f"{p.mark.line}:{p.mark.column} {p.message} [{p.rule}]\n    {p.hint}" for p in refused(text)]
    assert "\n".join(said) == expected.rstrip("\n")


@pytest.mark.parametrize(
    "text", ["no", "2026-01-01", "12:30", "0777", "=", "1.10", "true", "1e3", "0x1F", ".inf", "on"]
)
def test_scalars_stay_as_typed(text: str) -> None:
    """Nothing turns into a date, a number or a truth value behind the writer's back."""
    assert value(f"a: {text}\n") == text


@pytest.mark.parametrize(("text", "expected"), [("", None), ("~", None), ("null", None), ('""', ""), ("'~'", "~")])
def test_nothing_is_told_from_text(text: str, expected: str | None) -> None:
    """Nothing is what is left empty, `~` and `null`; in quotes they are text."""
    assert value(f"a: {text}\n") == expected


def test_places_count_characters() -> None:
    """Columns are right after characters of several bytes, and for keys, values and items alike."""
    marks = source.read("日本: 😀\nb:\n  - {é: x, z: y}\n  - |\n    c\n", "a.yaml").marks
    assert [(str(marks.key(path)), str(marks.value(path))) for path in (("日本",), ("b", 0, "z"), ("b", 1))] == [
        ("a.yaml:1:1", "a.yaml:1:5"),
        ("a.yaml:3:12", "a.yaml:3:15"),
        ("a.yaml:4:5", "a.yaml:4:5"),
    ]
    assert marks.value(("b", 0, "z")).excerpt == "  - {é: x, z: y}"


def test_place_of_something_absent_is_its_parent() -> None:
    """What the file lacks is looked for at the nearest thing that it has."""
    marks = source.read("a:\n  b: 1\n", "a.yaml").marks
    assert str(marks.value(("a", "b", "c", 3))) == "a.yaml:2:6"
    assert str(marks.value(("z",))) == "a.yaml:1:1"


def test_byte_order_mark_is_no_character() -> None:
    """A file that starts with a byte order mark is read, and its columns are right."""
    document = source.read("\ufeffa: b\n", "a.yaml")
    assert document.data == {"a": "b"}
    assert str(document.marks.key(("a",))) == "a.yaml:1:1"


@pytest.mark.parametrize("text", ["a: b\r\nc: d\r\n", "a: b\rc: d\r"])
def test_every_line_ending_is_one(text: str) -> None:
    """Lines are counted the same whatever ends them."""
    assert str(source.read(text, "a.yaml").marks.key(("c",))) == "a.yaml:2:1"


@pytest.mark.parametrize(
    "character",
    ["\x07", "\x00", "\x7f", "\x85", "\u2028", "\u202a", "\u202e", "\u2066", "\u2069", "\u200b", "\ufeff", "\ue000",
     "\uf8ff", "\U000f0000", "\U0010fffd", "\U000e0001", "\U000e0041", "\ud800", "\ufffe"],
)  # fmt: skip
@pytest.mark.parametrize("where", ["a: x{}y\n", "a{}: x\n", 'a: "x{}"\n', "a: |\n  x\n  {}\n", "# {}\na: b\n"])
def test_refuses_what_a_reader_cannot_see(where: str, character: str) -> None:
    """A hidden character is refused wherever it stands, in comments too, and never printed."""
    text = where.format(character)
    line, column = text.count("\n", 0, text.index(character)) + 1, text.split("\n")
    (problem,) = refused(text)
    assert problem.rule == "hidden-character"
    assert (problem.mark.line, problem.mark.column) == (line, column[line - 1].index(character) + 1)
    assert f"U+{ord(character):04X}" in problem.message
    assert character not in problem.mark.excerpt + problem.message


@pytest.mark.parametrize("character", ["\u200c", "\u200d", "\u200e", "\u200f", "\u00a0", "\u00ad", "é", "👩‍🔬", "日"])
def test_allows_what_scripts_need(character: str) -> None:
    """Joiners, direction marks and no-break spaces are text."""
    assert value(f"a: x{character}y\n") == f"x{character}y"


def test_names_no_more_lines_than_a_reader_can_take() -> None:
    """A binary file gives a handful of problems, not a million."""
    assert len(refused("\x00\n" * 1000)) == MOST


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 100_000, "1:65"),
        ("- " * 100_000, "1:129"),
        ("{a: " * 100_000, "1:257"),
        ("a: [" + "x," * 250_000 + "]", "1:400001"),
        ("[" * 64 + "]" * 64 + "[" * 99, "1:129"),
    ],
)
def test_refuses_depth_and_number_before_they_cost_anything(text: str, place: str) -> None:
    """What could exhaust the parser's stack is refused at its place, within seconds."""
    start = time.perf_counter()
    (problem,) = refused(text)
    assert time.perf_counter() - start < 10
    assert problem.rule in ("too-large", "syntax")
    assert str(problem.mark) == f"a.yaml:{place}"


def test_alias_bomb_takes_no_memory() -> None:
    """Nine levels of aliases, which would be nine to the ninth values, are refused within 10 MB."""
    text = "a0: &a0 [x, x]\n"
    for level in range(1, 10):
        text += f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]\n"
    tracemalloc.start()
    try:
        rules = {problem.rule for problem in refused(text)}
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert rules == {"yaml-feature"}
    assert peak < 10_000_000


@settings(deadline=None)
@given(st.text() | st.text(st.sampled_from("ab:-[]{}#&*!|>'\"%@`,? \n\t\\\u200b"), max_size=40))
@example("{h: =}")
@example("a: !\n")
@example("- - - a\n  b\n")
@example("\ufeff\ufeff")
@example("a: &b")
@example("%TAG ! x\n---\n")
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the text, there is a document or there are problems within it: never another exception."""
    lines = re.split("\r\n|\r|\n", text.removeprefix("\ufeff"))
    document, problems = read_or_refused(text)
    assert (document is None) == bool(problems)
    for problem in problems:
        assert 1 <= problem.mark.line <= len(lines)
        assert 1 <= problem.mark.column <= len(lines[problem.mark.line - 1]) + 1


@settings(deadline=None)
@given(NODES, st.booleans(), st.sampled_from([20, 80, 1000]))
@example({"a": "x\n\ny\n", "b": ["\t", "#", " #x"]}, False, 20)
def test_what_yaml_writes_is_read_back(data: Node, flow: bool, width: int) -> None:
    """PyYAML's own output means the same when it is read here, and every value has a place."""
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow, width=width)
    document = source.read(text, "a.yaml")
    assert document.data == data
    assert len(document.marks.values) == count(data)


def count(data: Node) -> int:
    """How many values there are, lists and mappings included."""
    items = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    return 1 + sum(map(count, items))


COMMENTED = """\
# openbrief: allow one because it speaks of the title
# another comment

title: >-  # openbrief: allow two because it stands where the block begins
  foo
  # openbrief: allow nothing because this is text
  bar

other: "a # openbrief: allow nothing because this is text
  end"  # openbrief: allow three because it stands behind the text
list:
  - a: b  # openbrief: allow four because it stands behind the value
  # openbrief: allow five because it speaks of the block below
  - c: |
      x
    # openbrief: allow six because it stands below the block
    d: e  # a remark
"""


def test_finds_the_comments_that_are_meant_for_it() -> None:
    """Each with the lines that it speaks of; a number sign inside a text starts none."""
    found = source.read(COMMENTED, "a.yaml").comments
    assert [(comment.mark.line, comment.first, comment.last, comment.text.split()[1]) for comment in found] == [
        (1, 4, 8, "one"),
        (4, 4, 8, "two"),
        (10, 9, 10, "three"),
        (12, 12, 12, "four"),
        (13, 14, 15, "five"),
        (16, 17, 17, "six"),
    ]
    assert found[0].covers(found[1].mark)
    assert not found[1].covers(found[0].mark)
