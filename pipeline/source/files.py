"""Find and read the files below briefs/: a folder in, documents and problems out."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from pipeline.forms import Document
from pipeline.problem import Mark, Problem, Refused, Severity, ToolFailed, in_order
from pipeline.record import RESERVED, SLUG
from pipeline.source.document import read

MAX_BYTES = 2_000_000
"""How large a file may be."""
MAX_FILES = 5_000
"""How many files one folder may hold."""
FOLDERS = ("arguments", "figures")
"""The folders of YAML files below briefs/."""
OTHERS = {"locale": ".po", "sources": ".txt"}
"""Folders of other files, and the ending their files have; other stages read them."""
ANSWERS = "links.json"
"""What the web answered; JSON is YAML too, and read as such."""
_NAME = re.compile(SLUG.strip("^$"))
_NAMING = "use small letters, digits and hyphens, as in `misuse-risk.yaml`"


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What could be read of a folder, and what could not."""

    documents: tuple[Document, ...]
    unread: tuple[str, ...]
    """The files that could not be read, named as in marks."""
    problems: tuple[Problem, ...]


def read_folder(folder: Path, root: Path) -> Reading:
    """Read every YAML file below `folder`, which lies in the project's `root`; refuse what nothing would read.

    Raises ToolFailed where a folder can't be read.
    """
    documents: list[Document] = []
    unread: list[str] = []
    problems: list[Problem] = []
    for path in _files(folder):
        name = path.relative_to(root).as_posix()
        inside = PurePosixPath(path.relative_to(folder).as_posix())
        if (problem := _misplaced(inside, name)) is None and (path.suffix == ".yaml" or str(inside) == ANSWERS):
            try:
                documents.append(read_file(path, name, root))
                continue
            except Refused as refused:
                problems += refused.problems
        elif problem is not None:
            problems.append(problem)
        if path.suffix.lower() in (".yaml", ".yml") or str(inside) == ANSWERS:
            unread.append(name)
    return Reading(documents=tuple(documents), unread=tuple(unread), problems=in_order(problems))


def read_file(path: Path, name: str, root: Path) -> Document:
    """Read one YAML file; `name` is what marks and problems call it.

    Raises Refused when it is no plain file inside `root`, larger than `MAX_BYTES`, not UTF-8, or not our YAML.
    """
    if not path.resolve().is_relative_to(root.resolve()):
        raise _refused(name, "wrong-file", "this link leads out of the project", "put the file itself here")
    try:
        data = _bytes(path)
    except OSError as error:
        message = f"the file can't be read: {error.strerror}"
        raise _refused(name, "wrong-file", message, "check who may read it") from None
    if data is None:
        raise _refused(name, "wrong-file", "this is not a plain file", "put a YAML file here, or delete it")
    if len(data) > MAX_BYTES:
        raise _refused(name, "too-large", f"the file is larger than {MAX_BYTES:,} bytes", "split it")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").splitlines(keepends=True) or [""]
        line, column = len(before), len(before[-1]) + 1
        if before[-1].endswith("\n"):
            line, column = line + 1, 1
        message = f"the file is not UTF-8: the byte {data[error.start]:#04x} stands here"
        raise _refused(name, "syntax", message, "save the file with the encoding UTF-8", line, column) from None
    return read(text, name)


def _bytes(path: Path) -> bytes | None:
    """The first bytes of a plain file, one more than allowed at most; None for pipes, devices and folders."""
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    if not stat.S_ISREG(path.stat().st_mode):
        return None
    with os.fdopen(os.open(path, flags), "rb") as file:
        return file.read(MAX_BYTES + 1) if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else None


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
        if inside.name.startswith(".") or str(inside) == ANSWERS or OTHERS.get(folder) == ending:
            return None
        return _problem(name, "nothing reads this file", "move it out of this folder", severity="warning")
    if inside.suffix != ".yaml":
        return _problem(name, f"nothing reads a file that ends in '{inside.suffix}'", "let its name end in `.yaml`")
    if folder not in ("", *FOLDERS):
        return _problem(name, "nothing reads YAML files in this folder", "move it to briefs/, arguments/ or figures/")
    return _misnamed(inside, name)


def _misnamed(inside: PurePosixPath, name: str) -> Problem | None:
    if not _NAME.fullmatch(inside.stem):
        return _problem(name, f"{inside.name!a} can't be the name of a file here", _NAMING)
    if inside.stem in RESERVED:
        return _problem(name, f"the name '{inside.stem}' is kept for other uses", "give the file another name")
    return None


def _problem(name: str, message: str, hint: str, *, severity: Severity = "error") -> Problem:
    return Problem(mark=Mark(file=name), rule="wrong-file", severity=severity, message=message, hint=hint)


def _refused(name: str, rule: str, message: str, hint: str, line: int = 1, column: int = 1) -> Refused:
    return Refused([Problem(mark=Mark(file=name, line=line, column=column), rule=rule, message=message, hint=hint)])
