"""Every table of the PDF has header cells that say what they head, and as many cells in each row as in the others.

A screen reader says with each number what it is of, if it is told. Whether a table needs headers no standard can tell,
so veraPDF lets one without them pass; here, every table does.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.verify import tags, tools
from pipeline.verify.finding import Finding
from pipeline.verify.reading import document_of

TOOLS = (tools.PIKEPDF,)
GROUPS = frozenset({"THead", "TBody", "TFoot"})
SHOWN = 40
"""Characters of a cell that a finding shows."""


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """A cell and where it begins."""

    element: tags.Element
    row: int
    column: int

    @property
    def heads(self) -> str:
        """What it heads, `Row`, `Column` or `Both`; nothing for other cells and those that don't say."""
        return str(self.element.attributes.get("Scope", "")) if self.header else ""

    @property
    def header(self) -> bool:
        """Whether it is a header cell."""
        return self.element.kind == "TH"

    @property
    def named(self) -> str:
        """Its text."""
        return f"'{' '.join(''.join(self.element.texts()).split())[:SHOWN]}'"


def find(pdf: bytes) -> Iterator[Finding]:
    """Yield each table without header cells, each header cell that heads nothing, and each row of another length."""
    with document_of(pdf) as document:
        tables = [each for each in tags.structure(document).elements() if each.kind == "Table"]
    for number, table in enumerate(tables, start=1):
        for message in _wrong(list(_rows(table))):
            yield Finding(message=message, place=f"table {number}")


def _wrong(rows: list[tags.Element]) -> Iterator[str]:
    grid = _grid(rows)
    if not grid:
        yield "it has no cells"
        return
    cells = set(grid.values())
    if not any(cell.header for cell in cells):
        yield "it has no header cell"
    width = 1 + max(column for _, column in grid)
    for row in range(len(rows)):
        if (length := sum((row, column) in grid for column in range(width))) != width:
            yield f"row {row + 1} has {length} columns, and the table {width}"
    for cell in sorted(cells, key=lambda cell: (cell.row, cell.column)):
        if cell.header and not cell.heads:
            yield f"the header cell {cell.named} does not say what it heads"
        elif cell.heads == "Row" and all(other.header for other in cells if other.row == cell.row):
            yield f"the header cell {cell.named} heads a row without any other cell"


def _rows(table: tags.Element) -> Iterator[tags.Element]:
    for kid in table.kids:
        if isinstance(kid, tags.Element) and kid.kind in GROUPS:
            yield from _rows(kid)
        elif isinstance(kid, tags.Element) and kid.kind == "TR":
            yield kid


def _grid(rows: list[tags.Element]) -> dict[tuple[int, int], Cell]:
    """Each cell at every place that it covers: its spans are laid out as in HTML (HTML Standard, 4.9.12.1)."""
    grid: dict[tuple[int, int], Cell] = {}
    for row, element in enumerate(rows):
        column = 0
        for kid in element.kids:
            if not (isinstance(kid, tags.Element) and kid.kind in {"TH", "TD"}):
                continue
            while (row, column) in grid:
                column += 1
            cell = Cell(kid, row, column)
            down, across = (int(kid.attributes.get(name, 1)) for name in ("RowSpan", "ColSpan"))
            places = ((row + below, column + right) for below in range(down) for right in range(across))
            grid.update(dict.fromkeys(places, cell))
    return grid
