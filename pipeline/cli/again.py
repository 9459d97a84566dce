"""Build again whenever something that a build reads has changed: a build in; its releases out, until it is stopped.

Processes, fonts, templates, pandoc and what was parsed stay as they are between two builds. Where a change is of
something that is loaded once, the program begins anew.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import KW_ONLY, dataclass
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

from pipeline.cli import options
from pipeline.cli.changes import State, is_told_anew, next_state, state
from pipeline.cli.report import Report, released, tell
from pipeline.cli.turn import turn
from pipeline.cli.watch import Watch
from pipeline.cluster import Cluster
from pipeline.problem import Refused
from pipeline.project import Project
from pipeline.unchanged import today


class Outdated(Exception):
    """Raised where something has changed while it was built, before anything of that is published."""


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
    root, report = once.project.root, once.report
    seen = state(root)
    with _at_hand(jobs, once.project) as hands:
        from pipeline.source import remembering

        parse = remembering()
        while True:
            with suppress(Outdated):
                _build(once, _Guarded(watch, root, seen), hands, parse)
                report.waiting("waiting for a change; Ctrl-C ends it")
            now = next_state(seen, lambda: state(root))
            if not is_told_anew(seen, now, root):
                break
            seen = now
    _begin_anew()


def _build(once: Once, watch: Watch, hands: Any, parse: Any) -> None:
    """Build once, and tell what keeps it from being built; the next change may mend that."""
    try:
        once(watch, hands, parse=parse)
    except Refused as refused:
        tell(once.report, refused.problems, "nothing was published")
    except click.UsageError as error:
        once.report.end(error.format_message())


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


class _Guarded(Watch):
    """A watch that lets nothing be published once something has changed."""

    def __init__(self, watch: Watch, root: Path, seen: State) -> None:
        super().__init__(watch.report)
        self.watch, self.root, self.seen = watch, root, seen

    @contextmanager
    def __call__(self, stage: str, brief: str = "") -> Iterator[None]:
        """Measure one stage."""
        if stage == "publish" and state(self.root) != self.seen:
            raise Outdated
        with self.watch(stage, brief):
            yield


def _begin_anew() -> NoReturn:
    """Run the same command in place of this process, which stays the same for whoever started it."""
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(sys.executable, sys.orig_argv)  # noqa: S606 - what was run before, word for word


def _reap() -> None:
    """Let go of processes that the program before this one started, and that have ended since."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass
