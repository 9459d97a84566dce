"""Turn values into places along a line, and choose the round numbers that a line is marked with."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, log10


@dataclass(frozen=True, kw_only=True, slots=True)
class Scale:
    """A straight line from one value to another; both may run backwards."""

    low: float
    high: float
    """Another value than `low`."""
    start: float
    """The place of `low`, in CSS pixels."""
    end: float
    """The place of `high`."""

    def at(self, value: float) -> float:
        """The place of a value."""
        return self.start + (self.end - self.start) * (value - self.low) / (self.high - self.low)


def step(low: float, high: float, most: int) -> float:
    """The smallest of 1, 2, 5, 10 … that marks the way from `low` to `high`, which is higher, with `most` steps."""
    least = (high - low) / most
    power: float = 10.0 ** floor(log10(least))
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= least * (1 - 1e-9))


def ticks(low: float, high: float, most: int = 5) -> tuple[float, ...]:
    """Give the multiples of a round step that lie between two values, the values included."""
    by = step(low, high, most)
    first, last = ceil(low / by - 1e-6), floor(high / by + 1e-6)
    return tuple(float(f"{number * by:.12g}") for number in range(first, last + 1))


def rounded(low: float, high: float, most: int = 5) -> tuple[float, float]:
    """Widen two values to multiples of a round step; where they are the same, to zero or to a span around it."""
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    by = step(low, high, most)
    return float(f"{floor(low / by + 1e-6) * by:.12g}"), float(f"{ceil(high / by - 1e-6) * by:.12g}")
