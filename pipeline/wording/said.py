"""Say something in English so that it can be said in any language: a message and its values in, text out.

Arguments are judged, traced and mapped without knowing for which page. What is said of them is a `Said`: for the
command line it is plain English text, and a `Wording` says it in its own language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Literal

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
PLACE = re.compile(r"\{([a-z_]+)\}")
"""Where a message has a value."""
Form = Literal["", "sentence", "inside"]


class Said(str):
    """Text in English that remembers its message and its values."""

    __slots__ = ("context", "form", "message", "number", "plural", "values")

    message: str
    """The source text, with a place like `{name}` for each value; of what is counted, the text for one."""
    plural: str
    """The text for several; empty where nothing is counted."""
    number: int
    context: str
    """What tells it from the same English words elsewhere."""
    values: Mapping[str, Any]
    """Text, other `Said`, numbers (printed in figures), or several of these as a list."""
    form: Form
    """How it stands: as it is, as a sentence of its own, or inside another sentence."""

    def __new__(
        cls,
        message: str,
        values: Mapping[str, Any],
        *,
        plural: str = "",
        number: int = 1,
        context: str = "",
        form: Form = "",
    ) -> Said:
        """Say it in English."""
        text = plural if plural and number != 1 else message
        spoken = {name: _in_english(value) for name, value in values.items()}
        if plural:
            spoken |= {"number": count(number), "figures": f"{number:,}"}
        said = super().__new__(cls, formed(filled(text, spoken), form, inside))
        said.message, said.values, said.plural, said.number = message, values, plural, number
        said.context, said.form = context, form
        return said

    def __reduce__(self) -> tuple[Any, ...]:
        """Copy it whole, with its message."""
        return _again, (self.message, self.values, self.plural, self.number, self.context, self.form)

    def as_form(self, form: Form) -> Said:
        """The same in another form."""
        return _again(self.message, self.values, self.plural, self.number, self.context, form)


def _again(message: str, values: Mapping[str, Any], plural: str, number: int, context: str, form: Form) -> Said:
    return Said(message, values, plural=plural, number=number, context=context, form=form)


def say(message: str, /, **values: Any) -> Said:
    """Say a message with its values."""
    return Said(message, values)


def say_in(context: str, message: str, /, **values: Any) -> Said:
    """Say a message that other languages say differently elsewhere."""
    return Said(message, values, context=context)


def counted(one: str, several: str, number: int, /, **values: Any) -> Said:
    """Say how many: `{number}` is in words where they are short, `{figures}` in figures."""
    return Said(one, values, plural=several, number=number)


def listed(parts: Sequence[Said]) -> Said:
    """Several things as a list in a sentence."""
    return Said("{parts}", {"parts": parts}) if len(parts) > 1 else parts[0]


def chained(parts: Sequence[str]) -> str:
    """Several things one after the other, with semicolons; empty for none."""
    given = [part for part in parts if part]
    if len(given) < 2:
        return given[0] if given else ""
    return say("{first}; {others}", first=given[0], others=chained(given[1:]))


def enumerated(parts: Sequence[str]) -> str:
    """Several things one after the other, with commas; empty for none."""
    given = [part for part in parts if part]
    if len(given) < 2:
        return given[0] if given else ""
    return say("{first}, {others}", first=given[0], others=enumerated(given[1:]))


def sentence(clause: Said) -> Said:
    """A clause as a sentence of its own."""
    return clause.as_form("sentence")


def inside(text: str) -> str:
    """A sentence as it stands inside another: its first letter small, without its full stop."""
    if isinstance(text, Said):
        return text.as_form("" if text.form == "sentence" else "inside")
    return f"{text[:1].lower()}{text[1:].removesuffix('.')}"


def formed(text: str, form: Form, within: Any = inside) -> str:
    """Text in a form; `within` says how it stands inside a sentence."""
    if form == "sentence":
        return f"{text[:1].upper()}{text[1:]}."
    return str(within(text)) if form == "inside" else text


def filled(text: str, values: Mapping[str, str]) -> str:
    """Set values in their places; raises KeyError for a place without a value."""
    return PLACE.sub(lambda place: values[place[1]], text)


def count(number: int) -> str:
    """A number in words up to twelve, in figures beyond."""
    return NUMBERS[number] if 0 <= number < len(NUMBERS) else f"{number:,}"


def series(parts: Sequence[str]) -> str:
    """Some words as a list in a sentence: `one ground, two figures and one box`."""
    given = [part for part in parts if part]
    return " and ".join(filter(None, [", ".join(given[:-1]), *given[-1:]]))


def _in_english(value: Any) -> str:
    if isinstance(value, (tuple, list)):
        return series([_in_english(item) for item in value])
    return f"{value:,}" if isinstance(value, int) else str(value)
