"""Know the scripts of the world by name, and which Debian package has a font that a house can add for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pipeline.forms import Undrawn
from pipeline.render.fonts import described

SIGNS = frozenset({"Zinh", "Zyyy", "Zzzz"})
"""Codes of what belongs to no one script."""
SIGN = "write it in words, or with a character that Source Sans 3 and Source Serif 4 have"


@dataclass(frozen=True, slots=True)
class Script:
    """A script, and a static TrueType font that has it."""

    name: str
    file: str
    package: str = "fonts-noto-core"


_CHINESE = Script("Chinese", "DroidSansFallbackFull.ttf", "fonts-droid-fallback")
_JAPANESE = Script("Japanese", "ipag.ttf", "fonts-ipafont-gothic")
SCRIPTS = {
    "Armn": Script("Armenian", "NotoSansArmenian-Regular.ttf"),
    "Beng": Script("Bengali", "NotoSansBengali-Regular.ttf"),
    "Bopo": _CHINESE,
    "Cans": Script("Canadian Aboriginal", "NotoSansCanadianAboriginal-Regular.ttf"),
    "Cher": Script("Cherokee", "NotoSansCherokee-Regular.ttf"),
    "Deva": Script("Devanagari", "NotoSansDevanagari-Regular.ttf"),
    "Ethi": Script("Ethiopic", "NotoSansEthiopic-Regular.ttf"),
    "Geor": Script("Georgian", "NotoSansGeorgian-Regular.ttf"),
    "Gujr": Script("Gujarati", "NotoSansGujarati-Regular.ttf"),
    "Guru": Script("Gurmukhi", "NotoSansGurmukhi-Regular.ttf"),
    "Hang": Script("Korean", "NanumGothic.ttf", "fonts-nanum"),
    "Hani": replace(_CHINESE, name="Chinese or Japanese"),
    "Hebr": Script("Hebrew", "NotoSansHebrew-Regular.ttf"),
    "Hira": _JAPANESE,
    "Kana": _JAPANESE,
    "Khmr": Script("Khmer", "NotoSansKhmer-Regular.ttf"),
    "Knda": Script("Kannada", "NotoSansKannada-Regular.ttf"),
    "Laoo": Script("Lao", "NotoSansLao-Regular.ttf"),
    "Mlym": Script("Malayalam", "NotoSansMalayalam-Regular.ttf"),
    "Mong": Script("Mongolian", "NotoSansMongolian-Regular.ttf"),
    "Mymr": Script("Myanmar", "NotoSansMyanmar-Regular.ttf"),
    "Nkoo": Script("NKo", "NotoSansNKo-Regular.ttf"),
    "Orya": Script("Oriya", "NotoSansOriya-Regular.ttf"),
    "Sinh": Script("Sinhala", "NotoSansSinhala-Regular.ttf"),
    "Syrc": Script("Syriac", "NotoSansSyriac-Regular.ttf"),
    "Taml": Script("Tamil", "NotoSansTamil-Regular.ttf"),
    "Telu": Script("Telugu", "NotoSansTelugu-Regular.ttf"),
    "Tfng": Script("Tifinagh", "NotoSansTifinagh-Regular.ttf"),
    "Thaa": Script("Thaana", "NotoSansThaana-Regular.ttf"),
    "Thai": Script("Thai", "NotoSansThai-Regular.ttf"),
    "Tibt": Script("Tibetan", "NotoSerifTibetan-Regular.ttf"),
    "Yiii": Script("Yi", "NotoSansYi-Regular.ttf"),
}
"""By their codes (ISO 15924), what people call them, and where Debian has a font of each."""


def undrawn(characters: Iterable[str]) -> tuple[Undrawn, ...]:
    """Gather characters that no font draws by their scripts; signs, which have none, come one by one.

    Chinese characters beside kana are Japanese, and signs that several scripts share are of the first of them here.
    """
    from fontTools.unicodedata import script

    listed = sorted(set(characters))
    codes = {script(character) for character in listed}
    names = {code: _name("Hira" if code == "Hani" and codes & {"Hira", "Kana"} else code) for code in codes}
    groups: dict[str, list[str]] = {}
    for character in listed:
        groups.setdefault(_shared(character, names) or names[script(character)] or character, []).append(character)
    known = {each.name: each for each in SCRIPTS.values()}
    return tuple(
        Undrawn(
            characters={character: described(character) for character in group},
            script=key if key in names.values() else "",
            hint=_hint(key, known.get(key)) if key in names.values() else SIGN,
        )
        for key, group in groups.items()
    )


def _name(code: str) -> str:
    """What people call a script; empty where the code stands for signs."""
    from fontTools.unicodedata import script_name

    return "" if code in SIGNS else SCRIPTS[code].name if code in SCRIPTS else script_name(code)


def _shared(character: str, names: Mapping[str, str]) -> str:
    """The script among those at hand that a sign is used in."""
    from fontTools.unicodedata import script, script_extension

    used_in = script_extension(character) if script(character) in SIGNS else set()
    return next((name for code, name in sorted(names.items()) if code in used_in and name), "")


def _hint(name: str, known: Script | None) -> str:
    """Where a font can be had, and what to do with it."""
    found = f"{known.file} of the Debian package {known.package}" if known else f"a static TrueType font for {name}"
    return f"copy {found} into briefs/fonts/, and name it under `fonts` in house.yaml: `openbrief explain font`"
