"""Know the files that give briefs their words and looks: folders in, their fingerprints or themselves out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from pipeline.forms import Output

PARTS = {
    "templates": ("templates", "**/*.jinja"),
    "stylesheets": ("assets/css", "*.css"),
    "fonts": ("assets/fonts", "*.ttf"),
    "citation styles": ("assets/styles", "*.csl"),
    "words": ("assets/locale", "*.po"),
}
"""Each part of a design: its folder below the project's root, and which files there belong to it."""
ALONGSIDE = {"licences": ("assets", "**/*.md"), "schemas": ("assets/schema", "*.json")}
"""What else a project has in these folders and no page is made from."""


def fingerprints(root: Path) -> Mapping[str, str]:
    """The SHA-256 of each part of a project's design, over the names and contents of its files."""
    return {part: _fingerprint(root, *place) for part, place in PARTS.items()}


def files(root: Path) -> Iterator[Output]:
    """Every file of a project's design, with what belongs to it."""
    for place in (*PARTS.values(), *ALONGSIDE.values()):
        for path in _paths(root, *place):
            name = path.relative_to(root).as_posix()
            if not name.startswith("assets/docs/"):
                yield Output(path=name, data=path.read_bytes())


def checksum(file: Path) -> str:
    """The SHA-256 of one file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _fingerprint(root: Path, folder: str, pattern: str) -> str:
    whole = hashlib.sha256()
    for path in _paths(root, folder, pattern):
        content = hashlib.sha256(path.read_bytes()).hexdigest()
        whole.update(f"{path.relative_to(root).as_posix()} {content}\n".encode())
    return whole.hexdigest()


def _paths(root: Path, folder: str, pattern: str) -> list[Path]:
    return sorted(path for path in (root / folder).glob(pattern) if path.is_file())
