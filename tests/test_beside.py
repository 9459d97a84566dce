"""Pages and the list of briefs lead to every form that was made, and to none that wasn't."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.load import load
from pipeline.product import FORMATS, Order
from pipeline.project import Project
from pipeline.render.beside import FORMS
from pipeline.source import read_folder
from tests import example

LINK = re.compile(r'<(?:a|link)\b[^>]*href="([^"#:]+\.(?:pdf|docx|epub|md|txt|json))"')


def _linked(page: Path) -> list[str]:
    return LINK.findall(page.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The example, of which nothing is built yet."""
    root = tmp_path_factory.mktemp("beside")
    example.make(root)
    return Project.at(root)


def _build(project: Project, *formats: str) -> tuple[list[str], list[str]]:
    """What the list leads to, and what the page does, when these files of a brief are made."""
    build(project, Order(slugs=("first-brief",), formats=formats))
    page = project.output / "first-brief" / "index.html"
    return _linked(project.output / "index.html"), _linked(page) if page.exists() else []


@pytest.mark.slow
def test_what_was_made_is_linked(project: Project) -> None:
    """A release of Markdown alone leads to it; a page names what was made with it, and the list what is there.

    What a page links to is among what it is made from: without the other forms, it is made again.
    """
    assert _build(project, "md") == (["first-brief/first-brief.md"] * 2, [])
    listed, linked = _build(project, "html", "md", "txt")
    assert listed == ["first-brief/first-brief.md", "first-brief/first-brief.txt"]
    assert linked == ["first-brief.md", "first-brief.txt", "first-brief.pdf", "first-brief.md", "first-brief.txt"]
    text = (project.output / "first-brief/index.html").read_text(encoding="utf-8")
    assert '<link rel="alternate" type="text/markdown" href="first-brief.md" title="Markdown">' in text
    assert '<p>Also as: <a href="first-brief.md" type="text/markdown">Markdown</a> · <a href="first-brief.txt"' in text
    assert _build(project, "html") == (listed, ["first-brief.pdf"])
    index = (project.output / "index.html").read_text(encoding="utf-8")
    assert '<h2><a href="first-brief/index.html">' in index


def test_a_page_links_what_is_made_with_it(tmp_path: Path) -> None:
    """The PDF where the house makes one; what is made without pages counts for none of them."""
    example.make(tmp_path)
    project = Project.at(tmp_path)
    reading = read_folder(project.briefs, project.root)
    house = load(reading.documents, reading.unread, reading.texts, reading.catalogues)[0].house
    assert Order().linked(house) == {"pdf", "html"}
    assert Order(formats=("html", "epub")).linked(house) == {"pdf", "html", "epub"}
    assert Order(formats=("epub",)).linked(house) == {"pdf", "html"}
    assert "pdf" not in Order().linked(house.model_copy(update={"formats": ("html", "md")}))


def test_every_form_can_be_linked() -> None:
    """None is left out of what links can say."""
    assert {form.ending for form in FORMS} == {*FORMATS} - {"pdf", "html"}
