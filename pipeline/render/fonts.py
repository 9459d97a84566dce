"""Know the bundled font faces: style rules for paper and screen, and which characters they lack."""

from __future__ import annotations

import base64
import functools
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from pipeline.problem import ToolFailed

FEATURES = ("ccmp", "locl", "mark", "mkmk", "calt", "rlig", "kern", "liga", "lnum", "tnum", "onum", "pnum")
"""OpenType features kept for the screen: what shaping needs, then what stylesheets may ask for."""
JOINING = ("isol", "init", "medi", "fina", "med2", "fin2", "fin3", "rclt", "mset", "curs")
"""What scripts besides need whose letters join."""

COPYRIGHT = (0, 13, 14)
"""Entries of a font's name table: copyright notice, licence, address of the licence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One cut of a family: a file below `assets/fonts/`, and how a stylesheet asks for it."""

    file: str
    family: str
    weight: int
    italic: bool = False
    script: str = ""
    """Which script it adds to its family; empty for Latin, Greek and Cyrillic, which every page has."""

    @property
    def name(self) -> str:
        """What stylesheets call it."""
        return f"{self.family} {self.script}".rstrip()


FACES = (
    Face(file="SourceSans3-Regular.ttf", family="Brief Sans", weight=400),
    Face(file="SourceSans3-It.ttf", family="Brief Sans", weight=400, italic=True),
    Face(file="SourceSans3-Semibold.ttf", family="Brief Sans", weight=600),
    Face(file="SourceSans3-SemiboldIt.ttf", family="Brief Sans", weight=600, italic=True),
    Face(file="SourceSans3-Bold.ttf", family="Brief Sans", weight=700),
    Face(file="SourceSerif4-Regular.ttf", family="Brief Serif", weight=400),
    Face(file="SourceSerif4-It.ttf", family="Brief Serif", weight=400, italic=True),
    Face(file="SourceSerif4-Semibold.ttf", family="Brief Serif", weight=600),
    Face(file="SourceSerif4-SemiboldIt.ttf", family="Brief Serif", weight=600, italic=True),
    Face(file="SourceSerif4-Bold.ttf", family="Brief Serif", weight=700),
    Face(file="SourceSerif4Display-Semibold.ttf", family="Brief Display", weight=600),
    Face(file="NotoSansArabic-Regular.ttf", family="Brief Sans", weight=400, script="Arabic"),
    Face(file="NotoSansArabic-SemiBold.ttf", family="Brief Sans", weight=600, script="Arabic"),
    Face(file="NotoSansArabic-Bold.ttf", family="Brief Sans", weight=700, script="Arabic"),
    Face(file="NotoNaskhArabic-Regular.ttf", family="Brief Serif", weight=400, script="Arabic"),
    Face(file="NotoNaskhArabic-SemiBold.ttf", family="Brief Serif", weight=600, script="Arabic"),
    Face(file="NotoNaskhArabic-Bold.ttf", family="Brief Serif", weight=700, script="Arabic"),
)
EVERYWHERE = tuple(face for face in FACES if not face.script)
"""The faces that every page has."""


def folder(assets: Path) -> Path:
    """Where the faces lie."""
    return assets / "fonts"


def absent(assets: Path) -> tuple[str, ...]:
    """The files of faces that are not in `assets`, in the order of FACES."""
    return tuple(face.file for face in FACES if not (folder(assets) / face.file).is_file())


def isolate(assets: Path) -> None:
    """Make the faces in `assets` the only fonts of this process, by a fontconfig file of its own.

    Must run before the PDF engine makes its font configuration; an inherited FONTCONFIG_FILE is overruled. The
    file and fontconfig's cache lie in a temporary folder that goes with the process.
    """
    from multiprocessing.util import Finalize

    place = Path(tempfile.mkdtemp(prefix="openbrief-fonts-"))
    Finalize(None, shutil.rmtree, (place,), {"ignore_errors": True}, exitpriority=0)  # atexit forgets forked workers
    file = place / "fonts.conf"
    file.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'><fontconfig>"
        f"<dir>{escape(str(folder(assets)))}</dir><cachedir>{escape(str(place))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(file)


def needed(text: str, assets: Path) -> tuple[Face, ...]:
    """The faces that a text needs: those of every page, and those of each further script that it is written in."""
    left = _besides(text, assets)
    scripts = {
        face.script
        for face in FACES
        if face.script and any(ord(character) in _characters(folder(assets) / face.file) for character in left)
    }
    return tuple(face for face in FACES if not face.script or face.script in scripts)


def stacked(look: str, faces: Iterable[Face]) -> str:
    """Have a stylesheet or a drawing ask for the families of further scripts behind each family that it asks for."""
    further: dict[str, list[str]] = {}
    for face in faces:
        if face.script and face.name not in further.setdefault(face.family, []):
            further[face.family].append(face.name)
    for family, names in further.items():
        look = look.replace(f'"{family}"', ",".join(f'"{name}"' for name in (family, *names)))
        look = look.replace(f'font-family="{family},', f'font-family="{", ".join((family, *names))},')
    return look


def print_faces(assets: Path, faces: Iterable[Face] = EVERYWHERE) -> str:
    """`@font-face` rules that name the TrueType files, for the PDF engine."""
    return "\n".join(_rule(face, (folder(assets) / face.file).absolute().as_uri(), "truetype") for face in faces)


def web_faces(assets: Path, text: str, faces: Iterable[Face] | None = None) -> str:
    """`@font-face` rules with WOFF2 data inside, cut down to the characters of `text`, for a browser."""
    latin = "".join(sorted(set(text) | set(map(chr, range(0x20, 0x7F)))))
    further = "".join(sorted(_besides(text, assets) | {" "} | set(filter(_invisible, text))))
    rules = []
    for face in needed(text, assets) if faces is None else faces:
        cut = _subset(folder(assets) / face.file, face.name, further if face.script else latin)
        data = base64.b64encode(cut).decode("ascii")
        rules.append(_rule(face, f"data:font/woff2;base64,{data}", "woff2"))
    return "\n".join(rules)


def drawing_faces(assets: Path, text: str) -> str:
    """The same for a drawing that stands alone: the two cuts of the sans serif that drawings use."""
    cuts = {("Brief Sans", 400, False), ("Brief Sans", 600, False)}
    return web_faces(
        assets, text, (face for face in needed(text, assets) if (face.family, face.weight, face.italic) in cuts)
    )


def missing(text: str, assets: Path) -> tuple[str, ...]:
    """The characters of `text`, in order of code points, that no bundled face can draw."""
    left = _besides(text, assets)
    if left:
        left = left.difference(*(map(chr, _characters(folder(assets) / face.file)) for face in FACES if face.script))
    return tuple(sorted(left))


def described(character: str) -> str:
    """A character with its code point and name: `'→' (U+2192, rightwards arrow)`."""
    name = unicodedata.name(character, "without a name").lower()
    return f"{character!r} (U+{ord(character):04X}, {name})"


def _rule(face: Face, url: str, format_: str) -> str:
    style = "italic" if face.italic else "normal"
    return (
        f'@font-face{{font-family:"{face.name}";font-weight:{face.weight};font-style:{style};'
        f'font-display:swap;src:url("{url}") format("{format_}")}}'
    )


def _besides(text: str, assets: Path) -> frozenset[str]:
    """The characters of a text that no face of every page can draw."""
    drawn = frozenset[int]().union(*(_characters(folder(assets) / face.file) for face in EVERYWHERE))
    return frozenset(c for c in set(text) if ord(c) not in drawn and not _invisible(c))


def _invisible(character: str) -> bool:
    """True for what shaping swallows: line ends and tabs, format characters, variation selectors."""
    return character in "\t\n\f\r" or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"


@functools.cache
def _characters(file: Path) -> frozenset[int]:
    return frozenset(_opened(file).unicodes)


def _opened(file: Path) -> Any:
    """A face's file, opened; raise ToolFailed where it is missing or no font."""
    import uharfbuzz

    try:
        face = uharfbuzz.Face(file.read_bytes())
    except OSError as error:
        raise ToolFailed(f"the bundled font {file.name} can't be read: restore the folder assets/fonts") from error
    if not face.glyph_count:
        raise ToolFailed(f"the bundled font {file.name} is damaged: restore the folder assets/fonts")
    return face


@functools.lru_cache(maxsize=512)
def _subset(file: Path, name: str, characters: str) -> bytes:
    """Cut a face down to `characters`, as WOFF2 under the name `name`."""
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.clear()
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in (*FEATURES, *JOINING))
    wanted.name_id_set.update((*COPYRIGHT, 17))
    wanted.flags |= uharfbuzz.SubsetFlags.NO_HINTING
    return _renamed(uharfbuzz.subset(_opened(file), wanted).blob.data, name)


def _renamed(font: bytes, family: str) -> bytes:
    """Put the family's own name in place of the reserved one, as the licence of modified fonts demands."""
    from fontTools.ttLib import TTFont

    with TTFont(BytesIO(font), recalcBBoxes=False, recalcTimestamp=False) as ttf:
        name = ttf["name"]
        style = name.getDebugName(17) or name.getDebugName(2)
        name.names = [record for record in name.names if record.nameID in COPYRIGHT]
        full = f"{family} {style}"
        for number, value in ((1, family), (2, style), (3, full), (4, full), (6, full.replace(" ", "-"))):
            name.setName(value, number, 3, 1, 0x409)
        ttf.flavor = "woff2"
        written = BytesIO()
        ttf.save(written)
    return written.getvalue()
