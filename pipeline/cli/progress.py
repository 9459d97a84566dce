"""Show progress on a terminal: a line for each brief with the time of every stage."""

from __future__ import annotations

from typing import IO

from rich.console import Console
from rich.text import Text

from pipeline.cli.report import Report
from pipeline.problem import Problem


class Progress(Report):
    """Lines that stay, and below them what is being done."""

    def __init__(self, problems_to: IO[str]) -> None:
        super().__init__(problems_to)
        self.console = Console(stderr=True, highlight=False)
        self.status = self.console.status("")
        self.subject = ""
        self.line = Text()

    def begin(self, stage: str, brief: str) -> None:
        """Show what is being done."""
        subject = brief or stage
        if subject != self.subject:
            self._settle()
            self.subject, self.line = subject, Text(f"{subject:<28} ")
        self.status.update(Text(f"{subject}: {stage}" if brief else subject))
        self.status.start()

    def stage(self, stage: str, brief: str, seconds: float, *, done: bool) -> None:
        """Add the stage to its brief's line."""
        name = f"{stage} " if brief else ""
        self.line.append(f"{name}{seconds:.2f} s" + ("" if done else " refused") + "  ", "" if done else "red")

    def problem(self, problem: Problem) -> None:
        """Print the problem below the lines."""
        self._settle()
        super().problem(problem)

    def end(self, sentence: str, **figures: int) -> None:
        """Print the sentence below the lines."""
        self._settle()
        super().end(sentence, **figures)

    def close(self) -> None:
        """Stop the spinner and leave the last line."""
        self._settle()

    def _settle(self) -> None:
        self.status.stop()
        if self.line.plain.strip():
            self.console.print(self.line, soft_wrap=True)
        self.subject, self.line = "", Text()
