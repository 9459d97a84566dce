"""Say what became of quotes for people: quotes in, a table and what is wrong with some of them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.layout import table, wrapped
from pipeline.cli.report import count

if TYPE_CHECKING:
    from pipeline.quotes import Quote

HEAD = ("Quote in", "source", "line", "offset", "marks", "state")
"""Marks are the brackets that leave words out or change them."""


def of_quotes(found: Sequence[Quote], columns: int) -> Iterator[str]:
    """Set all quotes as a table, then show the words that differ, and why some could not be verified."""
    if not found:
        yield "No evidence quotes its source"
        return
    states = Counter(quote.verdict.state for quote in found)
    said = f"{states['verified']} verified, {states['mismatch']} not in the text, {states['unverifiable']} unverifiable"
    yield click.style(f"{count(len(found), 'quote')}: {said}", bold=True)
    yield ""
    yield from table(HEAD, [_row(quote) for quote in found], columns)
    for quote in found:
        if quote.verdict.state != "verified":
            yield ""
            yield from _of_quote(quote, columns)


def _row(quote: Quote) -> tuple[str, ...]:
    verdict = quote.verdict
    found, where = verdict.found, (quote.address, quote.evidence.source)
    if found is None:
        return (*where, "-", "-", "-", verdict.state)
    return (*where, str(verdict.line), str(found.start), str(found.elisions + found.changes), verdict.state)


def _of_quote(quote: Quote, columns: int) -> Iterator[str]:
    verdict = quote.verdict
    head = f"{quote.evidence.mark('quote')}: {verdict.state}: {verdict.why}"
    for line in wrapped(head, columns):
        yield click.style(line, fg="red" if verdict.state == "mismatch" else "yellow", bold=True)
    if verdict.nearest:
        yield from wrapped(f"quoted: {verdict.marked[0]}", columns, "  ", "        ")
        yield from wrapped(f"stored: {verdict.marked[1]}", columns, "  ", "        ")
        yield from wrapped(f"on line {verdict.line} of {verdict.text}", columns, "  ")
    elif verdict.state == "mismatch":
        yield from wrapped(f"quoted: {quote.evidence.quote}", columns, "  ", "        ")
