"""Pack what products are made from: a project in, an archive out, and folders out of it on other machines."""

from __future__ import annotations

import io
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from pipeline.problem import ToolFailed
from pipeline.project import Project


def pack(project: Project) -> bytes:
    """Put library, templates and assets into a zip archive; the same bytes for the same files.

    No link is followed, and what is hidden stays here. Raises ToolFailed where a file or a folder can't be read.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in _travelling(project):
            name = path.relative_to(project.root).as_posix()
            archive.writestr(zipfile.ZipInfo(name), _bytes(path), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _travelling(project: Project) -> Iterator[Path]:
    """Every file that is neither hidden nor a link, nor lies in a folder that is."""
    for folder in filter(Path.is_dir, (project.briefs, project.templates, project.assets)):
        for root, inside, names in os.walk(folder, onerror=_unread):
            inside[:] = sorted(name for name in inside if not name.startswith("."))
            paths = [Path(root, name) for name in sorted(names) if not name.startswith(".")]
            yield from (path for path in paths if path.is_file() and not path.is_symlink())


def _unread(error: OSError) -> NoReturn:
    raise ToolFailed(f"can't read {error.filename}, which other machines need: {error.strerror}") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _unread(error)


def unpack(packed: bytes, place: Path) -> None:
    """Make a folder of an archive, in place of what was there; without any, nothing is left."""
    shutil.rmtree(place, ignore_errors=True)
    if packed:
        place.mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(place)
