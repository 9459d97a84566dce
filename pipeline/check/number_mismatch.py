"""State only figures that the evidence states.

A figure is what readers quote, and each copy of it can go wrong: of quotations in medical journals, 25.4% were found
to misstate their source (Jergas and Baethge, PeerJ 3:e1364, 2015). So each figure in a ground, a key message,
a recommendation, the bottom line or a pull figure is looked for in the evidence below it: in findings, quotes, limits
and the texts of grounds that have evidence. It may be said in another way (`$8.8 trillion`, `$8,800 billion`; `25%`,
`one in four`) and rounded as writers do. Years, dates, names, `half`, and how many pieces of evidence there are need
none, nor do spans of time that a recommendation or a bottom line sets. Sums and differences are not reckoned: write
them into the finding.

How far to trust it, on sentences that are labelled by hand: tuned precision 1.00, recall 1.00 (86 sentences); held out
precision 0.88, recall 1.00 (43). So it is a warning.

Good:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: In harbours with a light, wrecks fell by 35%.
        evidence:
          - source: able-2024
            finding: Wrecks fell by 35.2 per cent.
            locator: {page: 4}
            kind: observational
            strength: moderate

Bad:

    # arguments/lights-help.yaml
    grounds:
      - id: fewer-wrecks
        text: In harbours with a light, wrecks fell by 53%.
        evidence:
          - source: able-2024
            finding: Wrecks fell by 35.2 per cent.
            locator: {page: 4}
            kind: observational
            strength: moderate
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline.check.reading import beneath, figure_mark
from pipeline.model import Brief, Evidence, Ground, KeyMessage, Library, Objection, Recommendation
from pipeline.problem import Problem
from pipeline.quantity import Quantity, agrees, quantities
from pipeline.record import Record
from pipeline.units import CURRENCIES

_Part = Ground | Objection
_Read = Callable[[str], tuple[Quantity, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Statement:
    """A text whose figures are looked for, and what it rests on."""

    record: Record
    field: str
    text: str
    below: Sequence[_Part] = ()
    evidence: Sequence[Evidence] = ()
    sets_times: bool = False
    """Whether a span of time in it may be what it asks for."""

    def wrong(self, read: _Read) -> Iterator[tuple[Quantity, Quantity | None]]:
        """Yield each figure that nothing below states, with the nearest of its unit that something does."""
        stated = [item for item in read(self.text) if item.sure and not (self.sets_times and _is_span(item))]
        texts = list(self._texts()) if stated else []
        stated = [item for item in stated if not any(_repeats(text, item) for text in texts)]
        found = [item for text in texts for item in read(text)] if stated else []
        counts = {len(self.evidence), len({item.source for item in self.evidence}), len(self.below)}
        for item in stated:
            counted = not item.unit and item.value in counts and not item.text[0].isdigit()
            if not counted and not any(agrees(item, other) for other in found):
                alike = [other for other in found if other.unit == item.unit and other.value and item.value]
                yield item, min(alike, key=lambda other: abs(other.value / item.value - 1), default=None)

    def _texts(self) -> Iterator[str]:
        for item in self.evidence:
            yield from filter(None, (item.finding, item.quote, item.limits))
        yield from (part.text for part in self.below if part.evidence and part is not self.record)


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each figure that the evidence below it doesn't state."""
    read = cache(quantities)  # many statements rest on the same evidence
    for statement in _statements(library):
        for figure, nearest in statement.wrong(read):
            yield Problem(
                mark=figure_mark(statement.record, (statement.field,), statement.text, figure.start),
                rule="number-mismatch",
                message=f"no evidence that this rests on states '{figure.text}'",
                hint=f"the nearest that it states is '{nearest.text}'; mend the figure, or add evidence for it"
                if nearest
                else "mend the figure, or write it into the finding that bears it out",
            )


def _statements(library: Library) -> Iterator[_Statement]:
    """Every text that the rule is about; what rests on no evidence at all is left to other rules."""
    for argument in library.arguments.values():
        for ground in argument.grounds:
            below = (ground, *beneath(library, ground.rests_on))
            if _evidence(below):
                yield _Statement(record=ground, field="text", text=ground.text, below=below, evidence=_evidence(below))
    for brief in library.briefs.values():
        yield from (statement for statement in _results(library, brief) if statement.evidence)
    if not any(name.startswith("arguments") for name in library.unloaded):  # or evidence may stand in what is unread
        yield from _pulled(library)


def _pulled(library: Library) -> Iterator[_Statement]:
    """The pull figures, which rest on all evidence of their sources."""
    every: list[_Part] = []
    for argument in library.arguments.values():
        every += (*argument.grounds, *argument.objections)
    by_source: dict[str, list[Evidence]] = {}
    for item in _evidence(every):
        by_source.setdefault(item.source, []).append(item)
    for brief in library.briefs.values():
        for pull in [item for item in brief.pull_figures if item.source in library.sources]:
            for field in ("value", "text"):
                text, evidence = getattr(pull, field), by_source.get(pull.source, [])
                yield _Statement(record=pull, field=field, text=text, evidence=evidence)


def _results(library: Library, brief: Brief) -> Iterator[_Statement]:
    """The key messages, the recommendations and the bottom line, which rests on all that these and the brief name."""
    names = [*brief.arguments.for_, *brief.arguments.against]
    results: tuple[KeyMessage | Recommendation, ...] = (*brief.key_messages, *brief.recommendations)
    for item in results:
        below = tuple(beneath(library, item.rests_on))
        names += item.rests_on
        yield _Statement(
            record=item,
            field="text",
            text=item.text,
            below=below,
            evidence=_evidence(below),
            sets_times=isinstance(item, Recommendation),
        )
    below = tuple(beneath(library, names))
    evidence = _evidence(below)
    yield _Statement(
        record=brief, field="bottom_line", text=brief.bottom_line, below=below, evidence=evidence, sets_times=True
    )


def _evidence(parts: Iterable[_Part]) -> tuple[Evidence, ...]:
    """The evidence of grounds, of objections and of the responses to them."""
    found: list[Evidence] = []
    for part in parts:
        found += part.evidence
        if isinstance(part, Objection) and part.response:
            found += part.response.evidence
    return tuple(found)


def _is_span(figure: Quantity) -> bool:
    """Whether a figure is a span of days or more; what is shorter is a rate."""
    return figure.unit == "days" and figure.size >= 1


def _repeats(text: str, figure: Quantity) -> bool:
    """Whether a text has the figure word for word, with a unit or scale that nothing behind it can change."""
    if not (figure.unit and figure.unit not in CURRENCIES.values()) and figure.size == 1:
        return False
    start = text.find(figure.text)
    end = start + len(figure.text)
    return start >= 0 and (start == 0 or text[start - 1] in " (\n") and not text[end : end + 1].isalnum()
