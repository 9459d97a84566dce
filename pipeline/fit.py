"""Fit an edition to its pages: what may be left out and a way to lay it out in; what is left out, out.

Parts are dropped whole, never cut. One layout of everything tells how high each part is; what then fits, added up in
the order of the choices, is laid out to see whether it does. Layouts cost most, so there are at most `TRIES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from pipeline.edition import Choice

TRIES = 6
RESERVE = 0.03
"""How much of the room is kept free, more each time, where what should fit did not."""


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
    def spare(self) -> float:
        """How much more could stand in the margin beside something higher, without using more."""
        ...

    @property
    def heights(self) -> Mapping[str, float]:
        """How high the part at each address is."""
        ...

    @property
    def margin(self) -> Set[str]:
        """The addresses of parts in the margin."""
        ...

    @property
    def beside(self) -> Set[str]:
        """The addresses of parts beside the margin."""
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


@dataclass(frozen=True, kw_only=True, slots=True)
class _Height:
    """How high a choice is, by where its parts stand."""

    flow: float = 0.0
    beside: float = 0.0
    margin: float = 0.0

    @property
    def whole(self) -> float:
        """All of it."""
        return self.flow + self.beside + self.margin


class _Fitting(Generic[L]):
    """Looks for the longest start of the choices that fits, then for what fits behind it."""

    def __init__(
        self, choices: Sequence[Choice], lay: Callable[[tuple[Choice, ...]], L], whole: L, room: float
    ) -> None:
        self.choices, self.lay, self.room, self.layouts = choices, lay, room, 1
        self.heights = [_height(choice, whole) for choice in choices]
        self.kept: tuple[int, ...] = ()
        self.laid: L | None = None
        self.last, self.held = whole, tuple(range(len(choices)))
        """The layout that others are guessed from, and what it shows."""
        self.start, self.beyond = -1, len(choices)
        """The longest start known to fit, and the shortest known not to."""
        self.tried: set[tuple[int, ...]] = set()
        self.reserve = 0.0
        """How far guesses were wrong; what a part adds elsewhere, such as references, nobody knows before."""

    def attempt(self, kept: tuple[int, ...]) -> bool:
        """Lay out what is kept, and say whether it fits."""
        expected = self._used(kept) <= self.room
        self.layouts += 1
        self.tried.add(kept)
        last = self.lay(tuple(choice for index, choice in enumerate(self.choices) if index not in kept))
        fits = last.used <= self.room
        if fits or self.laid is None:
            self.last, self.held = last, kept
        if fits:
            self.kept, self.laid = kept, last
        elif expected:
            self.reserve += RESERVE * self.room
        return fits

    def find_start(self) -> None:
        """Try what the heights add up to, seen from the last layout; where that leads nowhere, halve the range."""
        while self.beyond - self.start > 1 and self.layouts < TRIES - 1 + (self.start < 0):
            size = 0 if self.start < 0 and self.layouts == TRIES - 1 else self._guess()
            if self.attempt(tuple(range(size))):
                self.start = size
                if self._longest() == size:
                    return
            else:
                self.beyond = size

    def _guess(self) -> int:
        """How many of the first choices to try: what fits by its height, or half of what is not yet known."""
        size = self._longest()
        return size if self.start < size < self.beyond else (self.start + self.beyond + 1) // 2

    def _longest(self) -> int:
        """How many of the first choices fit by their heights."""
        return next((size for size in range(len(self.choices), 0, -1) if self._fits(range(size))), 0)

    def _fits(self, kept: Iterable[int]) -> bool:
        used = self._used(kept)
        return used <= self.room and (used <= self.room - self.reserve or used <= self.last.used)

    def _used(self, kept: Iterable[int]) -> float:
        """How much would be full with these kept, seen from the last layout: of two columns the higher counts."""
        flow = beside = margin = 0.0
        for sign, indices in ((1, set(kept) - set(self.held)), (-1, set(self.held) - set(kept))):
            for height in (self.heights[index] for index in indices):
                flow, beside = flow + sign * height.flow, beside + sign * height.beside
                margin += sign * height.margin
        slack, spare = self.last.slack, self.last.spare
        return self.last.used + flow + max(beside - slack, margin - spare) + min(slack, spare)

    def fill(self) -> None:
        """Show what still fits behind the first part left out.

        Where it did not, though it should, the part that should have cost most is set aside, and what should cost
        nothing comes first.
        """
        aside: set[int] = set()
        careful = False
        while self.laid and self.layouts < TRIES:
            more = self._more(aside, careful=careful)
            if more and not self.attempt(more):
                aside.add(self._dearest(set(more) - set(self.kept)))
            elif not more and not careful:
                return
            careful = bool(more) and (careful or self.kept != more)

    def _more(self, aside: Set[int], *, careful: bool) -> tuple[int, ...]:
        """What is kept, and what fits besides by its height, or what costs nothing; empty where nothing does."""
        found = self.kept
        for index in (index for index in range(self.start + 1, len(self.choices)) if index not in aside):
            more = tuple(sorted({*found, index}))
            fits = self._used(more) <= self.last.used if careful else self._fits(more)
            if index not in self.kept and more not in self.tried and fits:
                found = more
        return found if found != self.kept else ()

    def _dearest(self, indices: Set[int]) -> int:
        """The choice that takes most room beyond what is used anyway, or else the highest."""
        costs = {index: self._used({*self.kept, index}) - self.last.used for index in indices}
        return max(indices, key=lambda index: (max(costs[index], 0.0), self.heights[index].whole, -index))

    def best(self) -> Fitted[L]:
        """What shows most; raises TooMuch where nothing fits."""
        if self.laid is None:
            raise TooMuch(self.last, self.last.used - self.room)
        left = tuple(choice for index, choice in enumerate(self.choices) if index not in self.kept)
        return Fitted(laid=self.laid, left_out=left, layouts=self.layouts)


def _height(choice: Choice, whole: Laid) -> _Height:
    """How high a choice came out in the layout of everything."""
    inside = {"margin": 0.0, "beside": 0.0, "flow": 0.0}
    for address in choice.addresses:
        column = "margin" if address in whole.margin else "beside" if address in whole.beside else "flow"
        inside[column] += whole.heights.get(address, 0.0)
    return _Height(**inside)
