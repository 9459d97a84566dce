"""Add works from a bibliography to briefs/sources.yaml: a file in, the longer sources.yaml out.

The new text is read and loaded as every library is before it takes the place of the old, and each work that was there
has to be the same. Nothing is written where anything is refused.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.bibliography import bibliography
from pipeline.check import check
from pipeline.csl import Source
from pipeline.csl_json import Found
from pipeline.folder import opened
from pipeline.forms import Document, Output
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Mark, Problem, Refused, ToolFailed, in_order
from pipeline.project import Project
from pipeline.source import MAX_BYTES, extended, read, read_folder, text_of
from pipeline.works import twins

SOURCES = "briefs/sources.yaml"


@dataclass(frozen=True, kw_only=True, slots=True)
class Addition:
    """What is added to sources.yaml."""

    before: bytes
    after: bytes
    sources: tuple[Source, ...]
    problems: tuple[Problem, ...]
    """What could not be kept, and what the rules find that they didn't find before."""

    @property
    def text(self) -> str:
        """The lines that are new."""
        return self.after[len(self.before) :].decode() if self.after.startswith(self.before) else self.after.decode()


def addition(
    project: Project, file: Path, form: str, read_as: str, note: str = "", today: str | None = None
) -> Addition:
    """Prepare to add the works in `file`, which is of one of the forms that `bibliography` knows.

    `read_as` becomes their `custom.read`, and `note` a comment above them. Raises Refused where the file or
    sources.yaml can't be read, or a work stands there twice; ToolFailed where pandoc takes too long.
    """
    text = text_of(file, file.as_posix(), what="a bibliography", smaller="export only what is cited")
    before = text_of(project.briefs / "sources.yaml", SOURCES, what="a YAML file", smaller="split it", links=False)
    document = read(before, SOURCES)
    taken = _ids(document)
    found = bibliography(text, file.as_posix(), form, taken)
    _refuse_twice(found, taken)
    items = [{**one.item, "custom": {"read": read_as}} for one in found]
    after = extended(before, document, "references", items, note)
    longer = _reread(after, document, items)
    reading = read_folder(project.briefs, project.root)
    others = [other for other in reading.documents if other.file != SOURCES]
    old, known = load([*others, document], reading.unread, reading.texts)
    new, problems = load([*others, longer], reading.unread, reading.texts)
    _refuse_unloadable(found, set(problems) - set(known), longer)
    _refuse_twins(found, new)
    return Addition(
        before=before.encode(),
        after=after.encode(),
        sources=tuple(new.sources[one.id] for one in found),
        problems=in_order([*_new(old, new, today), *(problem for one in found for problem in one.problems)]),
    )


def write(project: Project, added: Addition) -> None:
    """Put the longer sources.yaml in the place of the old one.

    Raises ToolFailed, with everything as it was, where that can't be done or the file has changed since it was read.
    """
    with opened(project.briefs) as folder:
        if folder.read("sources.yaml") != added.before:
            raise ToolFailed(f"{SOURCES} has changed meanwhile; import once more")
        folder.put([Output(path="sources.yaml", data=added.after)])


def _ids(document: Document) -> dict[str, Mark]:
    """The ids that stand in sources.yaml, each with its place."""
    items = document.data.get("references") if isinstance(document.data, dict) else None
    if not isinstance(items, list):
        _, problems = load([document])
        raise Refused(problem for problem in problems if problem.mark.file == SOURCES)
    ids = ((index, item.get("id")) for index, item in enumerate(items) if isinstance(item, dict))
    return {id: document.marks.value(("references", index, "id")) for index, id in ids if isinstance(id, str)}


def _reread(text: str, before: Document, items: Sequence[Mapping[str, Any]]) -> Document:
    """Read the longer text; every work in it has to be what it was, or what it is meant to be.

    Raises Refused where sources.yaml is laid out so that nothing can be added below its last line.
    """
    if len(text.encode()) > MAX_BYTES:
        message, hint = f"with these works the file would be larger than {MAX_BYTES:,} bytes", "add only what is cited"
        raise Refused([Problem(mark=Mark(file=SOURCES), rule="too-large", message=message, hint=hint)])
    after = None
    try:
        after = read(text, SOURCES)
    except Refused as refused:
        if any(problem.rule == "too-large" for problem in refused.problems):
            raise
    old, new = (isinstance(one.data, dict) and one.data.get("references") for one in (before, after or before))
    if after is None or not isinstance(old, list) or new != [*old, *map(_as_read, items)]:
        message, hint = "nothing can be added below this file's last line", "let it end with the last work's last key"
        mark = Mark(file=SOURCES, line=len(before.marks.lines))
        raise Refused([Problem(mark=mark, rule="imported-source", message=message, hint=hint)])
    return after


def _as_read(value: Any) -> Any:
    """A value as the reader gives it: every scalar is text."""
    if isinstance(value, Mapping):
        return {key: _as_read(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_as_read(part) for part in value]
    return value if isinstance(value, str) else str(value).lower()


def _refuse_twice(found: Sequence[Found], taken: dict[str, Mark]) -> None:
    """Refuse ids that stand in sources.yaml or earlier in the file, as loading does without regard to capitals."""
    first = {id.lower(): mark for id, mark in taken.items()}
    problems = []
    for one in found:
        before = first.setdefault(one.id.lower(), one.mark)
        if before is not one.mark:
            message = f"the id '{one.id}' stands here twice" if before.file == one.mark.file else _taken(one.id)
            hint = f"the first is at {before}; give this work another id, or leave it out"
            problems.append(Problem(mark=one.mark, rule="duplicate-id", message=message, hint=hint))
    if problems:
        raise Refused(problems)


def _taken(id: str) -> str:
    return f"the id '{id}' stands in {SOURCES} already"


def _refuse_unloadable(found: Sequence[Found], problems: Iterable[Problem], longer: Document) -> None:
    """Refuse works that don't load, each at its place in the file that it came from."""
    items = longer.data.get("references") if isinstance(longer.data, dict) else None
    count = len(items) if isinstance(items, list) else 0
    lines = [longer.marks.value(("references", index)).line for index in range(count - len(found), count)]
    moved = [replace(problem, mark=found[bisect(lines, problem.mark.line) - 1].mark) for problem in problems]
    if moved:
        raise Refused(moved)


def _refuse_twins(found: Sequence[Found], library: Library) -> None:
    """Refuse works that stand in sources.yaml or earlier in the file under another id, with both places."""
    marks = {one.id: one.mark for one in found}
    problems = [
        Problem(
            mark=marks[twin.source.id],
            rule="duplicate-work",
            message=f"'{twin.source.id}' is the same work as '{twin.earlier.id}': they share {twin.by}",
            hint=f"the first is at {marks.get(twin.earlier.id) or twin.earlier.mark('id')}; leave this one out",
        )
        for twin in twins(library.sources.values())
        if twin.source.id in marks
    ]
    if problems:
        raise Refused(problems)


def _new(old: Library, new: Library, today: str | None) -> Iterator[Problem]:
    """What the rules find that they didn't find before; that nothing cites what was not there is no problem."""
    known = set(check(old, today))
    added = {new.sources[id].mark("id") for id in new.sources.keys() - old.sources.keys()}
    for problem in check(new, today):
        if problem not in known and not (problem.rule == "unused-source" and problem.mark in added):
            yield problem
