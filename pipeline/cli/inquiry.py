"""Ask the web for addresses and keep what it says: a library in; a file of answers, and lines about them, out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click

from pipeline import __version__
from pipeline.cli.layout import wrapped
from pipeline.cli.report import count
from pipeline.problem import ToolFailed
from pipeline.unchanged import today

if TYPE_CHECKING:
    from pipeline.links import Link
    from pipeline.model import Answer, Library
    from pipeline.project import Project
    from pipeline.web.round import Asker
    from pipeline.web.visit import Visit

SAID = {"dead": "Dead", "moved": "Moved for good", "unchecked": "Could not be checked", "works": "Working"}


def asker(library: Library, timeout: float, *, allow_local: bool) -> Asker:
    """What asks, and says openly who it is."""
    from pipeline.web.guard import anywhere, is_public
    from pipeline.web.request import Manner
    from pipeline.web.round import Asker, Pace

    house = f"; +{library.house.url}" if library.house.url and library.house.url.isascii() else ""
    agent = f"openbrief/{__version__} (looks whether links work{house})"
    return Asker(Manner(agent=agent, allowed=anywhere if allow_local else is_public, timeout=timeout), Pace())


def inquire(project: Project, library: Library, asked: Sequence[str], ask: Asker) -> Mapping[str, Answer]:
    """Ask for addresses, and write what is known of the library's links then; after Ctrl-C, with the answers that came.

    Raises ToolFailed where no host at all could be found: it is this computer then that leads nowhere.
    """
    from pipeline.links import links
    from pipeline.web.round import visits

    found: dict[str, Visit] = {}
    answers = {
        link.address: library.answers[link.address] for link in links(library) if link.address in library.answers
    }
    try:
        for address, visit in visits(asked, ask, ask.pace.workers):
            found[address] = visit
            said = "not found" if visit.unfound else visit.result
            click.echo(f"{len(found)}/{len(asked)} {said}: {address}", err=True)
    finally:
        offline = bool(found) and all(visit.unfound for visit in found.values())
        if not offline:
            answers |= {address: _answer(address, visit) for address, visit in found.items()}
            _keep(project, library, answers)
    if offline:
        raise ToolFailed("none of the hosts could be found, so this computer seems to be offline; nothing was written")
    return answers


def _answer(address: str, visit: Visit) -> Answer:
    from pipeline.model import Answer

    return Answer(
        address=address, checked=today(), result=visit.result, status=visit.status, moved_to=visit.moved_to,
        final=visit.final, why=visit.why,
    )  # fmt: skip


def _keep(project: Project, library: Library, answers: Mapping[str, Answer]) -> None:
    from pipeline.folder import opened
    from pipeline.forms import Output
    from pipeline.links import FILE, as_json

    if not answers and not library.answers:
        return
    with opened(project.briefs) as folder:
        folder.put([Output(path=FILE, data=as_json(answers.values()).encode())])


def as_rows(links: Iterable[Link], answers: Mapping[str, Answer]) -> list[dict[str, Any]]:
    """Give each address with its answer, its places and its copy in an archive, as plain values."""
    rows: dict[str, dict[str, Any]] = {}
    for link in links:
        if link.address in answers:
            told = answers[link.address].model_dump(exclude_none=True)
            row = rows.setdefault(link.address, {**told, "places": []})
            row["places"].append(str(link.mark))
            if link.archived:
                row["archived_url"] = link.archived
    return [rows[address] for address in sorted(rows)]


def of_rows(rows: Sequence[Mapping[str, Any]], columns: int) -> Iterator[str]:
    """Say which links are dead, have moved or could not be checked, and where they stand."""
    for result in ("dead", "moved", "unchecked"):
        group = [row for row in rows if row["result"] == result]
        yield click.style(f"{SAID[result]}: {len(group)}", bold=True)
        for row in group:
            yield from _of_row(row, columns)
    yield click.style(f"{SAID['works']}: {sum(row['result'] == 'works' for row in rows)}", bold=True)


def _of_row(row: Mapping[str, Any], columns: int) -> Iterator[str]:
    yield from wrapped(row["address"], columns, "  ")
    if "why" in row or "moved_to" in row:
        yield from wrapped(f"now {row['moved_to']}" if row["result"] == "moved" else row["why"], columns, "    ")
    if "archived_url" in row:
        yield from wrapped(f"archived at {row['archived_url']}", columns, "    ")
    more = f" and {count(len(row['places']) - 1, 'other place')}" if len(row["places"]) > 1 else ""
    yield from wrapped(f"in {row['places'][0]}{more}", columns, "    ")
