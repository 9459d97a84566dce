"""What pages print is in the catalogues: every message, in every language, with all its values."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pipeline.templating import calls
from pipeline.wording.catalogues import PRINTS, Message, in_python, in_template, merged, template_of

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
        yield from in_template(calls(text, PRINTS), path.relative_to(ROOT).as_posix())


def test_messages_are_found() -> None:
    """The walk finds what templates and what Python prints."""
    files = {message.file for message in _messages()}
    assert {"templates/page.html.jinja", "templates/manuscript/colophon.md.jinja", "pipeline/argue.py"} <= files
    assert len(_messages()) > 200


def test_the_template_is_current() -> None:
    """messages.pot has every message and no other; `make messages` writes it, and brings catalogues up to it."""
    text = template_of(_messages())
    if os.environ.get("OPENBRIEF_MESSAGES"):
        POT.write_text(text, encoding="utf-8")
        for path in LOCALE.glob("*.po"):
            path.write_text(merged(path.read_text(encoding="utf-8"), text), encoding="utf-8")
    assert POT.read_text(encoding="utf-8") == text


def test_a_message_is_one_in_all_its_places() -> None:
    """The same words in the same context have one plural, or none."""
    plurals: dict[tuple[str, str], set[str]] = {}
    for each in _messages():
        plurals.setdefault((each.context, each.message), set()).add(each.plural)
    assert not [message for message, several in plurals.items() if len(several) > 1]


def test_nothing_in_a_message_is_markup_of_pages() -> None:
    """A message stands in text and in attributes alike: it holds no tag and no straight quotation mark."""
    assert not [each for each in _messages() if set('<>&"') & set(each.message + each.plural)]
