"""PO files are held to their format and to the characters of YAML files, with every problem at its line."""

from __future__ import annotations

import pytest

from pipeline import po
from pipeline.problem import Problem, Refused

FILE = "briefs/locale/fr.po"
HEAD = 'msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n'
CLAIM = 'msgctxt "a/claim"\nmsgid "Lighthouses."\nmsgstr "%s"\n'
LINE = 8
"""Where the translation stands."""


def problems(text: str) -> tuple[Problem, ...]:
    """What a file is refused for; nothing where it isn't."""
    try:
        po.read(text, FILE, "fr")
    except Refused as refused:
        return refused.problems
    return ()


def told(text: str) -> list[tuple[int, str, str]]:
    """The same in short: line, rule, message."""
    return [(problem.mark.line, problem.rule, problem.message) for problem in problems(text)]


@pytest.mark.parametrize(
    "character",
    ["\0", "\x0b", "\x0c", "\x1b", "\x85", "\u200b", "\u2028", "\u202e", "\u2066", "\u2069", "\ue000", "\ue001",
     "\U000e0041", "\ufffe", "\ufeff"],
)  # fmt: skip
def test_characters_are_those_of_yaml(character: str) -> None:
    """What a reader can't see is refused in a translation, a comment and a former translation, at its place."""
    found = problems(HEAD + CLAIM % f"Des{character} phares.")
    assert [(problem.mark.line, problem.mark.column, problem.rule) for problem in found] == [
        (LINE, len('msgstr "Des') + 1, "hidden-character")
    ]
    assert character not in found[0].mark.excerpt
    for line in (f"# a{character}comment", f'#~ msgid "a"\n#~ msgstr "b{character}"'):
        assert [rule for _, rule, _ in told(f"{HEAD}{line}\n\n{CLAIM % ''}")] == ["hidden-character"]


@pytest.mark.parametrize("escape", ["a", "b", "f", "v"])
def test_an_escape_hides_nothing(escape: str) -> None:
    """A control character is refused as its escape, too."""
    found = problems(HEAD + CLAIM % f"Des\\{escape} phares.")
    assert [(problem.mark.line, problem.mark.column, problem.rule) for problem in found] == [
        (LINE, len('msgstr "Des') + 1, "hidden-character")
    ]


def test_what_languages_need_is_allowed() -> None:
    """Joiners, marks of direction and narrow spaces; and the isolates that gettext puts around names of files."""
    file = "#: \u2068a file.py\u2069:3\n"
    assert told(HEAD + file + CLAIM % '\u200f\u200e\u200c\u200d\u202f\u00a0\\t\\n\\"\\\\ phares') == []


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (CLAIM.replace('"%s"', "\u00c9crivez-nous."), LINE, "a text has no quotation marks"),
        (CLAIM % 'a" b', LINE, "a quotation mark stands inside a text"),
        (CLAIM.replace('"%s"', '"a" b'), LINE, "something stands behind the end of a text"),
        (CLAIM % "a\\", LINE, "a text has no end"),
        (CLAIM % "a\\q", LINE, "'\\q' is no escape of PO files"),
        (CLAIM % "a" + "<<<<<<< ours\n", LINE + 1, "this line is neither a comment nor a part of a message"),
        (CLAIM.replace("msgstr", "msgstr[x]") % "a", LINE, "`msgstr[x]` is out of place here"),
        (CLAIM % "a" + 'msgstr "b"\n', LINE + 1, "`msgstr` is out of place here"),
        ('# x\nmsgstr "b"\n', LINE - 1, "`msgstr` stands before its `msgid`"),
        ('# x\n"b"\n', LINE - 1, "this text belongs to no message"),
        (CLAIM.partition("msgstr")[0], LINE - 1, "a text has no `msgstr`"),
        ('msgctxt "a"\n\n' + CLAIM % "", LINE - 2, "a context has no `msgid`"),
        (CLAIM.replace("msgstr", "#~ msgstr") % "", LINE, "half of this message is kept as an old one"),
        ("#- x\n" + CLAIM % "", LINE - 2, "a comment can't start with '#-'"),
    ],
)
def test_what_is_no_po_file(text: str, line: int, says: str) -> None:
    """Nothing that Babel would cut, skip or guess gets through; it is one problem, in words, at its line."""
    assert told(HEAD + text) == [(line, "syntax", f"this is no PO file: {says}")]


def test_every_mistake_is_told() -> None:
    """Not the first alone."""
    text = HEAD + CLAIM.replace('"%s"', "a") + "\n" + CLAIM.replace('"%s"', '"b')
    assert [line for line, *_ in told(text)] == [LINE, LINE + 4]
    assert len(told(HEAD + "x\n" * 100)) == 20


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (CLAIM % "a" + "\n" + CLAIM % "b", LINE + 3, "the context 'a/claim' stands here twice"),
        (CLAIM % "a" + '\nmsgid ""\nmsgstr "x"\n', LINE + 2, "this message has no original"),
        ('msgctxt "a"\nmsgid ""\nmsgstr "x"\n', LINE - 1, "this message has no original"),
        ('msgid "a"\nmsgstr "x"\n\nmsgid "b"\nmsgstr "y"\n', LINE - 2,
         "this message has no context, so it belongs to no text of the library"),
        ('msgctxt "a"\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\nmsgstr[1] "e"\n', LINE,
         "this message has a plural, as no text of a library has"),
    ],
)  # fmt: skip
def test_messages_that_would_be_lost(text: str, line: int, says: str) -> None:
    """Of two that bear one name, Babel keeps one; others belong to no text."""
    assert told(HEAD + text)[0][::2] == (line, says)


@pytest.mark.parametrize(
    ("field", "says"),
    [
        ("Language: de", "the head of fr.po says that its language is 'de'"),
        ("Content-Type: text/plain; charset=utf-7",
         "the head of this file says that its characters are those of 'utf-7'"),
        ("Content-Type: text/plain; charset=klingon",
         "the head of this file says that its characters are those of 'klingon'"),
        ("Plural-Forms: nplurals=999999999; plural=0;",
         "this names 999999999 plural forms, and no language has more than six"),
        ("Plural-Forms: nplurals=2; plural=n/0;", "these plural forms can't be counted with"),
        ("Plural-Forms: nplurals=2; plural=n;", "these plural forms are more than the 2 that are named"),
        ("Plural-Forms: nplurals=two", "these plural forms can't be read"),
        ("POT-Creation-Date: yesterday", "this date can't be read"),
        ("PO-Revision-Date: 2026-99-01 00:00+0000", "this date can't be read"),
        ("PO-Revision-Date: 2026-11-01 00:00+0100", ""),
        ("POT-Creation-Date: YEAR-MO-DA HO:MI+ZONE", "this date can't be read"),
        ("PO-Revision-Date: YEAR-MO-DA HO:MI+ZONE", ""),
        ("Language: fr_FR", ""),
        ("Plural-Forms: nplurals=2; plural=(n > 1);", ""),
    ],
)  # fmt: skip
def test_the_head_is_held_to_what_it_may_say(field: str, says: str) -> None:
    """Its language is the file's, its characters are UTF-8, and its plurals can be counted."""
    head = HEAD.replace('"Language: fr\\n"', f'"{field}\\n"')
    assert told(head + CLAIM % "a") == ([(3, "syntax", says)] if says else [])


@pytest.mark.parametrize("text", ["", " \n\n", "\r\r", "# nothing\n"])
def test_an_empty_file_is_one_problem(text: str) -> None:
    """It isn't one for each text that it lacks."""
    assert told(text) == [(1, "syntax", "there is no message in this file")]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_change_nothing(end: str) -> None:
    """They are as in YAML files."""
    text = "\ufeff" + (HEAD + CLAIM % "Des phares.").replace("\n", end)
    catalogue, _ = po.read(text, FILE, "fr")
    assert [(message.translation, message.mark.line) for message in catalogue.messages.values()] == [
        ("Des phares.", LINE - 1)
    ]
    assert po.updated((), text, "Test", catalogue).text.startswith(HEAD.rstrip("\n"))


@pytest.mark.parametrize(
    "translation", [" ", "\u00a0", "\u200d\u00ad", "\u200e", "\u2060", "\u3164", "\u0301", "\\n\\t"]
)
def test_a_translation_that_nobody_sees_is_none(translation: str) -> None:
    """It counts as untranslated, and an update leaves it empty."""
    text = HEAD + CLAIM % translation
    catalogue, _ = po.read(text, FILE, "fr")
    assert [message.translation for message in catalogue.messages.values()] == [""]
    assert "#~" not in po.updated((), text, "Test", catalogue).text


def test_a_translation_has_no_spaces_around_it() -> None:
    """As no text of a YAML file has."""
    catalogue, _ = po.read(HEAD + CLAIM % " Des phares.\\n", FILE, "fr")
    assert [message.translation for message in catalogue.messages.values()] == ["Des phares."]


def test_a_translation_is_no_longer_than_any_text() -> None:
    """The limit is that of YAML files."""
    assert told(HEAD + CLAIM % ("a" * 20_000)) == []
    assert told(HEAD + CLAIM % ("a" * 20_001)) == [
        (LINE, "wrong-value", "this message has 20,001 characters; 20,000 are the most")
    ]


def test_what_msgmerge_says_of_old_messages_is_let_be() -> None:
    """Their former originals are comments, and lines keep their numbers."""
    old = '#~| msgid "b"\n#~ msgctxt "x"\n#~ msgid "a"\n#~ msgstr "b"\n\n'
    catalogue, _ = po.read(HEAD + old + CLAIM % "c", FILE, "fr")
    assert [message.mark.line for message in catalogue.messages.values()] == [LINE - 1 + 5]
