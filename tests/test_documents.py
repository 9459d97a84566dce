"""The documents at the root say what is true of the code."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.cli import _code, commands
from pipeline.verify import CHECKS

ROOT = Path(__file__).parents[1]


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _modules() -> set[str]:
    """The last names of all modules but the rules, which `openbrief explain` lists, and the checks of products."""
    paths = [path for path in (ROOT / "pipeline").rglob("*.py") if path.parent.name != "check"]
    names = {path.parent.name if path.stem == "__init__" else path.stem for path in paths}
    assert len(names) > 30
    return names - {"pipeline", *(name.replace("-", "_") for name in CHECKS)}


def test_the_architecture_names_every_module() -> None:
    """A module that the page doesn't name can't be found by a newcomer."""
    named = {part for code in re.findall(r"`([\w.]+)`", _text("ARCHITECTURE.md")) for part in code.split(".")}
    assert not _modules() - named


def test_the_architecture_names_what_exists() -> None:
    """Each path that the page names is there."""
    paths = re.findall(r"`((?:pipeline|templates|assets|tests|briefs)/[\w./-]*)`", _text("ARCHITECTURE.md"))
    assert len(paths) > 10
    assert not [path for path in paths if not (ROOT / path).exists()]


DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    *(f"assets/docs/{path.name}" for path in (ROOT / "assets/docs").glob("*.md")),
]


def test_every_check_of_products_is_described() -> None:
    """The table has each check in its order, with its judge and the first sentence of its manual."""
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \| (\w.*) \|$", _text("assets/docs/verifying.md"), re.MULTILINE)
    assert rows == [(check.name, check.summary, check.judge) for check in CHECKS.values()]


def test_links_between_documents_lead_somewhere() -> None:
    """Relative links and pictures exist."""
    links = [(name, link) for name in DOCUMENTS for link in re.findall(r"\]\(([^)#]+)\)", _text(name))]
    inside = [(name, link) for name, link in links if "://" not in link]
    assert len(inside) > 5
    assert not [(name, link) for name, link in inside if not ((ROOT / name).parent / link).exists()]


def test_the_readme_leads_to_every_page() -> None:
    """A page of assets/docs that nobody names can't be found."""
    pages = {name for name in DOCUMENTS if name.startswith("assets/docs/")}
    assert len(pages) >= 3
    assert not [page for page in pages if f"({page})" not in _text("README.md")]


def _shown(name: str) -> Iterator[tuple[str, str]]:
    """Each command that a document shows, and what the document says it prints."""
    for block in re.findall(r"^```(?:console|text)\n(.*?)^```", _text(name), re.MULTILINE | re.DOTALL):
        parts = re.split(r"^\$ (?:\.venv/bin/)?openbrief (.*)\n", block, flags=re.MULTILINE)
        yield from zip(parts[1::2], parts[2::2], strict=True)


STARTING = "assets/docs/starting.md"


def _copied(place: Path) -> None:
    """Copy the shipped library."""
    shutil.copytree(ROOT / "briefs", place / "briefs")
    for name in ("assets", "templates"):
        (place / name).symlink_to(ROOT / name)


def test_the_example_of_a_new_brief_is_whole(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Copied into the shipped library, its two files have the one problem that the page shows."""
    _copied(tmp_path)
    files = re.findall(r"^```yaml\n(.*?)^```", _text(STARTING), re.MULTILINE | re.DOTALL)
    for path, text in zip(("arguments/reuse-saves.yaml", "reuse.yaml"), files, strict=True):
        assert f"`briefs/{path}`" in _text(STARTING)
        (tmp_path / "briefs" / path).write_text(text, encoding="utf-8")
    ((_, said),) = _shown(STARTING)
    assert _code(["-C", str(tmp_path), "check"]) == 0
    told = capsys.readouterr()
    assert (told.out + told.err).startswith(said.splitlines()[0])
    assert "1 warning in 1 file" in told.out + told.err
    assert _code(["-C", str(tmp_path), "trace", "reuse"]) == 0
    labels = re.findall(r"^(?:Recommendation|Key message) \d, (\w+)", capsys.readouterr().out, re.MULTILINE)
    assert labels == ["accepted"] * 4


def test_a_plain_response_is_refused_as_the_page_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`response: …` names both keys, as newcomers are told."""
    _copied(tmp_path)
    first, *_ = re.findall(r"^```yaml\n(.*?)^```", _text(STARTING), re.MULTILINE | re.DOTALL)
    plain = re.sub(r"    response:\n(?:      .*\n)+", "    response: It is an upper bound.\n", first)
    assert "`response: It is an upper bound.`" in _text(STARTING)
    (tmp_path / "briefs/arguments/reuse-saves.yaml").write_text(plain, encoding="utf-8")
    assert _code(["-C", str(tmp_path), "check"]) == 1
    assert "the keys known here are text, evidence" in capsys.readouterr().out


COMMANDS = [shown for name in DOCUMENTS if name != STARTING for shown in _shown(name)]


@pytest.mark.parametrize(("command", "said"), COMMANDS)
def test_commands_print_what_documents_show(
    command: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over the shipped library, line for line; a line with nothing but three dots stands for any lines."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795435200")
    _code(["-C", str(ROOT), *shlex.split(command)])
    pattern = "".join(r"(?:.*\n)*?" if line == "…" else re.escape(line) + r"\n" for line in said.rstrip().split("\n"))
    told = capsys.readouterr()
    assert re.match(pattern, told.out + told.err), command


def test_no_mark_of_a_merge_is_left() -> None:
    """A conflict that was not resolved stands in no text of the project."""
    folders = ("pipeline", "templates", "briefs", "assets/docs", "assets/css")
    files = [path for folder in folders for path in (ROOT / folder).rglob("*.*") if path.suffix != ".pyc"]
    files += [*ROOT.glob("*.md"), *ROOT.glob("*.toml"), ROOT / "Makefile"]
    assert len(files) > 200
    marked = re.compile(rb"^(?:<{7}|>{7}) ", re.MULTILINE)
    assert not [path for path in files if path.is_file() and marked.search(path.read_bytes())]


def test_the_readme_shows_the_two_commands_early() -> None:
    """A newcomer sees them without scrolling."""
    head = _text("README.md").splitlines()[:12]
    assert any("make briefs" in line for line in head)
    assert any("make test" in line for line in head)


def test_the_readme_lists_every_command() -> None:
    """What the command offers is what the table says."""
    listed = set(re.findall(r"^\| `openbrief (\w+)", _text("README.md"), re.MULTILINE))
    assert len(listed) >= 5
    assert listed == set(commands.commands)


def test_the_changelog_lists_newest_first() -> None:
    """Its sections are what is unreleased, then versions from new to old."""
    sections = re.findall(r"^## \[([^\]]+)\]", _text("CHANGELOG.md"), re.MULTILINE)
    versions = [tuple(map(int, name.split("."))) for name in sections if name != "Unreleased"]
    assert sections
    assert sections.count("Unreleased") <= 1
    assert "Unreleased" not in sections[1:]
    assert versions == sorted(versions, reverse=True)
