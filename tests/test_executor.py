"""Work that is spread over processes comes back in its order, and a process that ends is noticed."""

from __future__ import annotations

import os

import pytest

from pipeline.executor import spread
from pipeline.problem import ToolFailed


@pytest.mark.slow
def test_results_come_in_the_order_of_the_calls() -> None:
    """However long each takes."""
    assert list(spread(pow, [(2, 5), (3, 3), (5, 2)], 2)) == [32, 27, 25]


@pytest.mark.slow
def test_a_process_that_ends_without_a_word_is_a_failure_of_the_machine() -> None:
    """As when the system runs out of memory; the others' results that came before are kept."""
    results = spread(os._exit, [(3,)], 1)
    with pytest.raises(ToolFailed, match="without a word"):
        list(results)


@pytest.mark.slow
def test_what_goes_wrong_is_raised() -> None:
    """As it was in the other process."""
    with pytest.raises(ZeroDivisionError):
        list(spread(divmod, [(1, 0), (1, 1)], 1))
