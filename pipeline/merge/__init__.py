"""Make a copy of a brief for each of its recipients: a product and a list in; files out, each of them whole."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.build import examine
from pipeline.line import Watch, stop_at_errors, unwatched
from pipeline.merge.entries import Entries
from pipeline.merge.listing import Wanted, entries_of
from pipeline.problem import Problem, in_order
from pipeline.project import Project

__all__ = ["Listed", "Wanted", "listed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A list of recipients without a mistake."""

    entries: Entries
    problems: tuple[Problem, ...]
    """What is worth knowing of it and of the library."""


def listed(project: Project, wanted: Wanted, recipients: Path, watch: Watch = unwatched) -> Listed:
    """Read a library and a list of recipients, and check both.

    Raises Refused with all problems of one or the other.
    """
    library, found = examine(project, watch)
    stop_at_errors(found)
    with watch("list", wanted.slug):
        entries = entries_of(project, library, wanted, recipients)
        problems = entries.check()
    stop_at_errors(in_order(problems))
    return Listed(entries=entries, problems=in_order(problems))
