"""Time copies for recipients, as ratios to renders of their own: `python tests/benchmarks/merge_time.py [COPIES]`.

The flagship, four pages, gets a letter with two slots; 10,000 copies are written, set-up included, and each is compared
with a warm render of the same copy by WeasyPrint, and, where the package `typst` is installed, with Typst's compiling
of the same text in one warm process. A ratio beyond its limit, or memory that grows with the list, ends with 1.
"""

from __future__ import annotations

import importlib
import importlib.util
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from itertools import islice
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.build import build
from pipeline.merge import Merging, Wanted, checked, merged, printed
from pipeline.product import Order
from pipeline.project import Project
from pipeline.render.page import proof
from pipeline.render.pandoc import run
from pipeline.render.pdf import lay_out, written
from pipeline.render.slots import fillable

COPIES = 10_000
OF_RENDER, OF_TYPST = 1 / 150, 1 / 25
MEMORY = 64.0
"""How many MiB writing may add, whatever the length of the list."""
SLUG = "open-models"
RECIPIENT = """
recipient:
  letter: |
    **{{ recipient.greeting }}**

    {{ recipient.line }}
  called: Copy for {name}
  slots:
    - {id: greeting, width: 120, text: "Dear {name},"}
    - {id: line, width: 170, text: "{figure} people in {district} work where open models are used. (Copy {copy})"}
"""
FIRST = (
    *("Anna", "Bengt", "Çağla", "Dáithí", "Élodie", "Frauke", "Giulia", "Håkon", "Ingrid", "José", "Katarzyna"),
    *("Łukasz", "Mária", "Nóra", "Øyvind"),
)
LAST = (
    *("Andersson", "Bühler", "Costa", "Dvořák", "Eriksen", "Ferrari", "García", "Horváth", "Ivanova"),
    *("Jørgensen", "Kovač", "Lindström", "Müller"),
)
TYPST = """#set document(title: "Open models")
#set page(paper: "a4", margin: 16mm)
#set text(font: "Source Serif 4", size: 9.5pt, lang: "en")
#let endnote(body) = footnote(body)
*Dear #sys.inputs.name,*

#sys.inputs.figure people in #sys.inputs.district work where open models are used. (Copy #sys.inputs.copy)

"""


def project_in(root: Path, copies: int) -> tuple[Project, Path]:
    """The library that ships, with a letter in one brief, and a list of recipients."""
    shipped = Project.shipped()
    for name in ("briefs", "templates", "assets"):
        shutil.copytree(shipped.root / name, root / name)
    with (root / f"briefs/{SLUG}.yaml").open("a", encoding="utf-8") as brief:
        brief.write(RECIPIENT)
    people = root / "people.csv"
    with people.open("w", encoding="utf-8") as file:
        file.write("name,district,figure\n")
        for n in range(copies):
            name = f"{FIRST[n % len(FIRST)]} {LAST[n * 7 % len(LAST)]} {n}"
            file.write(f'{name},District {n % 349},"{n * 37 % 9000 + 1000:,}"\n')
    return Project.at(root, root / "public"), people


def renders(merging: Merging, number: int) -> Iterator[Callable[[], object]]:
    """Renders of single copies by the engine, from their pages on."""
    (master,) = merging.masters.values()
    made = proof(
        master.article(master.laid.left_out),
        master.library.house,
        master.project.templates,
        master.project.assets,
        wording=master.words,
    )
    attachments, filled = master.attachments(), fillable(made.paged, escape)
    for _, entry in zip(range(number), merging.entries, strict=False):
        object.__setattr__(made, "paged", filled(entry.texts))
        yield lambda: written(lay_out(made, master.project.assets), attachments)


def by_typst(project: Project, merging: Merging, number: int) -> Iterator[Callable[[], object]]:
    """The same text by Typst, whose compiler keeps what it has learnt."""
    typst = importlib.import_module("typst")
    build(project, Order(slugs=[SLUG], editions=["brief"], languages=["en-GB"], formats=["md"]))
    (text,) = project.output.rglob("*.md")
    _, body, _ = run(["--from", "markdown", "--to", "typst"], text.read_bytes(), "the brief", 60)
    source = project.root / "copy.typ"
    source.write_text(TYPST + body.decode())
    compiler = typst.Compiler(str(source), font_paths=[str(project.assets / "fonts")], ignore_system_fonts=True)
    for _, entry in zip(range(number), merging.entries, strict=False):
        values = dict(zip(("name", "district", "figure"), entry.row.cells, strict=True)) | {"copy": entry.copy}
        yield partial(compiler.compile, format="pdf", sys_inputs=values, pdf_standards="ua-1")


def seconds(works: Iterator[Callable[[], object]]) -> float:
    """The median of processor times, the first one left out."""
    found = []
    for work in works:
        begun = time.process_time()
        work()
        found.append(time.process_time() - begun)
    return median(found[1:])


def roomy(copies: int) -> str | None:
    """A folder in memory, where it has room for so many copies; else the usual one for temporary files."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > 2**20 * copies else None


def plainly(folder: Path, data: bytes, files: int = 500) -> float:
    """How many seconds of the processor it takes to write a file of these bytes, and nothing else."""
    (folder / "plain").mkdir()
    begun = time.process_time()
    for number in range(files):
        (folder / f"plain/{number}.pdf").write_bytes(data)
    return (time.process_time() - begun) / files


def others(merging: Merging, folder: Path) -> str:
    """What copies take in other forms: the file for printers, and Word documents, of which five hundred are made."""
    begun = time.process_time()
    done = printed(merging, folder / "print/all.pdf")
    each = 1000 * (time.process_time() - begun) / done.copies
    said = f"one file for printers: {each:.2f} ms a copy more, {done.pages} pages, {done.size / 1e6:.1f} MB\n"
    (master,) = merging.masters.values()
    some = list(islice(merging.spool, 500))
    master.document_copy(some[0])
    begun = time.process_time()
    sizes = [len(piece) for ready in some for piece in master.document_copy(ready)]
    each = 1000 * (time.process_time() - begun) / len(some)
    return f"{said}Word documents: {each:.2f} ms each once laid out, {sizes[0] // 1024} KiB\n"


def memory() -> float:
    """The most that this process has had, in MiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Print the ratios, and what memory was added."""
    copies = int(sys.argv[1]) if len(sys.argv) > 1 else COPIES
    with tempfile.TemporaryDirectory(dir=roomy(copies)) as name:
        project, people = project_in(Path(name), copies)
        begun = time.process_time()
        merging = checked(project, Wanted(slug=SLUG, edition="brief", language="en-GB"), people)
        ready, before = time.process_time(), memory()
        done = merged(merging, Path(name) / "copies")
        whole, added = time.process_time() - begun, memory() - before
        each, (master,) = whole / copies, merging.masters.values()
        pages, size = len(master.laid.laid.document.pages), len(master.template.data)
        mine = seconds(renders(merging, 6)) / each
        sys.stdout.write(f"{done.new} copies of {pages} pages and {size // 1024} KiB: {1000 * each:.2f} ms each, ")
        sys.stdout.write(f"set-up included ({ready - begun:.1f} s until all are measured)\n")
        sys.stdout.write(f"a render of its own takes {mine:.0f} times as long (at least {1 / OF_RENDER:.0f})\n")
        sys.stdout.write(f"writing added {added:.0f} MiB (at most {MEMORY:.0f})\n")
        plain = 1000 * plainly(Path(name), master.template.data)
        sys.stdout.write(f"to write as many bytes and do nothing else takes {plain:.2f} ms\n")
        sys.stdout.write(others(merging, Path(name)))
        kept = mine * OF_RENDER >= 1 and added <= MEMORY
        if importlib.util.find_spec("typst"):
            theirs = seconds(by_typst(project, merging, 12)) / each
            sys.stdout.write(f"Typst takes {theirs:.0f} times as long (at least {1 / OF_TYPST:.0f})\n")
            kept = kept and theirs * OF_TYPST >= 1
    return int(not kept)


if __name__ == "__main__":
    sys.exit(main())
