"""Collect what one manuscript is made of: texts that its templates print in, passages, drawings and references out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from pipeline.argue import Judgement
from pipeline.argument_map import ArgumentMap
from pipeline.drawing import draw, draw_map, table
from pipeline.drawing.code import code
from pipeline.forms import CLOSE, OPEN, Drawing, Passage
from pipeline.markdown import address, linked, literal, title
from pipeline.model import (
    Brief,
    Estimate,
    Evidence,
    Figure,
    Library,
    NotEstimated,
)
from pipeline.parts import Kind, bearing
from pipeline.problem import Mark
from pipeline.record import CITATION, FIGURE_LINE, FIGURE_MENTIONED, Record
from pipeline.references import references
from pipeline.templating import environment, render, trusted
from pipeline.trace import Finding
from pipeline.wording import CERTAINTIES, LABELS, LOCATORS, STRENGTHS, Said, enumerated, reading
from pipeline.wording.language import Wording
from pipeline.wording.locale import is_english

LOCATED = re.compile(r"(@[^\s\];,]+,\s*\{?)(pp?\.|chap\.|sec\.|para\.|figure|table)(?=\s)")
"""A citation in prose up to the term of its locator."""
STOPS = (".", "。", "।", "\N{ARABIC FULL STOP}")
"""What ends a sentence: also in Chinese and Japanese, in Hindi, and in Urdu."""
CODE = "code.address"
"""What the drawing of a code is called; a figure's id has no dot."""


class Desk:
    """Collects the passages and drawings of one manuscript while its templates are rendered."""

    def __init__(self, library: Library, brief: Brief, templates: Path, wording: Wording) -> None:
        self.library, self.slug, self.wording = library, brief.id, wording
        self.passages: list[Passage] = []
        self.drawings: list[Drawing] = []
        self.numbers: dict[str, int] = {}
        self.citations: list[str] = []
        self.marks = _marks_of_texts(library, brief)
        self.prose = frozenset(text for record in _records(library, brief) for _, _, text in record.prose())
        self.drawer = environment(templates, **wording.functions())
        self.sandbox = environment(
            templates,
            finalize=self.token,
            figure=self.figure,
            map=self.map,
            code=self.code,
            reading=self.reading,
            is_translated=self.is_translated,
            **{name: self._printing(function) for name, function in wording.functions().items()},
        )
        self.sandbox.filters.update(
            trusted=trusted,
            said=lambda text: trusted(wording.say(text)),
            capital=_as_sentence,
            certainty=lambda level: trusted(wording.say(CERTAINTIES[level])),
            strength=lambda level: trusted(wording.say(STRENGTHS[level])),
            day=lambda value: trusted(wording.day(value)),
            address=lambda url: trusted(address(url)),
            autolinked=self.autolinked,
            estimate=self.estimate,
            judged=self.judged,
            label=lambda judgement, of: trusted(wording.say(LABELS[of][judgement.label])),
            cited=self.cited,
            cited_from=self.cited_from,
            linked=self.linked,
            work=self.work,
            in_words=self.in_words,
        )

    def index(self, text: str, *, whole: str | None = None, trusted: bool = False, marked: bool = False) -> int:
        """Add a passage and give its number; a part of a `whole` text stands at its place and is read as it is.

        Text is Markdown where the records say so, or where it is `marked` up by us; all else is plain.
        """
        whole = text if whole is None else whole
        shown = text if trusted or marked else self._localised(text) if whole in self.prose else literal(text)
        language = "" if trusted else self.library.foreign.get(whole, "")
        self.passages.append(Passage(text=shown, trusted=trusted, mark=self.marks.get(whole), language=language))
        return len(self.passages) - 1

    def is_translated(self) -> bool:
        """Whether all that was set up to now is in the reader's language."""
        return not any(passage.language for passage in self.passages)

    def _printing(self, function: Callable[..., str]) -> Callable[..., Markup]:
        """A function that says a message, for templates: plain text among its values becomes tokens."""

        def printed(*texts: Any, **values: Any) -> Markup:
            return trusted(function(*texts, **{name: self._value(value) for name, value in values.items()}))

        return printed

    def _value(self, value: Any) -> Any:
        plain = isinstance(value, str) and not isinstance(value, Markup | Said)
        return self.token(value) if plain else value

    def token(self, text: str) -> str:
        """Give the token that stands for a text; figures placed in prose become tokens of their own."""
        parts = FIGURE_LINE.split(text) if text in self.prose else [text]
        tokens = [self.figure(part) if step % 2 else self._set(part.strip(), text) for step, part in enumerate(parts)]
        return "\n\n".join(token for token in tokens if token)

    def _set(self, text: str, whole: str) -> str:
        return f"{OPEN}{self.index(text, whole=whole)}{CLOSE}" if text else ""

    def figure(self, id: str) -> Markup:
        """Draw a figure where it is first placed; its number is its place in the brief."""
        figure: Figure = self.library.figures[id]
        self.numbers.setdefault(id, len(self.numbers) + 1)
        svg = draw(self.drawer, figure, self.library.house.brand, self.wording)
        self.drawings.append(Drawing(id=id, svg=svg, wide=figure.width != "margin"))
        values = {"slug": self.slug, "figure": figure, "number": self.numbers[id], "table": table(figure, self.wording)}
        text = render(self.sandbox, "manuscript/figure.md.jinja", **values)
        return trusted(f"{OPEN}{self.index(text, trusted=True)}{CLOSE}")

    def map(self, drawn: ArgumentMap) -> Markup:
        """Draw an argument map for screens."""
        id = f"map.{drawn.id}"
        svg = draw_map(self.drawer, drawn, self.library.house.brand, id, wording=self.wording)
        self.drawings.append(Drawing(id=id, svg=svg, wide=True, on_paper=False))
        return trusted(f'<div data-drawing="{id}"></div>')

    def code(self, url: str) -> Markup:
        """Draw an address as a QR code, for paper."""
        svg = code(url, self.wording.gettext("QR code for {address}", address=url))
        self.drawings.append(Drawing(id=CODE, svg=svg))
        return trusted(f'<div data-drawing="{CODE}"></div>')

    def cited(self, text: str, evidence: Sequence[Evidence], part: Kind | None = None) -> Markup:
        """Set the citations of `evidence` behind the text, inside its full stop.

        What speaks against the `part` is set apart, `fell [1], but see [2].`; without one, the text is the finding.
        """
        against = [item for item in evidence if part and bearing(part, item) == "against"]
        own = [item for item in evidence if item not in against]
        return self._with_citations(text, *([self._citation(item) for item in items] for items in (own, against)))

    def cited_from(self, text: str, sources: Sequence[str]) -> Markup:
        """Set citations of whole sources behind the text, inside its full stop."""
        return self._with_citations(text, [f"@{source}" for source in sources])

    def _with_citations(self, text: str, own: Sequence[str], against: Sequence[str] = ()) -> Markup:
        self.citations += dict.fromkeys((*own, *against))
        stop = text[-1:] if (own or against) and text.endswith(STOPS) and not text.endswith("...") else ""
        body = text.removesuffix(stop) if stop else text
        shown, other = (f" [{'; '.join(dict.fromkeys(keys))}]" if keys else "" for keys in (own, against))
        if other:
            other = self.wording.pgettext("after a text", ", but see {citations}", citations=other.lstrip())
        said = body if isinstance(body, Markup) else self._set(body, text)
        return trusted(said + shown + other + stop)

    def autolinked(self, url: str) -> Markup:
        """An address as a link to itself."""
        return trusted(f"[{self.token(url)}]({address(url)})")

    def judged(self, judgement: Judgement, of: str) -> Markup:
        """A label in words; what is not accepted has its reason behind it, which paper may leave out."""
        label = self.wording.say(LABELS[of][judgement.label])
        if judgement.label == "accepted":
            return trusted(label)
        reason = self.wording.pgettext("after a label", ": {reason}", reason=judgement.said)
        return trusted(f"{label}[{reason}]{{.reason}}")

    def _citation(self, evidence: Evidence) -> str:
        """One citation in pandoc's syntax, with its locator in the term that CSL knows in the language."""
        for name, (term, said) in LOCATORS.items():
            if evidence.locator and (value := getattr(evidence.locator, name)):
                place = _in_citation(value)
                english = is_english(self.wording.language)
                words = f"{term} {place}" if english else self.wording.say(said(place=place))
                return f"@{evidence.source}, {{{words}}}"
        return f"@{evidence.source}"

    def _localised(self, text: str) -> str:
        """Prose with the English terms of locators in its citations, `[@able-2024, p. 3]`, as the language has them."""
        if is_english(self.wording.language):
            return text
        terms = {term: said(place="") for term, said in LOCATORS.values()} | {"pp.": LOCATORS["page"][1](place="")}
        return LOCATED.sub(lambda found: found[1] + self.wording.say(terms[found[2]]).strip(), text)

    def estimate(self, value: Estimate) -> object:
        """Say what was estimated, or that nothing was, and why."""
        if isinstance(value, NotEstimated):
            return trusted(self.wording.gettext("*Not estimated:* {why}", why=self.token(value.not_estimated)))
        return value

    def linked(self, text: str) -> Markup:
        """Set a text with links in place of its citations, so that it adds no reference."""
        return trusted(self._set(linked(text, self._link), text))

    def in_words(self, text: str) -> Markup:
        """Set the first words of a text, plain."""
        return trusted(self._set(title(text), title(text)))

    def work(self, finding: Finding) -> Markup:
        """Name the source of a finding, with its title where the references don't have it."""
        known = finding.source in self.referenced
        name = self._link(finding.source) + ("" if known else f", *{literal(finding.title)}*")
        place = literal(self.wording.say(finding.locator))
        text = self.wording.say(enumerated([name, place]))
        return trusted(f"{OPEN}{self.index(text, marked=True)}{CLOSE}")

    @cached_property
    def referenced(self) -> frozenset[str]:
        """The citekeys met before the trace, which the references are sure to have."""
        return frozenset(self.cited_keys())

    def _link(self, citekey: str) -> str:
        source = self.library.sources.get(citekey)
        if source is None:
            return literal(citekey)
        place = f"<#ref-{citekey}>" if citekey in self.referenced else source.address and address(source.address)
        return f"[{literal(source.called)}]({place})" if place else literal(source.called)

    def cited_keys(self) -> tuple[str, ...]:
        """The citekeys met so far, in order."""
        texts = [*self.citations, *(passage.text for passage in self.passages)]
        found = (match[1] or match[2].rstrip(".:?/") for text in texts for match in CITATION.finditer(text))
        return tuple(key for key in dict.fromkeys(found) if key in self.library.sources)

    def reading(self) -> Markup:
        """How the sources cited so far were read."""
        ways = Counter(self.library.sources[key].custom.read for key in self.cited_keys())
        return trusted(self.wording.say(reading(ways["full"], ways["abstract"], ways["secondary"])))

    def references(self) -> Iterator[Mapping[str, Any]]:
        """The cited sources as CSL-JSON, each with how it was read."""
        works = (self.library.sources[key] for key in self.cited_keys())
        return references(works, self.wording, self.library.original)

    def _mention(self, found: re.Match[str]) -> str:
        """Name a figure by its number; one that this edition leaves out has none."""
        number = self.numbers.get(id := found[1])
        if not number:
            said = self.wording.gettext("a figure left out here")
            before = found.string[: found.start()].rstrip()
            return f"{said[:1].upper()}{said[1:]}" if not before or before[-1] in ".?!…。؟" else said
        return f"[{self.wording.gettext('Figure {number}', number=number)}](#figure-{id})"

    def finished(self) -> Iterator[Passage]:
        """The passages, now that every figure has its number."""
        for passage in self.passages:
            text = FIGURE_MENTIONED.sub(self._mention, passage.text)
            yield replace(passage, text=text)


def _as_sentence(text: str) -> Markup:
    """What we wrote, as a sentence begins."""
    return trusted(f"{text[:1].upper()}{text[1:]}")


def _in_citation(text: str) -> str:
    """Plain text as it can stand in a citation, where a semicolon would begin the next one."""
    return literal(text).replace(";", r"\;")


def _records(library: Library, brief: Brief) -> tuple[Record, ...]:
    """What a brief's texts come from."""
    return (brief, library.house, *library.arguments.values(), *library.figures.values())


def _marks_of_texts(library: Library, brief: Brief) -> Mapping[str, Mark]:
    """Where each text that the brief may print stands; the first place wins."""
    marks: dict[str, Mark] = {}
    for record in _records(library, brief):
        for text, mark in _texts(record):
            marks.setdefault(text, mark)
    return marks


def _texts(record: Record) -> Iterator[tuple[str, Mark]]:
    for path, value in record.values_within():
        if isinstance(value, str):
            yield value, record.mark(*path)
