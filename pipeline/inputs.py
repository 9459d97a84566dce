"""Say what products are made from: a project, its library and products in; a digest of each thing they read out.

A product whose inputs all have the digests of last time comes out as it did last time, so it need not be made again.
Whatever changes a product's bytes is named here: files of the library as their bytes, for a PDF carries them; the
works it cites; templates, assets and the program as their bytes; tools as their versions.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.forms import Metadata
from pipeline.model import Library
from pipeline.origin import SOURCES, TOOLS, cited, fonts, names
from pipeline.product import Product
from pipeline.project import Project
from pipeline.render.engine import native

FOLDERS = {"styles": "css", "fonts": "fonts", "words": "locale", "citation styles": "styles"}
"""Folders of assets, by what they hold."""


def shared(project: Project) -> dict[str, str]:
    """Give a digest of what all products are made from: templates, assets, the program and its tools."""
    found = {"templates": _of_files(project.templates.rglob("*.jinja"), project.templates)}
    for name, folder in FOLDERS.items():
        found[name] = _of_files((project.assets / folder).rglob("*"), project.assets)
    return found | {"program": program(), "tools": _of([*tools().items()])}


def program() -> str:
    """Give a digest of the program itself."""
    here = Path(__file__).parent
    code = [path for kind in ("*.py", "*.lua") for path in here.rglob(kind) if "node_modules" not in path.parts]
    return _of_files(code, here)


def tools() -> dict[str, str]:
    """Name the versions of all that products are made with."""
    return {**{name: version(name) for name in TOOLS}, **dict(sorted(native().items()))}


def inputs(
    project: Project, library: Library, product: Product, sisters: Sequence[Metadata], options: Mapping[str, Any]
) -> dict[str, str]:
    """Give a digest of each thing that a product alone is made from; its files go by their paths.

    `library` is in the language that its briefs are written in.
    """
    found = {"product": _of(asdict(product)), "options": _of(dict(options)), "sisters": _of([*map(asdict, sisters)])}
    files = [name for name in (*names(library, product), *fonts(library)) if name != SOURCES]
    found |= {name: digest for file in files for name, digest in _digests([project.root / file], project.root)}
    works = (library.sources[id] for id in sorted(cited(library, library.briefs[product.slug])))
    return found | {SOURCES: _of([work.model_dump(mode="json", exclude_defaults=True) for work in works])}


def _of(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _of_files(files: Iterable[Path], root: Path) -> str:
    return _of([*_digests(files, root)])


def _digests(files: Iterable[Path], root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted(files):
        if path.is_file():
            yield path.relative_to(root).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()[:16]
