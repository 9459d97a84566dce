"""Watch a command at work: stages in, times, problems and an exit code out."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import click

from pipeline.cli.report import JsonLines, Report, tell
from pipeline.problem import Refused


def report_for(*, as_json: bool, problems_to: IO[str]) -> Report:
    """Give what suits where the output goes: a program, a terminal, or a pipe."""
    if as_json:
        return JsonLines(sys.stdout)
    if sys.stderr.isatty():
        from pipeline.cli.progress import Progress

        return Progress(problems_to)
    return Report(problems_to)


SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(KeyboardInterrupt):
    """Raised where a signal asks to stop."""

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(number)


class Watch:
    """Measures stages for a report; a signal that a library swallowed is raised where a stage begins or ends."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.asked = 0
        self.unraisable = sys.unraisablehook

    @contextmanager
    def __call__(self, stage: str, brief: str = "") -> Iterator[None]:
        """Measure one stage."""
        self.raise_again()
        self.report.begin(stage, brief)
        begun, done = time.perf_counter(), False
        try:
            yield
            done = True
        finally:
            self.report.stage(stage, brief, time.perf_counter() - begun, done=done)
            self.raise_again()

    def stop(self, number: int, _frame: object) -> None:
        """Note the signal, and raise it where it can be raised."""
        self.asked = number
        raise Stopped(number)

    def raise_again(self) -> None:
        """Raise a signal that was noted and swallowed."""
        if self.asked:
            raise Stopped(self.asked)

    def swallowed(self, unraisable: sys.UnraisableHookArgs) -> None:
        """Keep silent of a signal that came inside a finalizer, where Python prints it and goes on; print all else."""
        if not (self.asked and unraisable.exc_type is Stopped):
            self.unraisable(unraisable)


@contextmanager
def reporting(report: Report, refusal: str) -> Iterator[Watch]:
    """Give what measures the stages; end with exit code 1 and `refusal` where the content is refused."""
    watch = Watch(report)
    before = {number: signal.signal(number, watch.stop) for number in SIGNALS}
    sys.unraisablehook = watch.swallowed
    try:
        yield watch
        watch.raise_again()
    except Refused as refused:
        tell(report, refused.problems, refusal)
        raise click.exceptions.Exit(1) from refused
    finally:
        report.close()
        sys.unraisablehook = watch.unraisable
        for number, heard in before.items():
            signal.signal(number, heard)
