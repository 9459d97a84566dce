"""Figures are found where people write them, and names are left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.quantity import agrees, quantities

WORDS = [
    *("12", "3,400", "1", "200", "$8.8", "10^25", "five", "twenty-one", "a", "half", "third", "million", "%", "per"),
    *("cent", "months", "\N{EN DASH}", "to", "and", "in", "of", "[", "(", "@a", "*", "5", "March", "Llama", "Article"),
]


def said(text: str, *, sure: bool = True) -> list[tuple[str, float, str]]:
    """The figures of a text: as they stand, their values, their units."""
    return [(item.text, round(item.value, 6), item.unit) for item in quantities(text) if item.sure or not sure]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("worth $8.8 trillion", [("$8.8 trillion", 8.8e12, "USD")]),
        ("worth US$8,800 billion", [("US$8,800 billion", 8.8e12, "USD")]),
        ("8.8 trillion dollars", [("8.8 trillion dollars", 8.8e12, "USD")]),
        ("€2bn and EUR 3m", [("€2bn", 2e9, "EUR"), ("EUR 3m", 3e6, "EUR")]),
        ("5\N{EN DASH}10 %", [("5", 5, "%"), ("10 %", 10, "%")]),
        ("between 5 and 10 per cent", [("5", 5, "%"), ("10 per cent", 10, "%")]),
        ("$5\N{EN DASH}10 million", [("$5", 5e6, "USD"), ("10 million", 1e7, "USD")]),
        ("12 percentage points", [("12 percentage points", 12, "percentage points")]),
        ("one in five", [("one in five", 20, "%")]),
        ("nine out of ten", [("nine out of ten", 90, "%")]),
        ("fell by a quarter.", [("a quarter", 25, "%")]),
        ("two-thirds of them", [("two-thirds", 66.666667, "%")]),
        ("rents doubled", [("doubled", 2, "times")]),
        ("1.4 times", [("1.4 times", 1.4, "times")]),
        ("10^25 or 10\N{SUPERSCRIPT TWO}", [("10^25", 1e25, ""), ("10\N{SUPERSCRIPT TWO}", 100, "")]),
        ("3 x 10^8", [("3 x 10^8", 3e8, "")]),
        ("eighteen months", [("eighteen months", 547.875, "days")]),
        ("two and a half weeks", [("two and a half weeks", 17.5, "days")]),
        ("1\N{NARROW NO-BREAK SPACE}200 people", [("1\N{NARROW NO-BREAK SPACE}200", 1200, "")]),
        ("**Only 7%** of [us](https://example.org/99)", [("7%", 7, "%")]),
        ("about 2000 farms", [("2000", 2000, "")]),
        ("In England 340 libraries closed.", [("340", 340, "")]),
    ],
)
def test_reads_figures(text: str, expected: list[tuple[str, float, str]]) -> None:
    """Each with its unit, on one scale."""
    assert said(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in 2023, since the 1990s",
        "on 5 December 2023, or December 5, 2023",
        "28\N{EN DASH}29 May 2024",
        "Articles 51(2) and 53(2), Section 230, pp. 3\N{EN DASH}7",
        "GPT-4, Llama 2, COVID-19, the F-35, a 5G network, CO2",
        "Directive 2008/98/EC, open 24/7, at 10:30 or 9 am",
        "the 21st century, the 3rd treaty, a third party",
        "version 1.0.2, v. 3.1, CC BY 4.0",
        "[@able-2024, p. 45] and @baker-2025 and `10 %` and https://example.org/12",
        "1. First\n2. Second",
        "two ways, and one of them; the first three steps",
        "about half of them, in a year",
    ],
)
def test_leaves_names_alone(text: str) -> None:
    """What isn't surely a figure is not said to be one."""
    assert said(text) == []


@pytest.mark.parametrize(
    ("stated", "found", "expected"),
    [
        ("$9 trillion", "$8.8 trillion", True),
        ("7%", "6.6%", True),
        ("7%", "6.4%", False),
        ("2.5%", "2.47%", True),
        ("almost 15 million", "14.8 million", True),
        ("some 35,000", "34,927", True),
        ("20%", "17%", False),
        ("over 40 countries", "43 countries", True),
        ("under 40 countries", "43 countries", False),
        ("one in four", "25.3 per cent", True),
        ("5%", "5 percentage points", False),
        ("$200", "\N{EURO SIGN}200", False),
        ("18 months", "a year and a half", True),
        ("18 months", "18 people", False),
        ("12 people", "twelve persons", True),
        ("12 people", "12%", False),
    ],
)
def test_agrees_as_far_as_writers_round(stated: str, found: str, expected: bool) -> None:
    """The same in other words, or a little rounder."""
    (one,), (other,) = quantities(stated), quantities(found)
    assert agrees(one, other) is expected


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=200))
def test_spans_are_in_order_and_true(text: str) -> None:
    """Whatever the text, a figure stands where it says, and none lies in another."""
    last = 0
    for item in quantities(text):
        assert last <= item.start < item.end
        assert text[item.start : item.end] == item.text or "@" in text or "*" in text or "`" in text
        last = item.end
