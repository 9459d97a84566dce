"""Say levels, dates and counts in words, as the page prints them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

EXPLAINER: Mapping[str, str] = {
    "whats_new": "What’s new",
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

LEVELS: Mapping[str, str] = {"very-low": "very low"}
MONTHS = tuple("January February March April May June July August September October November December".split())
NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def words(value: str) -> str:
    """The word that is printed for a level, `very-low` as `very low`."""
    return LEVELS.get(value, value.replace("-", " "))


def day(value: str) -> str:
    """An ISO 8601 day in words: `2026-11-23` as `23 November 2026`."""
    date = datetime.date.fromisoformat(value)
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def month(value: str) -> str:
    """The month of an ISO 8601 day: `2026-11-23` as `November 2026`."""
    date = datetime.date.fromisoformat(value)
    return f"{MONTHS[date.month - 1]} {date.year}"


def count(number: int) -> str:
    """A number in words up to twelve, in figures beyond."""
    return NUMBERS[number] if number < len(NUMBERS) else str(number)


def plural(number: int, noun: str) -> str:
    """A count with its noun, `two objections`; empty for none."""
    return f"{count(number)} {noun}{'' if number == 1 else 's'}" if number else ""


def reading(full: int, abstract: int, secondary: int) -> str:
    """How the cited sources were read, as a sentence; empty when there are none."""
    ways = [(full, "read directly"), (abstract, "read in abstract only"), (secondary, "known through reports about them")]
    total = full + abstract + secondary
    used = [(number, way) for number, way in ways if number]
    if not used:
        return ""
    if len(used) == 1:
        way = used[0][1] if total > 1 else used[0][1].replace("reports about them", "a report about it")
        return f"The one source cited was {way}." if total == 1 else f"All {count(total)} sources cited were {way}."
    return f"Of the {count(total)} sources cited, {_listed(used)}; the references say which."


def _listed(ways: list[tuple[int, str]]) -> str:
    """`three were read in full, two in abstract only and one is known through a report about it`."""
    parts: list[str] = []
    for number, way in ways:
        verb = "" if parts and way.startswith("read") else "was " if number == 1 else "were "
        if way.startswith("known"):
            verb = "is " if number == 1 else "are "
            way = way if number > 1 else "known through a report about it"
        parts.append(f"{count(number)} {verb}{way.removeprefix('read ') if parts else way}")
    return " and ".join([", ".join(parts[:-1]), parts[-1]])
