"""Find the numbers in a text of any language: a text and its language in, their values out.

Decimal signs, signs between thousands and words for scales are the locale's own (Unicode CLDR, "Number Symbols" and
"Compact Number Formats"): 8.8 trillion, 8 800 milliards and 8,8 billones have one value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from pipeline.phrases import MASKED

_ARABIC = {0x066B: ".", 0x066C: ","}
"""Arabic decimal and thousands separators, as CLDR's `ar` has them with Western digits."""
_BRACES = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_ALSO = {"ar": {"تريليون": 1e12, "تريليونات": 1e12, "مليارات": 1e9, "بليون": 1e9}, "de": {"mio": 1e6, "mrd": 1e9}}
"""Words for scales that CLDR spells in another way or leaves out."""
_SPACES = "\u0020\u00a0\u2009\u202f"


@dataclass(frozen=True, slots=True)
class _Signs:
    """How a language writes numbers."""

    number: re.Pattern[str]
    decimal: str
    scale: re.Pattern[str]
    sizes: dict[str, float]


def values(text: str, language: str) -> dict[float, str]:
    """Give the values of all numbers in digits, each as it stands; citations, addresses and braces hold none."""
    return dict(_values(_BRACES.sub(" ", MASKED.sub(" ", text)), _signs(language)))


def _values(text: str, signs: _Signs) -> Iterator[tuple[float, str]]:
    text = "".join(str(unicodedata.digit(c, c)) if c.isdecimal() else c for c in text.translate(_ARABIC))
    for match in signs.number.finditer(text):
        whole, _, part = match[0].partition(signs.decimal)
        value = float(f"{re.sub('[^0-9]', '', whole)}.{part or 0}")
        scale = signs.scale.match(text, match.end())
        yield float(f"{value * (signs.sizes[scale[1].casefold()] if scale else 1):.9g}"), match[0]


@cache
def _signs(language: str) -> _Signs:
    from babel import Locale, UnknownLocaleError
    from babel.numbers import get_decimal_symbol, get_group_symbol

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en")
    decimal, group = get_decimal_symbol(locale), get_group_symbol(locale)
    groups = re.escape(group + (_SPACES if group.isspace() or group != "," else ""))
    sizes = {word.casefold(): size for word, size in _scales(locale)} | _ALSO.get(locale.language, {})
    words = "|".join(map(_word, sorted(sizes, key=len, reverse=True)))
    return _Signs(
        number=re.compile(rf"(?<![\d])\d+(?:[{groups}]\d{{3}}(?!\d))*(?:{re.escape(decimal)}\d+)?"),
        decimal=decimal,
        scale=re.compile(rf"[{_SPACES}-]?({words})" if words else r"(?!)()", re.IGNORECASE),
        sizes=sizes,
    )


def _word(word: str) -> str:
    """A pattern for a word; a script that has no capitals may go on without a space behind it."""
    return re.escape(word) + (r"(?!\w)" if word[-1].upper() != word[-1].lower() else "")


def _scales(locale: Any) -> Iterator[tuple[str, float]]:
    """The words for thousands, millions and more, with what they multiply by."""
    for forms in locale.compact_decimal_formats.get("long", {}).values():
        for magnitude, pattern in forms.items():
            noughts = pattern.pattern.count("0")
            word = re.sub(r"[0'\s]+", " ", pattern.pattern).strip()
            if word and noughts:
                yield word, float(magnitude) / 10 ** (noughts - 1)
