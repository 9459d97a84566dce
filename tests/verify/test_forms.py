"""Whatever is wrong with a book or a Word document is found, by the checks that are there for it and by its name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.problem import ToolFailed
from pipeline.verify import CHECKS, Product, office, tools
from tests.tooling import needs
from tests.verify.broken_forms import BOOKS, WORDS, Broken

pytestmark = pytest.mark.slow


def _found(name: str, product: Product, **changed: bytes) -> list[str]:
    check = CHECKS[name]
    return [str(finding) for finding in check.find(**{**product.given(check.takes), **changed})]


def _cases(broken: dict[str, Broken]) -> list[object]:
    return [
        pytest.param(each, id=name, marks=needs(*(tool for check in each.seen_by for tool in CHECKS[check].tools)))
        for name, each in broken.items()
    ]


@pytest.mark.parametrize("broken", _cases(BOOKS))
def test_every_broken_book_is_found(broken: Broken, lighthouses: Product) -> None:
    """Each check that is named for it says what is wrong; the whole book passes, as test_pages shows."""
    data = broken.made(Path(str(lighthouses.book)).read_bytes())
    said = {name: "\n".join(_found(name, lighthouses, book=data)) for name in broken.seen_by}
    assert said
    assert {name: text for name, text in said.items() if broken.seen_by[name] not in text} == {}


@needs(*CHECKS["epub"].tools)
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04" + bytes(99), bytes(range(256)) * 9])
def test_what_is_no_book_is_a_finding(data: bytes, lighthouses: Product) -> None:
    """Nothing is raised for a file that can't be unpacked, and EPUBCheck and the other check both say so."""
    assert any("[PKG-008]" in said or "[PKG-003]" in said for said in _found("epub", lighthouses, book=data))
    (said,) = _found("epub-text", lighthouses, book=data)
    assert "can't be unpacked" in said


@needs(*CHECKS["docx"].tools, *CHECKS["docx-text"].tools)
def test_every_broken_document_is_found(lighthouses: Product) -> None:
    """Each check that is named for it says what is wrong; LibreOffice starts once for all of them."""
    whole = Path(str(lighthouses.word)).read_bytes()
    broken = {name: each.made(whole) for name, each in WORDS.items()}
    ahead = CHECKS["docx"].ahead
    assert ahead
    ahead(broken.values())
    said = {
        (name, check): "\n".join(_found(check, lighthouses, word=data))
        for name, data in broken.items()
        for check in WORDS[name].seen_by
    }
    assert len(said) >= len(WORDS) > 15
    assert {key: text for key, text in said.items() if WORDS[key[0]].seen_by[key[1]] not in text} == {}


@pytest.mark.parametrize(("form", "broken"), [("book", BOOKS), ("word", WORDS)])
def test_every_check_is_needed(form: str, broken: dict[str, Broken]) -> None:
    """No check of these forms is there for nothing: each finds a broken one."""
    there = {name for name, check in CHECKS.items() if form in check.takes}
    assert len(there) == 2
    assert {name for each in broken.values() for name in each.seen_by} == there


OFFICE = """#!/bin/sh
exec 3>"{pipe}"
printf '%s\\n' "$HOME" "$@" >&3
sleep 600 &
{waits}
"""
"""Stands in for LibreOffice: says what it was started with, leaves a process behind, and opens nothing."""


def _in_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, waits: str = "") -> int:
    """Put it in LibreOffice's place; gives the end of a pipe that all of its processes hold the other end of."""
    pipe, script = tmp_path / "pipe", tmp_path / "soffice"
    os.mkfifo(pipe)
    script.write_text(OFFICE.format(pipe=pipe, waits=waits), encoding="utf-8")
    script.chmod(0o755)
    monkeypatch.setattr(tools, "office", lambda: str(script))
    return os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)


def _told(pipe: int) -> list[str]:
    """What was told until the last process that holds the pipe has ended."""
    os.set_blocking(pipe, True)
    with os.fdopen(pipe) as lines:
        return lines.read().splitlines()


def test_the_office_is_alone_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It works in a home and a profile of its own, and neither these nor a process of it are there afterwards."""
    pipe = _in_its_place(tmp_path, monkeypatch)
    asked = type(office.ASK)(office._ask, ".docx")
    assert asked(b"no document") == "LibreOffice can't open it"
    home, *options = _told(pipe)
    (profile,) = [each for each in options if each.startswith("-env:UserInstallation=file://")]
    assert profile.endswith(f"{home}/profile")
    assert home != os.environ.get("HOME")
    assert not Path(home).exists()


def test_an_office_that_does_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With everything that it has started."""
    pipe = _in_its_place(tmp_path, monkeypatch, "wait")
    monkeypatch.setattr(office, "SECONDS", 0)
    with pytest.raises(ToolFailed, match="LibreOffice has not ended after 0 seconds"):
        type(office.ASK)(office._ask, ".docx")(b"no document")
    _told(pipe)
