"""What sources.yaml says of a work is held against CSL, the calendar, and the other works."""

from __future__ import annotations

from typing import get_args

import pytest

from pipeline.check import RULES, check
from pipeline.check.source_fields import NEEDS
from pipeline.csl import Source, Type
from pipeline.load import load
from pipeline.problem import Problem
from pipeline.source import read
from tests import example

RULES_OF_SOURCES = {name for name, rule in RULES.items() if rule.group == "source"}
TODAY = "2026-11-23"


def found(*items: str, today: str | None = TODAY) -> list[Problem]:
    """What the rules about sources find in works written as flow mappings, without `custom`."""
    lines = [f"  - {{id: s{number}, {item}, custom: {{read: full}}}}\n" for number, item in enumerate(items)]
    files = example.FILES | {"sources.yaml": example.SOURCES + "".join(lines)}
    library, problems = load(read(text, f"briefs/{file}") for file, text in files.items())
    assert problems == ()
    return [problem for problem in check(library, today) if problem.rule in RULES_OF_SOURCES]


def said(*items: str) -> list[tuple[str, str]]:
    """The rule and the sentence of each problem."""
    return [(problem.rule, problem.message) for problem in found(*items)]


def test_there_are_rules_about_sources() -> None:
    """The other tests look at more than nothing."""
    assert sorted(RULES_OF_SOURCES) == [
        "duplicate-work", "future-date", "source-address", "source-date", "source-fields"
    ]  # fmt: skip


def test_what_types_need_is_named_as_csl_has_it() -> None:
    """Every type and every field in the table exists."""
    keys = {field.alias or name for name, field in Source.model_fields.items()} | {"an organisation as its author"}
    assert set(NEEDS) < set(get_args(Type))
    assert {name for groups in NEEDS.values() for group in groups for name in group} < keys


@pytest.mark.parametrize("kind", get_args(Type))
def test_each_type_is_asked_for_what_it_needs(kind: str) -> None:
    """One problem for each group of fields, at the type; none once one field of each is there."""
    values = {"issued": "2020", "accessed": "2020", "URL": "https://example.org/a", "recipient": "[{family: A}]"}
    groups = [group for known, group in NEEDS.items() if known == kind]
    needs = [group[0] for group in groups[0]] if groups else []
    problems = found(f"type: {kind}, title: T")
    assert [problem.rule for problem in problems] == ["source-fields"] * len(needs)
    assert all((problem.mark.line, problem.mark.column) == (10, 20) for problem in problems)
    assert found(", ".join([f"type: {kind}, title: T", *(f"{name}: {values.get(name, 'A')}" for name in needs)])) == []


@pytest.mark.parametrize("item", [
    "type: report, title: T, author: [{literal: The Harbour Board}]",
    "type: article-newspaper, title: T, author: [{literal: The Echo}]",
    "type: webpage, title: T, URL: 'https://example.org', accessed: 2026-01-02",
])  # fmt: skip
def test_some_fields_stand_in_for_others(item: str) -> None:
    """An organisation that wrote a report put it out; a day of reading dates a page."""
    assert found(item) == []


@pytest.mark.parametrize(("field", "message"), [
    ("DOI: 10.1000/ab.", "this DOI ends in '.'"),
    ("DOI: '10.1000/ab)'", "this DOI has a closing bracket and no opening one"),
    ("URL: 'https://example.org/a|b'", "an address can't hold '|'"),
    ("URL: 'https://example.org/%zz'", "two hexadecimal digits must follow each '%' of an address"),
    ("URL: https://user:secret@example.org/", "this address holds a name to log in with"),
    ("URL: https://localhost/a", "no host on the web is called 'localhost'"),
    ("URL: https://example/a", "no host on the web is called 'example'"),
    ("URL: 'https://example.org:port/'", "this address has no host that can be read"),
    ("URL: 'https://[::1/'", "this address has no host that can be read"),
    ("URL: https://doi.org/10.1000/ab", "this address resolves a DOI, and the source gives none"),
    ("URL: https://doi.org/10.1000/ab, DOI: 10.1000/abc", "this address resolves another DOI than 10.1000/abc"),
    ("ISBN: 978-0-306-40615-8", "'978-0-306-40615-8' is no ISBN: its digits don't agree"),
    ("ISBN: 0306406153", "'0306406153' is no ISBN: its digits don't agree"),
    ("ISSN: 1234-5678", "'1234-5678' is no ISSN: its digits don't agree"),
    ("PMID: PMC12", "a PMID is a number of up to nine digits"),
    ("PMCID: '12'", "a PMCID is PMC and a number"),
])  # fmt: skip
def test_names_what_leads_nowhere(field: str, message: str) -> None:
    """One problem, at the value."""
    problems = found(f"type: document, title: T, {field}")
    assert [(problem.rule, problem.message) for problem in problems] == [("source-address", message)]
    assert (
        problems[0].mark.excerpt[problems[0].mark.column - 1 :].startswith(field.partition(": ")[2].partition(",")[0])
    )


@pytest.mark.parametrize("field", [
    "DOI: 10.1002/(SICI)1097-4571(199806)49:8<693::AID-ASI4>3.0.CO;2-O",
    "URL: 'https://example.org:8080/a/b?c=d#e%20f'",
    "URL: https://müller.example/straße",
    "URL: 'https://[2001:db8::1]/'",
    "URL: https://192.0.2.1/a",
    "URL: https://doi.org/10.1000/AB, DOI: 10.1000/ab",
    "ISBN: 0-306-40615-2",
    "ISBN: 080442957X",
    "ISBN: 978-0-306-40615-7 0-306-40615-2",
    "ISSN: 2049-3630",
    "ISSN: '0317-8471, 1050-124X'",
    "PMID: '12345678', PMCID: PMC1234567",
])  # fmt: skip
def test_takes_what_may_be_written(field: str) -> None:
    """Old DOIs have strange signs; addresses have ports, and letters of all languages."""
    assert found(f"type: document, title: T, {field}") == []


@pytest.mark.parametrize(("field", "message"), [
    ("issued: {date-parts: [[2025, 2, 29]]}", "there is no day 2025-02-29"),
    ("issued: 2025-04-31", "there is no day 2025-04-31"),
    ("issued: 1900-02-29", "there is no day 1900-02-29"),
    ("issued: 2025-04/2025-03", "this range ends in 2025-03, before it begins"),
    ("event-date: {date-parts: [[2025], [2024, 12]]}", "this range ends in 2024-12, before it begins"),
    ("issued: {date-parts: [[2025]], season: autumn}", "'autumn' is no season that CSL knows"),
    ("issued: {date-parts: [[2025, 3]], season: 1}", "a season stands beside a month"),
    ("issued: {raw: May 2025}", "a raw date is read by each program in its own way"),
    ("issued: 2025-03, accessed: 2025-02-28", "this was read in 2025-02-28, before it came out in 2025-03"),
])  # fmt: skip
def test_names_dates_that_cannot_be(field: str, message: str) -> None:
    """Whether the day is known or not."""
    assert said(f"type: document, title: T, {field}") == [("source-date", message)]
    assert [problem.message for problem in found(f"type: document, title: T, {field}", today=None)] == [message]


@pytest.mark.parametrize("field", [
    "issued: 2024-02-29",
    "issued: 2000-02-29",
    "issued: -0043-03-15",
    "issued: 2025/2025-03",
    "issued: 2025-03, accessed: 2025",
    "issued: {date-parts: [[2025]], season: 3}",
    "issued: {literal: about 400 BC}",
    "issued: 2026-11-23",
    "issued: 2026/2027",
    "issued: 2027, status: forthcoming",
    "event-date: 2027-06",
])  # fmt: skip
def test_takes_dates_that_can_be(field: str) -> None:
    """Leap days, years before our era, ranges, seasons; and what lies ahead, where it may."""
    assert found(f"type: document, title: T, {field}") == []


@pytest.mark.parametrize("field", ["issued: 2026-11-24", "issued: 2026-12", "issued: 2027", "accessed: 2026-11-24"])
def test_names_dates_that_lie_ahead(field: str) -> None:
    """Only where it is known what day it is."""
    assert [problem.rule for problem in found(f"type: document, title: T, {field}")] == ["future-date"]
    assert found(f"type: document, title: T, {field}", today=None) == []


@pytest.mark.parametrize(("one", "other", "by"), [
    ("title: A, DOI: 10.1000/AB", "title: B, DOI: 10.1000/ab", "the DOI 10.1000/ab"),
    ("title: A, DOI: 10.1000/ab", "title: B, DOI: 10.1000/AB, URL: https://dx.doi.org/10.1000/AB",
     "the DOI 10.1000/ab"),
    ("title: The Œuvre of «Lights»!, issued: 2020", "title: the œuvre  of lights, issued: 2020-05", "title and year"),
    ("title: Éclat, issued: 2020", "title: E\u0301CLAT, issued: {date-parts: [[2020]]}", "title and year"),
    ("title: A, issued: 2020, author: [{family: Ä}, {family: B}]", "title: a, issued: 2020, author: [{family: b}]",
     "title and year"),
])  # fmt: skip
def test_names_works_that_stand_there_twice(one: str, other: str, by: str) -> None:
    """Both places: the later one is marked, the hint has the line of the first."""
    problems = found(f"type: document, {one}", f"type: document, {other}")
    assert [(problem.rule, problem.message) for problem in problems] == [
        ("duplicate-work", f"'s1' is the same work as 's0': they share {by}")
    ]
    assert (problems[0].mark.line, problems[0].mark.column) == (11, 10)
    assert problems[0].hint.startswith("the first is on line 10;")


@pytest.mark.parametrize(("one", "other"), [
    ("title: A, issued: 2020", "title: A, issued: 2021"),
    ("title: A", "title: A"),
    ("title: '?', issued: 2020", "title: '!', issued: 2020"),
    ("title: Introduction, issued: 2020, author: [{family: Able}]",
     "title: Introduction, issued: 2020, author: [{family: Baker}]"),
    ("title: 日本の灯台, issued: 2020", "title: 日本の港, issued: 2020"),
])  # fmt: skip
def test_tells_works_apart(one: str, other: str) -> None:
    """Another year, no year, no letters, other authors, other letters."""
    assert found(f"type: document, {one}", f"type: document, {other}") == []


def test_finds_each_twin_once() -> None:
    """Three of a kind are two problems, and each names the first."""
    problems = found(*["type: document, title: A, issued: 2020, DOI: 10.1000/ab"] * 3)
    assert [problem.message.partition(":")[0] for problem in problems] == [
        "'s1' is the same work as 's0'",
        "'s2' is the same work as 's0'",
    ]
