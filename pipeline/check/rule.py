"""Define what a rule is: a name, a severity, a manual, and a function that looks for what breaks it."""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from pipeline.audience import tellings
from pipeline.check.unread import VIEWS, View
from pipeline.model import Library
from pipeline.problem import Problem, Severity

Group = Literal["files", "references", "argument", "evidence", "source", "brief", "translation", "text", "machine"]
"""Where a rule looks; what breaks one of the last is not in the YAML files, and its manual has no examples."""
Find = Callable[..., Iterator[Problem]]
"""Takes a library, and the day where it has a parameter `today`; yields a problem for each place where a rule is
broken; never raises and never changes anything."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One thing that is asked of a library."""

    name: str
    group: Group
    severity: Severity
    """How much it weighs unless house.yaml says otherwise."""
    manual: str
    """What is asked, why, and an example of each: good and bad."""
    find: Find | None
    """None for what other stages find: while files are read, loaded, rendered and put out."""
    dated: bool = False
    """Whether it asks which day it is."""
    worded: bool = False
    """Whether it reads words, and so what each audience is told too."""
    sees: View = "loaded"
    """What it looks at where files could not be read whole."""

    @classmethod
    def of(
        cls,
        module: ModuleType,
        group: Group,
        severity: Severity = "error",
        *,
        worded: bool = False,
        sees: View = "loaded",
    ) -> Rule:
        """The rule that a module of this package states: its name, its docstring and its `find`."""
        find = getattr(module, "find", None)
        return cls(
            name=module.__name__.rpartition(".")[2].replace("_", "-"),
            group=group,
            severity=severity,
            manual=inspect.cleandoc(module.__doc__ or ""),
            find=find,
            dated=find is not None and "today" in inspect.signature(find).parameters,
            worded=worded,
            sees=sees,
        )

    @property
    def allowable(self) -> bool:
        """Whether a comment may silence it; what a brief can't be made with may not be silenced."""
        return self.find is not None and not (self.group == "references" and self.severity == "error")

    def problems(self, library: Library, today: str | None = None) -> Iterator[Problem]:
        """Look for what breaks the rule; one that asks for the day finds nothing where it isn't known."""
        if self.find is None or (self.dated and today is None):
            return iter(())
        library = VIEWS[self.sees](library) if library.unloaded else library
        if self.worded:
            return (problem for told in tellings(library) for problem in self.find(told))
        return self.find(library, today=today) if self.dated else self.find(library)

    @property
    def summary(self) -> str:
        """What is asked, in one sentence without a full stop."""
        return self.manual.splitlines()[0].rstrip(".")

    def example(self, title: Literal["Good", "Bad"]) -> str:
        """The text of the manual's example: parts of files, each below a comment with its name."""
        _, _, after = self.manual.partition(f"\n{title}:\n")
        lines = after.strip("\n").splitlines()
        end = next((number for number, line in enumerate(lines) if line and not line.startswith(" ")), len(lines))
        return textwrap.dedent("\n".join(lines[:end])).strip("\n") + "\n"
