"""Say what the words of a figure are worth: numbers, scales, currencies, units, shares and multiples."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

DAYS_OF_A_YEAR: Final = 365.25
_ONES: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
NUMBERS: Final[Mapping[str, int]] = {
    **{word: value for value, word in enumerate(_ONES, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    **{f"{ten}-{one}": 10 * n + m for n, ten in enumerate(_TENS, 2) for m, one in enumerate(_ONES[:9], 1)},
}
"""Number words, in small letters."""
SCALES: Final[Mapping[str, float]] = {
    name: size
    for size, names in (
        (12, ("dozen",)),
        (1e2, ("hundred",)),
        (1e3, ("thousand", "k")),
        (1e6, ("million", "m", "mn")),
        (1e9, ("billion", "b", "bn")),
        (1e12, ("trillion", "tn", "trn")),
    )
    for name in names
}
"""What a number is multiplied by."""
CURRENCIES: Final[Mapping[str, str]] = {
    sign: code
    for code, signs in (
        ("USD", ("$", "US$")),
        ("EUR", ("€",)),
        ("GBP", ("£",)),
        ("JPY", ("¥",)),
        ("INR", ("₹",)),
        ("AUD", ("A$",)),
        ("CAD", ("C$",)),
        ("CHF", ()),
        ("CNY", ()),
    )
    for sign in (code, *signs)
}
"""What stands before an amount, and its code (ISO 4217); a dollar is the American one unless it says another."""
UNITS: Final[Mapping[str, tuple[str, float]]] = {
    name: (base, size)
    for base, size, names in (
        ("", 1, ("point", "points")),
        ("%", 1, ("%", "percent", "per cent")),
        ("percentage points", 1, ("percentage point", "percentage points", "pp")),
        ("times", 1, ("times", "fold", "x", "\N{MULTIPLICATION SIGN}")),
        ("USD", 1, ("dollar", "dollars", "us dollar", "us dollars")),
        ("USD", 0.01, ("cent", "cents", "us cents")),
        ("EUR", 1, ("euro", "euros")),
        ("GBP", 1, ("pound", "pounds", "pounds sterling")),
        ("GBP", 0.01, ("pence",)),
        ("days", 1 / 86_400, ("second", "seconds")),
        ("days", 1 / 1_440, ("minute", "minutes")),
        ("days", 1 / 24, ("hour", "hours")),
        ("days", 1, ("day", "days")),
        ("days", 7, ("week", "weeks")),
        ("days", DAYS_OF_A_YEAR / 12, ("month", "months")),
        ("days", DAYS_OF_A_YEAR, ("year", "years")),
        ("days", 10 * DAYS_OF_A_YEAR, ("decade", "decades")),
        ("metres", 0.001, ("mm",)),
        ("metres", 0.01, ("cm",)),
        ("metres", 1, ("metre", "metres", "meter", "meters")),
        ("metres", 1_000, ("km", "kilometre", "kilometres", "kilometer", "kilometers")),
        ("metres", 1_609.344, ("mile", "miles")),
        ("km/h", 1, ("km/h", "kph")),
        ("km/h", 1.609344, ("mph",)),
        ("hectares", 1, ("hectare", "hectares", "ha")),
        ("hectares", 0.404686, ("acre", "acres")),
        ("grams", 1e-6, ("\N{MICRO SIGN}g", "\N{GREEK SMALL LETTER MU}g")),
        ("grams", 0.001, ("mg",)),
        ("grams", 1_000, ("kg",)),
        ("grams", 1e6, ("tonne", "tonnes", "metric tons")),
        ("watts", 1e3, ("kw",)),
        ("watts", 1e6, ("mw",)),
        ("watts", 1e9, ("gw",)),
        ("watts", 1e12, ("tw",)),
        ("watt-hours", 1e3, ("kwh",)),
        ("watt-hours", 1e6, ("mwh",)),
        ("watt-hours", 1e9, ("gwh",)),
        ("watt-hours", 1e12, ("twh",)),
        ("bytes", 1e9, ("gb",)),
        ("bytes", 1e12, ("tb",)),
        ("bytes", 1e15, ("pb",)),
        ("degrees", 1, ("°", "°c", "degrees", "degrees celsius")),
    )
    for name in names
}
"""Every unit as it is written, in small letters: what it is measured in, and how many of those it is."""
PARTS: Final[Mapping[str, int]] = {
    name + plural: part
    for part, name in enumerate(("third", "quarter", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 3)
    for plural in ("", "s")
}
"""What a whole is cut into."""
MULTIPLES: Final[Mapping[str, int]] = {
    name: times
    for times, names in (
        (2, ("twice", "double", "doubles", "doubled", "doubling", "two-fold", "twofold")),
        (3, ("triple", "triples", "tripled", "tripling", "trebled", "three-fold", "threefold")),
        (4, ("quadruple", "quadrupled", "four-fold", "fourfold")),
        (5, ("five-fold", "fivefold")),
        (10, ("ten-fold", "tenfold")),
        (100, ("hundred-fold", "hundredfold")),
    )
    for name in names
}
"""Words that multiply."""
