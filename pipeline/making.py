"""Have products made: orders in, entries and problems out, whoever does the work.

`all_made` knows three places for it: this process, others of this machine (`executor`), and other machines (`cluster`).
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import is_
from pathlib import Path

from pipeline.check.not_made import lost
from pipeline.cluster import Cluster
from pipeline.cluster.pack import pack
from pipeline.cluster.receipt import Receipt, job, job_of, receipt, receipt_of
from pipeline.cluster.saved import save
from pipeline.cluster.spreading import spread as spread_over
from pipeline.executor import Bounds, Crew, Lost, spread
from pipeline.forms import Entry
from pipeline.line import Line, Watch, made_entry, stop_at_errors, unwatched
from pipeline.load import load
from pipeline.model import Library
from pipeline.origin import names
from pipeline.problem import Problem, Refused
from pipeline.product import Order, Product
from pipeline.project import Project
from pipeline.shelf import Shelf
from pipeline.source import Reading, read_files
from pipeline.standing import Changed, Standing, touching

Made = tuple[Entry | None, tuple[Problem, ...]]
"""A finished product, or why there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """What is to be made, and from what."""

    project: Project
    library: Library
    order: Order
    inputs: Mapping[str, Mapping[str, str]]
    """What each product is made from, by its name, as `inputs` says it."""
    shelf: Shelf
    """Where finished files lie until all are made."""
    standing: Standing
    """What there was before the inputs were read."""

    def entry(self, entry: Entry) -> Entry:
        """Give a finished product as the manifest lists it, with what it was made from."""
        return replace(entry, inputs=self.inputs[entry.metadata.file])


def all_made(
    task: Task, wanted: Sequence[Product], jobs: int | Crew | Cluster, watch: Watch
) -> tuple[dict[str, Entry], tuple[Problem, ...]]:
    """Make products in this process, in several or on other machines; give those that came out well, and all problems.

    Where they go to a store each is kept, in case it can't be reached when all is made.
    Raises ToolFailed where a tool or a machine fails, and Changed where files were changed meanwhile.
    """
    if wanted and (not isinstance(jobs, int) or min(jobs, len(wanted)) > 1):
        results = _gathered(task.library, wanted, _spread(task, wanted, jobs), watch)
    else:
        results = [
            _laid(make(task.project, task.library, product, task.order, watch), task.shelf) for product in wanted
        ]
    entries = [task.entry(entry) for entry, _ in results if entry]
    problems = tuple(problem for _, refused in results for problem in refused)
    if not isinstance(jobs, Cluster):  # others made them from what was packed
        _stand(task, wanted, entries)
    return {entry.metadata.file: entry for entry in entries}, problems


def _stand(task: Task, wanted: Sequence[Product], entries: Sequence[Entry]) -> None:
    """Let products count as made from their inputs only where no file of theirs has been changed since; raises Changed.

    The others are kept then, so that the next build needn't make them; where all go to a store, all are.
    """
    altered = task.standing.altered()
    touched = {product.name: touching(altered, task.inputs[product.name]) for product in wanted}
    changed = sorted({name for names in touched.values() for name in names})
    if changed or (task.project.address and len(entries) == len(wanted)):
        for entry in entries:
            if not touched[entry.metadata.file]:
                save(task.project, entry)
    if changed:
        raise Changed(changed)


def _packed(task: Task, wanted: Sequence[Product]) -> bytes:
    """The project as other machines get it; raises Changed where it isn't what the inputs were read from."""
    packed = pack(task.project)
    _stand(task, wanted, ())
    return packed


def make(project: Project, library: Library, product: Product, order: Order, watch: Watch = unwatched) -> Made:
    """Make one product in this process."""
    try:
        return made_entry(Line(project, library, product, order, watch)), ()
    except Refused as refused:
        return None, refused.problems


def _laid(made: Made, shelf: Shelf) -> Made:
    """Lay a product's files on the shelf, so that nobody need hold them."""
    entry, problems = made
    return entry and replace(entry, outputs=shelf.lay(entry.outputs)), problems


def _spread(task: Task, wanted: Sequence[Product], jobs: int | Crew | Cluster) -> Iterator[Made | Lost]:
    """Let others make the products; each reads what they need for itself, since records know their files."""
    limits, project, order = task.library.house.limits, task.project, task.order
    bounds = Bounds(seconds=limits.seconds, memory=limits.memory * 2**20)
    files = [names(task.library, product) for product in wanted]
    if isinstance(jobs, Cluster):
        texts = [(job(product, order, own),) for product, own in zip(wanted, files, strict=True)]
        return spread_over(made_far, texts, jobs, bounds, _packed(task, wanted), _keeping(task))
    calls = [(project, product, order, own, task.shelf) for product, own in zip(wanted, files, strict=True)]
    return spread(_laid_apart, calls, min(jobs, len(wanted)) if isinstance(jobs, int) else jobs, bounds)


def _keeping(task: Task) -> Callable[[Receipt | Lost], Made | Lost]:
    """Give what reads a receipt as soon as it comes and keeps its product, in case the scheduler is lost."""

    def read(result: Receipt | Lost) -> Made | Lost:
        if isinstance(result, Lost):
            return result
        entry, problems = _laid(receipt_of(result), task.shelf)
        if entry:
            save(task.project, task.entry(entry))
        return entry, problems

    return read


def made_far(place: str, text: str) -> Receipt:
    """Make a product on another machine, from what was unpacked in `place`."""
    return receipt(*_made_apart(Project.at(Path(place)), *job_of(text)))


def _gathered(library: Library, wanted: Sequence[Product], results: Iterator[Made | Lost], watch: Watch) -> list[Made]:
    """What came of each product; one that was lost is a problem of its brief."""
    limits, found = library.house.limits, []
    for product in wanted:
        with watch("make", product.name):
            one = next(results)
        if isinstance(one, Lost):
            brief = library.briefs[product.slug]
            one = None, (lost(brief, product.name, limits, one.why, one.ended, one.said),)
        found.append(one)
    next(results, None)  # lets it end, and say that Ctrl-C was pressed
    return found


def _laid_apart(project: Project, product: Product, order: Order, files: tuple[str, ...], shelf: Shelf) -> Made:
    """Make a product from these files alone, and lay it on the shelf."""
    return _laid(_made_apart(project, product, order, files), shelf)


def _made_apart(project: Project, product: Product, order: Order, files: tuple[str, ...]) -> Made:
    """Make a product from these files alone; the rules were asked before, of all."""
    gc.set_threshold(50_000, 20, 20)  # as `cli` has it
    try:
        return make(project, _loaded(project, files), product, order)
    except Refused as refused:
        return None, refused.problems


_last: list[tuple[Project, Reading, Library]] = []
"""What was read last, and what it says."""


def _loaded(project: Project, files: tuple[str, ...]) -> Library:
    """What these files of a library say; raises Refused.

    It is kept for the other products that are made from the same. A process may outlive an edit, so all is read.
    """
    reading = read_files(files, project.briefs, project.root)
    if not _last or _last[0][0] != project or not _same(_last[0][1], reading):
        library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
        stop_at_errors([*reading.problems, *problems])
        _last[:] = [(project, reading, library)]
    return _last[0][2]


def _same(one: Reading, other: Reading) -> bool:
    """Whether two readings are one; documents that say the same were parsed once, and are one object."""
    if len(one.documents) != len(other.documents) or not all(map(is_, one.documents, other.documents)):
        return False
    return (one.texts, one.catalogues, one.problems) == (other.texts, other.catalogues, other.problems)
