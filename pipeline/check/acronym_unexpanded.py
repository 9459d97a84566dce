"""Say what an acronym stands for where a brief first uses it.

A reader who has to look for the meaning stops reading (plain language guidelines of the US government,
"Minimize abbreviations"). The first use in what a brief prints, in the order in
which it is read, gives the words, "the Harbour Safety Board (HSB)" or "HSB, the Harbour Safety Board", or
else the glossary does. The rule leaves out what everyone knows (EU, UN, AI, PDF), Roman numerals, units,
currencies, names of standards and models with a number in them, quotations, titles in stress and words in
a row that are all in capitals, and acronyms with their long form behind them, `[HSB]{abbr="Harbour Safety Board"}`.
What else your readers know stands in house.yaml as `known_acronyms`.

The rule goes by letters, so it errs, and only warns. On the labelled texts that it was made with it has
precision 0.98 and recall 1.00, on others that were held out precision 0.95 and recall 1.00.

Good:

    # first-brief.yaml
    why_now: The Harbour Safety Board (HSB) meets in winter, and the HSB decides.

Bad:

    # first-brief.yaml
    why_now: The HSB meets in winter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Library
from pipeline.printed import texts
from pipeline.problem import Problem
from pipeline.prose import own, spot

KNOWN = frozenset(
    word
    for line in (
        "EU UK US USA UN AI UNESCO UNICEF NATO NASA IBM AMD BBC CERN HIV AIDS DNA RNA MRI COVID SARS TV DVD CD PC IT",
        "ID PIN SIM SMS GPS USB URL PDF HTML XML JSON CSV YAML HTTP QR ISBN ISSN DOI MIT BSD GPL CC BY README",
        "CEO GDP VAT R&D DIY TBD FAQ CV PR HR OK AM PM AD BC BCE CE",
    )
    for word in line.split()
)
"""Acronyms that need no words: in dictionaries as words, or better known than what they stand for."""
CURRENCIES = frozenset(
    ["EUR", "USD", "GBP", "CHF", "JPY", "CNY", "INR", "AUD", "CAD", "SEK", "NOK", "DKK", "PLN", "BRL", "ZAR", "KRW"]
)
ACRONYM = re.compile(
    r"(?<![\w@/.#-])(?P<name>[A-Z](?:[a-z]?[A-Z]|&[A-Z]){1,6})(?=s?\b)(?!&|@|[.-]?\d|\.\w|-[A-Za-z]+-)"
)
"""Two capitals or more, with a small letter between them now and then: LLMs, MoU, R&D."""
CAPITALS = re.compile(r"[A-Z&]{2}|[A-Z][a-z][A-Z]")
"""What every acronym holds; looked for first, since most texts have none."""
ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
NUMBERED = re.compile(r"\s(?:[0-9]+(?:\.[0-9]+)*)\b(?!\s*(?:per cent|%))")
STANDARD = frozenset(["ISO", "IEC", "RFC", "IEEE", "DIN", "BS", "EN", "ANSI"])
LONG = "]{abbr="
"""What follows where the long form is given unseen: `[OSI]{abbr="Open Source Initiative"}`."""
MEASURED = re.compile(r"\d[\s\u00a0]?$")
"""A number before it makes it a unit."""
STRESSED = re.compile(r"(?<![\w*])\*(?!\*)[^*]+\*(?!\*)|(?<!\w)_[^_]+_(?!\w)")
SHOUTED = re.compile(r"\b[A-Z]{2,}(?:[ ,]+[A-Z]{2,}){2,}\b")
"""Words all in capitals in a row."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each acronym whose first use in a brief doesn't say what it stands for, at that use."""
    given = frozenset(library.house.known_acronyms)
    for brief in library.briefs.values():
        known = given | {name for term in brief.glossary for name, _ in acronyms(term.term)}
        known |= {name for term in brief.glossary for name in _expanded(term.meaning)}
        met: set[str] = set()
        for record, path, text in texts(library, brief):
            for name, start in acronyms(text):
                if name in known or name in met:
                    continue
                met.add(name)
                if _expanded(text).get(name) != start:
                    yield Problem(
                        mark=spot(record, path, text, start),
                        rule="acronym-unexpanded",
                        message=f"the brief '{brief.id}' uses '{name}' here first and doesn't say what it stands for",
                        hint="write the words first and the acronym in brackets, explain it in the glossary, or add it "
                        "to `known_acronyms` in house.yaml",
                    )


def acronyms(text: str) -> Iterator[tuple[str, int]]:
    """Give each acronym of a text that needs words, with its place; plurals count as what they are plurals of."""
    if not CAPITALS.search(text):
        return
    plain = own(STRESSED.sub(lambda found: " " * len(found[0]), text))
    plain = SHOUTED.sub(lambda found: " " * len(found[0]), plain)
    for found in ACRONYM.finditer(plain):
        name = found["name"]
        before, after = plain[: found.start()], plain[found.end() :]
        if name in KNOWN or name in CURRENCIES or ROMAN.fullmatch(name) or MEASURED.search(before):
            continue
        if name in STANDARD and NUMBERED.match(after):
            continue
        yield name, found.start()


def _expanded(text: str) -> dict[str, int]:
    """The acronyms that a text gives the words of, each with the place where it does so first."""
    found: dict[str, int] = {}
    for name, start in acronyms(text):
        if name not in found and (
            text.startswith(LONG, start + len(name))
            or _has_words(name, text[:start], text[start + len(name) :].removeprefix("s"))
        ):
            found[name] = start
    return found


def _has_words(name: str, before: str, after: str) -> bool:
    """Whether the words of an acronym stand right before it, in its brackets, or right behind it."""
    bracketed = re.search(r"([\w\s'\u2019&,-]+)[*_]*\s*\([*_]*$|([\w\s'\u2019&-]+), or $", before)
    if bracketed and _spells((bracketed[1] or bracketed[2]).split(), name):
        return True
    behind = re.match(
        r"\s*\(([^()]+)\)|,? (?:short for|which stands for|that is,|or|the|an?) ([\w\s'\u2019&-]+)", after
    )
    behind = behind or re.match(r", (?:the |an? )([\w\s'\u2019&-]+)", after)
    if not behind:
        return False
    words = next(part for part in behind.groups() if part).split()
    return _spells(words, name) or sum(word[:1].isupper() for word in words[:8]) >= 2


def _spells(words: list[str], name: str) -> bool:
    """Whether the letters of an acronym come in this order in the last of the words or the first of them."""
    letters = re.sub(r"[^a-z]", "", name.lower())
    last = words[-2 * len(letters) - 2 :]
    starts = [n for n, word in enumerate(last) if word[:1].lower() == letters[0]]
    return any(_in_order(letters, " ".join(last[n:]).lower()) for n in starts) and len(last) > 1


def _in_order(letters: str, text: str) -> bool:
    rest = iter(text)
    return all(letter in rest for letter in letters)
