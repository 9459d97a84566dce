"""Draw figures: a record and the house's colours in, SVG out; and the same as a table.

Where text and shapes stand is computed here, at printed size; `templates/figures/KIND.svg.jinja` draws them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.argument_map import ArgumentMap
from pipeline.drawing.bars import areas, bars, shown
from pipeline.drawing.colour import palette, steps
from pipeline.drawing.columns import groups, matrix, spectrum
from pipeline.drawing.lines import lines
from pipeline.drawing.maps import place
from pipeline.drawing.mirrored import turned
from pipeline.figure import Areas, Bar, Bars, Figure, Groups, Lines, Matrix, Row, Spectrum
from pipeline.model import Brand
from pipeline.templating import Sandbox, render, trusted
from pipeline.wording import LEVELS, say
from pipeline.wording.language import ENGLISH, Wording

__all__ = ["Table", "draw", "draw_map", "table"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Table:
    """A figure's values as text; the first cell of a row is its head."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def draw(sandbox: Sandbox, figure: Figure, brand: Brand, wording: Wording = ENGLISH) -> str:
    """Draw a figure as one `svg` element, ready to be set into HTML.

    It has no width of its own: printed in the figure's column, its text is at least 7 points high.
    Raises Refused when a template fails.
    """
    plan = _directed(_plan(figure, wording), wording)
    values: dict[str, Any] = {"figure": figure, "plan": plan, "colours": palette(brand)}
    values["direction"] = wording.direction
    if isinstance(figure, Matrix | Spectrum):
        values["fills"] = steps(brand, len(plan.heads))
    return render(sandbox, f"figures/{figure.kind}.svg.jinja", **values).strip()


def draw_map(
    sandbox: Sandbox, drawn: ArgumentMap, brand: Brand, id: str, faces: str = "", *, wording: Wording = ENGLISH
) -> str:
    """Draw an argument map as one `svg` element; its own ids begin with `id`.

    With style rules for its `faces` it can stand alone as a file. Raises Refused when a template fails.
    """
    plan = _directed(place(drawn, wording), wording)
    values = {"id": id, "map": drawn, "plan": plan, "colours": palette(brand), "faces": trusted(faces)}
    values["direction"] = wording.direction
    values["described"] = wording.say(drawn.described)
    return render(sandbox, "figures/map.svg.jinja", **values).strip()


def _directed(plan: Any, wording: Wording) -> Any:
    return turned(plan) if wording.direction == "rtl" else plan


def _plan(figure: Figure, wording: Wording) -> Any:
    match figure:
        case Bars():
            return bars(figure, wording)
        case Areas():
            return areas(figure, wording)
        case Lines():
            return lines(figure, wording)
        case Matrix():
            return matrix(figure, wording)
        case Spectrum():
            return spectrum(figure)
        case Groups():
            return groups(figure)


def table(figure: Figure, wording: Wording = ENGLISH) -> Table:
    """Say in rows what the drawing shows."""
    match figure:
        case Bars():
            return _quantities(figure.unit, figure.bars, wording)
        case Areas():
            return _quantities(figure.unit, (figure.smaller, figure.larger), wording)
        case Lines():
            return _over_time(figure, wording)
        case Matrix():
            head = (figure.stub, *(column.label for column in figure.columns))
            return Table(head=head, rows=tuple(_levels(row, wording) for row in figure.rows))
        case Spectrum():
            placed = [(item, level) for level in figure.levels for item in level.items]
            rows = tuple((item.name, item.by, level.label, item.note or "–") for item, level in placed)  # noqa: RUF001
            head = (say("Name"), say("By"), say("Level"), say("Note"))
            return Table(head=tuple(map(wording.say, head)), rows=rows)
        case Groups():
            return _members(figure, wording)


def _quantities(unit: str, bars: Sequence[Bar], wording: Wording) -> Table:
    return Table(head=(wording.gettext("Item"), unit), rows=tuple((bar.label, shown(bar, wording)) for bar in bars))


def _levels(row: Row, wording: Wording) -> tuple[str, ...]:
    return (row.label, *(wording.say(LEVELS[value]) for value in row.values))


def _over_time(figure: Lines, wording: Wording) -> Table:
    details = figure.details or ("",) * len(figure.times)
    heads = [f"{time} ({detail})" if detail else time for time, detail in zip(figure.times, details, strict=True)]
    values = zip(*(series.values for series in figure.series), strict=True)
    rows = zip(heads, values, strict=True)
    return Table(
        head=(wording.gettext("Time"), *(series.label for series in figure.series)),
        rows=tuple((head, *("–" if value is None else wording.number(value) for value in row)) for head, row in rows),  # noqa: RUF001
    )


def _members(figure: Groups, wording: Wording) -> Table:
    rows = [
        (name, group.label, words or "")
        for group in figure.groups
        for names, words in ((group.items, figure.certain), (group.less_certain, figure.less_certain))
        for name in names
    ]
    cells = 3 if figure.certain else 2
    head = (say("Name"), say("Group"), say("How well attested"))[:cells]
    return Table(head=tuple(map(wording.say, head)), rows=tuple(row[:cells] for row in rows))
