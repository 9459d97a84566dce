"""A library can be told in another language: its texts by context, and back from a translator's file."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import po
from pipeline.argue import argue
from pipeline.catalogue import Catalogue
from pipeline.check import RULES, check
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Problem, Refused
from pipeline.record import Edition
from pipeline.render.article import article
from pipeline.source import read_folder
from pipeline.translation import texts, translated
from tests.example import FILES, ROOT
from tests.render.test_article import STYLE

FRENCH = Catalogue(language="fr", file="briefs/locale/fr.po")
LANGUAGES = "products:\n  - languages: [en-GB, fr]\n"
CLAIM = "argument/lights-help/claim"


def read(root: Path, changes: dict[str, str] | None = None) -> tuple[Library, tuple[Problem, ...]]:
    """The example library, in two languages, with some files changed, and the problems of loading it."""
    files = {**FILES, "house.yaml": FILES["house.yaml"] + LANGUAGES, **(changes or {})}
    for name, text in files.items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    return library, (*reading.problems, *problems)


def with_translations(library: Library, **told: str) -> str:
    """A PO file in which every text of the library is translated: as it stands behind a sign, or as `told`."""
    empty = po.updated(texts(library), "", "Test", FRENCH).text
    blocks = []
    for block, text in zip(empty.strip().split("\n\n")[1:], texts(library), strict=True):
        said = told.get(text.context.rpartition("/")[2] if text.context.startswith("house") else text.context)
        french = f"fr: {text.text}" if said is None else said
        escaped = french.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")
        blocks.append(block.strip().removesuffix('msgstr ""') + f'msgstr "{escaped}"')
    return "\n\n".join([empty.partition("\n\n")[0], *blocks]) + "\n"


def test_every_text_has_a_context_of_its_own(tmp_path: Path) -> None:
    """Contexts are unique, and say where a text stands."""
    library, _ = read(tmp_path)
    found = texts(library)
    contexts = [text.context for text in found]
    assert len(contexts) > 60
    assert len(set(contexts)) == len(contexts)
    assert {CLAIM, "argument/lights-help/grounds/fewer-wrecks/evidence/able-2024/finding"} <= set(contexts)
    assert {"brief/first-brief/title", "house/description", "argument/lights-help/objections/other-coasts/open"} <= set(
        contexts
    )
    assert len({text.mark for text in found}) == len(found)


def test_names_and_numbers_are_no_texts(tmp_path: Path) -> None:
    """What is the same in every language is not given to translators."""
    library, _ = read(tmp_path)
    said = {text.text for text in texts(library)}
    assert not {"Example house", "CC BY 4.0", "able-2024", "2026-11-23", "1.0"} & said


def test_a_library_is_told_anew(tmp_path: Path) -> None:
    """Every text is that of the catalogue, at its place there; the library itself stays as it is."""
    library, _ = read(tmp_path)
    (tmp_path / "briefs/locale").mkdir()
    library, problems = read(tmp_path, {"locale/fr.po": with_translations(library)})
    assert problems == ()
    told = translated(library, "fr")
    assert told.foreign == {}
    assert [text.text for text in texts(told)] == [f"fr: {text.text}" for text in texts(library)]
    claim = told.arguments["lights-help"].mark("claim")
    assert claim.file == "briefs/locale/fr.po"
    assert "Lighthouses make harbours safer." in claim.excerpt
    assert told.house.language == told.briefs["first-brief"].language == "fr"
    assert library.arguments["lights-help"].claim == "Lighthouses make harbours safer."


@pytest.mark.parametrize(("language", "told"), [("en-GB", False), ("de", True), ("en-US", True)])
def test_a_brief_is_in_the_language_of_its_house(language: str, told: bool, tmp_path: Path) -> None:
    """Its arguments are; on a page in another language they would bear no mark. No severity lets it through."""
    house = FILES["house.yaml"]
    brief = f"{FILES['first-brief.yaml']}language: {language}\n"
    library, _ = read(tmp_path, {"house.yaml": house, "first-brief.yaml": brief})
    found = check(library)
    message = f"this brief says it is in '{language}', but its arguments and its house are in 'en-GB'"
    place = f"briefs/first-brief.yaml:{len(brief.splitlines())}:11"
    assert [problem.headline for problem in found] == [f"{place}: error: {message} [brief-language]"] * told
    assert all(f"openbrief translate update {language}" in (problem.hint or "") for problem in found)
    assert not RULES["brief-language"].allowable


def test_what_has_no_translation_keeps_its_language(tmp_path: Path) -> None:
    """A passage in the source's language says so on a page in another one."""
    library, _ = read(tmp_path)
    text = with_translations(library, **{CLAIM: ""})
    library, _ = read(tmp_path, {"locale/fr.po": text})
    told = translated(library, "fr")
    assert told.foreign == {"Lighthouses make harbours safer.": "en-GB"}
    body = article(compose(told, told.briefs["first-brief"], ROOT / "templates", argue(told)), STYLE).body
    assert '<span class="untranslated" lang="en-GB" dir="ltr">Lighthouses make harbours safer.</span>' in body


@pytest.mark.parametrize("edition", ["one-page", "brief"])
def test_a_page_says_what_its_marks_of_another_language_mean(tmp_path: Path, edition: Edition) -> None:
    """Where something on it is marked so, and nowhere else."""
    library, _ = read(tmp_path)
    text = with_translations(library)
    stale = FILES["first-brief.yaml"].replace("bottom_line: ", "bottom_line: Surely, ")
    said = "What is underlined with dots has no translation yet."
    for changes, expected in (({}, 0), ({"first-brief.yaml": stale}, 1)):
        library, _ = read(tmp_path, {"locale/fr.po": text, **changes})
        told = translated(library, "fr", ("first-brief",))
        brief = told.briefs["first-brief"]
        made = compose(told, brief, ROOT / "templates", argue(told), Selection(edition=edition))
        assert made.text.count(said) == expected
        assert [passage.language for passage in made.passages if passage.language] == ["en-GB"] * expected


def rules(library: Library) -> list[tuple[str, str, int]]:
    """The problems of translations: rule, file, line."""
    found = [problem for problem in check(library) if problem.mark.file.endswith(".po")]
    return [(problem.rule, problem.mark.file, problem.mark.line) for problem in found]


def test_a_changed_text_makes_its_translation_stale(tmp_path: Path) -> None:
    """It is one problem, at the line of the message, and the old translation is not printed."""
    library, _ = read(tmp_path)
    text = with_translations(library)
    library, _ = read(tmp_path, {"locale/fr.po": text})
    assert rules(library) == []
    changed = FILES["arguments/lights-help.yaml"].replace("make harbours safer", "make most harbours safer")
    library, _ = read(tmp_path, {"locale/fr.po": text, "arguments/lights-help.yaml": changed})
    stale = [found for found in rules(library) if found[0] == "stale-translation"]
    line = text.splitlines().index('msgid "Lighthouses make harbours safer."') + 1
    assert stale == [("stale-translation", "briefs/locale/fr.po", line)]
    assert translated(library, "fr").arguments["lights-help"].claim == "Lighthouses make most harbours safer."


def test_an_update_marks_what_changed_and_keeps_the_rest(tmp_path: Path) -> None:
    """The translation of a changed text is fuzzy, with the former original; a second update changes nothing."""
    library, _ = read(tmp_path)
    text = with_translations(library)
    changed = FILES["arguments/lights-help.yaml"].replace("make harbours safer", "make most harbours safer")
    library, _ = read(tmp_path, {"arguments/lights-help.yaml": changed})
    done = po.updated(texts(library), text, "Test", FRENCH)
    assert (done.new, done.stale, done.kept) == (0, 1, len(texts(library)) - 1)
    assert '#, fuzzy\n#| msgid "Lighthouses make harbours safer."\nmsgctxt "argument/lights-help/claim"' in done.text
    assert po.updated(texts(library), done.text, "Test", FRENCH).text == done.text


@pytest.mark.parametrize("text", ["65.7% of boats were safer.", "Half of {boats} were safer."])
def test_a_sign_in_a_text_makes_no_format(text: str, tmp_path: Path) -> None:
    """Translators' tools would check `% o` as a place for a value; what is stale is all that is said of a message."""
    library, _ = read(tmp_path)
    before = with_translations(library)
    changed = FILES["arguments/lights-help.yaml"].replace("Lighthouses make harbours safer.", text)
    library, _ = read(tmp_path, {"arguments/lights-help.yaml": changed})
    assert library.arguments["lights-help"].claim == text
    made = (po.template(texts(library), "Test"), po.updated(texts(library), before, "Test", FRENCH).text)
    assert [set(re.findall("^#, (.*)$", each, re.MULTILINE)) for each in made] == [set(), {"fuzzy"}]


@pytest.mark.parametrize("said", ["A light. " * 30, 'Say "light"\n\n- twice,  and\n- more', "former 0", "x" * 300])
def test_a_former_original_is_written_as_gettext_has_it(tmp_path: Path, said: str) -> None:
    """However long it is, each of its lines is a whole string, and it is read back as it was."""
    library, _ = read(tmp_path)
    one = next(text for text in texts(library) if text.context == "argument/lights-help/claim")
    before, after = replace(one, text=said.strip()), replace(one, text="Another text.")
    old = po.updated([before], "", "Test", FRENCH).text
    old = old[: old.rindex('msgstr ""')] + 'msgstr "Phares"\n'
    done = po.updated([after], old, "Test", FRENCH).text
    lines = [line for line in done.splitlines() if line.startswith("#|")]
    assert lines
    assert all(re.fullmatch(r'#\| (?:msgid )?"(?:[^"\\]|\\.)*"', line) for line in lines)
    assert po._unquoted([line.removeprefix("#| ") for line in lines]) == said.strip()
    assert po.updated([after], done, "Test", FRENCH).text == done


def test_an_update_follows_a_text_that_moved(tmp_path: Path) -> None:
    """A ground with another id keeps its translation, and one that goes is kept at the end, to come back."""
    library, _ = read(tmp_path)
    text = with_translations(library)
    moved = FILES["arguments/lights-help.yaml"].replace("fewer-wrecks", "wrecks")
    library, _ = read(tmp_path, {"arguments/lights-help.yaml": moved})
    done = po.updated(texts(library), text, "Test", FRENCH)
    assert (done.new, done.stale) == (0, 0)
    back = po.updated(texts(read(tmp_path)[0]), done.text, "Test", FRENCH)
    assert (back.new, back.stale) == (0, 0)
    unused = [set(re.findall('^#~ (msgctxt ".*")$', each.text, re.MULTILINE)) for each in (done, back)]
    assert unused[0]
    assert not [context for context in unused[1] if f"\n{context}\n" in back.text]


def test_a_translators_own_words_stay(tmp_path: Path) -> None:
    """The head of the file and comments are kept."""
    library, _ = read(tmp_path)
    text = with_translations(library).replace("# Test", "# Translated by Ann.", 1)
    before = '#: briefs/arguments/lights-help.yaml\nmsgctxt "argument/lights-help/claim"'
    text = text.replace(before, f"# A hard one.\n{before}")
    done = po.updated(texts(library), text, "Other", FRENCH).text
    assert done.startswith("# Translated by Ann.\n")
    assert "# A hard one.\n" in done


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("msgid", "no PO file"),
        ('msgid "a"\nmsgstr "b', "no PO file"),
        ("<<<<<<< ours", "no PO file"),
        ('#- msgid "a"', "no PO file"),
        ('msgid "a"\n', "no PO file"),
        ('msgctxt "x"\nmsgid "a"\nmsgstr ""\n\nmsgctxt "x"\nmsgid "b"\nmsgstr ""\n', "twice"),
    ],
)
def test_a_broken_file_is_refused_at_its_line(text: str, says: str, tmp_path: Path) -> None:
    """It is one problem, never a traceback, and the library is loaded without it."""
    library, problems = read(tmp_path, {"locale/fr.po": text})
    assert [says in problem.message for problem in problems] == [True]
    assert problems[0].mark.file == "briefs/locale/fr.po"
    assert "locale/fr" in library.unloaded


@given(st.text(alphabet=st.sampled_from('msgidtrctx"\\ #,|~\n[0]a'), max_size=200))
def test_reading_never_crashes(text: str) -> None:
    """Whatever a file holds, it is read or refused."""
    with suppress(Refused):
        assert po.read(text, "briefs/locale/fr.po", "fr")[0].language == "fr"


@pytest.mark.parametrize(
    ("translation", "says"),
    [
        ("Les épaves ont diminué de 53\u00a0% [@able-2024].", ["adds the number 53 %", "loses the number 35%"]),
        ("Les épaves ont diminué de 35\u00a0%.", ["loses the citation 'able-2024'"]),
        ("Les épaves ont diminué de 35\u00a0% [@able-2024; @baker-2023].", ["adds the citation 'baker-2023'"]),
        ("Les épaves ont diminué de 35\u00a0% [@able-2024].", []),
    ],
)
def test_what_a_translation_loses_is_told_at_its_line(translation: str, says: list[str], tmp_path: Path) -> None:
    """Numbers and citations have to be those of the original."""
    changed = FILES["arguments/lights-help.yaml"].replace("make harbours safer.", "made wrecks 35% fewer [@able-2024].")
    files = {"arguments/lights-help.yaml": changed}
    library, _ = read(tmp_path, files)
    text = with_translations(library, **{CLAIM: translation})
    library, _ = read(tmp_path, {**files, "locale/fr.po": text})
    found = [problem for problem in check(library) if problem.rule == "lost-in-translation"]
    assert [problem.message for problem in found] == [f"this translation {what}" for what in says]
    assert all(problem.mark.excerpt.startswith("msgid") for problem in found)


@pytest.mark.parametrize(
    ("translation", "says"),
    [
        ("Voici.\n\n%s\n\nFin.", []),
        ("Voici %s la fin.", ["these braces place no figure"]),
        ("> %s", ["these braces place no figure"]),
        ("```\n%s\n```", ["a fence of code stands around this figure"]),
        ("~~~~ {.x}\n```\n%s\n~~~~", ["a fence of code stands around this figure"]),
        ("```\nx\n```\n%s", []),
    ],
)
def test_a_translation_places_figures_as_a_brief_does(translation: str, says: list[str], tmp_path: Path) -> None:
    """On a line of its own that is no code; elsewhere it would be printed as it stands, and the figure be lost."""
    background = (translation % '{{ figure("wrecks") }}').replace("\n", "\n  ")
    before = FILES["first-brief.yaml"].partition("background: |\n")[2].partition("arguments:")[0]
    brief = FILES["first-brief.yaml"].replace(before, f"  {background}\n")
    library, problems = read(tmp_path, {"first-brief.yaml": brief})
    assert not problems
    assert [problem.message for problem in check(library) if problem.rule == "unknown-figure"] == says
    library, _ = read(tmp_path, {"first-brief.yaml": FILES["first-brief.yaml"]})
    said = "[@able-2024]\n\n" + translation % '{{ figure("wrecks") }}'
    text = with_translations(library, **{"brief/first-brief/background": said})
    (tmp_path / "briefs/locale").mkdir()
    library, _ = read(tmp_path, {"locale/fr.po": text})
    found = [problem for problem in check(library) if problem.rule == "unknown-figure"]
    assert [problem.message for problem in found] == says
    line = text.splitlines().index('msgctxt "brief/first-brief/background"') + 2
    assert {(problem.mark.file, problem.mark.line) for problem in found} <= {("briefs/locale/fr.po", line)}


def test_a_translator_may_say_why(tmp_path: Path) -> None:
    """A comment in the file allows one difference."""
    changed = {"house.yaml": FILES["house.yaml"].replace("A house for examples.", "A house with 40 rooms.") + LANGUAGES}
    library, _ = read(tmp_path, changed)
    text = with_translations(library, description="Une maison de quarante pièces.")
    library, _ = read(tmp_path, {**changed, "locale/fr.po": text})
    assert [problem.rule for problem in check(library)] == ["lost-in-translation"]
    reason = "# openbrief: allow lost-in-translation because forty stands in words\n"
    text = text.replace('#: briefs/house.yaml\nmsgctxt "house/description"',
                        f'{reason}#: briefs/house.yaml\nmsgctxt "house/description"')  # fmt: skip
    library, _ = read(tmp_path, {**changed, "locale/fr.po": text})
    assert check(library) == ()
