"""Say levels, dates and counts in words, as the page prints them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

EXPLAINER: Mapping[str, str] = {
    "whats_new": "What\N{RIGHT SINGLE QUOTATION MARK}s new",
    "how_it_works": "How it works",
    "behind_the_news": "Behind the news",
    "yes_but": "Yes, but",
    "why_it_matters": "Why it matters",
    "our_view": "Our view",
}
"""The parts of a news explainer and their headings, in order."""

READING: Mapping[str, str] = {
    "full": "",
    "abstract": "read in abstract",
    "secondary": "known through a report",
}
"""How a source was read, as its reference says it; nothing is said of what was read in full."""

READ: Mapping[str, str] = {**READING, "full": "read in full"}
"""The same where each way is said."""

AIMS: Mapping[str, str] = {
    "rebuts": "Objection to the claim",
    "undermines": "Objection to this ground",
    "undercuts": "Objection to the step from grounds to claim",
}
"""What an objection of each kind is called."""

REMARKS: Mapping[str, str] = {"conceded": "Conceded", "open": "Open; what would settle it"}
"""What stands before the remark on an objection that is not answered."""

QUOTED: Mapping[str, str] = {
    "verified": "quote verified against the stored text",
    "mismatch": "quote not found in the stored text",
    "unverifiable": "quote not verified: there is no stored text to compare it with",
}
"""What is said behind a quote in each of its states."""

MARKED = (("with words left out", "elisions"), ("apart from what stands in brackets", "changes"))
"""What is said besides of a quote that has been shortened or changed, by what is counted of it."""

BEARINGS: Mapping[str, str] = {"disputes": "disputes this", "context": "context only"}
"""Which way a piece of evidence points; nothing is said of what supports."""

BONDS: Mapping[str, str] = {
    "supports": "Supported by",
    "rebuts": "Attacked by",
    "undermines": "Attacked by",
    "undercuts": "Attacked by",
    "answers": "Answered by",
}
"""What stands before a part that does so to the one above it."""

LEVELS: Mapping[str, str] = {"very-low": "very low", "quasi-experiment": "quasi-experiment"}
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def words(value: str) -> str:
    """The word that is printed for a level, `very-low` as `very low`."""
    return LEVELS.get(value, value.replace("-", " "))


def day(value: str) -> str:
    """An ISO 8601 day in words: `2026-11-23` as `23 November 2026`."""
    date = dt.date.fromisoformat(value)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def month(value: str) -> str:
    """The month of an ISO 8601 day: `2026-11-23` as `November 2026`."""
    date = dt.date.fromisoformat(value)
    return f"{MONTHS[date.month - 1]} {date.year}"


def count(number: int) -> str:
    """A number in words up to twelve, in figures beyond."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def plural(number: int, noun: str) -> str:
    """A count with its noun, `two objections`; empty for none."""
    return f"{count(number)} {noun}{'' if number == 1 else 's'}" if number else ""


def series(parts: Sequence[str]) -> str:
    """Some words as a list in a sentence: `one ground, two figures and one box`."""
    given = [part for part in parts if part]
    return " and ".join(filter(None, [", ".join(given[:-1]), *given[-1:]]))


def inside(sentence: str) -> str:
    """A sentence as it stands inside another: its first letter small, without its full stop."""
    return f"{sentence[:1].lower()}{sentence[1:].removesuffix('.')}"


def letters(number: int) -> str:
    """The letter of an option: A to Z, then AA, AB and so on."""
    before, last = divmod(number - 1, 26)
    return (letters(before) if before else "") + chr(ord("A") + last)


def reading(full: int, abstract: int, secondary: int) -> str:
    """How the cited sources were read, as a sentence; empty when there are none."""
    total = full + abstract + secondary
    if total == 0:
        return ""
    ways = (
        (full, "was read directly", "were read directly"),
        (abstract, "was read in abstract only", "were read in abstract only"),
        (secondary, "is known through a report about it", "are known through reports about them"),
    )
    parts = [f"{count(number)} {one if number == 1 else many}" for number, one, many in ways if number]
    if len(parts) == 1:
        return f"Of all sources cited, {parts[0]}."
    return f"Of the {count(total)} sources cited, {', '.join(parts[:-1])} and {parts[-1]}; the references say which."
