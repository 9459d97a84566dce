"""Trace what a brief says back to its sources: a library, one brief and the labels in, trees of steps out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal

from pipeline.argue import Judgement, excerpt
from pipeline.markdown import plain
from pipeline.model import Brief, Evidence, Library
from pipeline.parts import Part, bearing, below, parts, results
from pipeline.quotes import Verdict, verdict_on
from pipeline.wording import (
    BEARINGS,
    KINDS,
    LABELS,
    LOCATORS,
    MARKED,
    QUOTED,
    READ,
    REMARKS,
    RETRACTED,
    WEIGHTS,
    chained,
    counted,
    enumerated,
    inside,
    say,
)

DEPTH = 24
"""How many steps below a recommendation a trace goes: deeper than any argument that people can follow."""
HEAD = (
    *("result", "result_label", "address", "kind", "text", "label", "reason", "outcome", "remark", "left_out"),
    *("source", "work", "title", "url", "locator", "read", "retracted"),
    *("evidence_kind", "direction", "strength", "finding", "limits", "quote", "quote_state"),
)
"""The columns of a trace as a table."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One piece of evidence at the end of a trace: what was found, where, and how we know it."""

    source: str
    """The citekey."""
    work: str
    """What people call the source, `Hoffmann et al. 2024`."""
    title: str
    url: str
    locator: str
    """Where in the source, `p. 2`; empty where the file names no place."""
    read: Literal["full", "abstract", "secondary"]
    retracted: bool
    kind: str
    direction: Literal["supports", "disputes", "context"]
    strength: str
    finding: str
    limits: str
    quote: str
    """The source's own words on one line; empty where none are quoted."""
    quote_state: Literal["verified", "mismatch", "unverifiable", ""]
    quoted: str
    """Whether the quote was verified, in words."""
    bearing: str
    """How it bears on what it stands below, in words; empty where it speaks for it."""

    @property
    def way(self) -> str:
        """How the source was read, what kind of evidence this is, and which way it points, in words."""
        known = RETRACTED if self.retracted else READ[self.read]
        kind = enumerated([KINDS[self.kind], WEIGHTS[self.strength]])
        return chained([known, kind, self.bearing])


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A part of the library with its label, and below it what it rests on and what is said against it."""

    part: Part
    judgement: Judgement
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    shown_at: str = ""
    """Where what stands below it is shown in its place: `above`, or the name of a recommendation or key message."""
    again: bool = False
    """Whether it has stood before, so that links lead there and not here."""
    goes_on: bool = False
    """Whether what stands below it was left out because it lies too deep."""

    @property
    def standing(self) -> str:
        """What it is, its label and the reason for that: `Ground, accepted: it rests on one source`."""
        return say(
            "{name}, {label}: {reason}",
            name=self.part.name,
            label=LABELS[self.part.kind][self.judgement.label],
            reason=inside(self.judgement.reason),
        )

    @property
    def remark(self) -> str:
        """What stands before the remark on an objection; empty where there is none."""
        return REMARKS.get(self.part.outcome, "")

    @property
    def ellipsis(self) -> str:
        """Why nothing stands below it, in words; empty where all of it does."""
        if self.goes_on:
            return counted(
                "{figures} step deep; what follows is left out",
                "{figures} steps deep; what follows is left out",
                DEPTH,
            )
        if self.shown_at == "above":
            return say("shown above")
        return say("shown under {part}", part=inside(self.shown_at)) if self.shown_at else ""

    def as_json(self) -> dict[str, Any]:
        """The step as plain values."""
        part = self.part
        return {
            "address": part.address,
            "kind": part.kind,
            "text": part.text,
            "label": self.judgement.label,
            "reason": self.judgement.reason,
            "blame": list(self.judgement.blame),
            **({"outcome": part.outcome, "remark": part.remark} if part.kind == "objection" else {}),
            **({"left_out": self.ellipsis} if self.ellipsis else {}),
            "evidence": [_without_words(finding) for finding in self.findings],
            "below": [step.as_json() for step in self.steps],
        }

    def within(self) -> Iterator[Step]:
        """This step and every step below it."""
        yield self
        for step in self.steps:
            yield from step.within()


@dataclass(frozen=True, kw_only=True, slots=True)
class Trace:
    """All recommendations of a brief, then its key messages, each back to its sources."""

    brief: str
    """The slug."""
    title: str
    steps: tuple[Step, ...]

    @property
    def sources(self) -> Mapping[str, str]:
        """How each source that it ends at was read, by its citekey."""
        return {item.source: item.read for root in self.steps for step in root.within() for item in step.findings}

    def as_json(self) -> dict[str, Any]:
        """The trace as plain values, with texts as the files have them."""
        return {"brief": self.brief, "title": self.title, "results": [step.as_json() for step in self.steps]}

    def rows(self) -> Iterator[tuple[str, ...]]:
        """The trace as a table: its head, then a row for each finding, and for each step that has none."""
        yield HEAD
        for root in self.steps:
            for step in root.within():
                yield from _rows(root, step)


def _rows(root: Step, step: Step) -> Iterator[tuple[str, ...]]:
    part, judgement = step.part, step.judgement
    start: tuple[str, ...] = (root.part.address, root.judgement.label, part.address, part.kind, plain(part.text))
    start += (judgement.label, judgement.reason, part.outcome, plain(part.remark), step.ellipsis)
    for item in step.findings:
        where = (item.source, item.work, item.title, item.url, item.locator, item.read, str(item.retracted).lower())
        yield (
            *start,
            *where,
            item.kind,
            item.direction,
            item.strength,
            plain(item.finding),
            plain(item.limits),
            item.quote,
            item.quote_state,
        )
    if not step.findings:
        yield (*start, *[""] * (len(HEAD) - len(start)))


def _without_words(finding: Finding) -> dict[str, Any]:
    return {name: value for name, value in asdict(finding).items() if name not in ("bearing", "quoted")}


def trace(library: Library, brief: Brief, labels: Mapping[str, Judgement]) -> Trace:
    """Trace every recommendation and key message of `brief`.

    Each is complete by itself; within one, a part that comes again stands there without what is below it.
    """
    writer = _Writer(library, brief.id, labels)
    addresses = sorted(
        (address for address, _ in results(brief)), key=lambda address: "#recommendation-" not in address
    )
    return Trace(brief=brief.id, title=brief.title, steps=tuple(writer.step(address, set()) for address in addresses))


def once(traced: Trace) -> Trace:
    """Give the trace with every part opened only where it first stands, which is how people read it."""
    shown: dict[str, str] = {}
    return replace(traced, steps=tuple(_once(step, step.part.name, shown) for step in traced.steps))


def _once(step: Step, root: str, shown: dict[str, str]) -> Step:
    again = step.part.address in shown
    place = shown.setdefault(step.part.address, root)
    if again and place != root and (step.steps or step.findings):
        return replace(step, steps=(), findings=(), shown_at=place, again=True)
    return replace(step, steps=tuple(_once(lower, root, shown) for lower in step.steps), again=again)


class _Writer:
    """Writes the steps of one brief."""

    def __init__(self, library: Library, slug: str, labels: Mapping[str, Judgement]) -> None:
        self.library, self.labels, self.parts = library, labels, parts(excerpt(library, briefs=[slug]))

    def step(self, address: str, opened: set[str], depth: int = 0) -> Step:
        """Write the step at an address, with what stands below unless that is in `opened` or too deep."""
        part = self.parts[address]
        step = Step(part=part, judgement=self.labels[address])
        lower = [other for other in below(part) if other in self.parts]
        if address in opened and (lower or part.evidence):
            return replace(step, shown_at="above")
        opened.add(address)
        if depth == DEPTH:
            return replace(step, goes_on=bool(lower or part.evidence))
        findings = tuple(self._finding(item, part) for item in part.evidence if item.source in self.library.sources)
        return replace(step, findings=findings, steps=tuple(self.step(other, opened, depth + 1) for other in lower))

    def _finding(self, evidence: Evidence, part: Part) -> Finding:
        source = self.library.sources[evidence.source]
        verdict = verdict_on(evidence, self.library)
        return Finding(
            source=source.id,
            work=source.called,
            title=source.title,
            url=source.address,
            locator=_place(evidence),
            read=source.custom.read,
            retracted=source.custom.retracted is not None,
            kind=evidence.kind,
            direction=evidence.direction,
            strength=evidence.strength,
            finding=evidence.finding,
            limits=evidence.limits or "",
            quote=" ".join((evidence.quote or "").split()),
            quote_state=verdict.state if verdict else "",
            quoted=_quoted(verdict) if verdict else "",
            bearing=BEARINGS[bearing(part.kind, evidence)],
        )


def _quoted(verdict: Verdict) -> str:
    """The state of a quote, and what a reader has to know of one that isn't word for word."""
    found = verdict.found
    marks = [said for said, number in MARKED if found and getattr(found, number)]
    return enumerated([QUOTED[verdict.state], *marks])


def _place(evidence: Evidence) -> str:
    """The locator in short words, as `compose` cites it."""
    given = evidence.locator
    places = (LOCATORS[name][1](place=value) for name in LOCATORS if given and (value := getattr(given, name)))
    return next(places, "")
