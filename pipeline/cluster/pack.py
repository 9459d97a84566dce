"""Pack what products are made from: a project in, an archive out, and folders out of it on other machines."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

from pipeline.project import Project


def pack(project: Project) -> bytes:
    """Put library, templates and assets into a zip archive; the same bytes for the same files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in (project.briefs, project.templates, project.assets):
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    name = path.relative_to(project.root).as_posix()
                    archive.writestr(zipfile.ZipInfo(name), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def unpack(packed: bytes, place: Path) -> None:
    """Make a folder of an archive, in place of what was there; without any, nothing is left."""
    shutil.rmtree(place, ignore_errors=True)
    if packed:
        place.mkdir(parents=True)
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            archive.extractall(place)
