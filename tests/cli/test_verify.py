"""`openbrief verify` tells what is proven, what is wrong and what could not be looked at, and ends accordingly."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.forms import Entry, Metadata, Output
from pipeline.manifest import manifest
from pipeline.render.pdf import pdf
from pipeline.verify import tools
from tests.render.paper import ASSETS, page

OWN = ("--only", "fonts", "--only", "syntax")


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PDF that nothing is wrong with."""
    path = tmp_path_factory.mktemp("verify") / "good.pdf"
    path.write_bytes(pdf(page("<p>Lights save ships.</p>"), ASSETS).data)
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A file that is no PDF."""
    (tmp_path / "broken.pdf").write_text("Lights save ships.", encoding="utf-8")
    return tmp_path / "broken.pdf"


def _ask(*arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["verify", *map(str, arguments)])


def test_a_good_file_ends_with_0(good: Path) -> None:
    """One row a check, and a sum; no project is needed for it."""
    result = _ask(good, *OWN)
    assert result.exit_code == 0
    head, *rows, gap, last = result.stdout.splitlines()
    assert head.split() == ["check", "judge", "files", "result", "seconds"]
    assert [row.split()[:4] for row in rows] == [
        ["syntax", "qpdf", "1", "passed"],
        ["fonts", "openbrief", "1", "passed"],
    ]
    assert gap == ""
    assert last == "2 checks of 1 product: 2 passed, 0 failed, 0 not made"


def test_a_finding_ends_with_1(good: Path, broken: Path) -> None:
    """What is wrong stands below the table, with the file and the check."""
    result = _ask(good, broken, *OWN)
    assert result.exit_code == 1
    assert "broken.pdf: syntax\n" in result.stdout
    assert "1 failed" in result.stdout
    assert "good.pdf:" not in result.stdout
    assert "4 checks of 2 products: 2 passed, 2 failed, 0 not made" in result.stdout


def test_a_missing_tool_ends_with_3(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What could not be made is told with the command that helps."""
    monkeypatch.setenv("PATH", "")
    tools._has_java.cache_clear()
    try:
        result = _ask(good, "--only", "pdf-ua", "--only", "fonts")
    finally:
        tools._has_java.cache_clear()
    assert result.exit_code == 3
    assert "Java is missing: apt-get install -y --no-install-recommends default-jre-headless" in result.stdout
    assert "1 passed, 0 failed, 1 not made" in result.stdout


def test_programs_get_the_same(broken: Path) -> None:
    """The JSON has each check with its judge, what it proves, and the findings of each product."""
    result = _ask(broken, "--only", "fonts", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    assert told["code"] == 1
    (check,) = told["checks"]
    assert (check["name"], check["judge"], check["result"]) == ("fonts", "openbrief", "failed")
    (product,) = check["products"]
    assert product["name"] == "broken.pdf"
    assert not product["passed"]
    assert product["findings"][0]["message"].startswith("the file can't be followed any further")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nowhere.pdf",), "there is no file nowhere.pdf"),
        (("--only", "font"), "no check is called 'font'; did you mean 'fonts'?"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: tuple[str, ...], said: str) -> None:
    """The error names what was typed."""
    result = _ask(*arguments)
    assert result.exit_code == 2
    assert said in result.stderr


def test_nothing_is_proven_of_nothing(tmp_path: Path) -> None:
    """A page, where only PDFs are looked at, is not passed over in silence."""
    (tmp_path / "page.html").write_text("<p>Lights</p>", encoding="utf-8")
    result = _ask(tmp_path / "page.html", "--only", "fonts")
    assert result.exit_code == 2
    assert "none of these checks looks at such a file" in result.stderr


def test_a_release_elsewhere_is_verified(good: Path, tmp_path: Path) -> None:
    """`--output` names the folder of a release, and no project is needed; where there is none, it says so."""
    assert "there is no release in" in _ask("--output", tmp_path).stderr
    (tmp_path / "one").mkdir()
    (tmp_path / "one/one.pdf").write_bytes(good.read_bytes())
    known = Metadata(
        slug="one", title="One", description="", authors=(), publisher="", series="", issued="2026-11-23", version="1",
        language="en-GB", licence="", licence_url="", keywords=(),
    )  # fmt: skip
    entry = Entry(metadata=known, outputs=(Output(path="one/one.pdf", data=good.read_bytes()),), pages=1, minutes=1)
    (tmp_path / "manifest.json").write_bytes(manifest([entry], [], {}).data)
    result = _ask("--output", tmp_path, *OWN)
    assert result.exit_code == 0
    assert "2 checks of 1 product: 2 passed" in result.stdout
    assert _ask("one", "--output", tmp_path, *OWN).exit_code == 0
    assert "no built brief is called 'two'" in _ask("two", "--output", tmp_path, *OWN).stderr


def test_without_a_release_there_is_nothing_to_verify(tmp_path: Path) -> None:
    """A project that was never built says so."""
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs" / "house.yaml").touch()
    result = CliRunner().invoke(commands, ["-C", str(tmp_path), "verify"])
    assert result.exit_code == 2
    assert "run `openbrief build` first" in result.stderr
