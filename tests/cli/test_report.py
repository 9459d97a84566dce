"""What the user is told is plain where it is piped, coloured where it is seen, and steers no terminal."""

from __future__ import annotations

import io
import json
import os
import pty
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest

from pipeline.cli.report import JsonLines, Report, count, released, styled, tell
from pipeline.cli.watch import Watch, reporting
from pipeline.problem import Mark, Problem, Refused
from pipeline.publish import Release

ROOT = Path(__file__).parents[2]
MARK = Mark(file="briefs/a.yaml", line=2, column=3, excerpt="  x: \x1b]0;mine\x07\u202e")
ERROR = Problem(mark=MARK, message="this is \x9bwrong", rule="wrong-value", hint="mend it")
WARNING = Problem(mark=Mark(file="briefs/b.yaml"), message="this is odd", rule="odd", severity="warning")


def test_a_problem_keeps_its_text_and_loses_what_steers_a_terminal() -> None:
    """Control characters show as U+FFFD, so that the caret stays in its place."""
    lines = click.unstyle(styled(ERROR)).split("\n")
    assert lines == [
        "briefs/a.yaml:2:3: error: this is \ufffdwrong [wrong-value]",
        "      x: \ufffd]0;mine\ufffd\ufffd",
        "      ^",
        "hint: mend it",
    ]


def _release(files: int) -> Release:
    written = (*(f"a/{number}.pdf" for number in range(files)), "index.html")
    left_out = {"a": ("a#contested-1", "x/y"), "a-one-page": ("a#box-1",)}
    return Release(root=Path("/house/public"), outputs=(), written=written, removed=(), left_out=left_out)


def test_long_lists_are_summed_up(capsys: pytest.CaptureFixture[str]) -> None:
    """Many files are a line for each folder, and what had no room is one that says how all of it is seen."""
    released(Report(sys.stderr), _release(12), why=False)
    told = capsys.readouterr()
    assert told.out.splitlines() == ["/house/public/a/: 12 files", "/house/public/index.html"]
    assert told.err.splitlines()[0] == (
        "3 parts had no room in 2 products, which say so; `openbrief build --verbose` lists them"
    )


@pytest.mark.parametrize(("files", "verbose", "why"), [(11, False, False), (12, True, False), (12, False, True)])
def test_all_is_named_where_it_is_little_or_asked_for(
    files: int, verbose: bool, why: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Up to a dozen files always; all of them, and all that had no room, where that is asked for."""
    released(Report(sys.stderr), _release(files), why=why, verbose=verbose)
    told = capsys.readouterr()
    assert (len(told.out.splitlines()) == files + 1) is not why
    assert ("a has no room for 2 parts: contested-1, x/y" in told.err) is (verbose or why)


def test_programs_are_told_of_everything(capsys: pytest.CaptureFixture[str]) -> None:
    """Each file and each product, however many."""
    released(JsonLines(sys.stdout), _release(40), why=False)
    events = [json.loads(line)["event"] for line in capsys.readouterr().out.splitlines()]
    assert (events.count("file"), events.count("left-out")) == (41, 2)


def test_a_problem_has_colours_for_terminals() -> None:
    """Errors are red, warnings yellow."""
    assert "\x1b[31merror" in styled(ERROR)
    assert "\x1b[33mwarning" in styled(WARNING)


@pytest.mark.parametrize(
    ("problems", "coda", "sentence"),
    [
        (
            [ERROR, WARNING, WARNING],
            "nothing was published",
            "1 error and 2 warnings in 2 files; nothing was published",
        ),
        ([WARNING], "", "1 warning in 1 file"),
        ([], "5 files written", "5 files written"),
    ],
)
def test_sums_up(problems: list[Problem], coda: str, sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    """One sentence on stderr; the answer is whether there were errors."""
    shown = io.StringIO()
    assert tell(Report(shown), problems, coda) is any(problem.severity == "error" for problem in problems)
    assert capsys.readouterr().err == f"{sentence}\n"
    assert "\x1b" not in shown.getvalue()


def test_tells_programs_everything() -> None:
    """A problem has all its fields, and the end all figures."""
    shown = io.StringIO()
    tell(JsonLines(shown), [ERROR], "nothing was published", written=0)
    problem, end = map(json.loads, shown.getvalue().splitlines())
    assert problem == {
        "event": "problem",
        "file": "briefs/a.yaml",
        "line": 2,
        "column": 3,
        "severity": "error",
        "message": "this is \x9bwrong",
        "rule": "wrong-value",
        "hint": "mend it",
    }
    assert (end["errors"], end["warnings"], end["written"]) == (1, 0, 0)


def test_refused_content_ends_with_1(capsys: pytest.CaptureFixture[str]) -> None:
    """The problems are told, and the exit code is set."""
    with pytest.raises(click.exceptions.Exit) as ended, reporting(Report(sys.stderr), "nothing was published"):
        raise Refused([ERROR])
    assert ended.value.exit_code == 1
    assert "1 error in 1 file; nothing was published" in capsys.readouterr().err


def test_an_interruption_that_a_library_swallows_is_raised_when_the_stage_ends() -> None:
    """Some engines catch everything; Ctrl-C must stop the build all the same, and the next run starts afresh."""
    before = signal.getsignal(signal.SIGINT)
    swallowed = pytest.raises(KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt), reporting(Report(sys.stderr), "") as watch, watch("pdf", "a"), swallowed:
        signal.raise_signal(signal.SIGINT)
    assert signal.getsignal(signal.SIGINT) is before


class _InterruptedWhenCollected:
    """Gets Ctrl-C in its finalizer, as a pool of processes may: Python prints what is raised there, and goes on."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.parametrize("stages", [(), ("publish",)])
def test_an_interruption_that_python_swallows_is_raised(
    stages: tuple[str, ...], capfd: pytest.CaptureFixture[str]
) -> None:
    """No stage begins after it, no command ends well, and nothing is printed of it."""
    begun, hook = [], sys.unraisablehook

    def command() -> None:
        with reporting(Report(sys.stderr), "") as watch:
            one = _InterruptedWhenCollected()
            del one
            for stage in stages:
                with watch(stage, ""):
                    begun.append(stage)

    with pytest.raises(KeyboardInterrupt):
        command()
    assert not begun
    assert capfd.readouterr() == ("", "")
    assert sys.unraisablehook is hook


def test_what_else_a_finalizer_raises_goes_where_it_went(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only our own signal is known from elsewhere."""
    told: list[sys.UnraisableHookArgs] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)

    class Faulty:
        def __del__(self) -> None:
            raise ValueError("seen")

    with reporting(Report(sys.stderr), ""):
        one = Faulty()
        del one
    assert [each.exc_type for each in told] == [ValueError]


def test_a_stage_that_fails_is_told_as_not_done() -> None:
    """The time of a stage is told even when it was refused."""
    shown = io.StringIO()
    with pytest.raises(Refused), Watch(JsonLines(shown))("page", "a"):
        raise Refused([ERROR])
    event = json.loads(shown.getvalue())
    assert (event["stage"], event["brief"], event["done"]) == ("page", "a", False)


def test_counts_in_words() -> None:
    """One file, two files."""
    assert [count(number, "file") for number in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


ON_A_TERMINAL = """
import sys
from pipeline.cli.report import tell
from pipeline.cli.watch import report_for, reporting
with reporting(report_for(as_json=False, problems_to=sys.stderr), "") as watch:
    for brief in ("", "first", "second"):
        for stage in ("compose", "pdf"):
            with watch(stage, brief):
                pass
    tell(watch.report, [], "done")
"""


def test_shows_a_line_for_each_brief_on_a_terminal() -> None:
    """Every brief has its line, with its stages and their times."""
    try:
        ours, theirs = pty.openpty()
    except OSError:
        pytest.skip("this machine gives out no terminals")
    with subprocess.Popen(
        [sys.executable, "-c", ON_A_TERMINAL], stderr=theirs, cwd=ROOT, env={**os.environ, "TERM": "xterm"}
    ) as process:
        os.close(theirs)
        said = b""
        try:
            while block := os.read(ours, 65_536):
                said += block
        except OSError:  # the other end is closed
            pass
    os.close(ours)
    assert process.returncode == 0
    lines = [line.split() for line in click.unstyle(said.decode()).replace("\r", "\n").split("\n")]
    for brief in ("first", "second"):
        assert [brief, "compose", "0.00", "s", "pdf", "0.00", "s"] in lines
    assert ["compose", "0.00", "s"] in lines
    assert ["done"] in lines
