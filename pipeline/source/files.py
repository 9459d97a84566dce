"""Find and read the files below briefs/: a folder in, documents and problems out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path, PurePosixPath

from pipeline.forms import Document
from pipeline.problem import Mark, Problem, Refused, Severity, ToolFailed, in_order
from pipeline.record import LANGUAGE, RESERVED, SLUG, STORED_TEXT
from pipeline.source.document import read
from pipeline.source.plain import refused, text_of

MAX_FILES = 50_000
"""How many files one folder may hold."""
FOLDERS = ("arguments", "figures")
"""The folders of YAML files below briefs/."""
OTHERS = {"locale": (".po",), "sources": (".txt",), "fonts": (".ttf", ".txt", ".md")}
"""Folders of other files, and the endings their files have; beside a font lies its licence."""
ANSWERS = "links.json"
"""What the web answered; JSON is YAML too, and read as such."""
MAX_TEXTS = 50_000_000
"""How many characters the stored texts of sources may have together."""
_CATALOGUE = re.compile(rf"locale/({LANGUAGE.strip('^$')})\.po")
_NAME = re.compile(SLUG.strip("^$"))
_NAMING = "use small letters, digits and hyphens, as in `misuse-risk.yaml`"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What could be read of a folder, and what could not."""

    documents: tuple[Document, ...]
    unread: tuple[str, ...]
    """The files that could not be read, named as in marks."""
    problems: tuple[Problem, ...]
    texts: Mapping[str, str | None] = field(default_factory=dict)
    """The stored texts of sources by the names that sources call them by, `sources/ID.txt`; None for what could not
    be read."""
    catalogues: Mapping[str, str] = field(default_factory=dict)
    """The texts of PO files by their languages."""


Parse = Callable[[str, str], Document]
"""Makes a document of a text, which has a name; raises Refused."""


def read_folder(folder: Path, root: Path, parse: Parse = read) -> Reading:
    """Read every YAML file and stored text below `folder`, in the project's `root`; refuse what nothing would read.

    Raises ToolFailed where a folder can't be read.
    """
    return _reading(_files(folder), folder, root, parse)


def remembering() -> Parse:
    """Give what parses a text anew only where it differs from the last one of that name."""
    known: dict[str, tuple[str, Document]] = {}

    def parse(text: str, name: str) -> Document:
        if name not in known or known[name][0] != text:
            known[name] = text, read(text, name)
        return known[name][1]

    return parse


def read_files(names: Iterable[str], folder: Path, root: Path) -> Reading:
    """Read those of the named files that are below `folder`, as `read_folder` does; names are as marks have them.

    What was read before and says the same is not parsed again.
    """
    paths = (root / name for name in sorted(names))
    return _reading((path for path in paths if path.is_relative_to(folder)), folder, root, _parsed)


_parsed = lru_cache(maxsize=64)(read)
"""Documents by their texts: the house and the sources are part of every brief."""


def _reading(paths: Iterable[Path], folder: Path, root: Path, parse: Parse = read) -> Reading:
    documents: list[Document] = []
    unread: list[str] = []
    problems: list[Problem] = []
    texts: dict[str, str | None] = {}
    stored = 0
    catalogues: dict[str, str] = {}
    for path in paths:
        name = path.relative_to(root).as_posix()
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        problem = _misplaced(inside, name)
        try:
            if problem is not None:
                problems.append(problem)
            elif path.suffix == ".yaml" or str(inside) == ANSWERS:
                documents.append(parse(_text(path, name, root), name))
                continue
            elif STORED_TEXT.fullmatch(inside.as_posix()):
                texts[inside.as_posix()] = None
                texts[inside.as_posix()] = text = _stored(path, name, stored)
                stored += len(text)
            elif found := _CATALOGUE.fullmatch(inside.as_posix()):
                catalogues[found[1]] = text_of(
                    path, name, what="a PO file", smaller="drop what nothing uses", within=root
                )
        except Refused as refusal:
            problems += refusal.problems
            if path.suffix == ".po":
                unread.append(name)
        if path.suffix.lower() in (".yaml", ".yml") or str(inside) == ANSWERS:
            unread.append(name)
    return Reading(
        documents=tuple(documents),
        unread=tuple(unread),
        problems=in_order(problems),
        texts=texts,
        catalogues=catalogues,
    )


def _stored(path: Path, name: str, before: int) -> str:
    """Read the stored text of a source, itself and no link; `before` is how many characters others have."""
    text = text_of(path, name, what="the text of a source", smaller="keep the parts that are quoted", links=False)
    if before + len(text) > MAX_TEXTS:
        message = f"the stored texts together are longer than {MAX_TEXTS:,} characters"
        raise refused(name, "too-large", message, "keep the parts that are quoted")
    return text


def read_file(path: Path, name: str, root: Path) -> Document:
    """Read one YAML file; `name` is what marks and problems call it.

    Raises Refused when it is no plain file inside `root`, larger than `MAX_BYTES`, not UTF-8, or not our YAML.
    """
    return read(_text(path, name, root), name)


def _text(path: Path, name: str, root: Path) -> str:
    return text_of(path, name, what="a YAML file", smaller="split it", within=root)


def _files(folder: Path) -> Iterator[Path]:
    """Everything below `folder` that is no folder, in the order of its names; links to folders are not entered.

    Raises ToolFailed for a folder that can't be read, or holds more than `MAX_FILES` files.
    """
    for parent, folders, files in os.walk(folder, onerror=_unreadable):
        folders.sort()
        linked = [name for name in folders if (Path(parent) / name).is_symlink()]
        if len(files) + len(linked) > MAX_FILES:
            raise ToolFailed(f"the folder {parent} holds more than {MAX_FILES:,} files")
        for name in sorted([*files, *linked]):
            yield Path(parent) / name


def _unreadable(error: OSError) -> None:
    if not isinstance(error, FileNotFoundError):
        raise ToolFailed(f"can't read the folder {error.filename}: {error.strerror}") from error


def _misplaced(inside: PurePosixPath, name: str) -> Problem | None:
    """Say why a file can't be part of the library, if so; `inside` is its path below briefs/."""
    folder = "" if len(inside.parts) == 1 else inside.parent.as_posix()
    ending = inside.suffix.lower()
    if ending not in (".yaml", ".yml"):
        if inside.name.startswith(".") or str(inside) == ANSWERS:
            return None
        if ending in OTHERS.get(folder, ()):
            return _no_language(inside, name) if folder == "locale" else None
        return _problem(name, "nothing reads this file", "move it out of this folder", severity="warning")
    if inside.suffix != ".yaml":
        return _problem(name, f"nothing reads a file that ends in '{inside.suffix}'", "let its name end in `.yaml`")
    if folder not in ("", *FOLDERS):
        return _problem(name, "nothing reads YAML files in this folder", "move it to briefs/, arguments/ or figures/")
    return _misnamed(inside, name)


def _no_language(inside: PurePosixPath, name: str) -> Problem | None:
    if _CATALOGUE.fullmatch(inside.as_posix()):
        return None
    return _problem(name, f"{inside.stem!a} is no language", "name the file by its tag, as in `fr.po` or `pt-BR.po`")


def _misnamed(inside: PurePosixPath, name: str) -> Problem | None:
    if not _NAME.fullmatch(inside.stem):
        return _problem(name, f"{inside.name!a} can't be the name of a file here", _NAMING)
    if inside.stem in RESERVED:
        return _problem(name, f"the name '{inside.stem}' is kept for other uses", "give the file another name")
    return None


def _problem(name: str, message: str, hint: str, *, severity: Severity = "error") -> Problem:
    return Problem(mark=Mark(file=name), rule="wrong-file", severity=severity, message=message, hint=hint)
