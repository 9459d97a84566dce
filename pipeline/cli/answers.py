"""Say answers to questions about a library for people: what was found out in, lines of text out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from pipeline.cli.layout import Branch, coloured, table, tree, wrapped
from pipeline.cli.report import count

if TYPE_CHECKING:
    from pipeline.balance import Balance, Table, Weighed
    from pipeline.fragile import Fragility
    from pipeline.impact import Change, Impact, Reached
    from pipeline.model import Library
    from pipeline.trace import Step, Trace

TOP = 8
"""Rows of a table that are shown; all of them are in the CSV."""


def of_trace(traced: Trace, columns: int) -> Iterator[str]:
    """Draw each recommendation and key message as a tree that ends at sources."""
    yield from (click.style(line, bold=True) for line in wrapped(traced.title, columns))
    yield from wrapped(_reach(traced), columns)
    for root in traced.steps:
        yield ""
        yield from tree(_branch(root), columns)


def _reach(traced: Trace) -> str:
    """How many results there are, on how many sources they rest, and how these were read."""
    from pipeline.wording import READ

    kinds = Counter(step.part.kind for step in traced.steps)
    results = [count(kinds[kind], kind) for kind in ("recommendation", "key message") if kinds[kind]]
    ways = Counter(traced.sources.values())
    read = [f"{ways[way]} {said}" for way, said in READ.items() if ways[way]]
    return f"{' and '.join(results)} back to {count(len(traced.sources), 'source')}: {', '.join(read)}"


def _branch(step: Step) -> Branch:
    from pipeline.markdown import plain

    place = "" if "#" in step.part.address else f" ({step.part.address})"
    texts = [f"{step.standing}{place}", plain(step.part.text)]
    if step.part.remark:
        texts.append(f"{step.remark}: {plain(step.part.remark)}")
    if step.ellipsis:
        texts.append(f"[{step.ellipsis}]")
    found = [
        Branch((f"{item.work}{f', {item.locator}' if item.locator else ''} ({item.source}): {item.way}",))
        for item in step.findings
    ]
    return Branch(tuple(texts), (*found, *map(_branch, step.steps)), step.judgement.label)


def of_impact(found: Impact, library: Library, columns: int) -> Iterator[str]:
    """Say what changes its label, what is weakened, and which briefs are touched."""
    from pipeline.markdown import plain

    yield click.style("Without", bold=True)
    for key in found.sources:
        source = library.sources[key]
        yield from wrapped(f"{key}: {source.called}, {plain(source.title)}", columns, "  ", "  ")
    for group, said in ((found.changed, "Changed"), (found.weakened, "Weakened, with the same label")):
        yield ""
        yield click.style(f"{said}: {count(len(group), 'part') if group else 'nothing'}", bold=True)
        for change in group:
            yield from _of_change(change, columns)
    yield ""
    yield click.style(f"Touched: {count(len(found.briefs), 'brief') if found.briefs else 'no brief'}", bold=True)
    for brief in found.briefs:
        yield from wrapped(f"{brief.slug}: {_touched(brief)}", columns, "  ", "  ")


def _of_change(change: Change, columns: int) -> Iterator[str]:
    moved = change.before if change.before == change.after else f"{change.before} -> {change.after}"
    for line in wrapped(f"{change.part.address}: {change.part.kind}, {moved}", columns, "  ", "  "):
        yield coloured(line, change.after)
    title = change.part.title
    yield from wrapped(f"{title}{'' if title.endswith(('…', '?', '!')) else '.'} {change.reason}", columns, "    ")


def _touched(brief: Reached) -> str:
    said = [f"{brief.changed} of its key messages and recommendations changed"] if brief.changed else []
    said += [f"{brief.weakened} weakened"] if brief.weakened else []
    said += [f"cited in its {' and its '.join(brief.cites)}"] if brief.cites else []
    return ", ".join(said)


def of_fragile(found: Sequence[Fragility], columns: int) -> Iterator[str]:
    """Say for each result which one or two sources bring it down."""
    slug = ""
    for result in found:
        if result.brief != slug:
            yield from ([""] if slug else [])
            slug = result.brief
            yield click.style(slug, bold=True)
        yield from wrapped(f"{result.part.name}, {result.label}: {result.part.title}", columns, "  ")
        for loss in result.losses:
            together = " together" if len(loss.sources) > 1 else ""
            said = f"falls to {loss.after} without {' and '.join(loss.sources)}{together}"
            yield from (coloured(line, loss.after) for line in wrapped(said, columns, "    ", "  "))
        if not result.losses:
            yield from wrapped(_firm(result), columns, "    ")


def _firm(result: Fragility) -> str:
    number = len(result.sources)
    if result.label == "unsupported":
        return "nothing to lose: it is unsupported already"
    if number == 0:
        return f"stays {result.label} whatever source is lost: it names none"
    return (
        f"stays {result.label} without {'its one source' if number == 1 else f'any one or two of its {number} sources'}"
    )


def of_balance(found: Balance, columns: int) -> Iterator[str]:
    """Set the counts as tables: arguments first, then sources by what is known of them."""
    what = f"the answer of {found.brief}" if found.brief else "the claims"
    said = f"Of {count(found.sources, 'source')}, {found.for_} speak for {what} and {found.against} against"
    yield from (click.style(line, bold=True) for line in wrapped(said, columns))
    legend = "A source can do both, or only give context. Objections are answered, conceded or open."
    yield from wrapped(legend, columns)
    for side, name in (("", "Argument"), ("for", "Argument for"), ("against", "Argument against")):
        rows = [_numbers(item) for item in found.arguments if item.side == side]
        if rows:
            yield ""
            yield from table((name, "grounds", "answered", "conceded", "open", "sources for", "against"), rows, columns)
    for counted in found.tables:
        yield ""
        yield from _of_table(counted, columns)


def _numbers(item: Weighed) -> tuple[str, ...]:
    counts = (item.grounds, item.answered, item.conceded, item.open, item.sources_for, item.sources_against)
    return (item.argument, *map(str, counts))


def _of_table(counted: Table, columns: int) -> Iterator[str]:
    name = counted.name.capitalize()
    if all(row.value == "not stated" for row in counted.rows):
        yield f"{name}: not stated for any of the sources"
        return
    most = TOP if len(counted.rows) > TOP + 2 else len(counted.rows)
    rows = [(row.value, str(row.number), f"{row.share:.0%}", str(row.for_), str(row.against)) for row in counted.rows]
    yield from table((name, counted.counts, "share", "for", "against"), rows[:most], columns)
    if most < len(rows):
        yield f"and {len(rows) - most} more; --format csv has them all"
