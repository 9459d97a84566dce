"""Find the figures in a text: prose in; values with their units, their spans and how exactly they are said out.

    figure   = [currency] number [scale] [unit] | share | multiple | power
    range    = number ("-" | "to" | "and") figure     its first number takes over scale and unit
    number   = "8,800" | "1 200" | "2.5" | "seven" | "twenty-one" | "a"
    scale    = "thousand" | "million" | "billion" | "trillion" | "dozen" | "bn" | "m" behind a currency
    unit     = "%" | "percentage points" | "dollars" | "months" | "km/h" | … (`pipeline.units`)
    share    = "a third" | "three quarters" | "half" | "one in five" | "nine out of ten"
    multiple = "1.4 times" | "tenfold" | "twice as" | "doubled"
    power    = "10^25" | "10²⁵" | "3 x 10^8"

Years, dates, ordinals, articles, pages, versions and models ("GPT-4", "Llama 2") are names and no figures. Where one
could yet be a figure ("2000 farms", "13B"), it is given as not `sure`; so are "a year", "half" and a "two" that counts.
Each pattern is tried once at a place and has bounds, so the time is linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, Literal

from pipeline.phrases import (
    AS,
    BETWEEN,
    BY,
    DATED_AFTER,
    DATED_BEFORE,
    ENDS,
    FIGURE,
    GLUED,
    HALVED,
    HEDGE,
    IDLE,
    JOINED,
    LABEL,
    MARKER,
    MASKED,
    NAME,
    NEXT,
    OF,
    OF_NUMBER,
    ORDINARY,
    OUT_OF,
    PLACING,
    POINTING,
    SCALE,
    UNIT,
)
from pipeline.units import CURRENCIES, MULTIPLES, NUMBERS, PARTS, SCALES, UNITS

Hedge = Literal["", "about", "over", "under"]
"""Which way a figure may be off: both, up or down; where it is empty, by rounding alone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quantity:
    """One figure and where it stands."""

    value: float
    """In the base of its unit: percent, days, metres; for a count, itself."""
    unit: str = ""
    """What is measured, in its base: `%`, `days`, `USD`; empty where things are counted."""
    step: float
    """The place of its last digit that isn't a nought: how finely it is said."""
    start: int
    end: int
    text: str
    """As it stands, with currency, scale and unit."""
    noun: str = ""
    """The word behind it that says what is counted, in small letters; empty where there is none."""
    hedge: Hedge = ""
    sure: bool = True
    """Whether it is surely a figure and says something of its own."""
    size: float = 1.0
    """What the number as it is written was multiplied by."""


def quantities(text: str) -> tuple[Quantity, ...]:
    """Give the figures of a text in Markdown, in their order; citations, addresses and code hold none."""
    masked = MASKED.sub(lambda found: " " * len(found[0]), text)
    return tuple(_ranged(masked, list(_read(masked))))


def agrees(stated: Quantity, found: Quantity) -> bool:
    """Whether a figure says what another one has found, give or take the rounding that writers do.

    It may be rounded at its last digit that isn't a nought, yet by no more than a twentieth where that is a ten or
    a scale's own, and a tenth behind `about`; behind `over` and `under` it may be off by a sixth in that way alone.
    """
    if stated.unit != found.unit and (stated.unit or stated.noun or found.unit in _STRICT):
        return False
    apart, size = found.value - stated.value, abs(stated.value)
    most = stated.step / 2
    if stated.step >= 10:
        most = min(most, size * (0.1 if stated.hedge else 0.05))
    if stated.unit == "days":
        most = 0.02 * size
    if stated.hedge in ("over", "under"):
        most = max(most, size / 6) if (apart > 0) == (stated.hedge == "over") else 0
    return abs(apart) <= most * 1.0001 + 1e-9 * size


_STRICT: Final = ("%", "percentage points", *CURRENCIES.values())
"""Units that a bare number can't do without."""
_RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_WINDOW: Final = 60
"""Characters before a figure that are looked at for a name."""
_NEAR: Final = 20
"""The same for a hedge, a label or a month, of which none is longer."""


def _read(text: str) -> Iterator[Quantity]:
    """Yield the figures, but leave each to itself: ranges are not yet seen."""
    named, done = -1, 0
    for match in FIGURE.finditer(text):
        if match.start() < done:
            continue
        before = text[max(0, match.start() - _WINDOW) : match.start()]
        if match["digits"] and (
            LABEL.search(before[-_NEAR:]) or (named >= 0 and JOINED.fullmatch(text, named, match.start()))
        ):
            named = match.end()
            continue
        if match["multiple"] or match["half"] or match["part"]:
            yield _share(text, match, before)
        elif quantity := _number(text, match, before):
            named = match.end() if match["digits"] and not quantity.sure and _is_name(text, match, before) else -1
            done = quantity.end
            yield quantity


def _share(text: str, match: re.Match[str], before: str) -> Quantity:
    """A share or a multiple that one word or two say."""
    start, end = match.span()
    made = Quantity(value=50, unit="%", step=5, start=start, end=end, text=match[0], hedge=_hedge(before), sure=False)
    if word := match["multiple"]:
        sure = word.lower().endswith(("d", "fold")) or bool(AS.match(text, end))
        return replace(made, value=MULTIPLES[word.lower()], unit="times", step=1, sure=sure)
    if match["half"]:
        return made
    count = NUMBERS.get(match["parts"].lower(), 1)
    sure = match["parts"].lower() in NUMBERS or bool(
        OF.match(text, end) or (BY.search(before[-_NEAR:]) and ENDS.match(text, end))
    )
    return replace(made, value=100 * count / PARTS[match["part"].lower()], sure=sure)


def _number(text: str, match: re.Match[str], before: str) -> Quantity | None:
    """A number with its scale and unit; None where it is a date, an ordinal, a mark of a list or a part of a name."""
    value, step = _value(match)
    end, scale, sure = _scaled(text, match)
    unit, size = "", 1.0
    if match["currency"]:
        unit = CURRENCIES[match["currency"].strip().upper()]
    elif out_of := OUT_OF.match(text, end):
        end, unit, size = out_of.end(), "%", 100 / (NUMBERS.get(out_of[1].lower()) or float(out_of[1]) or 1)
    else:
        halved = HALVED.match(text, end)
        end, value, step = (halved.end(), value + 0.5, 0.1) if halved else (end, value, step)
        if found := UNIT.match(text, end):
            end, (unit, size) = found.end(), UNITS[" ".join(found[1].lower().split())]
        if not halved and (halved := HALVED.match(text, end)):
            end, value, step = halved.end(), value + 0.5, 0.1
    quantity = Quantity(
        value=value * scale * size,
        unit=unit,
        step=step * scale * size,
        start=match.start(),
        end=end,
        text=text[match.start() : end],
        noun=_noun(text, end),
        hedge=_hedge(before),
        size=scale * size,
    )
    if match["word"]:
        return replace(quantity, sure=_word_counts(text, match, quantity, before))
    return (
        replace(quantity, sure=sure and _surely(text, match, quantity, before)) if _stands(text, match, end) else None
    )


def _value(match: re.Match[str]) -> tuple[float, float]:
    """The number as it is written, and the place of its last digit that isn't a nought."""
    if word := match["word"]:
        value = float(NUMBERS.get(word.lower(), 1))
        return value, 10.0 if value % 10 == 0 and value > 10 else 1.0
    if power := match["power"] or match["raised"]:
        value = float(match["factor"] or 1) * 10.0 ** int(power.translate(_RAISED))
        return value, value / 1e3
    digits = re.sub(r"[^\d.]", "", match["digits"])
    whole, _, decimals = digits.partition(".")
    if decimals.rstrip("0"):
        return float(digits), 10.0 ** -len(decimals)
    return float(digits), 10.0 ** (len(whole) - len(whole.rstrip("0"))) if float(digits) else 1.0


def _scaled(text: str, match: re.Match[str]) -> tuple[int, float, bool]:
    """Where the number ends with its scale, what that is, and whether it is one: the B of a 13B model may not be."""
    found = SCALE.match(text, match.end())
    if not found:
        return match.end(), 1.0, True
    if found[1]:
        return found.end(), SCALES[found[1].lower()], not (match["word"] or "").lower().startswith("a")
    if match["currency"] or len(found[2]) > 1:
        return found.end(), SCALES[found[2].lower()], True
    close = not found[0][0].isspace()
    return (found.end(), SCALES[found[2].lower()], False) if close else (match.end(), 1.0, True)


def _stands(text: str, match: re.Match[str], end: int) -> bool:
    """Whether digits stand by themselves, not in `5G`, `21st`, `(1)`, `9 am`, `5 March` or a list's `1.`."""
    start = match.start()
    if end == match.end() and GLUED.match(text, end):
        return False
    if MARKER.match(text, start) and (start == 0 or text[start - 1] in "\n("):
        return False
    if start > 1 and text[start - 1] == "(" and text[start - 2].isalnum():
        return False
    before = text[max(0, start - _WINDOW) : start]
    return not (DATED_AFTER.match(text, end) or DATED_BEFORE.search(before[-_NEAR:]))


def _surely(text: str, match: re.Match[str], quantity: Quantity, before: str) -> bool:
    """Whether digits are neither a year nor a part of a name."""
    if quantity.unit or quantity.size != 1 or not match["digits"]:
        return True
    if match["digits"].isdigit() and len(match["digits"]) == 4 and 1500 <= quantity.value < 2200:
        return bool(quantity.hedge) and quantity.noun.endswith("s")
    return not _is_name(text, match, before)


def _is_name(text: str, match: re.Match[str], before: str) -> bool:
    """Whether a number belongs to the capitalised word before it, as in `Boeing 737`."""
    if "," in match[0]:
        return False
    found = NAME.search(before)
    if (
        not found
        or not found["name"][0].isupper()
        or (ORDINARY.fullmatch(found["name"].lower()) and found["name"] != found["name"].upper())
    ):
        return False
    counts = _noun(text, match.end()).endswith("s") and len(match[0]) > 1
    return not (counts and (found["start"] is not None or PLACING.fullmatch(found["before"] or "")))


def _word_counts(text: str, match: re.Match[str], quantity: Quantity, before: str) -> bool:
    """Whether a number in words is a figure: measured, or counting three things or more that the text doesn't name."""
    word = match["word"].lower()
    if word in ("a", "an"):
        return False
    if quantity.unit or quantity.size != 1:
        return word != "one" or quantity.unit != "days"
    if quantity.value < 3 or POINTING.search(before[-_NEAR:]):
        return False
    following = NEXT.match(text, match.end())
    if not following or IDLE.fullmatch(following[1].lower()):
        return bool(OF_NUMBER.match(text, match.end()))
    return not IDLE.fullmatch(quantity.noun)


def _noun(text: str, end: int) -> str:
    """The first plural of the three words behind a figure, or else the first word."""
    words: list[str] = []
    while len(words) < 3 and (found := NEXT.match(text, end)) and not ORDINARY.fullmatch(found[1].lower()):
        words.append(found[1].lower())
        end = found.end()
    return next(
        (word for word in words if word.endswith("s") and not word.endswith(("ss", "us"))), words[0] if words else ""
    )


def _hedge(before: str) -> Hedge:
    found = HEDGE.search(before[-_NEAR:])
    ways: tuple[Hedge, ...] = ("about", "over", "under")
    return next((way for way in ways if found and found[way]), "")


def _ranged(text: str, found: list[Quantity]) -> Iterator[Quantity]:
    """Hand the scale and the unit of a range's end to its start, and a currency on to its end."""
    for index, quantity in enumerate(found):
        before = found[index - 1] if index else None
        after = found[index + 1] if index + 1 < len(found) else None
        if after and quantity.size == 1 and BETWEEN.fullmatch(text, quantity.end, after.start):
            yield _like(quantity, after)
        elif before and not quantity.unit and BETWEEN.fullmatch(text, before.end, quantity.start):
            yield replace(quantity, unit=before.unit) if before.unit in CURRENCIES.values() else quantity
        else:
            yield quantity


def _like(quantity: Quantity, end: Quantity) -> Quantity:
    """The start of a range, with what it leaves to the range's end."""
    if quantity.unit and (end.unit or quantity.unit not in CURRENCIES.values()):
        return quantity
    unit, size = quantity.unit or end.unit, end.size
    return replace(
        quantity, unit=unit, size=size, value=quantity.value * size, step=quantity.step * size, noun=end.noun
    )
