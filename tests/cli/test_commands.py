"""check, list, explain and schema give their product on stdout."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.check import RULES
from pipeline.cli import commands
from pipeline.forms import Entry, Metadata, Output
from pipeline.publish import publish
from tests import example


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example library; its styles are empty, since nothing is rendered here."""
    for name, text in example.FILES.items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    style = tmp_path / "assets" / "styles" / "apa-numeric-superscript-brackets.csl"
    style.parent.mkdir(parents=True)
    style.touch()
    return tmp_path


def _ask(project: Path, *arguments: str) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), *arguments])


def _change(project: Path, name: str, old: str, new: str) -> None:
    path = project / "briefs" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_check_finds_nothing_in_a_good_library(project: Path) -> None:
    """Exit code 0, and a sentence that says how much was looked at."""
    result = _ask(project, "check")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "2 briefs checked, no problem found\n")


def test_check_writes_nothing(project: Path) -> None:
    """The project is as it was."""
    before = sorted(project.rglob("*"))
    assert len(before) > 8
    _ask(project, "check")
    assert sorted(project.rglob("*")) == before


def test_check_prints_problems_on_stdout(project: Path) -> None:
    """They are its product; the sum stands on stderr."""
    _change(project, "first-brief.yaml", "[@able-2024]", "[@abel-2024]")
    result = _ask(project, "check")
    assert result.exit_code == 1
    assert result.stdout.startswith("briefs/first-brief.yaml:11:34: error: ")
    assert result.stderr == "1 error in 1 file\n"


def test_check_ends_with_0_for_warnings(project: Path) -> None:
    """A warning is told, and stops nothing."""
    _change(project, "sources.yaml", "references:", "references:\n  - {id: new-2024, type: report, title: New}")
    _change(project, "sources.yaml", "title: New}", "title: New, custom: {read: full}}")
    result = _ask(project, "check")
    assert result.exit_code == 0
    assert "warning: nothing cites the source 'new-2024' [unused-source]" in result.stdout


def test_check_of_one_brief_leaves_the_others_out(project: Path) -> None:
    """Problems in files that the brief isn't made from are not told."""
    _change(project, "first-brief.yaml", "[@able-2024]", "[@abel-2024]")
    assert _ask(project, "check", "second-brief").exit_code == 0
    assert _ask(project, "check", "first-brief").exit_code == 1
    _change(project, "figures/wrecks.yaml", "[able-2024]", "[abel-2024]")
    assert "briefs/figures/wrecks.yaml" in _ask(project, "check", "second-brief").stdout
    assert "briefs/first-brief.yaml" not in _ask(project, "check", "second-brief").stdout


def test_check_of_a_brief_that_cant_be_read_tells_all(project: Path) -> None:
    """Nobody knows then which files it is made from."""
    _change(project, "first-brief.yaml", "[@able-2024]", "[@abel-2024]")
    _change(project, "second-brief.yaml", "title: ", 'title: "')
    result = _ask(project, "check", "second-brief")
    assert "briefs/first-brief.yaml" in result.stdout
    assert "briefs/second-brief.yaml:1:8" in result.stdout


def test_check_tells_programs(project: Path) -> None:
    """One object a line; the last one sums up."""
    *_, end = map(json.loads, _ask(project, "check", "--json").stdout.splitlines())
    assert (end["event"], end["errors"], end["warnings"]) == ("end", 0, 0)


def test_list_shows_every_brief(project: Path) -> None:
    """Slug, date, version, pages and title; pages only of what is put out."""
    metadata = Metadata(
        slug="first-brief",
        title="",
        description="",
        authors=(),
        publisher="",
        series="",
        issued="2026-11-23",
        version="1.0",
        language="en-GB",
        licence="",
        licence_url="",
        keywords=(),
    )
    pdf = Output(path="first-brief/first-brief.pdf", data=b"")
    entry = Entry(metadata=metadata, outputs=(pdf,), pages=3, minutes=1)
    other = Entry(metadata=replace(metadata, name="first-brief-one-page.en-GB"), outputs=(), pages=1, minutes=1)
    publish(project / "public", [entry, other], lambda _: "", whole=True)
    result = _ask(project, "list")
    assert result.exit_code == 0
    assert [line.split(maxsplit=4) for line in result.stdout.replace("3 p.", "3p.").splitlines()] == [
        ["first-brief", "2026-11-23", "1.0", "3p.", "Light every harbour in the country"],
        ["second-brief", "2026-11-23", "1.0", "-", "Pay for every harbour in the country"],
    ]


def test_list_names_what_it_cant_read(project: Path) -> None:
    """The others are listed, and the exit code says that one is missing."""
    _change(project, "second-brief.yaml", "title: ", 'title: "')
    result = _ask(project, "list")
    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 1
    assert result.stderr == "second-brief can't be read: see `openbrief check second-brief`\n"


def test_products_are_not_made_up_where_the_house_cant_be_read(project: Path) -> None:
    """Its plan is unknown then, so none is listed; a brief that can't be read stands for no other."""
    _change(project, "second-brief.yaml", "title: ", 'title: "')
    result = _ask(project, "products", "second-brief")
    assert (result.exit_code, result.stdout) == (1, "")
    assert [line.split()[0] for line in _ask(project, "products").stdout.splitlines()] == ["first-brief"]
    _change(project, "house.yaml", "name: ", "products: [{editions: [onepage]}]\nname: ")
    result = _ask(project, "products")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "briefs/house.yaml can't be read: see `openbrief check`\n"


def test_explain_lists_every_rule() -> None:
    """Name, severity and what is asked, a line each, below the name of what they look at; none is left out."""
    lines = CliRunner().invoke(commands, ["explain"]).stdout.splitlines()
    groups = [line.removesuffix(":") for line in lines if not line.startswith(" ")]
    assert groups == list(dict.fromkeys(rule.group for rule in RULES.values()))
    rules = [line.split() for line in lines if line.startswith("  ")]
    assert [words[0] for words in rules] == list(RULES)
    assert all(words[1] == RULES[words[0]].severity and len(words) > 4 for words in rules)


def test_explain_prints_a_manual() -> None:
    """What is asked, why, and examples."""
    result = CliRunner().invoke(commands, ["explain", "unknown-source"])
    assert result.exit_code == 0
    assert result.stdout == f"{RULES['unknown-source'].manual}\n"


@pytest.mark.parametrize(
    ("term", "said"),
    [
        ("certainty", "certainty, key of an argument: Belief in the whole body of evidence. One of high, moderate,"),
        ("contested", "contested, word of the key `expect`: An attack on it stands unanswered.\n"),
        ("response", "response, key of an objection: Our answer to it.\n"),
        ("weak", "weak, word of the key `strength`: A sign, on which nothing should rest alone.\n"),
    ],
)
def test_explain_says_what_keys_and_words_mean(term: str, said: str) -> None:
    """What a newcomer meets in a file or in print, and takes for a rule."""
    result = CliRunner().invoke(commands, ["explain", term])
    assert result.exit_code == 0
    assert result.stdout.startswith(said)


def test_schema_says_what_has_changed(project: Path) -> None:
    """All files the first time, none the second, the one that was touched the third."""
    first, second = _ask(project, "schema"), _ask(project, "schema")
    names = [path.name for path in sorted((project / "assets" / "schema").iterdir())]
    assert len(names) == 6
    assert sorted(first.stdout.splitlines()) == [f"assets/schema/{name}" for name in names]
    assert second.stdout == ""
    assert second.stderr == "0 schemas of 6 changed\n"
    (project / "assets" / "schema" / names[0]).write_text("{}")
    assert _ask(project, "schema").stdout == f"assets/schema/{names[0]}\n"
