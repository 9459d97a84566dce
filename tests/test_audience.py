"""What an audience is told in words of its own, and that no product contradicts another by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.audience import addressed, tellings
from pipeline.build import build, examine
from pipeline.check import check
from pipeline.compose import compose, named
from pipeline.edition import Selection
from pipeline.load import load
from pipeline.model import Library
from pipeline.problem import Problem
from pipeline.product import Order, planned, products
from pipeline.project import Project
from pipeline.record import Audience
from pipeline.source import read_folder
from tests import example

ARGUMENT = "arguments/lights-help.yaml"
CLAIM = ("short: Lighthouses help\n", "short: Lighthouses help\nfor: {press: {claim: A light may save a ship.}}\n")
MESSAGE = ("  - text: Lights are cheap.\n", "  - text: Lights are cheap.\n    for: {legislator: A light is cheap.}\n")
BRIEF = (
    "why_now: Winter is near.\n",
    "why_now: Winter is near.\nfor:\n  legislator:\n    bottom_line: Vote for light.\n    why_now: The vote is near.\n",
)


def _read(root: Path, *changes: tuple[str, str, str]) -> tuple[Library, list[Problem]]:
    """The example library after replacing texts in its files, and what loading it finds."""
    texts = dict(example.FILES)
    for name, old, new in changes:
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread)
    return library, [*reading.problems, *problems]


def _found(root: Path, rule: str, *changes: tuple[str, str, str]) -> list[tuple[str, int, int]]:
    """Where a rule finds something in the example library so changed."""
    library, problems = _read(root, *changes)
    assert not problems
    return [
        (item.mark.file.removeprefix("briefs/"), item.mark.line, item.mark.column)
        for item in check(library)
        if item.rule == rule
    ]


def _printed(library: Library, audience: Audience | None) -> str:
    told = addressed(library, audience)
    brief = told.briefs["first-brief"]
    made = compose(told, brief, example.ROOT / "templates", argue(told), Selection(audience=audience))
    return "\n".join([made.metadata.description, *(passage.text for passage in made.passages)])


def test_each_audience_reads_its_own_words(tmp_path: Path) -> None:
    """Claim, message, bottom line and why now; all else, and what has no wording, is said as to everyone."""
    library, problems = _read(
        tmp_path, (ARGUMENT, *CLAIM), ("first-brief.yaml", *MESSAGE), ("first-brief.yaml", *BRIEF)
    )
    assert not problems
    plain, lawmakers, press = (_printed(library, who) for who in (None, "legislator", "press"))
    for text in ("A light is cheap.", "Vote for light.", "The vote is near."):
        assert text in lawmakers
        assert text not in plain + press
    assert "A light may save a ship." in press
    assert "A light may save a ship." not in plain + lawmakers
    assert "Lighthouses make harbours safer." in plain
    assert "Every harbour should have a light." in press


def test_a_wording_stands_where_it_is_written(tmp_path: Path) -> None:
    """Not where the text does that it takes the place of."""
    library, _ = _read(tmp_path, (ARGUMENT, *CLAIM), ("first-brief.yaml", *BRIEF))
    told = addressed(library, "press").arguments["lights-help"]
    assert told.mark("claim").excerpt == CLAIM[1].splitlines()[1]
    assert told.mark("short") == library.arguments["lights-help"].mark("short")
    brief = addressed(library, "legislator").briefs["first-brief"]
    assert brief.mark("why_now").excerpt == "    why_now: The vote is near."


def test_a_library_without_wordings_is_told_once(tmp_path: Path) -> None:
    """To everyone, and as it is."""
    library, _ = _read(tmp_path)
    assert [*tellings(library)] == [library]


def test_audiences_and_texts_are_spelt_right(tmp_path: Path) -> None:
    """A wrong name is a problem at its place, with the one that was meant; so is one below it."""
    wrong = BRIEF[1].replace("legislator", "legislater").replace("bottom_line", "botom_line")
    _, problems = _read(tmp_path, ("first-brief.yaml", BRIEF[0], wrong))
    assert [(problem.mark.line, problem.rule, problem.hint) for problem in problems] == [
        (10, "unknown-key", "did you mean 'legislator'?"),
        (11, "unknown-key", "did you mean 'bottom_line'?"),
    ]


@pytest.mark.parametrize(
    ("rule", "old", "new", "place"),
    [
        ("overclaim", *CLAIM, (ARGUMENT, 3, 30)),
        ("number-mismatch", *MESSAGE, ("first-brief.yaml", 20, 23)),
        ("acronym-unexpanded", *BRIEF, ("first-brief.yaml", 12, 14)),
        ("reading-ease", *BRIEF, ("first-brief.yaml", 12, 14)),
        ("repeated-figure", *BRIEF, ("first-brief.yaml", 17, 3)),
    ],
)
def test_rules_read_every_wording(tmp_path: Path, rule: str, old: str, new: str, place: tuple[str, int, int]) -> None:
    """And say so where it stands, once."""
    hard = (
        "Prioritisation of investment necessitates comprehensive consideration of distributional consequences, "
        "institutional responsibilities, organisational capabilities and administrative practicability"
    )
    said = {
        "overclaim": ("A light may save a ship", "A light will save a ship"),
        "number-mismatch": ("A light is cheap", "72% of lights are cheap"),
        "acronym-unexpanded": ("The vote is near", "HSB meets soon"),
        "reading-ease": ("The vote is near", hard),
        "repeated-figure": ("The vote is near.", "'{{ figure(\"wrecks\") }}'"),
    }[rule]
    name = ARGUMENT if rule == "overclaim" else "first-brief.yaml"
    changed = new.replace(*said)
    assert changed != new
    assert _found(tmp_path, rule, (name, old, changed)) == [place]


@pytest.mark.parametrize(
    ("plain", "told", "is_wrong"),
    [
        ("Wrecks fell by 35%.", "A light cuts wrecks by 53%.", True),
        ("Wrecks fell by 35%.", "A light cuts wrecks by about a third.", False),
        ("Wrecks fell by 35%.", "A light cuts wrecks.", False),
    ],
)
def test_two_audiences_are_told_one_figure(tmp_path: Path, plain: str, told: str, is_wrong: bool) -> None:
    """Another figure in a wording is a problem at that figure."""
    message = f"  - text: {plain}\n    for: {{legislator: {told}}}\n"
    found = _found(tmp_path, "diverging-number", ("first-brief.yaml", MESSAGE[0], message))
    assert bool(found) is is_wrong
    if found:
        assert [(file, line) for file, line, _ in found] == [("first-brief.yaml", 20)]


def test_products_of_audiences_agree_where_they_cite(tmp_path: Path) -> None:
    """What one audience is told of a source in why now holds against what the brief tells all of it elsewhere."""
    library, problems = _read(
        tmp_path,
        ("first-brief.yaml", "Wrecks are counted every year [@able-2024].", "Light cut wrecks by 35% [@able-2024]."),
        ("first-brief.yaml", "why_now: Winter is near.\n",
         "why_now: Winter is near.\nfor: {press: {why_now: 'Light cut wrecks by 53% [@able-2024].'}}\n"),
    )  # fmt: skip
    assert not problems
    found = [item for item in check(library) if item.rule == "diverging-number"]
    assert len(found) == 1
    assert any(said in found[0].message for said in ("53%", "for the press"))


REGIONS = "regions:\n  - {id: north, name: The north}\n  - {id: south, name: The south}\nname: Example"
PLACED = """\
why_now: Winter is near in {{ local("coast") }}.
local:
  - id: coast
    text: some places
    for: {press: the islands}
    regions:
      - {id: north, text: the far north}
"""
PLANNED = "products:\n  - {}\n  - {audiences: [everyone, press], regions: [north, south]}\n"


def _with_regions(*changes: tuple[str, str, str]) -> list[tuple[str, str, str]]:
    text = example.FILES["first-brief.yaml"].partition("title:")
    placed = ("first-brief.yaml", "why_now: Winter is near.\n", PLACED)
    return [
        ("house.yaml", "name: Example", REGIONS),
        placed,
        ("first-brief.yaml", text[1], PLANNED + text[1]),
        *changes,
    ]


def test_a_region_has_products_of_its_own(tmp_path: Path) -> None:
    """Its words go before an audience's, and an audience's before those for everyone."""
    library, problems = _read(tmp_path, *_with_regions())
    assert not problems
    assert not [item for item in check(library) if item.severity == "error"]
    brief = library.briefs["first-brief"]
    told = {
        product.name: addressed(library, product.audience, product.region).briefs["first-brief"].why_now
        for product in planned(library.house, brief)
    }
    assert told == {
        "first-brief": "Winter is near in some places.",
        "first-brief-north.en-GB": "Winter is near in the far north.",
        "first-brief-press-north.en-GB": "Winter is near in the far north.",
        "first-brief-south.en-GB": "Winter is near in some places.",
        "first-brief-press-south.en-GB": "Winter is near in the islands.",
    }
    chosen = [product.name for product in products(library, Order(slugs=["first-brief"], regions=["south"]))]
    assert chosen == ["first-brief-south.en-GB", "first-brief-press-south.en-GB"]
    anywhere = products(library, Order(slugs=["first-brief"], regions=["anywhere"]))
    assert [product.name for product in anywhere] == ["first-brief"]
    called = {product.name: named(library, brief, product).called for product in planned(library.house, brief)}
    assert called["first-brief-press-north.en-GB"] == "Brief for press · The north"


def test_rules_read_what_a_region_is_told(tmp_path: Path) -> None:
    """Words of one region alone are looked at, too."""
    library, _ = _read(tmp_path, *_with_regions())
    assert [told.briefs["first-brief"].why_now for told in tellings(library)] == [
        "Winter is near in some places.",
        "Winter is near in the islands.",
        "Winter is near in the far north.",
    ]


def test_a_region_without_words_is_told(tmp_path: Path) -> None:
    """The product that would have a hole is named, and what could be added."""
    only_north = ("first-brief.yaml", "    text: some places\n    for: {press: the islands}\n", "")
    library, _ = _read(tmp_path, *_with_regions(only_north))
    found = {item.message: item.hint for item in check(library) if item.rule == "local-slot"}
    assert found == {
        "the product for everyone has nothing to put in the slot 'coast'": "add `text:` here",
        "the product for everyone in south has nothing to put in the slot 'coast'": (
            "add `regions: [{id: south, text: …}]` or `text:` here"
        ),
        "the product for press in south has nothing to put in the slot 'coast'": (
            "add `regions: [{id: south, text: …}]` or `for: {press: …}` or `text:` here"
        ),
    }


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("first-brief.yaml", "regions: [north, south]", "regions: [nroth]"), "the house has no region 'nroth'"),
        (("first-brief.yaml", "{id: north, text", "{id: norht, text"), "the house has no region 'norht'"),
        (("house.yaml", "{id: south, name", "{id: north, name"), "the region 'north' stands here twice"),
    ],
)
def test_regions_are_spelt_right(tmp_path: Path, change: tuple[str, str, str], message: str) -> None:
    """In plans and in slots, and each is named once."""
    library, problems = _read(tmp_path, *_with_regions(change))
    assert not problems
    found = [item for item in check(library) if item.rule == "unknown-region"]
    assert message in [item.message for item in found]
    assert all(item.hint and item.mark.line > 1 for item in found)


@pytest.mark.parametrize("id", ["press", "press-north", "one-page", "everyone"])
def test_a_region_has_a_name_that_files_can_bear(tmp_path: Path, id: str) -> None:
    """Its files would be taken for those of an audience or an edition."""
    change = ("house.yaml", "name: Example", f"regions: [{{id: {id}, name: The north}}]\nname: Example")
    problems = _read(tmp_path, change)[1]
    assert [item.mark.line for item in problems] == [1]
    assert "could not be told from those of" in problems[0].message


@pytest.mark.slow
def test_files_of_an_audience_hold_its_words(tmp_path: Path) -> None:
    """From the library to the page, and in what catalogues are told."""
    briefs = example.make(tmp_path)
    text = (briefs / "first-brief.yaml").read_text(encoding="utf-8").replace(*BRIEF)
    plan = "products:\n  - {editions: [brief], audiences: [everyone, legislator]}\n"
    (briefs / "first-brief.yaml").write_text(text + plan, encoding="utf-8")
    project = Project.at(tmp_path)
    assert not [problem for problem in examine(project)[1] if problem.severity == "error"]
    build(project, Order(slugs=["first-brief"], formats=["html"]))
    plain = (project.output / "first-brief" / "index.html").read_text(encoding="utf-8")
    told = (project.output / "first-brief" / "first-brief-legislator.en-GB.html").read_text(encoding="utf-8")
    assert "The vote is near." in told
    assert '<meta name="description" content="Vote for light.">' in told
    assert "The vote is near." not in plain
