"""Parts of a release are made apart, and put together without making anything twice."""

from __future__ import annotations

import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.build import build
from pipeline.product import Order, Product
from pipeline.project import Project
from tests import example

SLUGS = st.text(string.ascii_lowercase, min_size=1, max_size=12)


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@given(st.lists(SLUGS, unique=True, max_size=40), st.integers(1, 50))
def test_each_product_is_in_one_part(slugs: list[str], parts: int) -> None:
    """Whatever others there are, and on every machine."""
    for slug in slugs:
        product = Product(slug=slug, edition="brief", audience=None, language="en-GB", main=True)
        assert [Order(shard=(part + 1, parts)).has(product) for part in range(parts)].count(True) == 1


def test_a_part_is_the_same_everywhere() -> None:
    """A batch system's machines agree without talking to each other."""
    product = Product(slug="open-models", edition="brief", audience=None, language="en-GB", main=True)
    assert [part for part in range(1, 41) if Order(shard=(part, 40)).has(product)] == [9]


@pytest.mark.slow
def test_parts_make_a_whole(tmp_path: Path) -> None:
    """What every part has made is taken, and comes out as in one go; what a lost part should have made is made."""
    briefs = example.make(tmp_path)
    house = example.HOUSE + "formats: [txt]\nproducts: [{editions: [brief, full]}]\n"
    (briefs / "house.yaml").write_text(house, encoding="utf-8")
    parts = [tmp_path / f"part-{part}" for part in (1, 2, 3)]
    made = [build(Project.at(tmp_path, folder), Order(shard=(part, 3))) for part, folder in enumerate(parts, start=1)]
    assert sum(release.products for release in made) == 4
    assert max(release.products for release in made) < 4
    together = build(Project.at(tmp_path, tmp_path / "together"), Order(take=parts))
    assert (dict(together.why), together.products) == ({}, 4)
    build(Project.at(tmp_path))
    assert _tree(tmp_path / "together") == _tree(tmp_path / "public")
    lost = next(folder for folder, release in zip(parts, made, strict=True) if release.products)
    rest = build(Project.at(tmp_path, tmp_path / "rest"), Order(take=[folder for folder in parts if folder != lost]))
    assert len(rest.why) == made[parts.index(lost)].products
    assert _tree(tmp_path / "rest") == _tree(tmp_path / "public")
