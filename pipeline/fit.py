"""Fit an edition to its pages: what may be left out and a way to lay it out in; what is left out, out.

Parts are dropped whole, never cut. One layout of everything tells how high each part is; what then fits, added up in
the order of the choices, is laid out to see whether it does. Layouts cost most, so there are at most `TRIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.edition import Choice

TRIES = 6


class Laid(Protocol):
    """A layout, as far as fitting asks; all heights are in one unit."""

    def room(self, pages: int) -> float:
        """How much so many pages hold."""
        ...

    @property
    def used(self) -> float:
        """How much is full, over all pages."""
        ...

    @property
    def slack(self) -> float:
        """How much more could stand beside something higher, without using more."""
        ...

    @property
    def heights(self) -> Mapping[str, float]:
        """How high the part at each address is."""
        ...


L = TypeVar("L", bound=Laid)


@dataclass(frozen=True, kw_only=True, slots=True)
class Fitted(Generic[L]):
    """What came of it."""

    laid: L
    left_out: tuple[Choice, ...]
    layouts: int


class TooMuch(Exception):
    """Raised where even what can't be left out is too much."""

    def __init__(self, laid: Laid, over: float) -> None:
        super().__init__(over)
        self.laid = laid
        self.over = over


def fit(choices: Sequence[Choice], lay: Callable[[tuple[Choice, ...]], L], pages: int | None) -> Fitted[L]:
    """Leave out as few of `choices` as possible, last ones first, so that `lay(left out)` has at most `pages` pages.

    Whatever stands before the first part that is left out stays when pages are added; behind it, what still fits is
    shown. Where the heights of parts add up, nothing that is left out would fit. Raises TooMuch.
    """
    laid = lay(())
    if pages is None or laid.used <= laid.room(pages):
        return Fitted(laid=laid, left_out=(), layouts=1)
    fitting = _Fitting(choices, lay, laid, laid.room(pages))
    fitting.find_start()
    fitting.fill()
    return fitting.best()


class _Fitting(Generic[L]):
    """Looks for the longest start of the choices that fits, then for what fits behind it."""

    def __init__(
        self, choices: Sequence[Choice], lay: Callable[[tuple[Choice, ...]], L], whole: L, room: float
    ) -> None:
        self.choices, self.lay, self.room, self.layouts = choices, lay, room, 1
        self.heights = [sum(whole.heights.get(address, 0.0) for address in choice.addresses) for choice in choices]
        self.kept: tuple[int, ...] = ()
        self.laid: L | None = None
        self.last = whole
        self.start, self.beyond = -1, len(choices)
        """The longest start known to fit, and the shortest known not to."""
        self.size = len(choices)

    def attempt(self, kept: tuple[int, ...]) -> bool:
        """Lay out what is kept, and say whether it fits."""
        self.layouts += 1
        self.last = self.lay(tuple(choice for index, choice in enumerate(self.choices) if index not in kept))
        if self.last.used <= self.room:
            self.kept, self.laid = kept, self.last
            return True
        return False

    def find_start(self) -> None:
        """Try what the heights add up to, seen from the last layout; where that leads nowhere, halve the range."""
        while self.beyond - self.start > 1 and self.layouts < TRIES - 1 + (self.start < 0):
            size = 0 if self.start < 0 and self.layouts == TRIES - 1 else self._guess()
            if self.attempt(tuple(range(size))):
                self.start = self.size = size
                if self._guess(always=False) == size:
                    return
            else:
                self.beyond = self.size = size

    def _guess(self, *, always: bool = True) -> int:
        """How many of the first choices fit by their heights, from what the last layout, of `size`, used."""
        size, free = self.size, self.room - self.last.used
        while size > 0 and free < 0:
            size -= 1
            free += self.heights[size]
        free += self.last.slack if size == self.size else 0
        while size < len(self.choices) and self.heights[size] <= free:
            free -= self.heights[size]
            size += 1
        return size if self.start < size < self.beyond or not always else (self.start + self.beyond + 1) // 2

    def fill(self) -> None:
        """Show what still fits behind the first part left out; where it doesn't, try without the largest."""
        behind = range(self.start + 1, len(self.choices))
        free = self.room - self.laid.used + self.laid.slack if self.laid else 0.0
        more: list[int] = []
        for index in behind:
            if self.heights[index] <= free:
                more.append(index)
                free -= self.heights[index]
        while more and self.laid and self.layouts < TRIES and not self.attempt((*range(self.start), *more)):
            more.remove(max(more, key=lambda index: self.heights[index]))

    def best(self) -> Fitted[L]:
        """What shows most; raises TooMuch where nothing fits."""
        if self.laid is None:
            raise TooMuch(self.last, self.last.used - self.room)
        left = tuple(choice for index, choice in enumerate(self.choices) if index not in self.kept)
        return Fitted(laid=self.laid, left_out=left, layouts=self.layouts)
