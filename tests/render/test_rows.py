"""Titles on the page that lists all briefs have apostrophes that bend, and quotes that match."""

from __future__ import annotations

import pytest

from pipeline.render.rows import typeset


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("A model's use", "A model^s use"),
        ("L'accès d'autrui", "L^accès d^autrui"),
        ("The models' use", "The models^ use"),
        ("What 'open' means", "What 'open' means"),
        ("What 'weights' means", "What 'weights' means"),
        ("The models' 'weights'", "The models^ 'weights'"),
        ("What a model's 'open weights' are", "What a model^s 'open weights' are"),
        ("'Open'", "'Open'"),
        ("('Weights')", "('Weights')"),
    ],
)
def test_apostrophes_bend_and_quotes_stay(written: str, printed: str) -> None:
    """One of two quotes never bends alone."""
    assert typeset(written) == printed.replace("^", "\N{RIGHT SINGLE QUOTATION MARK}")
