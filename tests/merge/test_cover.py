"""A cover letter is a page of its own before each copy, with its slots filled, and the brief stays as it is."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from pipeline.cli import commands
from pipeline.load import load
from pipeline.merge import Merging, Wanted, checked, merged
from pipeline.project import Project
from pipeline.render.slots import bare
from pipeline.source import read_folder
from pipeline.translation import texts
from pipeline.verify import CHECKS, pdf_a, pdf_ua
from tests.merge import invited
from tests.merge.alone import alone, assert_alike, heard, words
from tests.tooling import needs

PEOPLE = """\
name,district,language
Anna Karlsson,Dalarna,
محمد العربي,الدار البيضاء,ar
Ελένη <b>,"{{ 7*7 }} )\\(",
"""


@pytest.fixture(scope="module")
def merging(tmp_path_factory: pytest.TempPathFactory) -> Merging:
    """Recipients in three scripts and two languages, measured."""
    root = tmp_path_factory.mktemp("covered")
    path = invited.make_in_two_languages(root, invited.COVERED)
    path.write_text(PEOPLE, encoding="utf-8")
    return checked(Project.at(root, root / "public"), Wanted(slug="first-brief"), path)


@pytest.fixture(scope="module")
def copies(merging: Merging, tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """Three copies."""
    folder = tmp_path_factory.mktemp("copies")
    merged(merging, folder)
    return [path.read_bytes() for path in sorted(folder.glob("*.pdf"))]


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_copy_with_a_letter_is_as_a_render_of_its_own(merging: Merging, copies: list[bytes], number: int) -> None:
    """In words, tags and pixels; the address is in its window, whichever way the page runs."""
    entry = list(merging.entries)[number]
    assert_alike(copies[number], alone(merging, entry))
    assert all(bare(text) in heard(copies[number]) for text in entry.texts)


def test_the_letter_says_what_it_should(copies: list[bytes]) -> None:
    """Sender, address, the day of issue, subject, salutation, text, closing and names, in this order."""
    said = " ".join(words(copies[0])[0].split())
    parts = ["Harbour Board, 1 Quay Street", "Anna Karlsson", "in Dalarna.", "Light House Road 5", "23 November 2026"]
    parts += ["Lights for your harbour", "Dear Anna Karlsson,", "what a light does.", "seen in Dalarna. ("]
    places = [said.index(part) for part in (*parts, "Yours sincerely,", "Ann Able", "Write to us.")]
    assert places == sorted(places)
    assert "POLICY BRIEF" in said


def test_the_brief_keeps_its_page_numbers(copies: list[bytes]) -> None:
    """On paper and in viewers; the letter has none, and no running header or foot."""
    document = pypdfium2.PdfDocument(copies[0])
    labels = [document.get_page_label(number) for number in range(len(document))]
    document.close()
    pages = words(copies[0])
    assert labels == ["Cover letter", *map(str, range(1, len(pages)))]
    assert f"1 / {len(pages) - 1}" in pages[1]
    assert not any(f"/ {total}" in pages[0] for total in (len(pages), len(pages) - 1))


@needs(*CHECKS["pdf-ua"].tools)
def test_a_letter_is_accessible_and_archival(copies: list[bytes]) -> None:
    """Says veraPDF of both languages, and so say our own checks; it counts for none of the pages a brief may have."""
    for data in copies[:2]:
        assert not [*pdf_ua.find(data), *pdf_a.find(data)]
    others = [check for check in CHECKS.values() if check.takes == ("pdf",) and check.judge == "openbrief"]
    assert len(others) > 5
    assert not [finding for check in others for data in copies[:2] for finding in check.find(data)]
    assert not any("are the most" in finding.message for finding in CHECKS["length"].find(copies[0]))


@pytest.mark.parametrize(
    ("change", "place", "told"),
    [
        (("what a light does.", "what it does. " * 900), "50", "the cover letter takes "),
        (("a light does.", "a light does [@able-2024]."), "50", "a cover letter has no citations and no figures"),
        (("Light House Road 5", '"## {{ recipient.who }}"'), "43", "the slot 'who' stands in a heading, a link, a"),
        (
            ("why_now:", f"contact: {'Write to us by post. ' * 60}\nwhy_now:"),
            "",
            "no room at the foot of the cover letter",
        ),
        (
            ("Light House Road 5", '"Light House Road 5, ' + "far away " * 40 + '"'),
            "",
            "than the window for the address",
        ),
        (("subject: Lights", 'subject: "{{ recipient.who }} Lights'), "", "the slot 'who' can't stand in plain text"),
    ],
)
def test_a_letter_that_can_t_be_is_told(tmp_path: Path, change: tuple[str, str], place: str, told: str) -> None:
    """At its place in the brief."""
    assert change[0] in invited.COVERED
    brief = invited.COVERED.replace(*change)
    brief = (
        brief.replace("Lights for your harbour", 'Lights for your harbour"')
        if "{{ recipient.who }} L" in brief
        else brief
    )
    path = invited.make(tmp_path, brief)
    result = CliRunner().invoke(commands, ["-C", str(tmp_path), "merge", "first-brief", str(path), "--dry-run"])
    assert result.exit_code == 1
    (line,) = (line for line in result.stderr.splitlines() if told in line)
    assert line.startswith("briefs/first-brief.yaml:")


def test_the_foot_has_the_lines_that_it_needs(tmp_path: Path) -> None:
    """None is cut off, though the first is all that stood in the same place once."""
    long = " ".join(f"This is sentence {number} of those at the foot." for number in range(10))
    path = invited.make(tmp_path, invited.COVERED.replace("why_now:", f"contact: {long}\nwhy_now:"))
    found = checked(Project.at(tmp_path, tmp_path / "public"), Wanted(slug="first-brief"), path)
    assert long in " ".join(words(alone(found, next(iter(found.entries))))[0].split())


def test_a_note_of_the_letter_stands_below_its_text(tmp_path: Path) -> None:
    """In line with it, and not at the edge of the sheet."""
    path = invited.make(tmp_path, invited.COVERED.replace("what a light does.", "what a light does.^[As seen.]"))
    found = checked(Project.at(tmp_path, tmp_path / "public"), Wanted(slug="first-brief"), path)
    document = pypdfium2.PdfDocument(alone(found, next(iter(found.entries))))
    page = document[0].get_textpage()
    said = page.get_text_range()
    sides = [page.get_charbox(said.index(text))[0] for text in ("Yours sincerely", "As seen")]
    document.close()
    assert abs(sides[1] - sides[0]) < 2
    assert sides[0] > 50


def test_what_is_made_of_slots_alone_is_not_translated(tmp_path: Path) -> None:
    """A name in an address runs as the page does, and no translator is asked for it."""
    invited.make(tmp_path, invited.COVERED)
    library, _ = load(read_folder(tmp_path / "briefs", tmp_path).documents)
    contexts = {text.context for text in texts(library) if "recipient" in text.context}
    assert "brief/first-brief/recipient/cover/address/3" in contexts
    assert "brief/first-brief/recipient/slots/greeting/text" in contexts
    assert not {f"brief/first-brief/recipient/cover/{part}" for part in ("address/1", "salutation")} & contexts
    assert "brief/first-brief/recipient/slots/who/text" not in contexts


@pytest.mark.parametrize(("window", "side"), [("left", 0), ("right", 1)])
def test_the_window_may_be_on_either_side(tmp_path: Path, window: str, side: int) -> None:
    """As seen on the sheet, whichever way the page runs."""
    path = invited.make_in_two_languages(
        tmp_path, invited.COVERED.replace("  cover:\n", f"  cover:\n    window: {window}\n")
    )
    path.write_text(PEOPLE, encoding="utf-8")
    found = checked(Project.at(tmp_path, tmp_path / "public"), Wanted(slug="first-brief"), path)
    for master in found.masters.values():
        assert int(master.gaps.gaps[0].box.position_x > 210 * 96 / 25.4 / 2) == side
