"""Name what the page says of levels, parts and sources, in English and ready for every other language.

The words of one language are a `pipeline.wording.language.Wording`; the plain functions here are English, for the
command line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from pipeline.wording.said import (
    Said,
    chained,
    count,
    counted,
    enumerated,
    inside,
    listed,
    say,
    say_in,
    sentence,
    series,
)

__all__ = [
    "Said", "chained", "count", "counted", "enumerated", "inside", "listed", "say", "say_in", "sentence", "series",
]  # fmt: skip

EXPLAINER: Mapping[str, Said] = {
    "whats_new": say("What\N{RIGHT SINGLE QUOTATION MARK}s new"),
    "how_it_works": say("How it works"),
    "behind_the_news": say("Behind the news"),
    "yes_but": say("Yes, but"),
    "why_it_matters": say("Why it matters"),
    "our_view": say("Our view"),
}
"""The parts of a news explainer and their headings, in order."""

READING: Mapping[str, str] = {
    "full": "",
    "abstract": say("read in abstract"),
    "secondary": say("known through a report"),
}
"""How a source was read, as its reference says it; nothing is said of what was read in full."""

READ: Mapping[str, str] = {**READING, "full": say("read in full")}
"""The same where each way is said."""

NOTES: Mapping[str, Said] = {
    str(note): note
    for note in (
        say("Address of a copy"),
        say("Address of a page about the work"),
        say("Address of the press release"),
        say("Undated page"),
        say("Working draft"),
    )
}
"""What notes on sources say again and again, so that every language says it in its own words."""

COPIED = say("seen in a copy")
"""What is said of a work that was not seen where it came out."""

RETRACTED = say("retracted")
"""What is said instead of a source that was retracted."""

AIMS: Mapping[str, Said] = {
    "rebuts": say("Objection to the claim"),
    "undermines": say("Objection to this ground"),
    "undercuts": say("Objection to the step from grounds to claim"),
}
"""What an objection of each kind is called."""

ATTACKS: Mapping[str, Said] = {
    "rebuts": say("Objection that rebuts"),
    "undermines": say("Objection that undermines"),
    "undercuts": say("Objection that undercuts"),
}
"""The same on maps, where what it is aimed at is seen."""

PARTS: Mapping[str, Said] = {
    "claim": say("Claim"),
    "ground": say("Ground"),
    "objection": say("Objection"),
    "response": say("Response"),
    "warrant": say("Warrant"),
    "step": say("Step from a ground to the claim"),
}
"""What the other parts of an argument are called."""

OUTCOMES: Mapping[str, Said] = {"answered": say("answered"), "conceded": say("conceded"), "open": say("open")}
"""What became of an objection, behind its label."""

REMARKS: Mapping[str, Said] = {"conceded": say("Conceded"), "open": say("Open; what would settle it")}
"""What stands before the remark on an objection that is not answered."""

QUOTED: Mapping[str, Said] = {
    "verified": say("quote verified against the stored text"),
    "mismatch": say("quote not found in the stored text"),
    "unverifiable": say("quote not verified: there is no stored text to compare it with"),
}
"""What is said behind a quote in each of its states."""

MARKED = ((say("with words left out"), "elisions"), (say("apart from what stands in brackets"), "changes"))
"""What is said besides of a quote that has been shortened or changed, by what is counted of it."""

BEARINGS: Mapping[str, Said | str] = {
    "for": "",
    "against": say("disputes this"),
    "neither": say("context only"),
}
"""How evidence bears on what it stands under (`parts.Bearing`); nothing is said of what speaks for it."""

LABELS: Mapping[str, Mapping[str, Said]] = {
    kind: {str(label): label for label in labels}
    for kind, labels in {
        "claim": (say_in("claim", "accepted"), say_in("claim", "contested"), say_in("claim", "unsupported")),
        "ground": (say_in("ground", "accepted"), say_in("ground", "contested"), say_in("ground", "unsupported")),
        "objection": (
            say_in("objection", "accepted"),
            say_in("objection", "contested"),
            say_in("objection", "unsupported"),
        ),
        "response": (
            say_in("response", "accepted"),
            say_in("response", "contested"),
            say_in("response", "unsupported"),
        ),
        "warrant": (say_in("warrant", "accepted"), say_in("warrant", "contested"), say_in("warrant", "unsupported")),
        "step": (say_in("step", "accepted"), say_in("step", "contested"), say_in("step", "unsupported")),
        "key message": (
            say_in("key message", "accepted"),
            say_in("key message", "contested"),
            say_in("key message", "unsupported"),
        ),
        "recommendation": (
            say_in("recommendation", "accepted"),
            say_in("recommendation", "contested"),
            say_in("recommendation", "unsupported"),
        ),
        "basis": (say_in("basis", "accepted"), say_in("basis", "contested"), say_in("basis", "unsupported")),
        "label": (say_in("label", "accepted"), say_in("label", "contested"), say_in("label", "unsupported")),
    }.items()
}
"""The labels by what they are said of, since other languages have genders; `label` is the word alone."""

CERTAINTIES: Mapping[str, Said] = {
    "high": say("High certainty"),
    "moderate": say("Moderate certainty"),
    "low": say("Low certainty"),
    "very-low": say("Very low certainty"),
}
"""How sure an argument or a key message is."""

STRENGTHS: Mapping[str, Said] = {
    "strong": say("strong recommendation"),
    "conditional": say("conditional recommendation"),
}
"""How strong a recommendation is."""

WEIGHTS: Mapping[str, Said] = {
    "strong": say_in("evidence", "strong"),
    "moderate": say_in("evidence", "moderate"),
    "weak": say_in("evidence", "weak"),
}
"""How much weight evidence can bear."""

KINDS: Mapping[str, Said] = {
    "systematic-review": say("systematic review"),
    "trial": say("trial"),
    "quasi-experiment": say("quasi-experiment"),
    "observational": say("observational"),
    "survey": say("survey"),
    "model": say_in("evidence", "model"),
    "case-study": say("case study"),
    "official-statistics": say("official statistics"),
    "legal-text": say("legal text"),
    "expert": say("expert"),
    "testimony": say("testimony"),
}
"""What kind of evidence a piece is."""

LOCATORS: Mapping[str, tuple[str, Callable[..., Said]]] = {
    "page": ("p.", partial(say, "p. {place}")),
    "chapter": ("chap.", partial(say, "ch. {place}")),
    "section": ("sec.", partial(say, "sec. {place}")),
    "paragraph": ("para.", partial(say, "para. {place}")),
    "figure": ("figure", partial(say, "fig. {place}")),
    "table": ("table", partial(say, "table {place}")),
}
"""Where in a source something stands: the term that pandoc reads in a citation, and the words."""

READERS: Mapping[str, Said] = {
    "legislator": say("for legislators"),
    "regulator": say("for regulators"),
    "staff": say("for staff"),
    "press": say("for press"),
    "public": say("for the public"),
}
"""Whom a product is for."""

HEARD: Mapping[str, Said] = {
    "reference": say("Reference"),
    "table": say("Table"),
    "notes": say("Notes"),
    "back": say("Back to the text"),
}
"""What screen readers hear in an article."""

LEVELS: Mapping[str, Said] = {"yes": say("yes"), "partly": say("partly"), "no": say("no")}
"""What a matrix says of a thing."""


def words(value: str) -> str:
    """The English word for a level, `very-low` as `very low`."""
    return {"quasi-experiment": value}.get(value, value.replace("-", " "))


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
        (full, counted("one was read directly", "{number} were read directly", full)),
        (abstract, counted("one was read in abstract only", "{number} were read in abstract only", abstract)),
        (
            secondary,
            counted(
                "one is known through a report about it",
                "{number} are known through reports about them",
                secondary,
            ),
        ),
    )
    parts = [said for number, said in ways if number]
    if len(parts) == 1:
        return say("Of all sources cited, {ways}.", ways=parts[0])
    return counted(
        "Of the one source cited, {ways}; the references say which.",
        "Of the {number} sources cited, {ways}; the references say which.",
        total,
        ways=parts,
    )
