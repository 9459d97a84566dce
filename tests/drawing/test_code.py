"""QR codes: what is drawn is read again, on paper as well."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from pipeline.build import build
from pipeline.drawing.code import QUIET, code
from pipeline.product import Order
from pipeline.project import Project
from tests import example

URL = "https://briefs.example.org/first-brief/"
MILLIMETRE = 72 / 25.4


def _drawn(svg: str, scale: int = 4) -> Image.Image:
    """The picture of such a drawing, which is made of boxes alone."""
    size = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    image = Image.new("L", (size * scale, size * scale), 255)
    pen = ImageDraw.Draw(image)
    for x, y, width in ((int(n) for n in found) for found in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)):
        pen.rectangle((x * scale, y * scale, (x + width) * scale - 1, (y + 1) * scale - 1), fill=0)
    return image


@given(st.text("abcdefghijklmnopqrstuvwxyz0123456789-/._~%é", min_size=1, max_size=150))
def test_any_address_is_read_again(path: str) -> None:
    """Letter by letter, with correction of level M and white around it."""
    svg = code(f"https://x.org/{path}", "A code")
    read = zxingcpp.read_barcode(_drawn(svg))
    assert read is not None
    assert read.text == f"https://x.org/{path}"
    assert read.ec_level == "M"
    size = int(re.findall(r'viewBox="0 0 (\d+) ', svg)[0])
    for x, y, width in ((int(n) for n in found) for found in re.findall(r"M(\d+) (\d+)h(\d+)v1", svg)):
        assert min(x, y) >= QUIET
        assert max(x + width, y + 1) <= size - QUIET


def test_a_label_can_hold_no_markup() -> None:
    """It stands in an attribute."""
    assert 'aria-label="&quot;&gt;&lt;b&gt;"' in code("https://x.org/", '"><b>')


@pytest.mark.slow
@pytest.mark.parametrize("paper", ["A4", "letter"])
def test_the_code_of_a_printed_page_is_read(tmp_path: Path, paper: str) -> None:
    """One page of a house with an address: 15 mm or more, with its words for those who can't see it."""
    briefs = example.make(tmp_path)
    house = f"{example.HOUSE}url: https://briefs.example.org\npaper: {paper}\nproducts: [{{editions: [one-page]}}]\n"
    (briefs / "house.yaml").write_text(house, encoding="utf-8")
    project = Project.at(tmp_path)
    build(project, Order(slugs=["first-brief"], formats=["pdf"]))
    file = project.output / "first-brief" / "first-brief.pdf"
    with pypdfium2.PdfDocument(file) as document:
        assert len(document) == 1
        picture = document[0].render(scale=150 / 72).to_pil()
    read = zxingcpp.read_barcode(picture)
    assert read is not None
    assert read.text == URL
    corners = read.position
    side = (corners.top_right.x - corners.top_left.x) / 150 * 72 / MILLIMETRE
    assert side >= 15
    with pikepdf.open(file) as pdf:
        described = [str(item.Alt) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert f"QR code for {URL}" in described


def test_a_house_without_an_address_has_no_code(tmp_path: Path) -> None:
    """There is nowhere to go."""
    briefs = example.make(tmp_path)
    (briefs / "house.yaml").write_text(f"{example.HOUSE}products: [{{editions: [one-page]}}]\n", encoding="utf-8")
    project = Project.at(tmp_path)
    build(project, Order(slugs=["first-brief"], formats=["html"]))
    assert "QR code" not in (project.output / "first-brief" / "index.html").read_text(encoding="utf-8")
