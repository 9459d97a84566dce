"""Define what a check of a product is: a name, what it proves, whose judgement it is, and a function that looks."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Any, ParamSpec

from pipeline.verify.tools import Tool

Parameters = ParamSpec("Parameters")
ASTRAY = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What looking into a file raises where its parts are not what the standard says."""
Find = Callable[..., Iterator["Finding"]]
"""Takes `pdf`, `word` or `book`, the bytes of a PDF, a Word document or an EPUB book, or `page`, the text of an HTML
page, or two of them, by these names; yields a finding for each thing that is wrong, whatever the file holds: a file
that can't be read is a finding, too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """One thing that is wrong with a product."""

    message: str
    """One sentence; no full stop at its end."""
    place: str = ""
    """Where, as the tool has it: `page 3`, or the way to an object."""
    rule: str = ""
    """The name the tool has for it: `7.18.5-1`, `color-contrast`."""
    times: int = 1

    def __str__(self) -> str:
        count = f" ({self.times} times)" if self.times > 1 else ""
        place = f"{self.place}: " if self.place else ""
        return f"{place}{self.message}{count}{f' [{self.rule}]' if self.rule else ''}"


def guarded(find: Callable[Parameters, Iterator[Finding]]) -> Callable[Parameters, Iterator[Finding]]:
    """Let a check yield one more finding, and not raise, where the file can't be followed any further."""

    @functools.wraps(find)
    def guard(*arguments: Parameters.args, **named: Parameters.kwargs) -> Iterator[Finding]:
        try:
            yield from find(*arguments, **named)
        except ASTRAY as error:
            yield Finding(message=f"the file can't be followed any further: {error}")

    return guard


@dataclass(frozen=True, kw_only=True, slots=True)
class Check:
    """One thing that is proven of products."""

    name: str
    judge: str
    """Who wrote the tool that judges: `veraPDF`, or `openbrief` for what is our own."""
    manual: str
    """What is proven, and how."""
    find: Find
    takes: tuple[str, ...]
    """The forms of a brief that are looked at: `pdf`, `page`, `word`, `book`, or two of them."""
    tools: tuple[Tool, ...]
    """What the machine must have."""
    ahead: Callable[[Iterable[Any]], None] | None = None
    """Lets its tool judge many files of the first form at once, before each of them is asked for."""

    @classmethod
    def of(cls, module: ModuleType, judge: str) -> Check:
        """The check that a module of this package makes: its name, its docstring, its `find`, its TOOLS, its AHEAD."""
        return cls(
            name=module.__name__.rpartition(".")[2].replace("_", "-"),
            judge=judge,
            manual=inspect.cleandoc(module.__doc__ or ""),
            find=guarded(module.find),
            takes=tuple(inspect.signature(module.find).parameters),
            tools=module.TOOLS,
            ahead=module.AHEAD.ahead if hasattr(module, "AHEAD") else None,
        )

    @property
    def summary(self) -> str:
        """What is proven, in one sentence without a full stop."""
        return self.manual.splitlines()[0].rstrip(".")

    @property
    def missing(self) -> tuple[Tool, ...]:
        """The tools that this machine lacks."""
        return tuple(tool for tool in self.tools if not tool.present())
