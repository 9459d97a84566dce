"""Say in which direction a language is written."""

from __future__ import annotations

from functools import cache


@cache
def direction(language: str) -> str:
    """Give `rtl` or `ltr` for a tag of BCP 47, as CLDR has it (`characterOrder`); `ltr` for one it doesn't know."""
    from babel import Locale, UnknownLocaleError

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return "ltr"
    return "rtl" if locale.character_order == "right-to-left" else "ltr"
