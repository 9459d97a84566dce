"""Verify what evidence quotes: a library in; each quote with its state, and why, out.

There are three states and never two: a quote that could not be compared is not a verified one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from pipeline.model import Evidence, Library
from pipeline.nearest import Nearest, Span, nearest
from pipeline.parts import parts
from pipeline.quotation import Found, find, own_words

State = Literal["verified", "mismatch", "unverifiable"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """What became of one quote."""

    state: State
    why: str
    """Why it isn't verified, as a clause; empty where it is."""
    text: str = ""
    """The stored text, `briefs/sources/ID.txt`; empty where the source names none."""
    found: Found | None = None
    """Where it stands, when it is verified."""
    line: int = 0
    """The line, from 1, on which it or the nearest passage starts; 0 where there is neither."""
    passage: str = ""
    """The words of the stored text there."""
    nearest: Nearest | None = None
    """What is nearest to it in the text, when that doesn't have it."""
    differences: tuple[tuple[str, str], ...] = ()
    """What the quote says and what the nearest passage says in its place."""
    marked: tuple[str, str] = ("", "")
    """The part of the quote that the text doesn't have, and the nearest passage, with «» around what differs."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """A quote in its place in the library, with what became of it."""

    address: str
    """The ground, objection or response whose evidence it is."""
    evidence: Evidence
    verdict: Verdict

    def as_json(self) -> dict[str, Any]:
        """The quote as plain values; offsets count characters of the stored text from 0."""
        verdict, mark = self.verdict, self.evidence.mark("quote")
        found, near = verdict.found, verdict.nearest
        return {
            "address": self.address,
            "source": self.evidence.source,
            "file": mark.file,
            "line": mark.line,
            "column": mark.column,
            "quote": self.evidence.quote,
            "state": verdict.state,
            "why": verdict.why or None,
            "text": verdict.text or None,
            "found": found and {**_place(found.start, found.end, verdict), **_marks(found)},
            "nearest": near and {**_place(near.start, near.end, verdict), "differences": _pairs(verdict)},
        }


def quotes(library: Library) -> tuple[Quote, ...]:
    """Give every quote of a library in the order of its files; takes time linear in its stored texts."""
    if not any(
        isinstance(item, Evidence) and item.quote for root in library.arguments.values() for item in root.within()
    ):
        return ()
    quoting = [(part.address, item) for part in parts(library).values() for item in part.evidence if item.quote]
    for _, item in sorted(quoting, key=lambda pair: pair[1].source):
        verdict_on(item, library)  # each text is read into words once, and what was found is kept
    return tuple(
        Quote(address=address, evidence=item, verdict=verdict)
        for address, item in quoting
        if (verdict := verdict_on(item, library))
    )


def verdict_on(evidence: Evidence, library: Library) -> Verdict | None:
    """Verify the quote of a piece of evidence against the stored text of its source; None where it quotes nothing."""
    if evidence.quote is None:
        return None
    source = library.sources.get(evidence.source)
    if source is None:
        return _unverifiable(f"no source is called '{evidence.source}'")
    if source.custom.text is None:
        return _unverifiable("its source has no stored text")
    name = f"briefs/{source.custom.text}"
    if source.custom.text not in library.texts:
        return _unverifiable(f"there is no file {name}", name)
    text = library.texts[source.custom.text]
    if text is None:
        return _unverifiable(f"{name} can't be read", name)
    return replace(_compared(evidence.quote, text), text=name)


def _unverifiable(why: str, text: str = "") -> Verdict:
    return Verdict(state="unverifiable", why=why, text=text)


@lru_cache(maxsize=2048)
def _compared(quote: str, text: str) -> Verdict:
    if (found := find(quote, text)) is not None:
        return Verdict(
            state="verified",
            why="",
            found=found,
            line=_line(text, found.start),
            passage=_words(text, (found.start, found.end)),
        )
    if not any(word[0].isalnum() for word, _, _ in own_words(quote)):
        return _unverifiable("it has no words outside brackets")
    near = nearest(quote, text)
    if near is None:
        return Verdict(state="mismatch", why="the stored text has no passage like it")
    pairs = ((_words(near.piece, item.quoted), _words(text, item.stored)) for item in near.differences)
    return Verdict(
        state="mismatch",
        why="the stored text says otherwise",
        line=_line(text, near.start),
        passage=_words(text, (near.start, near.end)),
        nearest=near,
        differences=tuple(pairs),
        marked=(
            _marked(near.piece, (0, len(near.piece)), (item.quoted for item in near.differences)),
            _marked(text, (near.start, near.end), (item.stored for item in near.differences)),
        ),
    )


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _words(text: str, span: Span) -> str:
    return " ".join(text[slice(*span)].split())


def _place(start: int, end: int, verdict: Verdict) -> dict[str, Any]:
    return {"start": start, "end": end, "line": verdict.line, "passage": verdict.passage}


def _marks(found: Found) -> dict[str, int]:
    return {"elisions": found.elisions, "changes": found.changes}


def _pairs(verdict: Verdict) -> list[dict[str, str]]:
    return [{"quoted": quoted, "stored": stored} for quoted, stored in verdict.differences]


def _marked(text: str, whole: Span, spans: Iterable[Span]) -> str:
    """The words of a part of a text, with signs around those that differ."""
    said, done = [], whole[0]
    for start, end in spans:
        said += [text[done:start], f"«{text[start:end]}»" if start < end else ""]
        done = end
    return " ".join("".join([*said, text[done : whole[1]]]).split())
