"""Draw figures: a record and the house's colours in, SVG out; and the same as a table.

Where text and shapes stand is computed here, at printed size; `templates/figures/KIND.svg.jinja` draws them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pipeline.argument_map import ArgumentMap
from pipeline.chart import Dots, GroupedBars, Slopes, Timeline, Waffle
from pipeline.drawing.alone import Surround, surround
from pipeline.drawing.bars import areas, bars
from pipeline.drawing.colour import palette, steps
from pipeline.drawing.columns import groups, matrix, spectrum
from pipeline.drawing.dots import dots
from pipeline.drawing.grouped import grouped
from pipeline.drawing.lines import lines
from pipeline.drawing.maps import place
from pipeline.drawing.mirrored import turned
from pipeline.drawing.slope import slope
from pipeline.drawing.tables import Table, table
from pipeline.drawing.timeline import timeline
from pipeline.drawing.waffle import waffle
from pipeline.figure import Areas, Bars, Figure, Groups, Lines, Matrix, Spectrum
from pipeline.model import Brand
from pipeline.templating import Sandbox, render, trusted
from pipeline.wording.language import ENGLISH, Wording

__all__ = ["Table", "draw", "draw_alone", "draw_map", "table"]


def draw(sandbox: Sandbox, figure: Figure, brand: Brand, wording: Wording = ENGLISH) -> str:
    """Draw a figure as one `svg` element, ready to be set into HTML.

    It has no width of its own: printed in the figure's column, its text is at least 7 points high.
    Raises Refused when a template fails.
    """
    return _drawn(sandbox, figure, brand, wording, None)


def draw_alone(
    sandbox: Sandbox, figure: Figure, brand: Brand, below: Sequence[str], faces: str = "", wording: Wording = ENGLISH
) -> str:
    """Draw a figure on a sheet of its own, with its title above and paragraphs below, and style rules for its `faces`.

    Raises Refused when a template fails.
    """
    plan = _LAYOUTS[type(figure)](figure, wording)
    return _drawn(sandbox, figure, brand, wording, surround(figure, plan.width, plan.height, below, trusted(faces)))


def _drawn(sandbox: Sandbox, figure: Figure, brand: Brand, wording: Wording, alone: Surround | None) -> str:
    plan = _directed(_LAYOUTS[type(figure)](figure, wording), wording)
    values: dict[str, Any] = {"figure": figure, "plan": plan, "colours": palette(brand)}
    values |= {"direction": wording.direction, "alone": _directed(alone, wording)}
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


_LAYOUTS: Mapping[type[Figure], Callable[[Any, Wording], Any]] = {
    Bars: bars,
    GroupedBars: grouped,
    Dots: dots,
    Areas: areas,
    Waffle: waffle,
    Lines: lines,
    Slopes: slope,
    Timeline: timeline,
    Matrix: matrix,
    Spectrum: lambda figure, _: spectrum(figure),
    Groups: lambda figure, _: groups(figure),
}
"""What lays each kind out."""
