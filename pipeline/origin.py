"""Gather what a product is made from: a library and its files in; attachments, and a record of them, out.

A PDF carries what someone needs to make it again, and no more: sources.yaml is cut to the sources that are cited, so
that a brief's bytes depend on nothing that the brief doesn't.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import PurePosixPath
from typing import Any, Literal

from pipeline import __version__
from pipeline.argue import excerpt
from pipeline.check.reading import citations
from pipeline.enclosed import RECORD
from pipeline.forms import Attachment
from pipeline.model import Brief, Library
from pipeline.product import Product, planned
from pipeline.project import Project
from pipeline.render.design import checksum, fingerprints
from pipeline.render.engine import libraries
from pipeline.source import only, text_of

FORMAT = 1
TOOLS = ("babel", "fonttools", "jinja2", "nh3", "pydyf", "pypandoc_binary", "weasyprint")
"""The packages on which a PDF's bytes depend."""
SOURCES = "briefs/sources.yaml"
_MEDIA = {
    ".yaml": "application/yaml",
    ".txt": "text/plain",
    ".po": "text/x-gettext-translation",
    ".svg": "image/svg+xml",
}
_OF_FILES = {
    "briefs/house.yaml": "Who publishes the brief, and what holds for all its briefs",
    SOURCES: "The works that the brief cites",
}
_IN_FOLDERS = {
    "briefs": "The text of the brief {}",
    "arguments": "The argument {}",
    "figures": "The data of the figure {}",
    "sources": "The stored text of the source {}",
    "locale": "The translation into {}",
    "assets": "The drawing {}",
}
"""What files are, in words for a list of attachments."""


def files_of(library: Library, brief: Brief) -> tuple[str, ...]:
    """The YAML files that a brief is made from, each once.

    They are its own, the house's, the sources, its arguments, those that these rest on, and its figures.
    """
    named = (*brief.arguments.for_, *brief.arguments.against)
    arguments = (*named, *excerpt(library, named, (brief.id,)).arguments)
    found = [f"briefs/{name}.yaml" for name in (brief.id, "house", "sources")]
    found += [f"briefs/arguments/{id}.yaml" for id in arguments]
    found += [f"briefs/figures/{id}.yaml" for id in brief.figures_shown()]
    return tuple(dict.fromkeys(found))


def attachments(project: Project, library: Library, product: Product, *, draft: bool = False) -> tuple[Attachment, ...]:
    """Every file that a product is made from, as it stands on the disk, and the record of them.

    `library` is in the language that its briefs are written in. Raises Refused where a file has become unreadable,
    or a link that leads out of the project.
    """
    works = cited(library, library.briefs[product.slug])
    found = []
    for name in names(library, product):
        within = project.root if name.startswith("briefs/") else None
        text = text_of(project.root / name, name, what="a file of the library", smaller="split it", within=within)
        found.append(_attachment(name, only(text, name, works) if name == SOURCES else text))
    named = {name: checksum(project.root / name) for name in fonts(library)}
    return (*found, _record(project, product, found, named, draft=draft))


def part(library: Library, slug: str) -> Library:
    """Give the part of a library that a brief is made from: the records of `files_of`, and of the works it cites.

    What is in another brief, its arguments and figures, can't reach a product of this one then.
    """
    brief = library.briefs[slug]
    named = (*brief.arguments.for_, *brief.arguments.against)
    ids = {*named, *excerpt(library, named, (slug,)).arguments}
    shown = {*brief.figures_shown()}
    found = library.model_copy(
        update={
            "briefs": {slug: brief},
            "arguments": {id: argument for id, argument in library.arguments.items() if id in ids},
            "figures": {id: figure for id, figure in library.figures.items() if id in shown},
        }
    )
    works = {reference.name for reference in citations(found)}
    return found.model_copy(update={"sources": {id: work for id, work in library.sources.items() if id in works}})


def cited(library: Library, brief: Brief) -> frozenset[str]:
    """The sources that a brief, the house, and the arguments and figures of the brief cite."""
    return frozenset(part(library, brief.id).sources)


def names(library: Library, product: Product) -> tuple[str, ...]:
    """The paths of all files that a product is made from."""
    brief = library.briefs[product.slug]
    return (*files_of(library, brief), *_others(library, brief, cited(library, brief)))


def fonts(library: Library) -> tuple[str, ...]:
    """The paths of the fonts that the house adds. A PDF names them and does not carry them: licences may forbid it."""
    return tuple(dict.fromkeys(f"briefs/{font.file}" for font in library.house.fonts))


def _others(library: Library, brief: Brief, works: frozenset[str]) -> Iterator[str]:
    """The other files that a product is made from: texts of its sources, translations, the logo.

    A library that plans a translation and lacks it can't be built, so those of the other products come along.
    """
    texts = (library.sources[id].custom.text for id in sorted(works))
    yield from dict.fromkeys(f"briefs/{text}" for text in texts if text)
    written_in = brief.language or library.house.language
    planned_in = {other.language for other in planned(library.house, brief)}
    yield from (f"briefs/locale/{language}.po" for language in sorted(planned_in - {written_in}))
    if logo := library.house.brand.logo:
        yield f"assets/{logo}"


def _attachment(name: str, text: str) -> Attachment:
    description, relationship = _described(name)
    return Attachment(
        path=name,
        data=text.encode(),
        description=description,
        relationship=relationship,
        media=_MEDIA[PurePosixPath(name).suffix],
    )


def _described(name: str) -> tuple[str, Literal["Source", "Data"]]:
    """What a file is, in words, and what it is to the brief."""
    path = PurePosixPath(name)
    folder = path.parts[0] if path.parts[0] == "assets" else path.parent.name
    words = _OF_FILES.get(name) or _IN_FOLDERS[folder]
    return words.format(path.stem), "Data" if path.parent.name == "figures" else "Source"


def _record(
    project: Project, product: Product, found: Sequence[Attachment], named: Mapping[str, str], *, draft: bool
) -> Attachment:
    """What a product is, what it was made with and from: all that tells whether it can be made again."""
    content = {
        "format": FORMAT,
        "product": {**asdict(product), "name": product.name, "draft": draft},
        "made_with": {**made_with()},
        "design": {**fingerprints(project.root)},
        **({"fonts": dict(named)} if named else {}),
        "files": [
            {
                "name": item.name,
                "path": item.path,
                "bytes": len(item.data),
                "sha256": hashlib.sha256(item.data).hexdigest(),
            }
            for item in sorted(found, key=lambda item: item.path)
        ],
    }
    return Attachment(
        path=RECORD,
        data=(json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode(),
        description="What this file was made from and with; `openbrief open` reads it",
        relationship="Supplement",
        media="application/json",
    )


def made_with() -> Mapping[str, Any]:
    """The versions on which a PDF's bytes depend, by the names of the tools; the engine must have been loaded."""
    return {"openbrief": __version__, **{name: version(name) for name in TOOLS}, **libraries()}
