"""What fits is shown, what is left out would not fit, and no layout more than six is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.edition import Choice
from pipeline.fit import TRIES, Fitted, TooMuch, fit

PAGE = 1000.0


@dataclass(frozen=True, kw_only=True)
class Laid:
    """A layout in which heights add up, but for what stands beside a margin."""

    used: float
    heights: Mapping[str, float]
    slack: float = 0.0
    spare: float = 0.0
    margin: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()

    def room(self, pages: int) -> float:
        """Every page holds as much."""
        return pages * PAGE


def _choices(heights: list[float]) -> list[Choice]:
    return [Choice(addresses=(str(index),), what="part") for index in range(len(heights))]


def _fitted(fixed: float, heights: list[float], pages: int | None, beside: float = 0.0) -> Fitted[Laid]:
    """Fit parts of these heights; the first `beside` of them cost nothing."""

    def lay(left_out: tuple[Choice, ...]) -> Laid:
        gone = {int(choice.addresses[0]) for choice in left_out}
        kept = {str(index): height for index, height in enumerate(heights) if index not in gone}
        total = sum(kept.values())
        slack = max(0.0, beside - total)
        return Laid(used=fixed + max(0.0, total - beside), heights=kept, slack=slack, beside=frozenset(kept))

    return fit(_choices(heights), lay, pages)


def _columned(fixed: float, parts: list[tuple[str, float]], pages: int, heading: float = 0.0) -> Fitted[Laid]:
    """Fit parts of two columns, of which the higher counts, and of what comes below them, if any under a heading."""

    def lay(left_out: tuple[Choice, ...]) -> Laid:
        gone = {int(choice.addresses[0]) for choice in left_out}
        kept = {str(index): part for index, part in enumerate(parts) if index not in gone}
        high = {name: sum(height for column, height in kept.values() if column == name) for name in COLUMNS}
        return Laid(
            used=fixed + high["flow"] + heading * bool(high["flow"]) + max(high["beside"], high["margin"]),
            heights={name: height for name, (_, height) in kept.items()},
            slack=max(0.0, high["margin"] - high["beside"]),
            spare=max(0.0, high["beside"] - high["margin"]),
            margin=frozenset(name for name, (column, _) in kept.items() if column == "margin"),
            beside=frozenset(name for name, (column, _) in kept.items() if column == "beside"),
        )

    return fit(_choices([height for _, height in parts]), lay, pages)


COLUMNS = ("flow", "beside", "margin")


def _kept(fitted: Fitted[Laid], count: int) -> list[int]:
    gone = {int(choice.addresses[0]) for choice in fitted.left_out}
    return [index for index in range(count) if index not in gone]


HEIGHTS = st.lists(st.integers(1, 400).map(float), max_size=24)


@given(st.floats(0, PAGE), HEIGHTS, st.integers(1, 4), st.floats(0, 500))
def test_the_result_fits(fixed: float, heights: list[float], pages: int, beside: float) -> None:
    """Whatever stands beside what, no more is used than there is, in at most six layouts."""
    done = _fitted(fixed, heights, pages, beside)
    assert done.laid.used <= pages * PAGE
    assert done.layouts <= TRIES


@given(st.floats(0, PAGE), HEIGHTS, st.integers(1, 4))
def test_nothing_left_out_would_fit(fixed: float, heights: list[float], pages: int) -> None:
    """Where heights add up, no part that is left out has room."""
    done = _fitted(fixed, heights, pages)
    left = [heights[int(choice.addresses[0])] for choice in done.left_out]
    assert all(done.laid.used + height > pages * PAGE for height in left)


@given(st.floats(0, PAGE), HEIGHTS, st.integers(1, 3))
def test_more_pages_never_lose_what_came_first(fixed: float, heights: list[float], pages: int) -> None:
    """What stands before the first part left out stays when a page is added, and more of it comes."""
    few, many = (_kept(_fitted(fixed, heights, number), len(heights)) for number in (pages, pages + 1))
    start = next((index for index, kept in enumerate([*few, None]) if kept != index), len(heights))
    assert many[:start] == few[:start]
    assert sum(heights[index] for index in many) >= sum(heights[index] for index in few)


@given(st.floats(0, PAGE), st.lists(st.tuples(st.sampled_from(COLUMNS), st.integers(1, 400).map(float)), max_size=24))
def test_two_columns_are_filled(fixed: float, parts: list[tuple[str, float]]) -> None:
    """Of two columns the higher counts: all that is shown fits, and no part that is left out would."""
    done = _columned(fixed, parts, 1)
    kept = _kept(done, len(parts))
    assert done.laid.used <= PAGE
    assert done.layouts <= TRIES
    for index in set(range(len(parts))) - set(kept):
        high = {name: sum(parts[i][1] for i in (*kept, index) if parts[i][0] == name) for name in COLUMNS}
        assert fixed + high["flow"] + max(high["beside"], high["margin"]) > PAGE


def test_all_is_shown_where_it_fits_or_pages_are_not_counted() -> None:
    """One layout is enough then."""
    assert _fitted(500, [100, 200], 1) == Fitted(laid=_fitted(500, [100, 200], 1).laid, left_out=(), layouts=1)
    assert _fitted(500, [600, 700], None).left_out == ()


def test_the_least_that_is_too_much_is_refused() -> None:
    """It says by how much."""
    with pytest.raises(TooMuch) as refused:
        _fitted(1100, [100, 200], 1)
    assert refused.value.over == 100


def test_parts_go_from_the_last_to_the_first() -> None:
    """A smaller part further down is shown where it still fits."""
    assert _kept(_fitted(500, [300, 300, 300, 150], 1), 4) == [0, 3]


def test_what_brings_more_than_its_height_makes_room_for_others() -> None:
    """A part whose references nobody could foresee is set aside, and what fits without it is shown."""
    heights, unforeseen = [500.0, 450.0, 100.0, 20.0, 20.0, 20.0], 200.0

    def lay(left_out: tuple[Choice, ...]) -> Laid:
        gone = {choice.addresses[0] for choice in left_out}
        kept = {str(index): height for index, height in enumerate(heights) if str(index) not in gone}
        return Laid(used=300 + sum(kept.values()) + unforeseen * ("2" in kept), heights=kept)

    fitted = fit(_choices(heights), lay, 1)
    assert [choice.addresses for choice in fitted.left_out] == [("1",), ("2",)]
    assert fitted.layouts <= TRIES


def test_what_costs_nothing_comes_before_what_did_not_fit() -> None:
    """Parts that stand beside a figure are shown, though a small one below with an unforeseen heading failed first."""
    small = [("flow", 17.0)] * 3
    parts = [("margin", 357.0), ("beside", 70.0), ("flow", 500.0), ("beside", 70.0), ("beside", 85.0), *small]
    fitted = _columned(616, parts, 1, heading=30)
    assert [choice.addresses[0] for choice in fitted.left_out] == ["2", "5", "6", "7"]
    assert fitted.layouts <= TRIES
