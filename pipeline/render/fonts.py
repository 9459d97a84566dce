"""Know the bundled font faces: style rules for paper and screen, and which characters they lack."""

from __future__ import annotations

import base64
import os
import string
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from pipeline.kept import NOTHING, Kept
from pipeline.locks import let_go
from pipeline.render.cutting import characters_of, subset
from pipeline.scratch import kept_open


@dataclass(frozen=True, kw_only=True, slots=True)
class Face:
    """One cut of a family: a file, and how a stylesheet asks for it."""

    file: str
    """Its path below `assets/fonts/`, or a whole path where the house has added it."""
    family: str
    weight: int
    italic: bool = False
    script: str = ""
    """Which script it adds to its family; empty for Latin, Greek and Cyrillic, which every page has."""
    screen: bool = True
    """Whether a stylesheet for screens can ask for it; no page carries what it can't ask for."""

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
    Face(file="SourceSerif4-Bold.ttf", family="Brief Serif", weight=700, screen=False),
    Face(file="SourceSerif4Display-Semibold.ttf", family="Brief Display", weight=600),
    Face(file="NotoSansArabic-Regular.ttf", family="Brief Sans", weight=400, script="Arabic"),
    Face(file="NotoSansArabic-SemiBold.ttf", family="Brief Sans", weight=600, script="Arabic"),
    Face(file="NotoSansArabic-Bold.ttf", family="Brief Sans", weight=700, script="Arabic"),
    Face(file="NotoNaskhArabic-Regular.ttf", family="Brief Serif", weight=400, script="Arabic"),
    Face(file="NotoNaskhArabic-SemiBold.ttf", family="Brief Serif", weight=600, script="Arabic"),
    Face(file="NotoNaskhArabic-Bold.ttf", family="Brief Serif", weight=700, script="Arabic", screen=False),
)
EVERYWHERE = tuple(face for face in FACES if not face.script)
"""The faces that every page has."""
PLAIN = string.ascii_letters + string.digits + " .,:;-/()\"&'<>"
"""What every cut face draws: what stylesheets count and make capitals of, and what markup writes by name."""


def folder(assets: Path) -> Path:
    """Where the faces lie."""
    return assets / "fonts"


def absent(assets: Path) -> tuple[str, ...]:
    """The files of faces that are not in `assets`, in the order of FACES."""
    return tuple(face.file for face in FACES if not (folder(assets) / face.file).is_file())


def isolate(assets: Path) -> None:
    """Make the faces in `assets` the only fonts of this process, by a fontconfig file of its own.

    Must run before the PDF engine makes its font configuration; an inherited FONTCONFIG_FILE is overruled. The
    file and fontconfig's cache lie in a temporary folder that goes with the process, or with the next one.
    """
    from multiprocessing.util import Finalize

    place, descriptor = kept_open()
    Finalize(None, let_go, (place, descriptor), exitpriority=0)  # atexit forgets forked workers
    file = place / "fonts.conf"
    file.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'urn:fontconfig:fonts.dtd'><fontconfig>"
        f"<dir>{escape(str(folder(assets)))}</dir><cachedir>{escape(str(place))}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    os.environ["FONTCONFIG_FILE"] = str(file)


def needed(text: str, assets: Path, added: Sequence[Face] = ()) -> tuple[Face, ...]:
    """The faces that a text needs: those of every page, and those of each further script that it is written in.

    Faces that a house has `added` are for what no bundled one can draw.
    """
    left, chosen = besides(text, assets), set[str]()
    for faces in (FACES, added):
        for face in faces if left else ():
            if face.script and face.script not in chosen:
                drawn = {c for c in left if ord(c) in characters_of(folder(assets) / face.file)}
                chosen |= {face.script} if drawn else set()
        left = _undrawn(left, assets, faces)
    return tuple(face for face in (*FACES, *added) if not face.script or face.script in chosen)


def stacked(look: str, faces: Iterable[Face]) -> str:
    """Have a stylesheet or a drawing ask for the families of further scripts behind each family that it asks for.

    A script that has a serif alone, or a sans alone, has it in both places.
    """
    scripts: dict[str, list[str]] = {}
    for face in faces:
        if face.script and face.family not in scripts.setdefault(face.script, []):
            scripts[face.script].append(face.family)
    for family in ("Brief Sans", "Brief Serif", "Brief Display"):
        names = [family]
        for script, families in scripts.items():
            instead = [] if family == "Brief Display" else families[:1]
            names += [f"{each} {script}" for each in ([family] if family in families else instead)]
        look = look.replace(f'"{family}"', ",".join(f'"{name}"' for name in names))
        look = look.replace(f'font-family="{family},', f'font-family="{", ".join(names)},')
    return look


def print_faces(assets: Path, faces: Iterable[Face] = EVERYWHERE) -> str:
    """`@font-face` rules that name the TrueType files, for the PDF engine."""
    return "\n".join(_rule(face, (folder(assets) / face.file).absolute().as_uri(), "truetype") for face in faces)


def web_faces(assets: Path, text: str, faces: Iterable[Face] | None = None, kept: Kept = NOTHING) -> str:
    """`@font-face` rules with WOFF2 data inside, cut down to the characters of `text`, for a browser."""
    latin = "".join(sorted({*text, *PLAIN}))
    further = "".join(sorted(besides(text, assets) | {" "} | set(filter(_invisible, text))))
    rules = []
    for face in needed(text, assets) if faces is None else faces:
        if not face.screen:
            continue
        cut = subset(folder(assets) / face.file, face.name, further if face.script else latin, kept)
        data = base64.b64encode(cut).decode("ascii")
        rules.append(_rule(face, f"data:font/woff2;base64,{data}", "woff2"))
    return "\n".join(rules)


def drawing_faces(assets: Path, text: str, faces: Iterable[Face] | None = None) -> str:
    """The same for a drawing that stands alone: of each family the two cuts of the sans serif that drawings use."""
    wanted = needed(text, assets) if faces is None else tuple(faces)
    sans = {face.script for face in wanted if face.family == "Brief Sans"}
    used = (face for face in wanted if face.family == "Brief Sans" or face.script not in sans)
    return web_faces(assets, text, (face for face in used if face.weight in (400, 600) and not face.italic))


def missing(text: str, assets: Path, added: Sequence[Face] = ()) -> tuple[str, ...]:
    """The characters of `text`, in order of code points, that neither a bundled face nor an `added` one can draw."""
    return tuple(sorted(_undrawn(besides(text, assets), assets, (*FACES, *added))))


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


def besides(text: str, assets: Path) -> frozenset[str]:
    """The characters of a text that no face of every page can draw."""
    drawn = frozenset[int]().union(*(characters_of(folder(assets) / face.file) for face in EVERYWHERE))
    return frozenset(c for c in set(text) if ord(c) not in drawn and not _invisible(c))


def _undrawn(left: frozenset[str], assets: Path, faces: Iterable[Face]) -> frozenset[str]:
    """What is left of some characters that the faces of every page can't draw, without those that these can."""
    for face in faces:
        if left and face.script:
            left = frozenset(c for c in left if ord(c) not in characters_of(folder(assets) / face.file))
    return left


def _invisible(character: str) -> bool:
    """True for what shaping swallows: line ends and tabs, format characters, variation selectors."""
    return character in "\t\n\f\r" or unicodedata.category(character) == "Cf" or "\ufe00" <= character <= "\ufe0f"
