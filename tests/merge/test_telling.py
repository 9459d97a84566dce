"""What members get otherwise than the brief for everyone, or in another language, is told when copies are made."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from pipeline.merge import Merging, Wanted, checked
from pipeline.project import Project
from tests.merge import invited
from tests.merge.alone import alone, words

PEOPLE = """\
name,district,language
Anna Karlsson,Dalarna,
Uwe Groß,Köln,de
محمد العربي,الدار البيضاء,ar
"""
BODY = "The brief on the next pages says what a light does."


def _make(root: Path) -> Path:
    """A letter in four languages, of which one has some translations, and the body of the letter none."""
    path = invited.make_in_two_languages(root, invited.COVERED)
    brief, house, catalogue = (root / f"briefs/{name}" for name in ("first-brief.yaml", "house.yaml", "locale/ar.po"))
    brief.write_text(brief.read_text(encoding="utf-8").replace("[en-GB, ar]", "[en-GB, ar, fr, de]"), encoding="utf-8")
    house.write_text(house.read_text(encoding="utf-8").replace('untranslated: "off"', "untranslated: warning"))
    said = catalogue.read_text(encoding="utf-8")
    start = said.index('msgstr "تقول')
    catalogue.write_text(f'{said[:start]}msgstr ""{said[said.index(chr(10), start) :]}', encoding="utf-8")
    for language in ("fr", "de"):
        head = f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {language}\\n"\n'
        (root / f"briefs/locale/{language}.po").write_text(head)
    path.write_text(PEOPLE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Letters whose body is in English, whatever the language of their row."""
    root = tmp_path_factory.mktemp("untranslated")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), _make(root))


def test_letters_in_another_language_than_their_row_are_told(merging: Merging) -> None:
    """Once for each language that somebody on the list has, and at its file."""
    told = [(problem.mark.file, problem.rule, problem.severity) for problem in merging.problems]
    assert told == [(f"briefs/locale/{language}.po", "untranslated", "warning") for language in ("ar", "de")]
    assert merging.problems[1].message.startswith("copies in 'de' have ")
    assert merging.problems[1].message.endswith(" texts in 'en-GB': they are not translated")


def test_what_is_not_translated_is_marked(merging: Merging) -> None:
    """The body of a letter as any other text, in its own language and direction; its slots keep theirs."""
    article = merging.masters["ar"].cover_article
    assert article
    start = article.body.index('<div class="untranslated" lang="en-GB" dir="ltr">')
    assert BODY in article.body[start:]
    slot = article.body.index('data-slot="3"', start)
    assert 'lang="ar" dir="rtl"' in article.body[slot : article.body.index(">", slot)]


def test_a_letter_has_the_day_in_any_language(merging: Merging) -> None:
    """A German one begins as a list does in Markdown."""
    assert "23. November 2026" in words(alone(merging, list(merging.entries)[1]))[0]


def _ask(root: Path, path: Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(root), "merge", "first-brief", str(path), "--dry-run"])


def test_parts_that_a_letter_leaves_no_room_for_are_told(tmp_path: Path) -> None:
    """As a build tells them."""
    path = invited.make(tmp_path)
    brief = tmp_path / "briefs/first-brief.yaml"
    long = "\n\n".join(["    Winter is near, and harbours are dark."] * 24)
    said = brief.read_text(encoding="utf-8").replace("  called: Copy", f"\n{long}\n  called: Copy")
    brief.write_text(f"{said}products:\n  - editions: [one-page]\n", encoding="utf-8")
    result = _ask(tmp_path, path)
    assert result.exit_code == 0, result.stderr
    assert "first-brief has no room for 5 parts: figure-wrecks, " in result.stderr


def test_errors_of_the_merged_brief_come_first_and_alone(tmp_path: Path) -> None:
    """What is said of other briefs is left to `check`."""
    path = invited.make(tmp_path, invited.BRIEF.replace("recipient.greeting", "recipient.greetin"))
    other = invited.BRIEF.replace("recipient.greeting", "recipient.greetinx")
    (tmp_path / "briefs/second-brief.yaml").write_text(other, encoding="utf-8")
    result = _ask(tmp_path, path)
    assert result.exit_code == 1
    assert result.stderr.startswith("briefs/first-brief.yaml:")
    assert "error: no slot for recipients is called 'greetin'" in result.stderr.splitlines()[0]
    assert "second-brief" not in result.stderr


def test_copies_that_change_their_numbers_are_told(tmp_path: Path) -> None:
    """Where that is most of them, with what prevents it; Word documents go for it that nobody asked to have anew."""
    path, copies = invited.make(tmp_path), tmp_path / "copies"
    asked = ["-C", str(tmp_path), "merge", "first-brief", str(path), "-o", str(copies)]
    path.write_text("name,district\nAnna,A\nBengt,B\nCarin,C\n")
    assert CliRunner().invoke(commands, [*asked, "--docx"]).exit_code == 0
    kept = CliRunner().invoke(commands, [*asked, "--clean"]).stderr
    assert "0 files written, 3 there already\n" in kept
    assert len(list(copies.glob("*.docx"))) == 3
    path.write_text("name,district\nBengt,B\nCarin,C\n")
    said = CliRunner().invoke(commands, [*asked, "--clean"]).stderr
    assert "6 outdated files removed, of which 3 .docx (--docx makes those of this list)" in said
    assert "2 copies have other numbers: give the list a column 'file'" in said
    path.write_text("name,district\nBengt,B\nCarin,C\nDag,D\n")
    assert "other numbers" not in CliRunner().invoke(commands, asked).stderr
