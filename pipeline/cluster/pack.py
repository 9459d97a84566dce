"""Pack what products are made from: a project in, an archive out, and folders out of it on other machines."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

from pipeline.problem import ToolFailed
from pipeline.project import Project


def pack(project: Project) -> bytes:
    """Put library, templates and assets into a zip archive; the same bytes for the same files.

    No link is followed, and what is hidden stays here. Raises ToolFailed where a file can't be read.
    """
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in (project.briefs, project.templates, project.assets):
            for path in filter(_travels, sorted(folder.rglob("[!.]*"))):
                if not any(part.startswith(".") for part in path.relative_to(folder).parts):
                    name = path.relative_to(project.root).as_posix()
                    archive.writestr(zipfile.ZipInfo(name), _bytes(path), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _travels(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ToolFailed(f"can't read {path}, which other machines need: {error.strerror}") from error


def unpack(packed: bytes, place: Path) -> None:
    """Make a folder of an archive, in place of what was there; without any, nothing is left."""
    shutil.rmtree(place, ignore_errors=True)
    if packed:
        place.mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(place)
