"""What pages print is in the catalogues: every message, in every language, with all its values."""

from __future__ import annotations

import gettext
import os
import re
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog
from jinja2 import Environment
from jinja2.ext import extract_from_ast

from pipeline.problem import Refused, ToolFailed
from pipeline.wording.catalogues import (
    PRINTS,
    Message,
    catalogue,
    in_python,
    in_template,
    merged,
    template_of,
    wording,
)
from pipeline.wording.said import PLACE

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "assets" / "locale"
POT = LOCALE / "messages.pot"


@cache
def _messages() -> tuple[Message, ...]:
    return tuple(_found())


def _found() -> Iterator[Message]:
    for path in sorted({*(ROOT / "pipeline").rglob("*.py")} - {ROOT / "pipeline" / "bootstrap.py"}):
        yield from in_python(path.read_text(encoding="utf-8"), path.relative_to(ROOT).as_posix())
    for path in sorted((ROOT / "templates").rglob("*.jinja")):
        text = path.read_text(encoding="utf-8")
        yield from in_template(_calls(text, PRINTS), path.relative_to(ROOT).as_posix())


def _calls(text: str, functions: Collection[str]) -> Iterator[tuple[int, str, tuple[str, ...]]]:
    """Yield the calls of some functions in a template: the line, the function and the texts it is given."""
    parsed = Environment(autoescape=True).parse(text)
    for line, function, texts in extract_from_ast(parsed, tuple(functions), babel_style=False):
        yield line, function, tuple(str(each) for each in texts or ())


def test_messages_are_found() -> None:
    """The walk finds what templates and what Python prints."""
    files = {message.file for message in _messages()}
    assert {"templates/page.html.jinja", "templates/manuscript/colophon.md.jinja", "pipeline/argue.py"} <= files
    assert len(_messages()) > 200


def test_the_template_is_current() -> None:
    """messages.pot has every message and no other; `make messages` writes it anew, and brings catalogues up to it."""
    text = template_of(_messages())
    if os.environ.get("OPENBRIEF_MESSAGES"):
        POT.write_text(text, encoding="utf-8")
        for path in LOCALE.glob("*.po"):
            path.write_text(merged(path.read_text(encoding="utf-8"), text), encoding="utf-8")
        assert POT.read_text(encoding="utf-8") == text
    assert _keys(catalogue(POT.read_text(encoding="utf-8"))) == _keys(catalogue(text))


def _keys(messages: Catalog) -> set[tuple[str | None, str, str]]:
    """What is to be translated, wherever it stands."""
    pairs = ((entry.context, (entry.id, "") if isinstance(entry.id, str) else entry.id) for entry in messages)
    return {(context, one, several) for context, (one, several) in pairs}


def test_a_message_is_one_in_all_its_places() -> None:
    """The same words in the same context have one plural, or none."""
    plurals: dict[tuple[str, str], set[str]] = {}
    for each in _messages():
        plurals.setdefault((each.context, each.message), set()).add(each.plural)
    assert not [message for message, several in plurals.items() if len(several) > 1]


def test_nothing_in_a_message_is_markup_of_pages() -> None:
    """A message stands in text and in attributes alike: it holds no tag and no straight quotation mark."""
    assert not [each for each in _messages() if set('<>&"') & set(each.message + each.plural)]


LANGUAGES = ("ar", "de", "es", "fr")


def _catalogue(language: str) -> Catalog:
    return catalogue((LOCALE / f"{language}.po").read_text(encoding="utf-8"))


def _entries(messages: Catalog) -> dict[tuple[str, str], tuple[str, ...]]:
    found = {}
    for entry in messages:
        if entry.id:
            key = entry.id if isinstance(entry.id, str) else entry.id[0]
            found[entry.context or "", key] = (
                (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
            )
    return found


def test_the_languages_are_there() -> None:
    """Every catalogue is one that the tests know."""
    assert tuple(sorted(path.stem for path in LOCALE.glob("*.po"))) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete(language: str) -> None:
    """Each message has a translation in every form, none is fuzzy, none is left over."""
    messages = _catalogue(language)
    entries = _entries(messages)
    assert set(entries) == {(each.context, each.message) for each in _messages()}
    assert not [key for key, forms in entries.items() if not all(form.strip() for form in forms)]
    assert not [entry.id for entry in messages if entry.id and entry.fuzzy]
    assert not messages.obsolete


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_its_values(language: str) -> None:
    """Every form has the values of its message and no others; a count may be a word of its own but in the last form."""
    entries = _entries(_catalogue(language))
    for each in _messages():
        forms = entries[each.context, each.message]
        for form in forms:
            assert set(PLACE.findall(form)) | {"number", "figures"} == each.places | {"number", "figures"}, form
        assert set(PLACE.findall(forms[-1])) == each.places, forms[-1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_its_markup(language: str) -> None:
    """What is emphasised or linked stays so, and no tag comes in."""
    for (_, message), forms in _entries(_catalogue(language)).items():
        for form in forms:
            assert form.count("*") == message.count("*"), form
            assert re.findall(r"\]\([^)]*\)", form) == re.findall(r"\]\([^)]*\)", message), form
            assert not set('<>&"') & set(form), form


@pytest.mark.parametrize("language", LANGUAGES)
def test_plural_forms_are_those_of_cldr(language: str) -> None:
    """The header tells numbers apart as CLDR does, up to a million; Arabic has six forms."""
    messages = _catalogue(language)
    chosen = gettext.c2py(messages.plural_expr)
    rule = Locale.parse(language).plural_form
    numbers = range(100_000)
    pairs = {(rule(number), chosen(number)) for number in numbers}
    assert len(pairs) == len({tag for tag, _ in pairs}) == len({form for _, form in pairs}) == messages.num_plurals
    assert messages.num_plurals == (6 if language == "ar" else 2)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_says_who_read_it(language: str) -> None:
    """Its header owns that no native speaker has reviewed it."""
    assert (
        "not reviewed by a native speaker" in (LOCALE / f"{language}.po").read_text(encoding="utf-8").split("msgid")[0]
    )


def test_french_sets_its_signs_apart() -> None:
    """No colon, semicolon or question mark stands after a plain space, and quotation marks have narrow ones."""
    forms = [form for forms in _entries(_catalogue("fr")).values() for form in forms]
    assert not [form for form in forms if re.search(r" [:;?!»]|« |[^\s\N{NO-BREAK SPACE}] ?[;?!](?=\s|$)", form)]
    assert any("«\N{NARROW NO-BREAK SPACE}" in form for form in forms)
    assert any("\N{NO-BREAK SPACE}:" in form for form in forms)


def test_an_update_keeps_what_fits() -> None:
    """A new message is empty, one that is gone leaves, the others keep their translation and the header stays."""
    po = (LOCALE / "fr.po").read_text(encoding="utf-8")
    pot = template_of([*_messages()[1:], Message(message="Quite new", file="templates/new.jinja", line=1)])
    updated = merged(po, pot)
    entries = _entries(catalogue(updated))
    assert entries["", "Quite new"] == ("",)
    assert ("", _messages()[0].message) not in entries or _messages()[0] in _messages()[1:]
    assert entries["", "Key messages"] == ("Messages clés",)
    assert updated.split("\n\n")[0] == po.split("\n\n")[0]
    again = merged(po, POT.read_text(encoding="utf-8"))
    assert merged(again, POT.read_text(encoding="utf-8")) == again
    assert _entries(catalogue(again)) == _entries(catalogue(po))


def test_a_broken_catalogue_is_named(tmp_path: Path) -> None:
    """A file that gettext can't read stops the build with its name, not with a traceback."""
    (tmp_path / "locale").mkdir()
    for text in (
        'msgid "a\n',
        '#\nmsgid ""\nmsgstr "Plural-Forms: nplurals=2; plural=(n ? ;\\n"\n\nmsgid "a"\nmsgstr "b"\n',
    ):
        (tmp_path / "locale" / "fr.po").write_text(text, encoding="utf-8")
        with pytest.raises(Refused, match=r"^assets/locale/fr\.po:[13]:1: error: "):
            wording(tmp_path, "fr-CA")
    (tmp_path / "locale" / "fr.po").write_bytes(b"\xff")
    with pytest.raises(ToolFailed, match="UTF-8"):
        wording(tmp_path, "fr")
