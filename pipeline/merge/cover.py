"""Lay out a cover letter: the line of a product in; a page of its own, to stand before each copy, out.

It is laid out by itself, so that nothing about the brief changes: neither what has room on its pages nor their numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.compose import compose
from pipeline.forms import Article, Page
from pipeline.line import Line
from pipeline.problem import Problem, Refused
from pipeline.recipient import Cover
from pipeline.render.article import article
from pipeline.render.page import proof
from pipeline.render.pdf import Layout, lay_out

RULE = "recipients"
TOLERANCE = 1.0
"""By how many CSS pixels a line may stand out of its place."""
MOST = 20
"""How many pages are laid out to see how much too long it is."""


def cover_article(line: Line, cover: Cover) -> Article:
    """What a cover letter says; raises Refused where it cites or draws anything."""
    project, library, words = line.project, line.library, line.words
    with line.watch("cover", line.name):
        manuscript = compose(
            library, line.brief, project.templates, line.judgements, line.whole, "cover.md.jinja", wording=words
        )
        if manuscript.references or manuscript.drawings:
            message = "a cover letter has no citations and no figures"
            raise Refused(
                [Problem(mark=cover.mark("text"), rule=RULE, message=message, hint="leave them to the brief")]
            )
        style = project.assets / "styles" / f"{library.house.citation_style}.csl"
        return article(manuscript, style, line.kept)


def cover_page(line: Line, made: Article) -> Page:
    """The page of a cover letter, whose slots are in their places."""
    project, house = line.project, line.library.house
    return proof(made, house, project.templates, project.assets, wording=line.words, added=line.added, kind="cover")


def laid_out(line: Line, cover: Cover, page: Page) -> Layout:
    """Lay the page of a cover letter out; raises Refused where it is more than one."""
    made = lay_out(page, line.project.assets, line.added, MOST)
    if (pages := len(made.document.pages)) > 1:
        message = f"the cover letter takes {pages} pages, and has one"
        raise Refused([Problem(mark=cover.mark("text"), rule=RULE, message=message, hint="shorten it")])
    sheet: Any = made.document.pages[0]._page_box  # noqa: SLF001 - as `measure`
    boxes = {box.element.get("class"): box for box in sheet.descendants(placeholders=True) if box.element is not None}
    if problems := list(_cut(line, cover, boxes)):
        raise Refused(problems)
    return made


def _cut(line: Line, cover: Cover, boxes: Mapping[str | None, Any]) -> Iterator[Problem]:
    """Yield a problem for each part at a fixed place of the sheet that has more lines than it has room for."""
    foot, address = boxes.get("contact"), boxes["address"]
    if foot is not None and "".join("".join(foot.element.itertext()).split()) != _drawn(foot):
        house, brief = line.library.house, line.brief
        mark = (house if brief.contact is None else brief).mark("contact")
        yield Problem(
            mark=mark, rule=RULE, message="this has no room at the foot of the cover letter", hint="shorten it"
        )
    if address.position_y + address.height < _end(address) - TOLERANCE:
        message = "these lines take more than the window for the address has"
        yield Problem(mark=cover.mark("address"), rule=RULE, message=message, hint="shorten them: it is 80 mm wide")


def _drawn(box: Any) -> str:
    """The letters that are drawn in a box."""
    return "".join("".join(getattr(part, "text", "").split()) for part in box.descendants(placeholders=True))


def _end(box: Any) -> float:
    """Where its last line ends."""
    parts = (part for part in box.descendants(placeholders=True) if hasattr(part, "text"))
    return max(float(part.position_y + part.height) for part in parts)


def before(cover: Layout, brief: Layout) -> Layout:
    """A layout with a cover letter before its first page; pages keep the numbers they have."""
    document = brief.document
    return replace(brief, document=document.copy([*cover.document.pages, *document.pages]))
