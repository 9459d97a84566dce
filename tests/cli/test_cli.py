"""The command answers quickly, says what is wrong with its use, and ends with the right code."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands, options
from pipeline.product import FORMATS
from pipeline.record import Edition, Reader

ROOT = Path(__file__).parents[2]
NAMES = (
    "build",
    "check",
    "list",
    "products",
    "explain",
    "trace",
    "impact",
    "fragile",
    "balance",
    "figures",
    "map",
    "merge",
    "quotes",
    "export",
    "open",
    "import",
    "links",
    "sources",
    "schema",
    "translate",
    "verify",
)
HEAVY = (
    *("weasyprint", "pydantic", "jinja2", "rich", "pypandoc", "yaml", "nh3", "fontTools"),
    *("importlib.metadata", "jpype", "numpy", "pikepdf", "pypdfium2", "ssl", "http.client"),
)


def _run(*arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pipeline", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT, env={**os.environ, **environment}
    )


@pytest.fixture
def names_only(tmp_path: Path) -> Path:
    """A project of which only the names of files matter."""
    folder = tmp_path / "project" / "briefs"
    (folder / "arguments").mkdir(parents=True)
    for name in ("house", "sources", "open-models", "misuse-risk", "arguments/openness"):
        (folder / f"{name}.yaml").touch()
    return folder.parent


def _ask(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), *arguments])


@pytest.mark.parametrize("name", NAMES)
def test_every_command_has_help_with_an_example(name: str) -> None:
    """The example begins with the command itself."""
    result = CliRunner().invoke(commands, [name, "--help"])
    assert result.exit_code == 0
    assert "Example:\n" in result.stdout
    assert f"  openbrief {name}" in result.stdout


def test_help_lists_the_commands() -> None:
    """The first page of help names every command."""
    stdout = _run("--help").stdout
    assert [line.split()[0] for line in stdout.partition("Commands:\n")[2].splitlines()] == sorted(NAMES)


def test_says_its_version() -> None:
    """One line, name and version."""
    assert _run("--version").stdout == "openbrief 0.1.0\n"


@pytest.mark.parametrize("name", NAMES)
def test_help_loads_nothing_heavy(name: str) -> None:
    """Libraries that take long to load are loaded when there is work for them."""
    script = f"""
import sys
from pipeline.cli import main
try:
    main([{name!r}, "--help"])
finally:
    sys.stderr.write(" ".join(sorted(set(sys.modules) & set({HEAVY!r}))))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "Usage: openbrief" in done.stdout
    assert done.stderr == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("bild",), "No such command 'bild'. Did you mean 'build'?"),
        (("build", "--fromat", "pdf"), "No such option '--fromat'"),
        (("build", "--format", "htm"), "no format is called 'htm'; did you mean 'html'?"),
        (("build", "--format", ""), "no format is called ''; there are pdf, html"),
        (("build", "open-model"), "no brief is called 'open-model'; did you mean 'open-models'?"),
        (("check", "zzz"), "no brief is called 'zzz'"),
        (("build", "../misuse-risk"), "no brief is called '../misuse-risk'"),
        (("build", "house"), "no brief is called 'house'"),
        (
            ("explain", "unknown-sorce"),
            "no rule, key or word is called 'unknown-sorce'; did you mean 'unknown-source'?",
        ),
        (("explain", "certanty"), "no rule, key or word is called 'certanty'; did you mean 'certainty'?"),
        (("list", "x"), "Got unexpected extra argument (x)"),
    ],
)
def test_wrong_usage_ends_with_2(names_only: Path, arguments: tuple[str, ...], said: str) -> None:
    """The error names what was typed and what may have been meant."""
    result = _ask(names_only, *arguments)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stdout == ""


def test_needs_a_project(tmp_path: Path) -> None:
    """Outside a project the error says how to name one."""
    done = _run("-C", tmp_path, "list")
    assert done.returncode == 2
    assert f"there is no briefs/house.yaml in {tmp_path}" in done.stderr
    assert "-C" in done.stderr


@pytest.mark.parametrize(
    "output",
    [
        ".",
        "..",
        "/",
        "briefs",
        "briefs/x",
        "public/../assets/out",
        "templates",
        "build",
        "build/finished",
        "build/kept/x",
        "tests",
        ".venv/x",
    ],
)
def test_finished_briefs_stay_out_of_what_is_read(names_only: Path, output: str) -> None:
    """An output folder that holds the project or lies in its sources is wrong usage, and nothing is written."""
    before = sorted(names_only.rglob("*"))
    done = _run("-C", names_only, "build", "--output", names_only / output)
    assert done.returncode == 2
    assert "finished briefs can't go to" in done.stderr
    assert sorted(names_only.rglob("*")) == before


def test_finds_the_project_from_a_folder_inside(names_only: Path) -> None:
    """The nearest project upwards is the one that is meant."""
    done = _run("-C", names_only / "briefs" / "arguments", "build", "zzz")
    assert "no brief is called 'zzz'" in done.stderr


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("openbrief -C {} build ", ["misuse-risk", "open-models"]),
        ("openbrief -C {} check op", ["open-models"]),
        ("openbrief -C {} build misuse-risk ", ["open-models"]),
        ("openbrief -C / build ", []),
        ("openbrief che", ["check"]),
    ],
)
def test_completes_slugs_from_file_names(names_only: Path, line: str, offered: list[str]) -> None:
    """The shell is offered briefs that exist and are not yet typed; no YAML is read for it."""
    words = line.format(names_only)
    done = _run(_OPENBRIEF_COMPLETE="bash_complete", COMP_WORDS=words, COMP_CWORD=str(len(words.split(" ")) - 1))
    assert [answer.removeprefix("plain,") for answer in done.stdout.split()] == offered


def test_no_colours_where_nobody_sees_them() -> None:
    """What is piped is plain text."""
    assert "\x1b" not in _run("build", "zzz").stderr


def test_a_failing_machine_ends_with_3(tmp_path: Path) -> None:
    """A sentence on stderr, no traceback."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "house.yaml").touch()
    (tmp_path / "assets").touch()
    done = _run("-C", tmp_path, "schema")
    assert done.returncode == 3
    assert done.stderr == f"openbrief: error: can't write to {tmp_path}/assets/schema: Not a directory\n"


def test_json_needs_no_terminal_library() -> None:
    """Every line of --json is an object with an event."""
    done = _run("check", "--json")
    assert done.stdout
    assert all("event" in json.loads(line) for line in done.stdout.splitlines())


def test_options_take_the_names_of_the_model() -> None:
    """They are written twice, since help must not wait for the model to load."""
    assert get_args(Edition) == options.EDITIONS
    assert get_args(Reader) == options.AUDIENCES
    assert options.FORMATS == FORMATS


@pytest.mark.parametrize("typed", ["0/4", "5/4", "3", "a/b", "1/2/3", "-1/4"])
def test_a_part_that_is_none_is_wrong_usage(typed: str) -> None:
    """The right form is shown."""
    done = CliRunner().invoke(commands, ["build", "--shard", typed])
    assert done.exit_code == 2
    assert "write 3/40 for the third of forty" in done.output


@pytest.mark.parametrize(("number", "word", "code"), [("SIGINT", "interrupted", 130), ("SIGTERM", "terminated", 143)])
def test_a_program_that_is_still_being_loaded_ends_in_a_word(number: str, word: str, code: int) -> None:
    """Ctrl-C before there is a command to hear it shows nobody which modules were being read."""
    script = f"""
import os, signal, sys
class Press:
    def find_spec(self, name, *_):
        if name == "pipeline.cli":
            os.kill(os.getpid(), signal.{number})
sys.meta_path.insert(0, Press())
sys.argv = ["openbrief", "list"]
from pipeline.__main__ import main
main()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.returncode, done.stderr, done.stdout) == (code, f"openbrief: {word}\n", "")
