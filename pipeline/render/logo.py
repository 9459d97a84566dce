"""Take a house's logo into the page: an SVG file in, its shapes as SVG out, or every reason why not.

The file is read as XML and written anew, so that a browser, which reads it as HTML, sees what was looked at.
"""

from __future__ import annotations

from pathlib import Path
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from pipeline.problem import Mark, Problem, Refused

ELEMENTS = frozenset([
    "circle", "clipPath", "defs", "desc", "ellipse", "g", "line", "linearGradient", "mask", "path", "polygon",
    "polyline", "radialGradient", "rect", "stop", "svg", "symbol", "title", "use",
])  # fmt: skip
"""The shapes of SVG 1.1 and what groups and fills them: nothing that runs, loads, links or needs a font."""
ATTRIBUTES = frozenset([
    "aria-hidden", "class", "clip-path", "clip-rule", "clipPathUnits", "cx", "cy", "d", "fill", "fill-opacity",
    "fill-rule", "fx", "fy", "gradientTransform", "gradientUnits", "height", "href", "id", "mask", "maskUnits",
    "offset", "opacity", "points", "preserveAspectRatio", "r", "role", "rx", "ry", "spreadMethod", "stop-color",
    "stop-opacity", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit",
    "stroke-opacity", "stroke-width", "transform", "version", "viewBox", "width", "x", "x1", "x2", "xmlns",
    "xmlns:xlink", "xlink:href", "y", "y1", "y2",
])  # fmt: skip
MOST = 200_000
"""The most bytes of a logo; it stands in every page."""
_PLAIN = "in the drawing program, save it as plain or optimised SVG, with text turned into paths"


def logo(file: str, assets: Path) -> str:
    """Read the SVG file of that name below `assets`; raise Refused with all that may not stand in it."""
    name = f"{assets.name}/{file}"
    data = (assets / file).read_bytes()
    if len(data) > MOST:
        raise Refused([_problem(Mark(file=name), f"a logo may have {MOST:,} bytes, and this has {len(data):,}")])
    reader = _Reader(name)
    try:
        reader.parser.Parse(data, True)
    except expat.ExpatError as error:
        mark = Mark(file=name, line=error.lineno, column=error.offset + 1)
        reader.problems.append(_problem(mark, f"this is not XML: {expat.errors.messages[error.code]}"))
    if reader.problems:
        raise Refused(reader.problems)
    return "".join(reader.written)


class _Reader:
    """Writes what may stand in a logo, and remembers what may not."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.problems: list[Problem] = []
        self.written: list[str] = []
        self.open = False
        self.parser = expat.ParserCreate()
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instruction

    def _refuse(self, message: str) -> None:
        mark = Mark(file=self.name, line=self.parser.CurrentLineNumber, column=self.parser.CurrentColumnNumber + 1)
        self.problems.append(_problem(mark, message))

    def _start(self, name: str, attributes: list[str]) -> None:
        if name not in ELEMENTS or (name == "svg") != (not self.written):
            self._refuse(f"the element '{name}' can't stand {'here' if name in ELEMENTS else 'in a logo'}")
        pairs = list(zip(attributes[::2], attributes[1::2], strict=True))
        for attribute, value in pairs:
            if attribute not in ATTRIBUTES:
                self._refuse(f"the attribute '{attribute}' can't stand in a logo")
            elif not _stays_inside(attribute, value):
                self._refuse(f"the attribute '{attribute}' leads out of the logo")
        self._text("")
        self.written.append("".join([f"<{name}", *(f" {key}={quoteattr(value)}" for key, value in pairs)]))
        self.open = True

    def _end(self, name: str) -> None:
        self.written.append("/>" if self.open else f"</{name}>")
        self.open = False

    def _text(self, text: str) -> None:
        self.written.append((">" if self.open else "") + escape(text))
        self.open = False

    def _doctype(self, *_: object) -> None:
        self._refuse("a document type can't stand in a logo")
        raise Refused(self.problems)  # before it can declare anything

    def _instruction(self, target: str, _data: str) -> None:
        self._refuse(f"the instruction '{target}' can't stand in a logo")


def _stays_inside(attribute: str, value: str) -> bool:
    """Whether a value refers to nothing but parts of the same file."""
    value = "".join(value.split()).lower()
    if attribute.endswith("href"):
        return value.startswith("#")
    return "\\" not in value and value.count("url(") == value.count("url(#")


def _problem(mark: Mark, message: str) -> Problem:
    return Problem(mark=mark, message=message, rule="logo", hint=_PLAIN)
