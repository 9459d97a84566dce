"""Numbers are read as each language writes them, and paired with those that mean the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.numerals import digits, numerals, unmatched

TRILLIONS = (8.8e12, "dollars")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en-GB", "$8.8 trillion, 12,345 and 2.5% [@able-2024, p. 3]", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("fr", "8\u202f800 milliards de dollars, 12\u202f345 et 2,5\u00a0%", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("es", "8,8 billones de dólares, 12.345 y 2,5\u00a0%", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("de", "8,8 Billionen Dollar, 12.345 und 2,5\u00a0%", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("ar", "8.8 تريليون دولار و12,345 و2.5%", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("ar", "\u0668\u066b\u0668 تريليون دولار و\u0661\u0662\u066c\u0663\u0664\u0665", [TRILLIONS, (12345, "")]),
        ("ja", "8.8兆ドル、12,345、2.5%", [TRILLIONS, (12345, ""), (2.5, "%")]),
        ("xx", "12,345", [(12345, "")]),
        ("es", "4,15 mil millones", [(4.15e9, "")]),
        ("de", "3 Mrd. Euro, 2 Mio. Schiffe", [(3e9, "EUR"), (2e6, "")]),
        ("en-GB", "£3bn, €2m, 40 thousand", [(3e9, "GBP"), (2e6, "EUR"), (40_000, "")]),
        ("en-GB", "-35%, \u22122.5, 10-20, mid-2025", [(-35, "%"), (-2.5, ""), (10, ""), (20, ""), (2025, "")]),
        ("ar", "\u200e-35\u200e%", [(-35, "%")]),
        ("de-CH", "1\u2019500 und 1'500'000 Schiffe, 2.5\u00a0%", [(1500, ""), (1.5e6, ""), (2.5, "%")]),
        ("fr-CH", "1\u2019500 bateaux", [(1500, "")]),
        ("en-GB", "1\u2019500 boats", [(1500, "")]),
        ("de", "35-prozentig, 5 Prozentpunkte", [(35, "%"), (5, "")]),
        ("en-GB", 'Of 2024 153 sank, `5` and {{ figure("a-7") }}', [(2024, ""), (153, "")]),
    ],
)
def test_numbers_are_read_as_a_language_writes_them(
    language: str, text: str, expected: list[tuple[float, str]]
) -> None:
    """Scales, decimal signs, groups and units follow the locale; citations, code and braces hold no numbers."""
    found = numerals(text, language)
    assert len(found) == len(expected)
    assert [reading for reading, numeral in zip(expected, found, strict=True) if reading not in numeral.readings] == []


@pytest.mark.parametrize(("language", "text"), [("de", "9.5"), ("fr", "1,500.5"), ("en", "9,5"), ("fr", "1.500")])
def test_what_a_language_does_not_write_has_no_value(language: str, text: str) -> None:
    """It is one number that means nothing, and not the two on both sides of its sign."""
    assert [(numeral.digits, numeral.readings) for numeral in numerals(text, language)] == [(text, frozenset())]


def test_digits_of_any_script_are_digits() -> None:
    """They are given as English has them."""
    assert digits("p. 33, \u0663\u0665") == ("33", "35")


@given(st.text(alphabet=st.sampled_from("0123456789\u0663.,'\u2019 -\u2212%$€kM\u00a0to\n"), max_size=60))
def test_a_text_means_what_it_says(text: str) -> None:
    """Every text has the numbers of itself, but for those that its language doesn't write so."""
    found = numerals(text, "en-GB")
    lost, added = unmatched(found, found)
    assert len(lost) == len(added)
    assert all(not numeral.readings for numeral in (*lost, *added))


def test_as_many_numbers_as_can_be_are_paired() -> None:
    """One that may mean two things leaves the other to one that may mean that alone."""
    stated, said = numerals("10 to 20 million, and then 10", "en"), numerals("10, 20 Millionen, 10 Millionen", "de")
    assert [len(left) for left in unmatched(stated, said)] == [0, 0]
    assert [len(left) for left in unmatched(said, stated)] == [0, 0]
