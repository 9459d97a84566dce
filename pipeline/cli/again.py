"""Build again whenever something that a build reads has changed: a build in; its releases out, until it is stopped.

Processes, fonts, templates, pandoc and what was parsed stay as they are between two builds. Where a change is of
something that is loaded once, the program begins anew.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import KW_ONLY, dataclass
from functools import partial
from typing import Any, NoReturn

import click

from pipeline.cli import options
from pipeline.cli.changes import is_told_anew, next_state, state
from pipeline.cli.report import Report, released, tell
from pipeline.cli.turn import turn
from pipeline.cli.watch import Watch
from pipeline.cluster import Cluster
from pipeline.problem import Refused
from pipeline.project import Project
from pipeline.standing import Changed, Standing, listed
from pipeline.unchanged import today

UNSETTLED = "_OPENBRIEF_UNSETTLED"
"""Says to the program that begins anew that the last build came to nothing, and whether that was told."""


@dataclass(frozen=True, slots=True)
class Once:
    """What is asked for, to be built once or again and again."""

    context: click.Context
    project: Project
    report: Report
    asked: Mapping[str, Any]
    _: KW_ONLY
    why: bool
    wait: int
    verbose: bool = False

    def __call__(self, watch: Watch, jobs: Any, **how: Any) -> Any:
        """Build, tell of the release, and give it; a usage error where nothing is called so, or nothing comes of it."""
        with turn(self.project.output, self.wait, self.report.waiting):
            from pipeline.build import build
            from pipeline.product import Order

            options.known_slugs(self.context, self.asked["slugs"])
            release = build(self.project, Order(**self.asked), watch, today(), jobs, **how)
            if not release.products and not self.asked["shard"]:
                message = "no brief plans such a product: see `openbrief products`, or plan it"
                raise click.UsageError(message, self.context)
            released(self.report, release, why=self.why, verbose=self.verbose)
        return release


def keep_building(once: Once, jobs: int | Cluster, watch: Watch) -> NoReturn:
    """Build, and build again after each change, with the same processes; raises what ends it.

    A build during which something has changed puts nothing out: its products may be of the one state or the other,
    and would be taken for those of the first.
    """
    if isinstance(jobs, Cluster):
        raise click.UsageError("`--watch` works on this machine alone: leave `--on` out", once.context)
    _reap()
    root = once.project.root
    seen = (look := partial(state, root))()
    with _at_hand(jobs, once.project) as hands:
        from pipeline.build import Again
        from pipeline.source import remembering

        parse, unsettled = remembering(), _Unsettled(once.report)
        while True:
            _build(once, watch, hands, Again(parse=parse, standing=Standing(root, look, seen)), unsettled)
            now = next_state(seen, look)
            if not is_told_anew(seen, now, root) or (jobs > 1 and hands.is_lost):
                unsettled.hand_on()
                break
            seen = now
    _begin_anew()


def _build(once: Once, watch: Watch, hands: Any, again: Any, unsettled: _Unsettled) -> None:
    """Build once, and tell what keeps it from being built; the next change may mend that."""
    try:
        once(watch, hands, again=again)
    except Changed as changed:
        unsettled.tell(changed.files)
        return
    except Refused as refused:
        tell(once.report, refused.problems, "nothing was published")
    except click.UsageError as error:
        once.report.end(error.format_message())
    unsettled.before = False
    once.report.waiting("waiting for a change; Ctrl-C ends it")


@contextmanager
def _at_hand(jobs: int, project: Project) -> Iterator[Any]:
    """Who makes the products: processes that stay and are warm before the first edit, or this one."""
    if jobs == 1:
        yield 1
        return
    from pipeline.executor import hired
    from pipeline.warming import warm

    with hired(jobs, options.WORK, first=partial(warm, project)) as crew:
        yield crew


class _Unsettled:
    """Tells once which files keep a build from ever being put out."""

    def __init__(self, report: Report) -> None:
        known = os.environ.pop(UNSETTLED, "")
        self.report, self.before, self.told = report, bool(known), known == "told"

    def tell(self, files: Sequence[str]) -> None:
        """Tell of files that were changed during a build, where the build before came to nothing for that too."""
        if self.before and not self.told:
            keep = "keeps" if len(files) == 1 else "keep"
            self.report.waiting(f"{listed(files)} {keep} changing while briefs are built; nothing is published so long")
            self.told = True
        self.before = True

    def hand_on(self) -> None:
        """Let the program that begins anew know of it."""
        if self.before:
            os.environ[UNSETTLED] = "told" if self.told else "untold"


def _begin_anew() -> NoReturn:
    """Run the same command in place of this process, which stays the same for whoever started it."""
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":  # what is pressed meanwhile is heard as soon as the program can say so
        signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT, signal.SIGTERM))
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - what was run before, word for word


def _reap() -> None:
    """Let go of processes that the program before this one started, and that have ended since."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
