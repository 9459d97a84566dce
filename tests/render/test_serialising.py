"""A PDF whose parts are made once is the PDF whose parts are made twice."""

from __future__ import annotations

import zlib
from contextlib import nullcontext
from typing import Any

import pytest

from pipeline.render import serialising
from pipeline.render.pdf import pdf
from tests.render.paper import ASSETS, enclosed, page

pytestmark = pytest.mark.slow


def test_the_file_is_the_same_and_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """All bytes are, with the identifier that is made of them."""
    packed: list[int] = []
    original = zlib.compressobj

    def compress(*rest: Any, **named: Any) -> Any:
        packed.append(1)
        return original(*rest, **named)

    monkeypatch.setattr(zlib, "compressobj", compress)
    made = page("<p>Told.</p><ul><li>In parts</li></ul>" * 30)
    once = pdf(made, ASSETS, enclosed()).data
    few = len(packed)
    monkeypatch.setattr(serialising, "made_once", nullcontext)
    packed.clear()
    assert once == pdf(made, ASSETS, enclosed()).data
    assert few < len(packed) < 2 * few
