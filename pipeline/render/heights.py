"""Keep how high layouts came out: a page that was laid out before in, its measures out, or none.

Fitting lays a product out up to six times, and asks nothing of all layouts but the last except their measures. These
depend on the page's HTML, on the files that it may ask for, on the engine and on what of ours guides it; the key of
what is kept has the bytes of all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from pipeline.forms import Page
from pipeline.kept import Kept, contents, key
from pipeline.render.engine import native
from pipeline.render.fonts import Face
from pipeline.render.measure import Measures

TOOLS = ("cssselect2", "fonttools", "pillow", "pydyf", "pyphen", "tinycss2", "tinyhtml5", "weasyprint")
"""The packages that lay a page out."""
ASKED = frozenset((".css", ".jpeg", ".jpg", ".png", ".svg", ".ttf"))
"""The endings of files that a page may ask for; `fetch` refuses all others."""


class Heights:
    """What is kept of the layouts of pages that may ask for files of `assets`, and for the house's own fonts."""

    def __init__(self, kept: Kept, assets: Path, added: Sequence[Face], most: int) -> None:
        self.kept, self.read = kept, b""
        self.found = 0
        """How many layouts it knew."""
        if kept.folder is not None:
            asked = [path for path in assets.rglob("*") if path.suffix.lower() in ASKED]
            files = tuple(sorted({*asked, *(Path(face.file) for face in added)}))
            self.read = key("files", repr((most, *added)).encode(), _read(files, tuple(map(_state, files)))).encode()

    def key(self, page: Page) -> str:
        """The key of a page that is to be laid out."""
        return key("heights", self.read, _engine(), page.paged.encode())

    def get(self, page: Page) -> Measures | None:
        """Give the measures of a page that was laid out before; None where it was not."""
        with suppress(AttributeError, KeyError, OverflowError, TypeError, ValueError):
            measures = _of(self.kept.get(self.key(page)))
            self.found += 1
            return measures
        return None

    def put(self, page: Page, measures: Measures) -> None:
        """Keep the measures of a page."""
        self.kept.put(self.key(page), plain(measures))


def plain(measures: Measures) -> dict[str, Any]:
    """Give measures as plain JSON, and all that a layout has besides left out."""
    found = {each.name: getattr(measures, each.name) for each in fields(Measures)}
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in found.items()}


def _of(value: Mapping[str, Any]) -> Measures:
    return Measures(
        rooms=tuple(map(float, value["rooms"])),
        used=float(value["used"]),
        slack=float(value["slack"]),
        spare=float(value["spare"]),
        heights={str(name): float(height) for name, height in value["heights"].items()},
        margin=_names(value["margin"]),
        beside=_names(value["beside"]),
    )


def _names(value: Iterable[Any]) -> frozenset[str]:
    return frozenset(map(str, value))


def _state(path: Path) -> tuple[int, ...]:
    """What changes with a file; for one process alone, which would read the same megabytes for each product."""
    state = path.stat()
    return state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns


@lru_cache(maxsize=4)
def _read(files: Sequence[Path], _states: Sequence[tuple[int, ...]]) -> bytes:
    return key("contents", *contents(files)).encode()


@cache
def _engine() -> bytes:
    """What lays pages out: packages and libraries of the machine by their versions, our modules by their bytes."""
    versions = repr([*((name, version(name)) for name in TOOLS), *sorted(native().items())])
    return key("engine", versions.encode(), *contents(Path(__file__).parent.glob("*.py"))).encode()
