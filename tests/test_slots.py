"""Local slots: each reader's words stand in the brief's sentences, and can't be more than words."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.audience import addressed
from pipeline.check import check
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.load import load
from pipeline.model import Library
from pipeline.record import Audience
from pipeline.render.article import article
from pipeline.source import read_folder
from tests import example

STYLE = example.ROOT / "assets/styles/apa-numeric-superscript-brackets.csl"
PLACED = 'why_now: Winter is near in {{ local("region") }}.\n'


def _read(root: Path, brief: str, argument: str = example.ARGUMENT) -> Library:
    files = example.FILES | {"first-brief.yaml": brief, "arguments/lights-help.yaml": argument}
    for name, text in files.items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread)
    assert not [*reading.problems, *problems]
    return library


def _brief(local: str, why_now: str = PLACED) -> str:
    return example.BRIEF.replace("why_now: Winter is near.\n", f"{why_now}local:\n{local}")


def _body(library: Library, audience: Audience | None) -> str:
    told = addressed(library, audience)
    brief = told.briefs["first-brief"]
    made = compose(told, brief, example.ROOT / "templates", argue(told), Selection(audience=audience))
    return article(made, STYLE).body


def _found(library: Library) -> list[tuple[int, str, str]]:
    return [
        (item.mark.line, item.rule, item.hint)
        for item in check(library)
        if item.rule in ("local-slot", "unused-slot", "unknown-figure")
    ]


def test_each_reader_finds_their_own_words(tmp_path: Path) -> None:
    """The audience's, or else everyone's."""
    library = _read(tmp_path, _brief("  - {id: region, text: the north, for: {press: the islands}}\n"))
    assert "Winter is near in the north." in _body(library, None)
    assert "Winter is near in the north." in _body(library, "staff")
    assert "Winter is near in the islands." in _body(library, "press")
    assert not _found(library)


@pytest.mark.parametrize(
    "hostile",
    [
        "*loud* [@able-2024] <b>x</b>",
        "a ](https://x.invalid) b",
        "::: {.box}",
        "$x$ ^up^ ~~no~~ # head",
        "{{ figure }}",
    ],
)
def test_a_slot_holds_words_and_nothing_else(tmp_path: Path, hostile: str) -> None:
    """No stress, citation, link, HTML or block comes of it."""
    library = _read(tmp_path, _brief(f"  - {{id: region, text: '{hostile}'}}\n"))
    shown = hostile.replace("<", "&lt;").replace(">", "&gt;")
    assert f"Winter is near in {shown}." in _body(library, None).replace("\n", " ")


def test_a_product_without_its_slot_is_an_error(tmp_path: Path) -> None:
    """At the slot, once for each reader who would find a hole."""
    plan = "products:\n  - {editions: [brief], audiences: [everyone, legislator, press]}\n"
    library = _read(tmp_path, _brief("  - {id: region, for: {press: the islands}}\n") + plan)
    assert sorted(_found(library)) == [
        (10, "local-slot", "add `for: {legislator: …}` or `text:` here"),
        (10, "local-slot", "add `text:` here"),
    ]


def test_what_only_some_read_needs_their_words_alone(tmp_path: Path) -> None:
    """An item that is for the press needs no words for everyone."""
    brief = _brief("  - {id: region, for: {press: the islands}}\n", "").replace(
        "  - text: Lights are cheap.\n", '  - text: Cheap in {{ local("region") }}.\n    audiences: [press]\n'
    )
    assert not _found(_read(tmp_path, brief))


def test_names_are_spelt_right(tmp_path: Path) -> None:
    """An unknown slot is told at its place with the one that was meant, and the other is unused."""
    library = _read(tmp_path, _brief("  - {id: region, text: the north}\n", PLACED.replace('"region', '"regoin')))
    assert _found(library) == [
        (8, "local-slot", "did you mean 'region'?"),
        (10, "unused-slot", 'write {{ local("region") }} where it belongs, or delete it'),
    ]


def test_arguments_have_no_slots(tmp_path: Path) -> None:
    """Several briefs share them."""
    argument = example.ARGUMENT.replace("make harbours safer", 'make {{ local("region") }} safer')
    library = _read(tmp_path, _brief("  - {id: region, text: the north}\n"), argument)
    assert (1, "local-slot", "move this to the briefs, or write what 'region' stands for") in _found(library)


RECIPIENT = """\
recipient:
  letter: Dear {{ recipient.name }}
  slots:
    - {id: name, width: 60, default: "*all* of you"}
"""


def test_everyone_finds_the_default(tmp_path: Path) -> None:
    """As plain words; the letter is for copies alone."""
    brief = example.BRIEF.replace("why_now: Winter is near.\n", f"why_now: Ask {{{{ recipient.name }}}}.\n{RECIPIENT}")
    body = _body(_read(tmp_path, brief), None)
    assert "Ask *all* of you." in body
    assert "Dear" not in body


MARKDOWN = "place it in a text in Markdown, or in the letter"


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("Winter is near.", "Ask {{ recipient.nam }}."), "did you mean 'name'?"),
        (("Light every harbour in the country", "For {{ recipient.name }}"), MARKDOWN),
        (('default: "*all* of you"', "text: '{{ recipient.name }}'"), MARKDOWN),
    ],
)
def test_slots_for_recipients_stand_where_they_can(tmp_path: Path, change: tuple[str, str], hint: str) -> None:
    """In the brief's own Markdown, by a name that is declared; else it is told at its place."""
    brief = (example.BRIEF + RECIPIENT).replace(*change)
    found = [item for item in check(_read(tmp_path, brief)) if item.rule == "recipient-slot"]
    lines = brief.splitlines()
    assert [(item.hint, lines[item.mark.line - 1][item.mark.column - 1 :][:2]) for item in found] == [(hint, "{{")]


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("It is dark.^[In {{ recipient.name }}.]", True),
        ("It is dark.^[See [*[1]*](https://x.example) in {{ recipient.name }}.]", True),
        ("It is dark.[^1]\n\n[^1]: In {{ recipient.name }}.", True),
        ("It is dark.[^1]\n\n[^1]: In the\nharbour\n\n    of {{ recipient.name }}.", True),
        ("It is dark.^[In harbours.] {{ recipient.name }}", False),
        ("It is dark.[^1] {{ recipient.name }}\n\n[^1]: In harbours.", False),
        ("It is dark.[^1]\n\n[^1]: In harbours.\n\nIn {{ recipient.name }}.", False),
        ("It is dark.\\^[In {{ recipient.name }}.]", False),
    ],
)
def test_no_slot_stands_in_a_footnote(tmp_path: Path, text: str, held: bool) -> None:
    """However it is written; in the text beside it one can stand."""
    said = "".join(f"    {line}\n" if line else "\n" for line in text.split("\n"))
    brief = (example.BRIEF + RECIPIENT).replace("  letter: Dear {{ recipient.name }}\n", f"  letter: |\n{said}")
    found = [item for item in check(_read(tmp_path, brief)) if item.rule == "recipient-slot"]
    lines = brief.splitlines()
    assert [(item.message, lines[item.mark.line - 1][item.mark.column - 1 :][:2]) for item in found] == [
        ("the slot 'name' can't stand in a footnote", "{{")
    ] * held


def test_two_slots_of_one_name_are_told(tmp_path: Path) -> None:
    """At the second, with where the first is."""
    brief = example.BRIEF + RECIPIENT + "    - {id: name, width: 20}\n"
    (tmp_path / "briefs").mkdir()
    (tmp_path / "briefs/first-brief.yaml").write_text(brief, encoding="utf-8")
    _, problems = load(read_folder(tmp_path / "briefs", tmp_path).documents)
    last = len(brief.splitlines())
    found = [(item.mark.line, item.mark.column, item.hint) for item in problems if item.rule == "duplicate-id"]
    assert found == [(last, 12, f"the first is on line {last - 1}; give this one another id")]
