"""Define the records of an argument: a claim, what it rests on, and what speaks against it.

Field names are the terms of the field: Toulmin (claim, grounds, warrant, qualifier), Pollock (rebuts,
undermines, undercuts), GRADE (certainty).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from pipeline.record import Certainty, Citekey, Item, Phrase, Plain, Prose, Record, Slug, Target


class Locator(Record):
    """Where in a source: the first of these that is given is printed."""

    page: Plain | None = None
    chapter: Plain | None = None
    section: Plain | None = None
    paragraph: Plain | None = None
    figure: Plain | None = None
    table: Plain | None = None


class Evidence(Record):
    """One finding of one source, and how much it bears."""

    source: Citekey
    """The source's id in sources.yaml."""
    finding: Prose
    """What the source found, in our words, with its figures."""
    locator: Locator | None = None
    kind: Literal[
        "systematic-review",
        "trial",
        "quasi-experiment",
        "observational",
        "survey",
        "model",
        "case-study",
        "official-statistics",
        "legal-text",
        "expert",
        "testimony",
    ]
    """What kind of evidence it is."""
    direction: Literal["supports", "disputes", "context"] = "supports"
    """Which way it points, as seen from the claim; left out, it speaks for the part that it stands under."""
    strength: Literal["strong", "moderate", "weak"]
    """How much weight it can bear."""
    limits: Prose | None = None
    """What it can't show."""
    quote: Plain | None = None
    """The source's own words, verified against its stored text; `[…]` leaves some out, `[words]` are yours."""


class Counterevidence(Evidence):
    """Evidence of an objection: what disputes the claim speaks for it."""

    direction: Literal["supports", "disputes", "context"] = "disputes"
    """Which way it points, as seen from the claim; left out, it speaks for the part that it stands under."""


class Ground(Item):
    """What a claim rests on."""

    id: Slug
    text: Prose
    evidence: tuple[Evidence, ...] = ()
    rests_on: tuple[Target, ...] = ()
    """Other arguments of the library, or grounds of them, that it takes over and falls with."""


class Response(Record):
    """Our answer to an objection."""

    text: Prose
    evidence: tuple[Evidence, ...] = ()


class Objection(Item):
    """The strongest that can be said against a claim or a part of it; it has one of response, conceded, open."""

    id: Slug
    text: Prose
    kind: Literal["rebuts", "undermines", "undercuts"]
    """Rebuts the claim, undermines a ground, or undercuts the step from a ground to the claim."""
    target: Slug | None = None
    """The ground it aims at; left out, the claim."""
    evidence: tuple[Counterevidence, ...] = ()
    response: Response | None = None
    conceded: Prose | None = None
    """What we grant, and what it changes."""
    open: Prose | None = None
    """What would settle it."""


class Expectation(Record):
    """What must hold of an argument when sources are taken away."""

    without: tuple[Citekey, ...] = ()
    """The sources that are taken away; left out, none."""
    of: Slug | None = None
    """The ground or objection that it is about; left out, the claim."""
    expect: Literal["accepted", "contested", "unsupported"]


class ArgumentWording(Record):
    """An argument worded for some readers; what is left out is said as it is to everyone."""

    claim: Prose | None = None
    short: Phrase | None = None


class ArgumentWordings(Record):
    """An argument worded for each of some audiences."""

    legislator: ArgumentWording | None = None
    regulator: ArgumentWording | None = None
    staff: ArgumentWording | None = None
    press: ArgumentWording | None = None
    public: ArgumentWording | None = None


class Argument(Record):
    """One claim with all that speaks for and against it; its id is its file's name."""

    id: Slug
    claim: Prose
    """The claim, as one sentence."""
    short: Phrase
    """The claim in a few words, as a heading."""
    for_: ArgumentWordings | None = Field(alias="for", default=None)
    """The claim and its short form, worded for some readers."""
    type: Literal["empirical", "causal", "predictive", "normative", "definitional"]
    qualifier: Literal["certainly", "very-likely", "probably", "possibly"]
    """How strongly we hold it."""
    certainty: Certainty
    """Belief in the whole body of evidence."""
    warrant: Prose
    """Why the grounds carry the claim."""
    grounds: tuple[Ground, ...] = ()
    objections: tuple[Objection, ...] = ()
    contested: tuple[Prose, ...] = ()
    """What informed people still disagree on."""
    tests: tuple[Expectation, ...] = ()
