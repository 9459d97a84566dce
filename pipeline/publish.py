"""Put a release out: entries in, files in the output folder and a manifest out.

A whole release takes away what the last one listed and this one doesn't: briefs that are gone,
drafts that are done. A release of some briefs, some formats or of drafts leaves everything else as
the manifest has it, and keeps it on the index page.
"""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib.metadata import version
from pathlib import Path

from pipeline import __version__
from pipeline.folder import Folder, check_paths
from pipeline.forms import Entry, Finished, Listed, Output, listed
from pipeline.manifest import NAME, ListedBrief, Manifest, changed, manifest, ours, parsed
from pipeline.problem import Mark, Problem, Refused
from pipeline.project import Address
from pipeline.shelf import Shelf
from pipeline.store import Store, looking, opened

INDEX = "index.html"
_GENERATED = b'<meta name="generator" content="openbrief '
"""What every page of ours says; `head.html.jinja` and `index.html.jinja` print it."""
_ENGINES = ("jinja2", "nh3", "pypandoc_binary", "weasyprint")


@dataclass(frozen=True, kw_only=True, slots=True)
class Release:
    """What was put out."""

    root: Path | Address
    outputs: tuple[Listed, ...]
    """The files of this release, the manifest last."""
    written: tuple[str, ...]
    """Paths of those that weren't there already."""
    removed: tuple[str, ...]
    """Paths of the last release that this one took away."""
    problems: tuple[Problem, ...] = ()
    """Warnings; errors stop a release."""
    products: int = 0
    """How many of the files' products were made for it."""
    left_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Addresses of what had no room, by the name of the product."""
    why: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The products that were made anew, each with the inputs that differ from last time; none where it is new."""


def publish(
    root: Path | Address,
    entries: Sequence[Entry],
    index: Callable[[Sequence[Entry]], str],
    *,
    whole: bool,
    tools: Mapping[str, str] | None = None,
) -> Release:
    """Put the entries' files, an index page over all finished briefs, and the manifest into `root`.

    In a folder all files take their places at once; elsewhere each goes whole, and the manifest last.

    `index` is given the entries that are no drafts, newest first. `tools` are names and versions of
    tools that Python doesn't know of.
    Raises ToolFailed, with the last release untouched, when the disk or the folder refuses; Refused
    when a release of some briefs finds the others changed or the manifest unreadable, and where files of others
    stand in the places of ours.
    """
    check_paths(output.path for entry in entries for output in entry.outputs)
    with opened(root) as folder:
        last = folder.read(NAME)
        before = parsed(last)
        if not ours(last) and (strange := list(_strangers(folder, entries))):
            raise Refused(strange)
        if not whole and last is not None:
            entries = _with_the_rest(folder, entries, before)
        finished = sorted((entry for entry in entries if not entry.draft), key=lambda entry: entry.key)
        finished.sort(key=lambda entry: entry.metadata.issued, reverse=True)
        shared = [Output(path=INDEX, data=index(finished).encode())] if finished or whole else []
        made = [output for entry in entries for output in entry.outputs]
        outputs = (*made, *shared, manifest(entries, shared, {**_versions(), **(tools or {})}))
        written = folder.put(outputs)
        removed = folder.remove(_gone(before, outputs)) if whole and before else ()
    return Release(root=root, outputs=tuple(map(listed, outputs)), written=written, removed=removed)


def last_release(root: Path | Address) -> Manifest | None:
    """The manifest in `root`; None when there is none, or it can't be read."""
    return parsed(looking(root)(NAME))


def _strangers(folder: Folder | Store, entries: Sequence[Entry]) -> Iterator[Problem]:
    """Name what stands in the places of ours and is somebody else's, in a folder that has no manifest of ours."""
    hint = "name a folder that is empty or does not exist yet, or take the file away"
    pages = [output.path for entry in entries for output in entry.outputs if output.path.endswith(".html")]
    for path in (INDEX, NAME, *pages):
        data = folder.read(path) or b""
        if data.strip() and _GENERATED not in data:
            message = "this file was not made by openbrief, and a release would take its place"
            yield Problem(mark=Mark(file=str(folder.root / path)), message=message, rule="release", hint=hint)


def _with_the_rest(folder: Folder | Store, entries: Sequence[Entry], before: Manifest | None) -> tuple[Entry, ...]:
    """The entries, with the files of other formats that they had, and the entries of all other briefs."""
    if before is None:
        raise Refused([_broken(folder.root / NAME, "the manifest can't be read")])
    current = {entry.key: entry for entry in entries}
    made = {output.path for entry in entries for output in entry.outputs}
    problems: list[Problem] = []
    for brief in before.briefs:
        kept = tuple(_kept(folder, brief, made, problems))
        before_it = entry_of(brief)
        key = before_it.key
        entry = current.get(key, before_it)
        pages = brief.pages if entry.pages is None else entry.pages
        known = entry.inputs if not kept or entry.inputs == brief.inputs else {}
        current[key] = replace(entry, outputs=entry.outputs + kept, pages=pages, inputs=known)
    if problems:
        raise Refused(problems)
    return tuple(current.values())


def entry_of(brief: ListedBrief, outputs: tuple[Finished, ...] = (), pages: int | None = None) -> Entry:
    """Give what a manifest lists as the entry that it was, with these files."""
    return Entry(
        metadata=brief.metadata,
        outputs=outputs,
        pages=pages,
        minutes=brief.minutes,
        draft=brief.draft,
        left_out=brief.left_out,
        inputs=brief.inputs,
    )


def done_before(
    root: Path | Address,
    inputs: Mapping[str, Mapping[str, str]],
    formats: Collection[str],
    shelf: Shelf | None = None,
) -> dict[str, Entry]:
    """Give the entries of the last release in `root` that would come out the same again, by their products' names.

    One counts only while its inputs are those of `inputs`, and its files of these formats are there with the bytes
    that the manifest says. They stay there; a release elsewhere has them from the `shelf`.
    Raises ToolFailed where the disk refuses.
    """
    found: dict[str, Entry] = {}
    look = looking(root)
    last = parsed(look(NAME))
    for brief in last.briefs if last else ():
        name = brief.metadata.file
        if brief.inputs and brief.inputs == inputs.get(name):
            files = [file for file in brief.files if file.path.rpartition(".")[2] in formats]
            outputs = tuple(_taken(look, file, shelf) for file in files if _safe(file.path))
            if len(files) == len(formats) and [listed(output) for output in outputs] == files:
                found[name] = entry_of(brief, outputs, brief.pages if "pdf" in formats else None)
    return found


def reasons(root: Path | Address, inputs: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, ...]]:
    """Say of each product which of its inputs differ from those of the last release; empty where that had none."""
    last = last_release(root)
    before = {brief.metadata.file: brief.inputs for brief in last.briefs} if last else {}
    return {name: changed(before[name], now) if before.get(name) else () for name, now in inputs.items()}


def _taken(look: Callable[[str], bytes | None], file: Listed, shelf: Shelf | None) -> Listed:
    """What there is in the place of a file: from the shelf where there is one and it is that file."""
    output = Output(path=file.path, data=look(file.path) or b"")
    return shelf.lay([output])[0] if shelf and listed(output) == file else listed(output)


def _safe(path: str) -> bool:
    try:
        check_paths([path])
    except ValueError:
        return False
    return True


def _kept(folder: Folder | Store, brief: ListedBrief, made: set[str], problems: list[Problem]) -> Iterable[Listed]:
    for file in brief.files:
        if file.path in made:
            continue
        if listed(Output(path=file.path, data=_bytes(folder, file.path))) == file:
            yield file
        else:
            problems.append(_broken(folder.root / file.path, "the file is not what the manifest says"))


def _bytes(folder: Folder | Store, path: str) -> bytes:
    try:
        return folder.read(path) or b""
    except ValueError:  # a manifest that we didn't write may list any path
        return b""


def _broken(path: Path | Address, message: str) -> Problem:
    hint = "build all briefs at once: `openbrief build`"
    return Problem(mark=Mark(file=str(path)), message=message, rule="release", hint=hint)


def _gone(before: Manifest, outputs: Sequence[Finished]) -> Iterable[str]:
    made = {output.path.casefold() for output in outputs}
    for path in before.paths:
        if _safe(path) and path.casefold() not in made:
            yield path


def _versions() -> dict[str, str]:
    engines = {name: version(name) for name in _ENGINES}
    return {"openbrief": __version__, "python": platform.python_version(), **engines}
