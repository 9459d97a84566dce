"""Take in the fonts that a house adds: its record and folder in, faces and problems out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from pipeline.house import Font, House
from pipeline.problem import Problem
from pipeline.render.cutting import is_cut, truetype
from pipeline.render.fonts import Face

FAMILIES = {"sans": "Brief Sans", "serif": "Brief Serif", "display": "Brief Display"}
LARGEST = 20_000_000
"""How many bytes a font may have: those of Chinese have up to thirteen million."""
SIGNATURES = {
    b"\x00\x01\x00\x00": "",
    b"OTTO": "it has PostScript outlines",
    b"ttcf": "it is a collection of fonts",
    b"wOFF": "it is packed for the web",
    b"wOF2": "it is packed for the web",
}
"""How font files begin, and why those that are no TrueType are refused."""
INSTALLABLE = "name a font whose licence lets documents carry it"
STATIC = "name a static TrueType font, one file for each weight"


def faces(house: House, briefs: Path) -> tuple[Face, ...]:
    """The faces that a house adds, below the folder `briefs`; a second font of the same cut is for a script more."""
    seen, found = Counter[tuple[str, int, bool]](), []
    for font in house.fonts:
        cut = (font.family, font.weight, font.italic)
        seen[cut] += 1
        found.append(
            Face(
                file=str((briefs / font.file).absolute()),
                family=FAMILIES[font.family],
                weight=font.weight,
                italic=font.italic,
                script="House" if seen[cut] == 1 else f"House-{seen[cut]}",
            )
        )
    return tuple(found)


def faults(house: House, briefs: Path) -> Iterator[Problem]:
    """Yield a problem for each font of a house that can't be used, at its line."""
    for font in house.fonts:
        if fault := _fault(font, briefs):
            message, hint = fault
            yield Problem(mark=font.mark("file"), rule="font", message=message, hint=hint)


def _fault(font: Font, briefs: Path) -> tuple[str, str] | None:
    """Why a font can't be used, and what to do about it."""
    name, path = f"briefs/{font.file}", briefs / font.file
    if not path.resolve().is_relative_to(briefs.resolve()):
        return f"{name} is a link that leads out of the library", "put the file itself there"
    if not path.is_file():
        return f"there is no file {name}", "put the font there, with its licence beside it"
    if path.stat().st_size > LARGEST:
        return f"{name} is larger than {LARGEST:,} bytes", "name a font with fewer characters"
    return _unfit(name, path.read_bytes())


def _unfit(name: str, data: bytes) -> tuple[str, str] | None:
    """Why the content of a font can't be used."""
    wrong = SIGNATURES.get(data[:4], "it is no font")
    face = None if wrong else truetype(data)
    if face and face.lacks:
        wrong = f"it has no table '{face.lacks[0]}'"
    elif face and face.variable:
        wrong = "it is a variable font"
    elif face and not face.legible:
        wrong = "many of its letters have no outline or no width"
    elif face and not is_cut(data):
        wrong = "it is damaged"
    if wrong or face is None:
        return f"{name} can't be used: {wrong or 'it is damaged'}", STATIC
    if not face.embeddable:
        return f"{name} forbids that documents carry it, or a part of it", INSTALLABLE
    return None
