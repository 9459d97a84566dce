"""Put what is said into the words of one language: a `Said` or a message in, text out."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.wording import locale
from pipeline.wording.said import Said, counted, filled, formed, say, say_in

COUNTS: Mapping[int, Said] = dict(
    enumerate(
        (
            say_in("number", "two"),
            say_in("number", "three"),
            say_in("number", "four"),
            say_in("number", "five"),
            say_in("number", "six"),
            say_in("number", "seven"),
            say_in("number", "eight"),
            say_in("number", "nine"),
            say_in("number", "ten"),
            say_in("number", "eleven"),
            say_in("number", "twelve"),
        ),
        2,
    )
)
"""Numbers in words; a language that prints figures has those in its catalogue. One has messages of its own."""
WORDS_A_MINUTE = {"ar": 138, "de": 179, "es": 218, "fr": 195}
"""Reading speeds in words a minute (Trauzettel-Klosinski and Dietz 2012, IReST, table 1)."""
WORDS_A_MINUTE_ELSEWHERE = 230
"""Silent reading of English non-fiction: 238 words a minute (Brysbaert 2019), less for citations."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """One language: its catalogue, and how it writes dates, numbers and lists."""

    language: str = locale.SOURCE
    """BCP 47 tag, `fr-CA`."""
    catalogue: gettext.NullTranslations = field(default_factory=gettext.NullTranslations, repr=False, compare=False)
    """Gives the translation of a message, or the message where there is none."""

    def say(self, text: str) -> str:
        """Say text in this language; what is not a `Said` stays as it is."""
        if not isinstance(text, Said):
            return text
        values = {name: self._written(value) for name, value in text.values.items()}
        if text.plural:
            values |= {"number": self.count(text.number), "figures": self.number(text.number)}
        return formed(filled(self._translated(text), values), text.form, self.inside)

    def _written(self, value: Any) -> str:
        if isinstance(value, tuple | list):
            return self.series([self._written(item) for item in value])
        return self.number(value) if isinstance(value, int | float) else self.say(value)

    def _translated(self, said: Said) -> str:
        known, message, context = self.catalogue, said.message, said.context
        if said.plural and not context:
            return known.ngettext(message, said.plural, said.number)
        return known.pgettext(context, message) if context else known.gettext(message)

    def gettext(self, message: str, /, **values: Any) -> str:
        """Say a message with its values."""
        return self.say(say(message, **values))

    def pgettext(self, context: str, message: str, /, **values: Any) -> str:
        """Say a message that is said differently elsewhere."""
        return self.say(say_in(context, message, **values))

    def ngettext(self, one: str, several: str, number: int, /, **values: Any) -> str:
        """Say how many; `{number}` is in words where they are short, `{figures}` in figures."""
        return self.say(counted(one, several, number, **values))

    def inside(self, text: str) -> str:
        """Text as it stands inside a sentence: its first letter small, without its full stop."""
        return self.small(text).removesuffix(".")

    def small(self, text: str) -> str:
        """Text without its capital, but for names in capitals, and where nouns keep theirs."""
        keeps = self.language.partition("-")[0] in locale.KEEPS_CAPITALS
        return text if keeps or text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"

    def language_name(self, language: str) -> str:
        """What another language is called: `en-GB` as `anglais` in French."""
        return locale.name(self.language, language)

    def count(self, number: int) -> str:
        """A number in words up to twelve where the catalogue has them, in figures beyond."""
        return self.say(COUNTS[number]) if number in COUNTS else self.number(number)

    def number(self, value: float) -> str:
        """A number in figures, `8,800` or `12.5` in English."""
        return locale.number(self.language, value)

    def day(self, value: str) -> str:
        """An ISO 8601 day in words: `2026-11-23` as `23 November 2026`."""
        return locale.day(self.language, value)

    def month(self, value: str) -> str:
        """The month of an ISO 8601 day: `2026-11-23` as `November 2026`."""
        return locale.month(self.language, value)

    def series(self, parts: Sequence[str]) -> str:
        """Some words as a list in a sentence: `one ground, two figures and one box`."""
        return locale.series(self.language, parts)

    def functions(self) -> Mapping[str, Callable[..., str]]:
        """What templates call, by the names that translators' tools know."""
        return {"_": self.gettext, "pgettext": self.pgettext, "ngettext": self.ngettext}

    @property
    def quotes(self) -> tuple[str, str]:
        """The opening and the closing quotation mark, with the spaces inside them."""
        return locale.quotes(self.language)

    @property
    def locale(self) -> str:
        """The language with its region, `fr_FR`, as the Open Graph protocol has it."""
        return locale.tag(self.language)

    @property
    def direction(self) -> str:
        """`rtl` or `ltr`."""
        return locale.direction(self.language)

    @property
    def words_a_minute(self) -> int:
        """How fast people read."""
        return WORDS_A_MINUTE.get(self.language.partition("-")[0], WORDS_A_MINUTE_ELSEWHERE)


ENGLISH = Wording()
"""The language that messages are written in."""
