"""Say what was proven of products: what was typed in, products and checks out; outcomes in, lines or JSON out."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pipeline.cli.layout import table, wrapped
from pipeline.cli.options import project_of, unknown
from pipeline.cli.report import count

if TYPE_CHECKING:
    from pipeline.verify import Check, Outcome, Product

HEAD = ("check", "judge", "files", "result", "seconds")
ENDINGS = (".pdf", ".html", ".htm", ".docx", ".epub")
"""What tells a file from a slug."""


@dataclass(slots=True)
class Tally:
    """What one check said of all products, and how long it took."""

    check: Check
    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def result(self) -> str:
        """`missing` before `failed`, for what could not be made says nothing."""
        if any(outcome.missing for outcome in self.outcomes):
            return "missing"
        failed = sum(not outcome.passed for outcome in self.outcomes)
        return f"{failed} failed" if failed else "passed"


def checks_of(context: click.Context, only: Sequence[str]) -> tuple[Check, ...]:
    """The checks named, or all; a usage error for a name that no check bears."""
    from pipeline.verify import CHECKS

    for name in only:
        if name not in CHECKS:
            raise click.UsageError(unknown("check", name, CHECKS), context)
    return tuple(check for name, check in CHECKS.items() if name in only or not only)


def products_of(
    context: click.Context, targets: Sequence[str], output: Path | None = None, sample: int = 50, seed: str = ""
) -> tuple[Product, ...]:
    """The files named, a sample of the copies in folders named, and the products of the last release that slugs name.

    Where nothing is named, all products of the release. It lies in the project's output folder, or in `output`, the
    folder that `build --output` was given.
    """
    from pipeline.verify.product import of_file

    files = [target for target in targets if target.lower().endswith(ENDINGS)]
    folders = [target for target in targets if target not in files and _holds_copies(target)]
    slugs = [target for target in targets if target not in (*files, *folders)]
    for file in files:
        if not Path(file).is_file():
            raise click.UsageError(f"there is no file {file}", context)
    found = [of_file(Path(file)) for file in (*files, *_sampled(context, folders, sample, seed))]
    if targets and not slugs:
        return tuple(found)
    return (*found, *_released(context, slugs, output))


def _released(context: click.Context, slugs: Sequence[str], output: Path | None) -> Iterator[Product]:
    from pipeline.publish import last_release
    from pipeline.verify.product import of_release

    folder = output or project_of(context).output
    release = last_release(folder)
    if release is None:
        raise click.UsageError(
            f"there is no release in {folder}: run `openbrief build{f' --output {output}' if output else ''}` first",
            context,
        )
    for slug in slugs:
        known = [brief.metadata.slug for brief in release.briefs]
        if slug not in known:
            raise click.UsageError(unknown("built brief", slug, known), context)
    yield from of_release(folder, release, slugs)


def _holds_copies(target: str) -> bool:
    from pipeline.merge.sample import holds_copies

    return holds_copies(Path(target))


def _sampled(context: click.Context, folders: Sequence[str], sample: int, seed: str) -> Iterator[str]:
    """The files of copies that are drawn from folders, with a word on each; ends with 1 where one is not its row's."""
    from pipeline.merge.sample import drawn
    from pipeline.problem import Refused

    for folder in folders:
        try:
            found = drawn(Path(folder), sample, seed)
        except Refused as refused:
            for problem in refused.problems:
                click.echo(f"{problem.headline}\nhint: {problem.hint}", err=True)
            context.exit(1)
        again = f" with --seed {seed}" if seed else ""
        click.echo(f"{folder}: {found.said}{again}", err=True)
        for file in found.files:
            documents = [file.with_suffix(".docx")] if file.with_suffix(".docx").is_file() else []
            yield from map(str, (file, *documents))


def tallied(outcomes: Iterable[Outcome]) -> list[Tally]:
    """Gather the outcomes by check as they come, and measure how long each one takes."""
    tallies: dict[str, Tally] = {}
    begun = time.perf_counter()
    for outcome in outcomes:
        tally = tallies.setdefault(outcome.check.name, Tally(outcome.check))
        tally.outcomes.append(outcome)
        tally.seconds += time.perf_counter() - begun
        begun = time.perf_counter()
    return list(tallies.values())


def code(tallies: Sequence[Tally]) -> int:
    """1 where something is wrong, else 3 where a tool is missing, else 0."""
    outcomes = [outcome for tally in tallies for outcome in tally.outcomes]
    if any(outcome.findings for outcome in outcomes):
        return 1
    return 3 if any(outcome.missing for outcome in outcomes) else 0


def lines(tallies: Sequence[Tally], columns: int) -> Iterator[str]:
    """A table of the checks, then every finding, then the commands that install what is missing."""
    rows = [
        (each.check.name, each.check.judge, str(len(each.outcomes)), each.result, f"{each.seconds:.1f}")
        for each in tallies
    ]
    yield from table(HEAD, rows, columns)
    for tally in tallies:
        for outcome in tally.outcomes:
            if outcome.findings:
                yield ""
                yield click.style(f"{outcome.product.name}: {tally.check.name}", bold=True)
                for finding in outcome.findings:
                    yield from wrapped(str(finding), columns, "  ", "  ")
    tools = {tool.name: tool.command for tally in tallies for each in tally.outcomes for tool in each.missing}
    for name, command in tools.items():
        yield ""
        yield f"{name} is missing: {command}"
    yield ""
    yield _sum(tallies)


def as_json(tallies: Sequence[Tally]) -> dict[str, Any]:
    """The same for programs."""
    return {
        "code": code(tallies),
        "checks": [
            {
                "name": tally.check.name,
                "judge": tally.check.judge,
                "proves": tally.check.summary,
                "result": tally.result.split()[-1],
                "seconds": round(tally.seconds, 2),
                "products": [_outcome(outcome) for outcome in tally.outcomes],
            }
            for tally in tallies
        ],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "name": outcome.product.name,
        "passed": outcome.passed,
        "findings": [asdict(finding) for finding in outcome.findings],
        "missing": [{"name": tool.name, "command": tool.command} for tool in outcome.missing],
    }


def _sum(tallies: Sequence[Tally]) -> str:
    outcomes = [outcome for tally in tallies for outcome in tally.outcomes]
    passed = sum(outcome.passed for outcome in outcomes)
    missing = sum(bool(outcome.missing) for outcome in outcomes)
    products = count(len({outcome.product.name for outcome in outcomes}), "product")
    parts = [f"{passed} passed", f"{len(outcomes) - passed - missing} failed", f"{missing} not made"]
    return f"{count(len(outcomes), 'check')} of {products}: {', '.join(parts)}"
