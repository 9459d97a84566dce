"""Hand figures out to those who print them elsewhere: a library and names of briefs in, files out.

Each figure comes in each language of its brief three times: as SVG with its fonts inside, as PNG with twice the dots of
a screen, both with title, sources and caveats on the sheet, and its data as CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.check.missing_glyph import places
from pipeline.drawing import draw_alone, table
from pipeline.figure import Figure
from pipeline.forms import Output
from pipeline.markdown import plain
from pipeline.model import Brief, Library
from pipeline.problem import Refused
from pipeline.product import planned
from pipeline.project import Project
from pipeline.record import FIGURE_PLACED
from pipeline.render.fonts import Face, drawing_faces, missing, needed, stacked
from pipeline.render.house_fonts import faces
from pipeline.render.raster import png
from pipeline.render.scripts import undrawn
from pipeline.sheet import as_csv
from pipeline.templating import environment
from pipeline.translation import translated
from pipeline.wording.catalogues import wording
from pipeline.wording.language import Wording

SCALE = 2
"""Dots of a PNG for each pixel of the drawing; it says of itself that it is as wide on paper as in the brief."""
MARKED = "\ufeff"
"""What tells spreadsheets that a file is UTF-8."""


def handouts(project: Project, library: Library, slugs: Iterable[str]) -> Iterator[Output]:
    """Yield the files of all figures of some briefs, `SLUG/FIGURE.LANGUAGE.svg` and so on.

    Raises Refused where no font has a character of a figure, and ToolFailed where the machine can't draw PNG.
    """
    added = faces(library.house, project.briefs)
    for slug in slugs:
        brief = library.briefs[slug]
        written_in = brief.language or library.house.language
        for language in dict.fromkeys((written_in, *(each.language for each in planned(library.house, brief)))):
            said = library if language == written_in else translated(library, language, (slug,))
            for id in shown(brief):
                yield from _files(project, said, said.figures[id], f"{slug}/{id}.{language}", language, added)


def shown(brief: Brief) -> tuple[str, ...]:
    """The figures that a brief lists or places in its texts, each once."""
    placed = (id for _, _, text in brief.prose() for id in FIGURE_PLACED.findall(text))
    return tuple(dict.fromkeys((*brief.figures, *placed)))


def _files(
    project: Project, library: Library, figure: Figure, path: str, language: str, added: tuple[Face, ...]
) -> Iterator[Output]:
    words, assets, brand = wording(project.assets, language), project.assets, library.house.brand
    sandbox = environment(project.templates, **words.functions())
    below = tuple(_below(library, figure, words))
    bare = draw_alone(sandbox, figure, brand, below, wording=words)
    if gaps := undrawn(missing(bare, assets, added)):
        raise Refused(places(gaps, [figure, library.house]))
    used = needed(bare, assets, added)
    drawn = draw_alone(sandbox, figure, brand, below, drawing_faces(assets, bare, used), wording=words)
    said = table(figure, words)
    yield Output(path=f"{path}.svg", data=f"{stacked(drawn, used)}\n".encode())
    yield Output(path=f"{path}.png", data=png(bare, assets, added, SCALE)[0])
    yield Output(path=f"{path}.csv", data=(MARKED + as_csv([said.head, *said.rows])).encode())


def _below(library: Library, figure: Figure, words: Wording) -> Iterator[str]:
    """What stands below a figure that is alone: its sources, its caveats, and who publishes it on which terms."""
    cited = "; ".join(_named(library, id) for id in figure.sources)
    yield f"{words.ngettext('Source:', 'Sources:', len(figure.sources))} {cited}"
    if figure.note:
        yield plain(figure.note)
    house = library.house
    yield " · ".join(filter(None, [house.name, house.licence.name if house.licence else "", house.url]))


def _named(library: Library, id: str) -> str:
    """A source by its authors, its year and its title, with its DOI or address."""
    source = library.sources[id]
    called = source.called if source.called.startswith(source.title) else f"{source.called}, {source.title}"
    return ", ".join(filter(None, [called, f"doi:{source.doi}" if source.doi else source.url]))
