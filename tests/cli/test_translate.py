"""translate extract, update and status keep the files of translators."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import example


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The example library, in English and French."""
    house = example.HOUSE + "products:\n  - languages: [en-GB, fr]\n"
    for name, text in (example.FILES | {"house.yaml": house}).items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path


def ask(project: Path, *arguments: str) -> Result:
    """Run a command of the group."""
    return CliRunner().invoke(commands, ["-C", str(project), "translate", *arguments])


@pytest.mark.parametrize("name", ["extract", "update", "status"])
def test_every_command_of_the_group_has_help_with_an_example(project: Path, name: str) -> None:
    """As the commands above it have."""
    result = ask(project, name, "--help")
    assert result.exit_code == 0
    assert f"  openbrief translate {name}" in result.stdout


def test_extract_prints_a_template(project: Path) -> None:
    """Every text stands in it, without a translation; nothing is written."""
    result = ask(project, "extract")
    assert result.exit_code == 0
    assert result.stdout.count("msgctxt") == result.stdout.count('msgstr ""') - 1 > 60
    assert not (project / "briefs/locale").exists()
    assert ask(project, "extract", "-o", str(project / "x.pot")).stdout == f"{project / 'x.pot'}\n"
    assert (project / "x.pot").read_text(encoding="utf-8") == result.stdout


def test_update_writes_what_products_need(project: Path) -> None:
    """Without a name, it is every language that products are made in; a second time, nothing is left to do."""
    result = ask(project, "update")
    assert (result.exit_code, result.stdout) == (0, "briefs/locale/fr.po\n")
    assert result.stderr.startswith("fr: 0 translated, 0 to look at, ")
    assert ask(project, "update").stdout == ""
    assert ask(project, "update", "pt-BR").stdout == "briefs/locale/pt-BR.po\n"


def test_status_counts(project: Path) -> None:
    """What is done, what is stale and what is still to do."""
    ask(project, "update")
    file = project / "briefs/locale/fr.po"
    text = file.read_text(encoding="utf-8")
    total = text.count("msgctxt")
    file.write_text(text.replace('msgid "A house for examples."\nmsgstr ""', 'msgid "A house for examples."\nmsgstr "Une maison."'), "utf-8")  # fmt: skip # noqa: E501
    assert ask(project, "status").stdout == f"fr: 1 of {total} texts translated; 0 to look at, {total - 1} to do\n"
    house = project / "briefs/house.yaml"
    house.write_text(house.read_text(encoding="utf-8").replace("for examples", "for all"), encoding="utf-8")
    assert ask(project, "status").stdout == f"fr: 0 of {total} texts translated; 1 to look at, {total - 1} to do\n"


@pytest.mark.parametrize("tag", ["French", "../fr", "f", "fr_FR"])
def test_a_name_that_is_no_language_is_wrong_usage(project: Path, tag: str) -> None:
    """Nothing is written."""
    result = ask(project, "update", tag)
    assert result.exit_code == 2
    assert "is no language" in result.output
    assert not (project / "briefs/locale").exists()


@pytest.mark.parametrize(
    ("tag", "says"),
    [
        ("xy", "no language has the code 'xy'"),
        ("en-UK", "no region has the code 'UK'; did you mean 'en-GB'?"),
        ("az-Latm", "no script has the code 'Latm'; did you mean 'Latn'?"),
    ],
)
def test_a_language_that_nobody_speaks_is_wrong_usage(project: Path, tag: str, says: str) -> None:
    """No file is begun for it."""
    result = ask(project, "update", tag)
    assert result.exit_code == 2
    assert says in " ".join(result.output.split())
    assert not (project / "briefs/locale").exists()


def test_nothing_is_written_over_a_broken_file(project: Path) -> None:
    """The problem is told at its line, and the file stays as it is."""
    file = project / "briefs/locale/fr.po"
    file.parent.mkdir()
    file.write_text('msgid "a"\nmsgstr "b', encoding="utf-8")
    result = ask(project, "update")
    assert result.exit_code == 1
    assert "briefs/locale/fr.po:2:1: error: this is no PO file: a text has no end [syntax]" in result.stderr
    assert file.read_text(encoding="utf-8") == 'msgid "a"\nmsgstr "b'


def translations(project: Path) -> tuple[Path, str]:
    """The file of the French translation, and its text in which every text is said."""
    ask(project, "update")
    file = project / "briefs/locale/fr.po"
    head, *messages = file.read_text(encoding="utf-8").split("\n\n")
    told = []
    for message in messages:
        before, _, original = message.strip().removesuffix('msgstr ""').rpartition("msgid ")
        told.append(f"{before}msgid {original}msgstr {original.strip()}")
    return file, "\n\n".join([head, *told]) + "\n"


def checked(project: Path, *arguments: str) -> list[str]:
    """What `check` says of the French translation."""
    result = CliRunner().invoke(commands, ["-C", str(project), "check", *arguments])
    return [line for line in result.stdout.splitlines() if line.startswith("briefs/locale/fr.po")]


def test_check_of_one_brief_tells_of_its_translations(project: Path) -> None:
    """Of the texts that it prints, and of no others; a file that can't be read is told to all that need it."""
    file, good = translations(project)
    file.write_text(good, encoding="utf-8")
    assert checked(project) == []
    for context, briefs in (
        ("brief/first-brief/title", ["first-brief"]),
        ("brief/second-brief/title", ["second-brief"]),
        ("house/description", ["first-brief", "second-brief"]),
    ):
        before, _, after = good.partition(f'msgctxt "{context}"\n')
        file.write_text(f'{before}#, fuzzy\nmsgctxt "{context}"\n{after}', encoding="utf-8")
        assert ["stale-translation" in line for line in checked(project)] == [True]
        assert [brief for brief in ("first-brief", "second-brief") if checked(project, brief)] == briefs
    before, _, after = good.partition('msgctxt "brief/second-brief/title"\n')
    file.write_text(before + after.partition("\n\n")[2], encoding="utf-8")
    assert ["is not in this file" in line for line in checked(project, "second-brief")] == [True]
    assert checked(project, "first-brief") == []
    file.write_text(good.replace("msgid", "mgsid", 1), encoding="utf-8")
    assert len(checked(project, "first-brief")) == len(checked(project, "second-brief")) >= 1


def test_many_texts_without_a_translation_are_one_problem(project: Path) -> None:
    """Up to ten are told one by one; beyond, the file is, with how many are left."""
    file, good = translations(project)
    messages = good.split("\n\n")
    total = len(messages) - 1
    empty = [message.rpartition("msgstr ")[0] + 'msgstr ""' for message in messages]
    file.write_text("\n\n".join([messages[0], *empty[1:11], *messages[11:]]), encoding="utf-8")
    assert ["this has no translation: " in line for line in checked(project)] == [True] * 10
    file.write_text("\n\n".join([messages[0], *empty[1:12], *messages[12:]]), encoding="utf-8")
    (line,) = checked(project)
    assert f"briefs/locale/fr.po:1:1: error: 11 of {total} texts have no translation [untranslated]" in line
    file.unlink()
    (line,) = checked(project)
    assert f"{total} of {total} texts have no translation" in line
