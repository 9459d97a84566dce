"""A brief that nothing is wrong with, in all forms that are verified."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from pipeline.build import build
from pipeline.product import Order
from pipeline.project import Project
from pipeline.verify import Product

LIGHTHOUSES = Path(__file__).parents[1] / "golden" / "lighthouses"


@pytest.fixture(scope="session")
def lighthouses(tmp_path_factory: pytest.TempPathFactory) -> Product:
    """A brief with a figure, tables and arguments, as a reader gets it."""
    root = tmp_path_factory.mktemp("lighthouses")
    for name in ("templates", "assets"):
        (root / name).symlink_to(LIGHTHOUSES.parents[2] / name)
    shutil.copytree(LIGHTHOUSES / "briefs", root / "briefs")
    build(Project.at(root), Order(formats=("pdf", "html", "docx", "epub")))
    folder = root / "public" / "first-brief"
    return Product(
        name="first-brief",
        pdf=folder / "first-brief.pdf",
        page=folder / "index.html",
        word=folder / "first-brief.docx",
        book=folder / "first-brief.epub",
    )
