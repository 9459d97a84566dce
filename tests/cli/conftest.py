"""The day that commands take it to be: days of review in the examples don't pass."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the clock to noon of 23 November 2026."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")
