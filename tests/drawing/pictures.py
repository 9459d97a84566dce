"""Look at drawings as a reader would: a figure in, its parts out; what every drawing keeps is asserted here."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as ET

import uharfbuzz

from pipeline.drawing import draw
from pipeline.drawing.colour import WHITE
from pipeline.figure import Figure
from pipeline.model import Brand
from pipeline.templating import Sandbox, environment

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
SEVEN_POINTS = 7 * 96 / 72
FONTS = {"400": "SourceSans3-Regular.ttf", "600": "SourceSans3-Semibold.ttf"}
ALLOWED = {
    "svg": {"viewBox", "role", "aria-labelledby"},
    "title": {"id"},
    "desc": {"id"},
    "g": {"font-family", "fill"},
    "path": {"d", "fill", "stroke", "stroke-width", "stroke-dasharray"},
    "rect": {"x", "y", "width", "height", "fill", "stroke", "stroke-width"},
    "circle": {"cx", "cy", "r", "fill", "stroke", "stroke-width"},
    "text": {"x", "y", "font-size", "font-weight", "text-anchor", "fill"},
}
"""Everything a drawing may hold; no styles, links, gradients, filters or images."""


def drawn(figure: Figure) -> ET.Element:
    """The drawing of a figure in the colours of no house."""
    return ET.fromstring(draw(_sandbox(), figure, Brand()))


@cache
def _sandbox() -> Sandbox:
    return environment(ROOT / "templates")


def texts(svg: ET.Element) -> list[ET.Element]:
    """Its lines of text."""
    return list(svg.iter(f"{SVG}text"))


@cache
def font(weight: str) -> uharfbuzz.Font:
    """The cut of the typeface that has a weight."""
    data = (ROOT / "assets" / "fonts" / FONTS[weight]).read_bytes()
    return uharfbuzz.Font(uharfbuzz.Face(data))


def measured(text: str, size: float, weight: str = "400") -> float:
    """The width of text as it is really set."""
    cut, buffer = font(weight), uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(cut, buffer)
    units: int = sum(place.x_advance for place in buffer.glyph_positions)
    return units * size / int(cut.face.upem)


def box(text: ET.Element) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a line of text, as it is really set."""
    size = float(text.attrib["font-size"])
    across = measured(text.text or "", size, text.attrib.get("font-weight", "400"))
    x, y = float(text.attrib["x"]), float(text.attrib["y"])
    left = x - {"start": 0.0, "middle": across / 2, "end": across}[text.attrib.get("text-anchor", "start")]
    return left, y - 0.72 * size, left + across, y + 0.22 * size


def check(svg: ET.Element, columns: float) -> int:
    """Assert what holds of every drawing, and give the number of texts in it."""
    view = [float(number) for number in svg.attrib["viewBox"].split()]
    assert view[:3] == [0, 0, columns]
    for element in svg.iter():
        assert set(element.attrib) <= ALLOWED[element.tag.removeprefix(SVG)], element.attrib
        for name in ("fill", "stroke"):
            assert re.fullmatch(r"#[0-9a-f]{6}", element.attrib.get(name, WHITE))
    boxes = []
    for text in texts(svg):
        assert float(text.attrib["font-size"]) >= SEVEN_POINTS
        left, top, right, bottom = box(text)
        assert left >= -0.1, text.text
        assert right <= view[2] + 0.1, text.text
        assert top >= -0.1, text.text
        assert bottom <= view[3] + 0.1, text.text
        boxes.append((left, top, right, bottom, text.text))
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
            assert apart, f"{one[4]!r} overlaps {other[4]!r}"
    return len(boxes)
