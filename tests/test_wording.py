"""Levels, dates and counts read as a person would say them."""

from pathlib import Path

import pytest
from babel import Locale
from babel.localedata import locale_identifiers

from pipeline.problem import Refused
from pipeline.wording import letters, locale, reading, words
from pipeline.wording.catalogues import faults, speaks, wording
from pipeline.wording.language import ENGLISH
from pipeline.wording.said import counted, inside, say, sentence

ASSETS = Path(__file__).parents[1] / "assets"
NARROW, FIXED = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(("level", "said"), [("very-low", "very low"), ("high", "high")])
def test_words(level: str, said: str) -> None:
    """A level's hyphen is not printed."""
    assert words(level) == said


def test_dates() -> None:
    """Days have no leading zero, and months are in full."""
    assert ENGLISH.day("2026-03-01") == "1 March 2026"
    assert ENGLISH.month("2026-12-31") == "December 2026"


@pytest.mark.parametrize(("number", "said"), [(1, "one objection"), (2, "two objections"), (13, "13 objections")])
def test_counted(number: int, said: str) -> None:
    """Small counts are in words."""
    assert counted("one objection", "{number} objections", number) == said


@pytest.mark.parametrize(("number", "said"), [(1, "A"), (26, "Z"), (27, "AA"), (52, "AZ"), (53, "BA"), (703, "AAA")])
def test_letters(number: int, said: str) -> None:
    """After Z comes AA, not a sign."""
    assert letters(number) == said


def test_reading_says_each_way_once() -> None:
    """The sentence gives the total and how many were read in which way; ways without sources are left out."""
    assert reading(3, 2, 1) == (
        "Of the six sources cited, three were read directly, two were read in abstract only "
        "and one is known through a report about it; the references say which."
    )
    assert reading(1, 0, 0) == "Of all sources cited, one was read directly."
    assert reading(0, 4, 0) == "Of all sources cited, four were read in abstract only."
    assert reading(0, 0, 0) == ""


@pytest.mark.parametrize(
    ("language", "first", "month", "number", "series", "quotes"),
    [
        ("en-GB", "1 March 2026", "November 2026", "8,800.5", "a, b and c", ("“", "”")),
        ("en-US", "March 1, 2026", "November 2026", "8,800.5", "a, b, and c", ("“", "”")),
        ("fr", "1er mars 2026", "novembre 2026", f"8{NARROW}800,5", "a, b et c", (f"«{NARROW}", f"{NARROW}»")),
        ("es", "1 de marzo de 2026", "noviembre de 2026", "8800,5", "a, b y c", ("«", "»")),
        ("de", "1. März 2026", "November 2026", "8.800,5", "a, b und c", ("„", "“")),
        ("ar", "1 مارس 2026", "نوفمبر 2026", "8,800.5", "a وb وc", ("«", "»")),
    ],
)
def test_languages_write_in_their_way(
    language: str, first: str, month: str, number: str, series: str, quotes: tuple[str, str]
) -> None:
    """Dates, numbers, lists and quotation marks are those of CLDR; Spanish groups from five digits on."""
    words = wording(ASSETS, language)
    assert words.day("2026-03-01") == first
    assert words.month("2026-11-23") == month
    assert words.number(8800.5) == number
    assert words.series(["a", "", "b", "c"]) == series
    assert words.quotes == quotes


def test_a_tag_falls_back() -> None:
    """A region's language has the words of the language; one without a catalogue has English ones."""
    assert wording(ASSETS, "fr-CA").gettext("Key messages") == "Messages clés"
    assert wording(ASSETS, "fr-CA").day("2026-11-23") == "23 novembre 2026"
    assert wording(ASSETS, "nl").gettext("Key messages") == "Key messages"
    assert wording(ASSETS, "nl").month("2026-05-23") == "mei 2026"
    assert wording(ASSETS, "qaa").day("2026-11-23") == "23 November 2026"
    assert [speaks(ASSETS, language) for language in ("en-US", "fr-CA", "nl")] == [True, True, False]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (1, "اعتراض واحد"),
        (2, "اعتراضان"),
        (3, "3 اعتراضات"),
        (11, "11 اعتراضًا"),
        (100, "100 اعتراض"),
        (103, "103 اعتراضات"),
    ],
)
def test_arabic_counts_in_its_forms(number: int, said: str) -> None:
    """One and two are words of their own, and the noun follows its number."""
    assert wording(ASSETS, "ar").ngettext("one objection", "{number} objections", number) == said


def test_what_is_said_below_is_said_in_any_language() -> None:
    """A sentence made where no page is known is English text there, and its clauses are in the language of the page."""
    clauses = say(
        "{support}, and {objections}",
        support=counted("it rests on one source", "it rests on {number} sources", 2),
        objections=counted("the one objection to it is answered", "all {number} objections to it are answered", 13),
    )
    assert sentence(clauses) == "It rests on two sources, and all 13 objections to it are answered."
    assert inside(sentence(clauses)) == clauses
    french, german = wording(ASSETS, "fr"), wording(ASSETS, "de")
    assert french.say(sentence(clauses)).startswith("Deux sources l\N{RIGHT SINGLE QUOTATION MARK}étayent, et les 13")
    assert german.say(sentence(clauses)) == "Zwei Quellen stützen dies, und alle 13 Einwände dagegen sind beantwortet."
    assert french.say("It stays") == "It stays"


def test_german_nouns_keep_their_capitals() -> None:
    """Inside a sentence a text begins small, but in German, and but for names in capitals."""
    part = say("{name}: {label}", name=say("Ground"), label="x")
    assert wording(ASSETS, "fr").say(inside(part)) == "fondement (x)"
    assert wording(ASSETS, "de").say(inside(part)) == "Grund (x)"
    assert ENGLISH.inside("EU law applies.") == "EU law applies"


def test_people_read_at_different_speeds() -> None:
    """Reading time is by language where it has been measured."""
    assert [wording(ASSETS, language).words_a_minute for language in ("en-GB", "nl", "de-AT")] == [230, 230, 179]


@pytest.mark.parametrize(
    ("language", "direction"),
    [
        *[(tag, "rtl") for tag in ("ar", "ar-EG", "fa", "he", "iw", "ur", "dv", "syr", "ckb", "az-Arab", "en-arab-XB")],
        *[(tag, "ltr") for tag in ("en", "fr-CA", "ja", "zh-Hant", "az", "ks-Deva", "ur-Latn", "ar-Latn", "tlh")],
    ],
)
def test_scripts_say_where_lines_begin(language: str, direction: str) -> None:
    """A tag's script decides, else the one that the language is mostly written in; nothing known is taken as Latin."""
    assert locale.direction(language) == direction


def test_directions_are_those_of_cldr() -> None:
    """Each language that CLDR describes runs as CLDR says."""
    languages = [tag for tag in locale_identifiers() if "_" not in tag]
    known = {tag: str(Locale.parse(tag).text_direction) for tag in languages}
    assert len([tag for tag in known if known[tag] == "rtl"]) > 10
    assert {tag: locale.direction(tag) for tag in languages} == known


@pytest.mark.parametrize(
    ("before", "after", "rule", "line"),
    [
        ("charset=utf-8", "charset=klingon", "syntax", 5),
        ("plural=(n > 1)", "plural=n/0", "syntax", 6),
        ("Language: fr", "Language: de", "syntax", 3),
        ('msgstr "Motif"', 'msgstr "Mo\u202etif"', "hidden-character", 9),
        ('msgstr "Motif"', "msgstr Motif", "syntax", 9),
        ('msgstr "Motif"\n', 'msgstr "Motif"\n\nmsgid "Ground"\nmsgstr "Sol"\n', "duplicate-key", 11),
    ],
)
def test_a_catalogue_of_ours_is_held_to_its_format(
    before: str, after: str, rule: str, line: int, tmp_path: Path
) -> None:
    """What is wrong is told at its line, whether it is asked for or the catalogue is to be used."""
    head = '"Language: fr\\n"\n"MIME-Version: 1.0\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    good = (
        f'msgid ""\nmsgstr ""\n{head}"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\nmsgid "Ground"\nmsgstr "Motif"\n'
    )
    (tmp_path / "locale").mkdir()
    file = tmp_path / "locale/fr.po"
    file.write_text(good, encoding="utf-8")
    assert not list(faults(tmp_path, "fr"))
    assert wording(tmp_path, "fr").gettext("Ground") == "Motif"
    file.write_text(good.replace(before, after), encoding="utf-8")
    found = [(problem.mark.file, problem.rule, problem.mark.line) for problem in faults(tmp_path, "fr-CA")]
    assert found == [("assets/locale/fr.po", rule, line)]
    with pytest.raises(Refused):
        wording(tmp_path, "fr")


@pytest.mark.parametrize(
    ("tag", "wrong"),
    [
        *[
            (tag, None)
            for tag in ("en-GB", "fr", "pt-BR", "zh-Hant-TW", "es-419", "de-1901", "ckb", "iw", "en-arab-XB")
        ],
        ("en-UK", ("no region has the code 'UK'", "did you mean 'en-GB'?")),
        ("fr-yy", ("no region has the code 'yy'", "did you mean 'fr-FR'?")),
        ("es-999", ("no region has the code '999'", "did you mean 'es'?")),
        ("xy", ("no language has the code 'xy'", "")),
        ("az-Latm", ("no script has the code 'Latm'", "did you mean 'Latn'?")),
    ],
)
def test_tags_are_those_of_cldr(tag: str, wrong: tuple[str, str] | None) -> None:
    """A code that nothing bears is found, with what was meant; variants are let be."""
    assert locale.unknown(tag) == wrong


def test_a_translation_that_nobody_sees_is_none(tmp_path: Path) -> None:
    """The message is said in English, not as a gap."""
    (tmp_path / "locale").mkdir()
    text = 'msgid "Ground"\nmsgstr "\\n"\n\nmsgid "one"\nmsgid_plural "{number}"\nmsgstr[0] "un"\nmsgstr[1] "\u200d"\n'
    (tmp_path / "locale/fr.po").write_text(text, encoding="utf-8")
    french = wording(tmp_path, "fr")
    assert (french.gettext("Ground"), french.ngettext("one", "{number}", 1)) == ("Ground", "one")
