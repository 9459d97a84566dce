"""Texts that are shaped once come out as they do each time, and nothing of a style is asked that isn't counted."""

from __future__ import annotations

import gc
import weakref
from contextlib import nullcontext
from typing import Any

import pytest
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break

from pipeline.render import shaping
from pipeline.render.pdf import lay_out, pdf, written
from tests.render.paper import ARABIC, ASSETS, page

pytestmark = pytest.mark.slow

TEXT = "Of ships and shoals, and of the lights that tell them apart in a fog, extraordinarily much has been said. " * 3
CASES = {
    "plain": (f"<p>{TEXT}</p><p>{TEXT}</p>", ""),
    "justified": (f"<p>{TEXT}</p><p>{TEXT}</p>", "p { text-align: justify; hyphens: auto; columns: 3 }"),
    "lines and spaces": (
        f"<p>{TEXT}<u>{TEXT}</u></p>",
        "p { letter-spacing: .1em; word-spacing: 1pt } u { columns: 2 }",
    ),
    "figures": (
        "<table><tr><td>1,111</td><td>1,111</td></tr></table>1,111",
        "td { font-variant-numeric: tabular-nums }",
    ),
    "broken anywhere": (f"<p>{TEXT}</p>", "p { width: 9mm; overflow-wrap: anywhere }"),
    "tabs": ("<pre>One\ttwo\n\tthree</pre>" * 2, "pre { tab-size: 4ch; font-size: 2ex }"),
    "first letters": (
        f"<p>{TEXT}</p><p>{TEXT}</p>",
        "p::first-letter { font-size: 200% } p::first-line { color: red }",
    ),
    "right to left": (f'<p lang="ar">{"كتاب السفن " * 20}</p><p>{TEXT}</p>', ARABIC),
    "grids": (f"<div><p>{TEXT}</p><p>{TEXT}</p></div>", "div { display: grid; grid-template-columns: 1fr 1.2fr }"),
    "cut off": (f"<p>{TEXT}</p><p>{TEXT}</p>", "p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }"),
    "soft hyphens": (f"<p>{TEXT.replace('ordin', '&shy;ordin&shy;')}</p>", "p { columns: 5 }"),
}


@pytest.mark.parametrize(("body", "style"), CASES.values(), ids=CASES)
def test_pages_are_those_of_the_engine_alone(body: str, style: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """They are the same bytes, the first time and the second."""
    made = page(body, style=style)
    first, second = pdf(made, ASSETS).data, pdf(made, ASSETS).data
    monkeypatch.setattr(shaping, "shaped_once", lambda _: nullcontext())
    assert first == second == pdf(made, ASSETS).data


def test_nothing_is_asked_that_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A style is asked for what makes two texts look alike, and for nothing else."""
    asked: set[str] = set()

    class Asked:
        def __init__(self, style: Any) -> None:
            self.style = style

        def __getitem__(self, name: str) -> Any:
            asked.add(name)
            return self.style[name]

        def __getattr__(self, name: str) -> Any:
            return getattr(self.style, name)

    monkeypatch.setattr(shaping, "shaped_once", lambda _: nullcontext())
    for module in (inline, preferred):
        monkeypatch.setattr(
            module,
            "split_first_line",
            lambda text, style, *rest, **named: line_break.split_first_line(text, Asked(style), *rest, **named),
        )
    monkeypatch.setattr(inline, "strut", lambda style: line_break.strut(Asked(style)))
    for body, style in CASES.values():
        lay_out(page(body, style=style), ASSETS)
    assert asked == set(shaping.ASKED)


def test_nothing_is_shaped_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """What one document shaped the next one has; and when much is known, all is let go."""
    made: list[str] = []
    original = line_break.create_layout

    def create(text: str, *rest: Any) -> Any:
        made.append(text)
        return original(text, *rest)

    monkeypatch.setattr(line_break, "create_layout", create)
    monkeypatch.setattr(shaping, "_known", {})
    lay_out(page(*CASES["grids"][:1], style=CASES["grids"][1]), ASSETS)
    once = len(made)
    document = lay_out(page(*CASES["grids"][:1], style=CASES["grids"][1]), ASSETS)
    assert len(made) == once > 0
    monkeypatch.setattr(shaping, "MOST", 5)
    written(document)
    lay_out(page("<p>Others, and many more than five of them.</p>" * 2), ASSETS)
    before = len(made)
    lay_out(page(*CASES["grids"][:1], style=CASES["grids"][1]), ASSETS)
    assert len(made) - before >= once
    assert sum(len(look.lines) for known in shaping._known.values() for look in known.looks.values()) <= 5


def test_what_is_kept_of_a_text_keeps_no_document(monkeypatch: pytest.MonkeyPatch) -> None:
    """A style leads to all that it inherits from; what outlives a document must not hold one."""
    monkeypatch.setattr(shaping, "_known", {})
    layout = lay_out(page("<p>Ships by <b>day</b> and night.</p>"), ASSETS)
    written(layout)
    boxes = [box for sheet in layout.document.pages for box in sheet._page_box.descendants()]
    gone = [weakref.ref(thing) for thing in (layout.document, *boxes, *(box.style for box in boxes))]
    del layout, boxes
    gc.unfreeze()  # as the engine's `sweep` does
    gc.collect()
    assert sum(len(look.lines) for known in shaping._known.values() for look in known.looks.values()) > 2
    assert len(gone) > 10
    assert not [kept for ref in gone if (kept := ref()) is not None]
