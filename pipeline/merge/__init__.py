"""Make a copy of a brief for each of its recipients: a product and a list in; files out, each of them whole.

The list is read twice, row by row, and never kept: to find its mistakes and the letters that it is written in, then to
set each text and see whether it fits its slot. What is set goes to a temporary file, from which copies are written.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.build import examine
from pipeline.folder import opened
from pipeline.inputs import inputs, shared
from pipeline.line import Watch, stop_at_errors, unwatched
from pipeline.merge.copies import Kind, Written, cleaned, write
from pipeline.merge.entries import Entries
from pipeline.merge.listing import Wanted, entries_of, products_of
from pipeline.merge.master import Master
from pipeline.merge.printing import Printed, write_print
from pipeline.merge.roll import Faults
from pipeline.merge.spool import Ready, Spool
from pipeline.merge.telling import check_brief, untranslated
from pipeline.model import Library
from pipeline.problem import Problem, Refused, ToolFailed
from pipeline.product import Product
from pipeline.project import Project

__all__ = ["Merging", "Printed", "Wanted", "Written", "checked", "merged", "printed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Merging:
    """A list of recipients without a mistake, and what its copies are made of."""

    project: Project
    library: Library
    entries: Entries
    masters: Mapping[str, Master]
    """By language."""
    spool: Spool
    """The copies."""
    problems: tuple[Problem, ...]
    """What is worth knowing of the list, and of its copies' languages."""

    def left_out(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The products that have no room for some parts, each with these."""
        for master in self.masters.values():
            if addresses := tuple(address for choice in master.laid.left_out for address in choice.addresses):
                yield master.name, addresses


def checked(project: Project, wanted: Wanted, recipients: Path, watch: Watch = unwatched) -> Merging:
    """Read a library and a list of recipients, lay out what copies share, and see whether all fits.

    Raises Refused with all problems of the library, of the list, or of what doesn't fit; ToolFailed where the list has
    not the copies any more that were counted in it.
    """
    library, found = examine(project, watch)
    found = check_brief(library, wanted.slug, found)
    with watch("list", wanted.slug):
        entries = entries_of(project, library, wanted, recipients)
        faults = entries.check()
    if faults.enough or not entries.counted:
        stop_at_errors(faults.told)
    try:
        masters = {
            product.language: Master(project, library, product, entries, watch)
            for product in products_of(library, wanted)
            if entries.counted[product.language]
        }
        with watch("measure", wanted.slug):
            spool = _measured(entries, masters, faults)
    except Refused as refused:
        raise Refused([*faults.told, *refused.problems]) from refused
    stop_at_errors(faults.told)
    if spool.counted != entries.counted:
        raise _other(entries, spool.counted.total())
    lacking = untranslated(library, wanted.slug, masters, found)
    told = (*lacking, *faults.told)
    return Merging(project=project, library=library, entries=entries, masters=masters, spool=spool, problems=told)


def _measured(entries: Entries, masters: Mapping[str, Master], faults: Faults) -> Spool:
    """Set the texts of all rows that have no mistake yet, and tell of what is wider than its slot."""
    spool = Spool()
    for entry in entries:
        if spool.counted[entry.language] >= entries.counted[entry.language]:
            raise _other(entries, spool.counted.total() + 1)
        spool.add(Ready.of(entry, masters[entry.language].measure(entry, faults)))
        if faults.enough:
            break
    return spool


def _other(entries: Entries, found: int) -> ToolFailed:
    """What is raised where the list has other copies when it is read again: none of them can be trusted."""
    counted = entries.counted.total()
    said = f"{entries.roll.name} had {counted:,} copies when it was checked, and {found:,} when they were set"
    return ToolFailed(f"{said}: don't change the list while it is read, and run this again")


def merged(
    merging: Merging,
    output: Path,
    watch: Watch = unwatched,
    *,
    fresh: bool = False,
    clean: bool = False,
    forms: Collection[str] = (),
) -> Written:
    """Write the copies that are missing in a folder; with `fresh`, all of them; in other `forms` too: `html`, `docx`.

    With `clean`, what was written and no row says any more is removed, and nothing else.

    Raises ToolFailed when the disk is full or a place can't be written.
    """
    kinds = {language: tuple(_kinds(merging, master, forms)) for language, master in merging.masters.items()}
    with watch("write", ""), opened(output) as folder:
        done = write(folder, merging.entries.roll.heads, merging.spool, kinds, fresh=fresh)
        if clean:
            cleaned(folder, done)
        return done


def printed(merging: Merging, path: Path, watch: Watch = unwatched, *, duplex: bool = False) -> Printed:
    """Write all copies into one file for printers; with `duplex`, each begins on a sheet of its own.

    Raises ToolFailed when the disk is full or the place can't be written.
    """
    masters = {
        language: (master.template.data, [gap.token for gap in master.gaps.gaps])
        for language, master in merging.masters.items()
    }
    title = next(iter(merging.masters.values())).laid.laid.metadata.title
    # The folder around it is anybody's: only its own unfinished file is taken over, by `writing`.
    with watch("print", ""), opened(path.parent, sweeping=False) as folder, folder.writing(path.name) as file:
        return write_print(file, masters, merging.spool, title, duplex=duplex)


def _kinds(merging: Merging, master: Master, forms: Collection[str]) -> Iterator[Kind]:
    key = _key(merging, master.product)
    yield Kind(ending="pdf", key=key, make=master.copy)
    yield Kind(ending="html", key=key + b"html", make=master.page_copy, wanted="html" in forms)
    yield Kind(ending="docx", key=key + b"docx", make=master.document_copy, wanted="docx" in forms)


def _key(merging: Merging, product: Product) -> bytes:
    """A digest of all that the copies of a product are made from, but for their entries."""
    project, master = merging.project, merging.masters[product.language]
    made_from = shared(project) | inputs(project, merging.library, product, master.sisters, {})
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).digest()
