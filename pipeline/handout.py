"""Hand figures out to those who print them elsewhere: a library and names of briefs in, files out.

Each figure comes in each language of its brief three times: as SVG with its fonts inside, as PNG with twice the dots of
a screen, both with title, sources and caveats on the sheet, and its data as CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.check.missing_glyph import places
from pipeline.csl import Source
from pipeline.drawing import draw_alone, table
from pipeline.figure import Figure
from pipeline.forms import Output
from pipeline.markdown import plain
from pipeline.model import Library
from pipeline.problem import Refused
from pipeline.product import planned
from pipeline.project import Project
from pipeline.render.fonts import Face, drawing_faces, missing, needed, stacked
from pipeline.render.house_fonts import faces
from pipeline.render.raster import png
from pipeline.render.scripts import undrawn
from pipeline.sheet import as_csv
from pipeline.templating import Sandbox, environment
from pipeline.translation import translated
from pipeline.wording.catalogues import wording
from pipeline.wording.language import Wording

SCALE = 2
"""Dots of a PNG for each pixel of the drawing; it says of itself that it is as wide on paper as in the brief."""
MOST_IN_FULL = 4
"""Sources that are named with their titles; of more, authors and years are named."""
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
            for id in brief.figures_shown():
                sheet = _sheet(project, said, said.figures[id], language)
                yield from _files(project, sheet, f"{slug}/{id}.{language}", added)


def alone(project: Project, library: Library, figure: Figure, language: str) -> str:
    """Give a figure of a library, which is in a language, as an SVG that stands alone.

    Raises Refused where no font has one of its characters.
    """
    return _svg(project, _sheet(project, library, figure, language), faces(library.house, project.briefs))


@dataclass(frozen=True, kw_only=True, slots=True)
class _Sheet:
    """A figure with what is written below it, and what draws it."""

    library: Library
    figure: Figure
    below: tuple[str, ...]
    wording: Wording
    sandbox: Sandbox

    def drawn(self, fonts: str = "") -> str:
        brand = self.library.house.brand
        return draw_alone(self.sandbox, self.figure, brand, self.below, fonts, self.wording)


def _sheet(project: Project, library: Library, figure: Figure, language: str) -> _Sheet:
    words = wording(project.assets, language)
    sandbox, below = environment(project.templates, **words.functions()), tuple(_below(library, figure, words))
    return _Sheet(library=library, figure=figure, below=below, wording=words, sandbox=sandbox)


def _svg(project: Project, sheet: _Sheet, added: tuple[Face, ...]) -> str:
    bare = sheet.drawn()
    if gaps := undrawn(missing(bare, project.assets, added)):
        raise Refused(places(gaps, [sheet.figure, sheet.library.house]))
    used = needed(bare, project.assets, added)
    return f"{stacked(sheet.drawn(drawing_faces(project.assets, bare, used)), used)}\n"


def _files(project: Project, sheet: _Sheet, path: str, added: tuple[Face, ...]) -> Iterator[Output]:
    said = table(sheet.figure, sheet.wording)
    yield Output(path=f"{path}.svg", data=_svg(project, sheet, added).encode())
    yield Output(path=f"{path}.png", data=png(sheet.drawn(), project.assets, added, SCALE)[0])
    yield Output(path=f"{path}.csv", data=(MARKED + as_csv([said.head, *said.rows])).encode())


def _below(library: Library, figure: Figure, words: Wording) -> Iterator[str]:
    """What stands below a figure that is alone: its sources, its caveats, and who publishes it on which terms."""
    sources = [library.sources[id] for id in figure.sources]
    named = [source.called if len(sources) > MOST_IN_FULL else _titled(source) for source in sources]
    yield f"{words.ngettext('Source:', 'Sources:', len(sources))} {'; '.join(named)}"
    if figure.note:
        yield plain(figure.note)
    house = library.house
    yield " · ".join(filter(None, [house.name, house.licence.name if house.licence else "", house.url]))


def _titled(source: Source) -> str:
    """A source by its authors, its year and its title, with its DOI where it has one."""
    called = source.called if source.called.startswith(source.title) else f"{source.called}, {source.title}"
    return f"{called}, doi:{source.doi}" if source.doi else called
