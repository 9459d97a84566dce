"""Find the numbers in a text of any language: a text and its language in; each with its values, sign and unit out.

Decimal signs, signs between thousands and words for scales are the locale's own (Unicode CLDR, "Number Symbols" and
"Compact Number Formats"): 8.8 trillion, 8 800 milliards and 8,8 billones have one value. Digits may be of any script.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final

from pipeline.phrases import LABEL, MASKED, ORDINARY

Reading = tuple[float, str]
"""A value and its unit: a currency, `%`, or nothing."""
_ARABIC = {0x066B: ".", 0x066C: ","}
"""Arabic decimal and thousands separators, as CLDR's `ar` has them with Western digits."""
_DIRECTIONS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Marks of direction, which stand between a sign and its number on pages from right to left."""
_BRACES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ALSO = {
    "ar": {"تريليون": 1e12, "تريليونات": 1e12, "مليارات": 1e9, "بليون": 1e9},
    "en": {"mn": 1e6, "b": 1e9, "trn": 1e12},
}
"""Words for scales that CLDR spells in another way or leaves out."""
_RAISED = re.compile(r"(?<=\d)[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
"""A power, which is a number of its own: 10²⁵ is 10^25^."""
_SPACES = "\u0020\u00a0\u2009\u202f"
_NUMBER = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}'\u2019]\d{{3}}(?!\d))+(?:[.,]\d+)?|\d+(?:[.,]\d+)*")
"""Digits with all signs among them, whether or not the language writes a number so."""
_BETWEEN = re.compile(r",?\s?(?:[-\u2013\u2014/]|[^\W\d_]{1,4})?\s?")
"""What joins the numbers of a range or a list: `5 to 10%`, `5, 6 et 7 %`."""
_NAME = re.compile(r"[^\W\d_]-?$|(?<!\w)(?P<word>[A-Z][\w&+.'\u2019-]{0,40})\s$")
"""What a number in a name stands behind: GPT-3.5, Apache 2.0."""
_FAR = 60
_WORDED: Final = frozenset(["ar", "de", "en", "es", "fr", "it", "nl", "pt"])
"""Languages whose words for per cents and currencies are all among the units."""
_UNITS: Final = {
    "%": r"[%٪\uff05]|per\s?cent\b|pour\scent\b|por\sciento\b|(?:por|per)\scento\b|pro[cz]ent(?:ig\w{0,2})?\b"
    r"|في.المئة|في.المائة|بالمئة|بالمائة",
    "dollars": r"\$|(?:USD|AUD|CAD)\b|d[oó]ll?ar\w{0,4}\b|دولار\w{0,2}|ドル|美元",
    "EUR": r"€|EUR\b|euros?\b|يورو|ユーロ|欧元",
    "GBP": r"£|GBP\b|(?P<perhaps>(?:pounds?|livres?|libras?|pfund|جنيه\w{0,2})\b)",
    "JPY": r"¥|JPY\b|yens?\b|ين(?:\u0627|\u064b\u0627)?\b|円",
    "INR": r"₹|INR\b|rupees?\b|roupies?\b|rupias?\b|rupien\b|روبية",
    "CHF": r"CHF\b|francs?\b|francos?\b|franken\b|فرنك",
    "CNY": r"CNY\b|yuans?\b|يوان|人民币",
}
"""What stands behind a number, by unit; what is a word for something else too, as French *livres*, is `perhaps`."""
_MONEY: Final = {"%": r"(?<!\d)[%٪]"} | {
    "dollars": r"(?<![A-Za-z])(?:US|A|C)?\$|\b(?:USD|AUD|CAD)", "EUR": "€|EUR", "GBP": r"£|\bGBP", "JPY": r"¥|\bJPY",
    "INR": r"₹|\bINR", "CHF": r"\bCHF", "CNY": r"\bCNY",
}  # fmt: skip
"""What stands before a number."""
_BEFORE = re.compile(
    r"(?P<sign>(?<![^\s(\[«“„\"'=:])[-\u2212\u2013])?"
    rf"(?:(?:{'|'.join(f'(?P<u{place}>{signs})' for place, signs in enumerate(_MONEY.values()))})\s?"
    r"(?P<inner>[-\u2212])?)?$"
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Numeral:
    """A number in digits."""

    text: str
    """As it stands, with its sign and its unit: `-35 %`."""
    digits: str
    """Its digits with the signs among them."""
    readings: frozenset[Reading]
    """All that it may mean: the 10 of `10 to 20 million` may be ten million. None where no number is written so."""
    named: bool
    """Whether it stands behind a name, or a word such as *section*, and may be a part of it."""
    start: int
    end: int
    size: float = 1
    """What a word behind it multiplies it by."""

    def means(self, other: Numeral) -> bool:
        """Whether another one may say the same, or, behind a name, stands as it does here."""
        as_it_stands = self.named and self.digits == other.digits and "," not in self.digits
        return bool(self.readings & other.readings) or (as_it_stands and not other.unit and not self.unit)

    @property
    def unit(self) -> str:
        """The unit that stands beside it, if any."""
        units = {unit for _, unit in self.readings}
        return "" if "" in units or not units else min(units)


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a language writes numbers."""

    grouped: re.Pattern[str]
    decimal: str
    scale: re.Pattern[str]
    sizes: dict[str, float]
    letters: frozenset[str]
    """Single letters that may be scales."""
    unit: re.Pattern[str]
    worded: bool
    """Whether all its words for units are known."""


def numerals(text: str, language: str) -> tuple[Numeral, ...]:
    """Give all numbers in digits, in their order; citations, addresses and braces hold none."""
    text = _DIRECTIONS.sub("", _BRACES.sub(" ", MASKED.sub(" ", text)).translate(_ARABIC).replace("\n", " "))
    text, signs = (
        _RAISED.sub(lambda found: f"^{unicodedata.normalize('NFKC', found[0])}", _western(text)),
        _signs(language),
    )
    return tuple(_shared(text, [_numeral(text, match, signs) for match in _NUMBER.finditer(text)]))


def digits(text: str) -> tuple[str, ...]:
    """Give each run of digits in a text, whatever their script."""
    return tuple(re.findall("[0-9]+", _western(text)))


def unmatched(stated: Sequence[Numeral], said: Sequence[Numeral]) -> tuple[tuple[Numeral, ...], tuple[Numeral, ...]]:
    """Pair the numbers of two texts, each with one that means the same, and give those that are left of either.

    As many as can be are paired, by augmenting paths (C. Berge, "Two Theorems in Graph Theory", 1957).
    """
    pairs: dict[int, int] = {}
    for place in range(len(stated)):
        pairs |= _augmenting(place, stated, said, pairs)
    lost = tuple(number for place, number in enumerate(stated) if place not in pairs.values())
    return lost, tuple(number for place, number in enumerate(said) if place not in pairs)


def _augmenting(
    start: int, stated: Sequence[Numeral], said: Sequence[Numeral], pairs: Mapping[int, int]
) -> dict[int, int]:
    """The pairs to add or change, from the second text to the first, so that one more number has a partner."""
    queue, reached = [start], dict[int, int]()
    for place in queue:
        for other in range(len(said)):
            if other not in reached and stated[place].means(said[other]):
                reached[other] = place
                if other in pairs:
                    queue.append(pairs[other])
                    continue
                return _turned(start, other, reached, pairs)
    return {}


def _turned(start: int, free: int, reached: Mapping[int, int], pairs: Mapping[int, int]) -> dict[int, int]:
    """The pairs along the way by which a number without a partner was reached, each moved on by one."""
    partners = {place: other for other, place in pairs.items()}
    changed, other = {free: reached[free]}, free
    while reached[other] != start:
        other = partners[reached[other]]
        changed[other] = reached[other]
    return changed


def _western(text: str) -> str:
    """The text with the digits that English has."""
    return "".join(str(unicodedata.digit(c, c)) if c.isdecimal() else c for c in text)


def _numeral(text: str, match: re.Match[str], signs: _Signs) -> Numeral:
    before = _BEFORE.search(text, max(0, match.start() - 8), match.start())
    scale = signs.scale.match(text, match.end())
    size = signs.sizes[scale[1].casefold()] if scale else 1.0
    end = scale.end() if scale else match.end()
    behind = signs.unit.match(text, end)
    units, start = {""} if signs.worded else {"", *_UNITS}, match.start()
    minus = 1
    if before:
        start = before.start()
        minus = -1 if before["sign"] or before["inner"] else 1
        units = {unit for place, unit in enumerate(_MONEY) if before[f"u{place}"]} or units
    if behind and units != {"%"}:
        end = behind.end()
        units = {unit for place, unit in enumerate(_UNITS) if behind[f"u{place}"]} | (
            {""} if behind["perhaps"] else set()
        )
    letter = bool(scale and scale[1].casefold() in signs.letters and "" in units)
    value = _value(match[0], signs)
    values = [] if value is None else [minus * value * size, *([minus * value] if letter else [])]
    return Numeral(
        text=" ".join(text[start:end].split()),
        digits=match[0],
        readings=frozenset((float(f"{value:.9g}"), unit) for value in values for unit in units),
        named=_is_named(text, match.start()),
        start=start,
        end=end,
        size=1.0 if letter else size,
    )


def _value(digits: str, signs: _Signs) -> float | None:
    """The value of digits with signs among them, as the language writes them; None where it doesn't."""
    digits = re.sub(f"[{_SPACES}'\u2019]", "", digits)
    if not signs.grouped.fullmatch(digits):
        return None
    whole, _, part = digits.partition(signs.decimal)
    return float(f"{re.sub('[^0-9]', '', whole)}.{part or 0}")


def _is_named(text: str, start: int) -> bool:
    near = max(0, start - _FAR)
    found = _NAME.search(text, near, start)
    if found and (word := found["word"]):
        return word == word.upper() or not ORDINARY.fullmatch(word.lower())
    return bool(found or LABEL.search(text, near, start))


def _shared(text: str, found: list[Numeral]) -> list[Numeral]:
    """Let what a range or a list says once, at its end, be said of all its numbers, and a currency of all in the text.

    Languages differ in what they repeat: `$10 to 20 million`, `10 à 20 millions de dollars`.
    """
    for here in reversed(range(len(found) - 1)):
        one, after = found[here], found[here + 1]
        if _BETWEEN.fullmatch(text, one.end, after.start):
            sizes = {1.0, after.size if one.size == 1 else 1.0}
            units = {unit for _, unit in after.readings}
            found[here] = replace(one, readings=one.readings | _read_as(one, sizes, units), size=max(sizes))
    currencies = {numeral.unit for numeral in found} - {"", "%"}
    return [replace(one, readings=one.readings | _read_as(one, {1.0}, currencies)) for one in found]


def _read_as(numeral: Numeral, sizes: set[float], units: set[str]) -> frozenset[Reading]:
    """What else a number may mean, where it has no unit, or no scale, of its own."""
    return frozenset(
        (value * size, given)
        for value, unit in numeral.readings
        for size in sizes
        for given in ({unit} if unit else {"", *units})
    )


@cache
def _signs(language: str) -> _Signs:
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    long, short = dict(_scales(locale, "long")), dict(_scales(locale, "short"))
    sizes = short | long | _ALSO.get(locale.language, {})
    words = "|".join(map(_word, sorted(sizes, key=len, reverse=True)))
    groups = rf"|\d{{1,3}}(?:{re.escape(group)}\d{{3}})+" if group in (".", ",") else ""
    units = "|".join(f"(?P<u{place}>{signs})" for place, signs in enumerate(_units(locale)))
    return _Signs(
        grouped=re.compile(rf"(?:\d+{groups})(?:{re.escape(decimal)}\d+)?"),
        decimal=decimal,
        scale=re.compile(rf"[{_SPACES}-]?({words})" if words else r"(?!)()", re.IGNORECASE),
        sizes=sizes,
        letters=frozenset(word for word in sizes if len(word) == 1 and word not in long),
        unit=re.compile(
            rf"\.?[{_SPACES}-]?(?:(?:of|de|di)[{_SPACES}]|d['\u2019])?(?:US[{_SPACES}-]|U\.S\.\s)?(?:{units})",
            re.IGNORECASE,
        ),
        worded=locale.language in _WORDED,
    )


def _word(word: str) -> str:
    """A pattern for a word; a script that has no capitals may go on without a space behind it."""
    return re.escape(word) + (r"(?!\w)" if word[-1].upper() != word[-1].lower() else "")


def _units(locale: Any) -> Iterator[str]:
    """The patterns of units, with the locale's own word for per cents."""
    from babel.units import format_unit

    for unit, signs in _UNITS.items():
        own = format_unit(5, "concentr-percent", locale=locale).replace("5", "").strip() if unit == "%" else ""
        yield f"{signs}|{re.escape(own)}(?!\\w)" if own.strip("\u200e\u200f% ") else signs


def _scales(locale: Any, length: str) -> Iterator[tuple[str, float]]:
    """The words for thousands, millions and more, with what they multiply by."""
    for forms in locale.compact_decimal_formats.get(length, {}).values():
        for magnitude, pattern in forms.items():
            noughts = pattern.pattern.count("0")
            word = re.sub(r"[0'.\s]+", " ", pattern.pattern).strip().casefold()
            if word and noughts:
                yield word, float(magnitude) / 10 ** (noughts - 1)
