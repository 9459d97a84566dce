"""Whatever is wrong with a book is found, by the checks that are there for it and by its name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.verify import CHECKS, Product
from tests.tooling import needs
from tests.verify.broken_forms import BOOKS, Broken

pytestmark = pytest.mark.slow

ON_BOOKS = {name: check for name, check in CHECKS.items() if "book" in check.takes}


def _found(name: str, product: Product, **changed: bytes) -> list[str]:
    check = CHECKS[name]
    return [str(finding) for finding in check.find(**{**product.given(check.takes), **changed})]


def _cases(broken: dict[str, Broken]) -> list[object]:
    return [
        pytest.param(each, id=name, marks=needs(*(tool for check in each.seen_by for tool in CHECKS[check].tools)))
        for name, each in broken.items()
    ]


@pytest.mark.parametrize("broken", _cases(BOOKS))
def test_every_broken_book_is_found(broken: Broken, lighthouses: Product) -> None:
    """Each check that is named for it says what is wrong; the whole book passes, as test_pages shows."""
    data = broken.made(Path(str(lighthouses.book)).read_bytes())
    said = {name: "\n".join(_found(name, lighthouses, book=data)) for name in broken.seen_by}
    assert said
    assert {name: text for name, text in said.items() if broken.seen_by[name] not in text} == {}


@needs(*CHECKS["epub"].tools)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(99), bytes(range(256)) * 9])
def test_what_is_no_book_is_a_finding(data: bytes, lighthouses: Product) -> None:
    """Nothing is raised for a file that can't be unpacked, and EPUBCheck and the other check both say so."""
    assert any("[PKG-008]" in said or "[PKG-003]" in said for said in _found("epub", lighthouses, book=data))
    (said,) = _found("epub-text", lighthouses, book=data)
    assert "can't be unpacked" in said


def test_every_check_of_books_is_needed() -> None:
    """No check of books is there for nothing: each finds a broken one."""
    assert {name for each in BOOKS.values() for name in each.seen_by} == set(ON_BOOKS) == {"epub", "epub-text"}
