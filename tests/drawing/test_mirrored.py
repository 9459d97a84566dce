"""Drawings from right to left: the same shapes on the other side, with words that can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pypdfium2
import pytest

from pipeline.build import examine
from pipeline.drawing import draw
from pipeline.drawing.mirrored import turned
from pipeline.drawing.text import Text
from pipeline.model import Brand
from pipeline.project import Project
from pipeline.render.pdf import pdf
from pipeline.templating import environment
from pipeline.wording.language import ENGLISH, Wording
from tests.render.paper import ASSETS, page

ROOT = ASSETS.parent
TURNED = re.compile(r'<text x="(-?[\d.]+)" y="[\d.]+" font-size="[\d.]+" transform="scale\(-1 1\)" direction="(\w+)"')


def texts(plan: Any) -> Iterator[Text]:
    """Every text of a plan."""
    if isinstance(plan, Text):
        yield plan
    elif isinstance(plan, tuple):
        for part in plan:
            yield from texts(part)
    elif is_dataclass(plan):
        for field in fields(plan):
            yield from texts(getattr(plan, field.name))


@pytest.mark.parametrize(
    ("given", "anchor", "direction", "said"),
    [
        ("← تحكم أكبر", "start", "rtl", "→ تحكم أكبر"),
        ("GPT-4 (Google)", "end", "ltr", "GPT-4 (Google)"),
        ("52.5", "end", "ltr", "52.5"),
        ("نموذج GPT-4", "start", "rtl", "نموذج GPT-4"),
    ],
)
def test_words_keep_their_order(given: str, anchor: str, direction: str, said: str) -> None:
    """What begins on the left begins on the right, and runs as its letters do; arrows point the other way."""
    (text,) = texts(turned((Text(x=7, y=1, text=given, anchor="start"),)))
    assert (text.x, text.anchor, text.direction, text.text) == (-7, anchor, direction, said)


def test_every_figure_is_mirrored() -> None:
    """Each text of each figure that ships is turned, and none of a figure that runs from left to right."""
    library, _ = examine(Project.at(ROOT))
    sandbox = environment(ROOT / "templates")
    assert len({figure.kind for figure in library.figures.values()}) >= 5
    for figure in library.figures.values():
        plain, other = (draw(sandbox, figure, Brand(), words) for words in (ENGLISH, Wording(language="en-Arab")))
        assert plain.count("<text") == other.count("<text") == len(TURNED.findall(other)) > 1
        assert "matrix(-1 0 0 1" in other
        assert not TURNED.search(plain)
        assert "matrix(" not in plain


@pytest.mark.slow
def test_letters_of_drawings_join() -> None:
    """A word in a drawing is as wide as the same word in a line of text: its letters join, and none stands alone."""
    face = (ASSETS / "fonts" / "NotoSansArabic-Regular.ttf").as_uri()
    word, family = "مستضاف", "font-family='A'"
    drawn = f'<text x="190" y="20" font-size="20" {family} direction="rtl">{word}</text>'
    svg = f'<svg viewBox="0 0 200 40" width="200">{drawn}</svg>'
    style = f'@font-face{{font-family:"A";src:url("{face}")}}p{{font:20px/2 "A";direction:rtl}}'
    sheet = pypdfium2.PdfDocument(pdf(page(f"<p>{word}</p>{svg}", style=style), ASSETS).data)
    text = sheet[0].get_textpage()
    search, widths = text.search(word), []
    while hit := search.get_next():
        boxes = [text.get_charbox(index) for index in range(hit[0], hit[0] + len(word))]
        widths.append(max(box[2] for box in boxes) - min(box[0] for box in boxes))
    assert len(widths) == len(["in the line", "in the drawing"])
    assert widths[0] == pytest.approx(widths[1], rel=0.01)
