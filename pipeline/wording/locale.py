"""Write dates, numbers and lists as a language does: CLDR's data by way of Babel.

CLDR: Unicode Common Locale Data Repository, unicode.org/cldr.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal

from pipeline.problem import did_you_mean

SOURCE = "en-GB"
"""The language that messages are written in."""
KEEPS_CAPITALS = frozenset(["de", "lb"])
"""Where nouns have capitals, so that the first word of a text may not be made small."""
GROUPS_LATE = frozenset(["es", "it", "pl"])
"""Where four digits stand together (CLDR's minimumGroupingDigits is 2)."""
RIGHT_TO_LEFT = frozenset(
    ["Adlm", "Arab", "Armi", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]
)
"""Scripts whose lines run from right to left (ISO 15924; CLDR's script metadata)."""
LETTERS_TO_THE_LEFT = ((0x590, 0x8FF), (0xFB1D, 0xFDFF), (0xFE70, 0xFEFF), (0x10800, 0x10FFF), (0x1E800, 0x1EFFF))
"""Where Unicode keeps the letters of these scripts: first and last code points (DerivedBidiClass.txt)."""
QUOTES: Mapping[str, str] = {
    "ar": "«»",
    "da": "“”",
    "de": "„“",
    "de-CH": "«»",
    "es": "«»",
    "fr": "«\N{NARROW NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}»",
    "fr-CH": "«»",
    "it": "«»",
    "ja": "「」",
    "nl": "‘’",  # noqa: RUF001 - these are the marks
    "pl": "„”",
    "pt": "“”",
    "ru": "«»",
    "zh-Hant": "「」",
}
"""Quotation marks by language, as style books have them: opening half, closing half. Others have the English ones."""


def tags(language: str) -> Iterator[str]:
    """The tag, and what it falls back to: `fr-CA`, then `fr` (RFC 4647, section 3.4, "Lookup")."""
    parts = language.split("-")
    yield from ("-".join(parts[:size]) for size in range(len(parts), 0, -1))


def is_english(language: str) -> bool:
    """Whether it is the language that messages are written in, of whatever region."""
    return language.partition("-")[0] == SOURCE.partition("-")[0]


@cache
def locale(language: str) -> Locale:
    """CLDR's data for a BCP 47 tag; British English where nothing is known."""
    for tag in (*(() if language == "en" else tags(language)), SOURCE):
        try:
            return Locale.parse(tag, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    raise ValueError(f"Babel has no data for {SOURCE}")


def tag(language: str) -> str:
    """The language with its region, as the Open Graph protocol names it: `fr` as `fr_FR`."""
    known = locale(language)
    return "_".join(filter(None, [known.language, known.territory or _home(known.language)]))


@cache
def unknown(language: str) -> tuple[str, str] | None:
    """Say which part of a BCP 47 tag CLDR doesn't know, in words, and the tag that was most likely meant; or None.

    Variants, such as `1901` in `de-1901`, are not looked at.
    """
    known, first = Locale("en"), language.partition("-")[0]
    if first not in {*known.languages, *get_global("likely_subtags"), *get_global("language_aliases")}:
        return f"no language has the code '{first}'", did_you_mean(first, sorted(known.languages))
    for part in language.split("-")[1:]:
        if part.isdigit() == (len(part) == len("419")) and len(part) <= len("419") and not _is_region(part):
            meant = language.replace(f"-{part}", "".join(f"-{code}" for code in _meant(part, first)))
            return f"no region has the code '{part}'", f"did you mean '{meant}'?"
        if len(part) == len("Latn") and part.isalpha() and part.title() not in known.scripts:
            return f"no script has the code '{part}'", did_you_mean(part.title(), sorted(known.scripts))
    return None


def _is_region(part: str) -> bool:
    return part.upper() in Locale("en").territories


def _meant(part: str, language: str) -> list[str]:
    """The region that is meant by a code that was one, `UK`, or the one where the language is mostly spoken."""
    return [code for code in get_global("territory_aliases").get(part.upper(), [_home(language)])[:1] if code != "ZZ"]


def _home(language: str) -> str:
    """The region where a language is mostly spoken (CLDR, "Likely Subtags")."""
    return str(get_global("likely_subtags").get(language, "").rpartition("_")[2])


def script(language: str) -> str:
    """The script that a language is written in, `Arab`: the tag's own, else the likely one (CLDR, "Likely Subtags")."""
    likely, parts = get_global("likely_subtags"), language.split("-")
    if own := next((part for part in parts[1:] if len(part) == len("Arab") and part.isalpha()), ""):
        return own.title()
    found = next((likely[tag] for tag in ("_".join(parts), parts[0].lower()) if tag in likely), "_Latn")
    return found.split("_")[1]


def direction(language: str) -> str:
    """`rtl` where lines run from right to left, else `ltr`."""
    return "rtl" if script(language) in RIGHT_TO_LEFT else "ltr"


def name(language: str, other: str) -> str:
    """What a language is called in a language: in French, `en` is `anglais`."""
    return str(locale(language).languages.get(locale(other).language, other))


def day(language: str, value: str) -> str:
    """An ISO 8601 day in words; French has an ordinal for the first of a month, which CLDR leaves out."""
    date, known = dt.date.fromisoformat(value), locale(language)
    said = format_date(date, "long", locale=known)
    return f"1er{said.removeprefix('1')}" if known.language == "fr" and date.day == 1 else said


def month(language: str, value: str) -> str:
    """The month of an ISO 8601 day in words."""
    return format_skeleton("yMMMM", dt.date.fromisoformat(value), locale=locale(language))


def days_before_months(language: str) -> Mapping[str, tuple[str, str]]:
    """Of a language that says the day first: each month, with its first day and its 28th, `1er mars` and `28 mars`."""
    known, found = locale(language), {}
    for number, called in known.months["format"]["wide"].items():
        first, later = (format_skeleton("MMMMd", dt.date(2024, number, date), locale=known) for date in (1, 28))
        if later.startswith("28"):
            found[called] = (f"1er{first.removeprefix('1')}" if known.language == "fr" else first, later)
    return found


def number(language: str, value: float) -> str:
    """A number in figures, with at most ten digits that count."""
    known = locale(language)
    grouped = abs(value) >= (10_000 if known.language in GROUPS_LATE else 1_000)
    return format_decimal(float(f"{value:.10g}"), format="#,##0.##########", locale=known, group_separator=grouped)


def series(language: str, parts: Sequence[str]) -> str:
    """Some words as a list in a sentence."""
    return format_list([part for part in parts if part], locale=locale(language))


def quotes(language: str) -> tuple[str, str]:
    """The opening and the closing mark, with the spaces inside them."""
    marks = next((QUOTES[tag] for tag in tags(language) if tag in QUOTES), "“”")
    return marks[: len(marks) // 2], marks[len(marks) // 2 :]
