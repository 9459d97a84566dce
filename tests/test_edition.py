"""What each edition shows: never an objection less than the ground it aims at, and for each reader what is for them."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pypdfium2
import pytest

from pipeline.argue import argue
from pipeline.argument import Argument
from pipeline.build import build, examine
from pipeline.check import unknown_figure
from pipeline.compose import compose
from pipeline.edition import SHAPES, Selection, cases, choices, foremost, strongest
from pipeline.load import load
from pipeline.model import Library
from pipeline.product import Order, planned, products
from pipeline.project import Project
from pipeline.record import Edition
from pipeline.source import read_folder
from tests.example import FILES, ROOT, make


def _library(tmp_path: Path, *changes: tuple[str, str, str]) -> Library:
    """The example library after replacing texts in its files."""
    texts = dict(FILES)
    for name, old, new in changes:
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        path = tmp_path / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(tmp_path / "briefs", tmp_path)
    library, problems = load(reading.documents, reading.unread)
    assert not [*reading.problems, *problems]
    return library


def _text(library: Library, shown: Selection) -> str:
    """What a product prints, structure and texts."""
    made = compose(library, library.briefs["first-brief"], ROOT / "templates", argue(library), shown)
    return "\n".join([made.text, *(passage.text for passage in made.passages)])


PLAN = """\
products:
  - editions: [brief, one-page]
  - {editions: [one-page], audiences: [legislator]}
name: Example house"""


def test_products_are_planned_by_the_house_and_by_a_brief(tmp_path: Path) -> None:
    """Each once, the first with the plain name; a brief's own plan replaces the house's."""
    library = _library(
        tmp_path,
        ("house.yaml", "name: Example house", PLAN),
        ("second-brief.yaml", "title:", "products:\n  - editions: [full]\ntitle:"),
    )
    assert [product.name for product in planned(library.house, library.briefs["first-brief"])] == [
        "first-brief",
        "first-brief-one-page.en-GB",
        "first-brief-one-page-legislator.en-GB",
    ]
    assert [product.edition for product in planned(library.house, library.briefs["second-brief"])] == ["full"]


def test_an_order_chooses_among_products(tmp_path: Path) -> None:
    """By brief, by edition and by audience; everyone is an audience too."""
    library = _library(tmp_path, ("house.yaml", "name: Example house", PLAN))
    names = [product.name for product in products(library, Order(editions=["one-page"], audiences=["everyone"]))]
    assert names == ["first-brief-one-page.en-GB", "second-brief-one-page.en-GB"]
    assert len([*products(library, Order())]) == 6
    assert len([*products(library, Order(slugs=["second-brief"]))]) == 3


def test_an_item_is_shown_to_its_readers_alone(tmp_path: Path) -> None:
    """And its label counts for all, since no product may contradict another."""
    library = _library(
        tmp_path,
        ("arguments/lights-help.yaml", "  - id: other-coasts\n", "  - id: other-coasts\n    audiences: [press]\n"),
    )
    said = "Only one coast was counted"
    arguments = {who: _text(library, Selection(audience=who)).partition("{ #trace}")[0] for who in (None, "press")}
    assert "Not shown here: one further objection in the library." in arguments[None]
    assert "Not shown here" not in arguments["press"]
    assert said in _text(library, Selection(audience="press"))


@pytest.mark.parametrize("edition", SHAPES)
def test_every_edition_can_be_composed(tmp_path: Path, edition: str) -> None:
    """Each has a template, which prints the key messages and the references."""
    library = _library(tmp_path)
    text = _text(library, Selection(edition=edition))  # type: ignore[arg-type]
    assert "## Key messages" in text
    assert "## References" in text


@pytest.mark.parametrize("edition", ["one-page", "brief"])
def test_what_was_left_out_is_told_on_the_page(tmp_path: Path, edition: Edition) -> None:
    """All of it, counted by kind, in every edition that is fitted; nothing is told of where nothing is left out."""
    library = _library(tmp_path)
    whole = Selection(edition=edition)
    given_up = choices(library, library.briefs["first-brief"], whole)
    counted = Counter(choice.what for choice in given_up)
    assert counted
    text = _text(library, whole.without(given_up))
    said = text.partition("Left out here for want of room: ")[2].partition(".\n")[0]
    numbers = {"one": 1, "two": 2} | {str(number): number for number in range(100)}
    assert sum(numbers[word] for word in re.findall(r"\b(?:one|two|\d+)\b", said)) == len(given_up)
    assert "want of room" not in _text(library, whole)


@pytest.mark.parametrize("edition", ["one-page", "brief", "full"])
def test_whom_it_affects_is_told_without_why_now(tmp_path: Path, edition: Edition) -> None:
    """The one text doesn't hang on the other."""
    library = _library(tmp_path, ("first-brief.yaml", "why_now: Winter is near.\n", ""))
    text = _text(library, Selection(edition=edition))
    assert "**Who is affected.**" in text
    assert "Sailors." in text
    assert "## Why now" not in text


def test_an_objection_never_goes_without_its_ground() -> None:
    """In the shipped briefs: what aims at a ground stands in one choice with it, what aims at a claim in none."""
    library, _ = examine(Project.at(ROOT))
    for brief in library.briefs.values():
        shown = Selection()
        groups = [choice.addresses for choice in choices(library, brief, shown)]
        for id in (*brief.arguments.for_, *brief.arguments.against):
            argument = library.arguments[id]
            for objection in shown.objections(brief, argument):
                address = f"{id}/{objection.id}"
                found = [group for group in groups if address in group]
                assert all(f"{id}/{objection.target}" in group for group in found)
                ground = [group for group in groups if f"{id}/{objection.target}" in group]
                assert found == ground


def test_one_page_keeps_what_matters_most() -> None:
    """Three key messages, a recommendation and the strongest case against can't be left out."""
    library, _ = examine(Project.at(ROOT))
    for brief in library.briefs.values():
        shown = Selection(edition="one-page")
        least = shown.without(choices(library, brief, shown))
        assert all(least.shows(f"{brief.id}#key-message-{number}") for number in (1, 2, 3))
        assert not brief.recommendations or least.shows(f"{brief.id}#recommendation-1")
        assert least.shows(cases(library, brief, shown)[0][0])


def test_one_page_can_do_without_objections() -> None:
    """A brief to whose arguments nobody objects has choices, too."""
    library, _ = examine(Project.at(ROOT))
    brief = library.briefs["open-models"]
    unopposed = {id: item.model_copy(update={"objections": ()}) for id, item in library.arguments.items()}
    bare = library.model_copy(update={"arguments": unopposed})
    shown = Selection(edition="one-page")
    found = {choice.what for choice in choices(bare, brief, shown)}
    assert not strongest(bare, brief, shown)
    assert found
    assert "objection" not in found


def test_what_is_first_is_strongest(tmp_path: Path) -> None:
    """`priority: first` decides over evidence and order."""
    plain = _library(tmp_path)
    brief = plain.briefs["first-brief"]
    order = [address for address, _ in strongest(plain, brief, Selection())]
    assert len(order) > 1
    last = order[-1].partition("/")[2]
    changed = _library(
        tmp_path, ("arguments/lights-help.yaml", f"  - id: {last}\n", f"  - id: {last}\n    priority: first\n")
    )
    assert strongest(changed, changed.briefs["first-brief"], Selection())[0][0] == order[-1]


def test_an_argument_against_the_answer_comes_first(tmp_path: Path) -> None:
    """Before objections to single arguments, but for one that its author puts first; it brings its first ground."""
    plain = _library(tmp_path)
    brief, shown = plain.briefs["first-brief"], Selection(edition="one-page")
    (address, case), *others = cases(plain, brief, shown)
    assert address == brief.arguments.against[0]
    assert isinstance(case, Argument)
    assert foremost(brief, shown, case) == case.grounds[0]
    assert [address for address, _ in others] == [address for address, _ in strongest(plain, brief, shown)]
    assert case.claim in "".join(_text(plain, shown).split("\n"))
    changed = _library(
        tmp_path,
        ("arguments/lights-help.yaml", "  - id: other-coasts\n", "  - id: other-coasts\n    priority: first\n"),
    )
    assert [address for address, _ in cases(changed, changed.briefs["first-brief"], shown)][:2] == [
        "lights-help/other-coasts",
        address,
    ]


@pytest.mark.parametrize(("direction", "leads"), [("disputes", True), ("context", False), ("supports", False)])
def test_only_what_speaks_for_an_objection_makes_it_strong(tmp_path: Path, direction: str, leads: bool) -> None:
    """Context bears no weight, and evidence for the claim is evidence against the objection."""
    evidence = f"""    evidence:
      - source: able-2024
        finding: Wrecks were counted on one coast.
        kind: observational
        direction: {direction}
        strength: strong
"""
    library = _library(tmp_path, ("arguments/lights-help.yaml", "    open: Counts", evidence + "    open: Counts"))
    first, _ = strongest(library, library.briefs["first-brief"], Selection())[0]
    assert (first == "lights-help/other-coasts") is leads


@pytest.mark.parametrize("edition", SHAPES)
def test_what_hides_everything_leaves_no_empty_part(tmp_path: Path, edition: str) -> None:
    """All that can be meant for staff is, and nothing is for anybody else: no heading, and no option's letter."""
    staff = "  - audiences: [staff]\n    "
    library = _library(
        tmp_path,
        ("arguments/lights-help.yaml", "  - id: ", f"{staff}id: "),
        ("arguments/lights-cost.yaml", "  - id: ", f"{staff}id: "),
        ("first-brief.yaml", "  - text: Lights", f"{staff}text: Lights"),
        ("first-brief.yaml", "  - text: Charts", f"{staff}text: Charts"),
        ("first-brief.yaml", "  - {id: ", "  - {audiences: [staff], id: "),
    )
    shown = Selection(edition=edition)  # type: ignore[arg-type]
    choices(library, library.briefs["first-brief"], shown)
    text = _text(library, shown)
    assert not [id for id in ("questions", "self-test", "options", "key-messages") if f"{{ #{id}}}" in text]
    assert ", option" not in text


SECOND_FIGURE = FILES["figures/wrecks.yaml"].replace("title:", "width: margin\ntitle:", 1)


def test_one_page_leads_with_the_figure_that_its_brief_names(tmp_path: Path) -> None:
    """Even with one that the usual edition doesn't show, which is as it was; everything is in the full one, once."""
    place = tmp_path / "briefs" / "figures" / "rocks.yaml"
    place.parent.mkdir(parents=True)
    place.write_text(SECOND_FIGURE, encoding="utf-8")
    library = _library(tmp_path, ("first-brief.yaml", "options:", "lead_figure: rocks\noptions:"))
    pages = [_text(library, Selection(edition=edition)) for edition in ("one-page", "brief", "full")]
    assert [page.count('id="figure-rocks"') for page in pages] == [1, 0, 1]
    assert [page.count('id="figure-wrecks"') for page in pages] == [0, 1, 1]


def test_a_leading_figure_that_does_not_exist_is_a_problem_at_its_line(tmp_path: Path) -> None:
    """And the figure that was meant is named."""
    library = _library(tmp_path, ("first-brief.yaml", "options:", "lead_figure: wreks\noptions:"))
    (problem,) = unknown_figure.find(library)
    line = 1 + FILES["first-brief.yaml"].partition("options:")[0].count("\n")
    assert (problem.mark.line, problem.mark.column) == (line, 14)
    assert "wrecks" in problem.hint


@pytest.mark.slow
@pytest.mark.parametrize("edition", ["brief", "one-page"])
def test_a_word_that_no_line_holds_is_broken(tmp_path: Path, edition: str) -> None:
    """It is never cut off at the edge of the paper, wherever it stands."""
    briefs, word = make(tmp_path), "Wreckability" * 20
    path = briefs / "first-brief.yaml"
    text = path.read_text(encoding="utf-8").replace("Winter is near", word).replace("Sailors.", f"{word}.")
    text = text.replace("Lights are cheap.", f"{word}.").replace("actor: The harbour board", f"actor: {word}")
    path.write_text(re.sub("(question|bottom_line): .*", f"\\1: A {word}", text), encoding="utf-8")
    assert path.read_text(encoding="utf-8").count(word) >= 5
    project = Project.at(tmp_path)
    order = Order(slugs=["first-brief"], editions=[edition], formats=["pdf"])
    house = (briefs / "house.yaml").read_text(encoding="utf-8")
    (briefs / "house.yaml").write_text(f"{house}products: [{{editions: [{edition}]}}]\n", encoding="utf-8")
    build(project, order)
    document = pypdfium2.PdfDocument(project.output / "first-brief" / "first-brief.pdf")
    for page in document:
        letters = page.get_textpage()
        ends = [letters.get_charbox(index)[2] for index in range(letters.count_chars())]
        assert max(ends) < page.get_width() - 20
