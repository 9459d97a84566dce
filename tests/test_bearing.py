"""How evidence bears on what it stands under is one question with one answer, wherever it is asked."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.annexes import tables
from pipeline.argue import argue
from pipeline.argument import Evidence
from pipeline.balance import balance
from pipeline.check.reading import evidence_for
from pipeline.compose import compose
from pipeline.edition import Selection
from pipeline.framework import Framework
from pipeline.interchange.graph import graph
from pipeline.model import Library
from pipeline.parts import Bearing, carried_by, parts
from pipeline.trace import trace
from pipeline.wording import BEARINGS
from pipeline.wording.catalogues import wording
from tests import harbours
from tests.example import ROOT
from tests.test_compose import whole

HELP = "arguments/lights-help.yaml"
_NEW = "{source: gale-2019, finding: A new one., kind: survey, strength: weak%s}"
PLACES = {
    "ground": (
        "pilots",
        "      - {source: dunn-2020, finding: Nine in ten pilots do.,",
    ),
    "objection": ("better-charts", "      - {source: gale-2019, finding: New charts came in 1850.,"),
    "concession": ("paid-pilots", "    conceded: Some were,"),
    "response": ("better-charts/response", "        - {source: baker-2022, finding: Both groups had them.,"),
}
"""Where each kind of part gets another piece of evidence: its address in the argument, and the line that follows."""
CASES: dict[tuple[str, str], Bearing] = {
    ("ground", "supports"): "for",
    ("ground", "disputes"): "against",
    ("ground", "context"): "neither",
    ("ground", ""): "for",
    ("objection", "supports"): "against",
    ("objection", "disputes"): "for",
    ("objection", "context"): "neither",
    ("objection", ""): "for",
    ("concession", "supports"): "against",
    ("concession", "disputes"): "for",
    ("concession", "context"): "neither",
    ("concession", ""): "for",
    ("response", "supports"): "for",
    ("response", "disputes"): "against",
    ("response", "context"): "neither",
    ("response", ""): "for",
}


def _with_one_more(root: Path, place: str, direction: str) -> tuple[Library, str]:
    """The library with another piece of evidence at a place, and the address of what it stands under."""
    name, before = PLACES[place]
    item = _NEW % (f", direction: {direction}" if direction else "")
    line = f"    evidence:\n      - {item}\n" if place == "concession" else before.partition("{")[0] + item + "\n"
    return harbours.loaded(root, (HELP, before, line + before)), f"lights-help/{name}"


@pytest.mark.parametrize(("case", "expected"), CASES.items(), ids=["-".join(case).rstrip("-") for case in CASES])
def test_every_place_agrees(case: tuple[str, str], expected: Bearing, tmp_path: Path) -> None:
    """The trace, the table of evidence, the labels, what is exported and what rules count say the same."""
    library, address = _with_one_more(tmp_path, *case)
    brief, part = library.briefs["first-brief"], parts(library)[address]

    def is_new(item: Evidence) -> bool:
        return item.finding == "A new one."

    (new,) = filter(is_new, part.evidence)
    steps = [step for root in trace(library, brief, argue(library)).steps for step in root.within()]
    traced = {item.bearing for step in steps for item in step.findings if item.finding == new.finding}
    rows = [row for table in tables(library, brief, Selection(edition="full")) for row in table.rows]
    (kind,) = [str(row.kind) for row in rows if is_new(row.item)]
    number = part.evidence.index(new) + 1
    links = graph(tuple(library.arguments.values())).links
    (bond,) = [link.bond for link in links if link.source == f"{address}.evidence-{number}"]
    assert traced == {BEARINGS[expected]}
    assert kind.removeprefix("survey, weak") == (f"; {BEARINGS[expected]}" if BEARINGS[expected] else "")
    assert bond == {"for": "supports", "against": "disputes", "neither": "context"}[expected]
    assert any(map(is_new, carried_by(part))) == (expected == "for")
    assert any(map(is_new, Framework(library).counting(part.kind, part.evidence))) == (expected == "for")
    if case[0] != "response":
        assert any(map(is_new, evidence_for(library, address))) == (expected == "for")


@pytest.mark.parametrize("place", PLACES)
def test_a_balance_is_as_seen_from_the_claim(place: str, tmp_path: Path) -> None:
    """What supports the claim speaks for it, wherever it stands."""
    sides = {}
    for direction in ("supports", "disputes", "context"):
        library, _ = _with_one_more(tmp_path / direction, place, direction)
        found = balance(library, library.briefs["first-brief"], argue(library))
        (table,) = [table for table in found.tables if table.name == "kind of evidence"]
        (row,) = [row for row in table.rows if row.value == "survey"]
        sides[direction] = (row.number, row.for_, row.against)
    assert sides == {"supports": (2, 2, 0), "disputes": (2, 1, 1), "context": (2, 1, 0)}


def test_what_supports_the_claim_is_no_evidence_for_an_objection(tmp_path: Path) -> None:
    """The objection is unsupported, and so is a response on which only what disputes the claim is cited."""
    turned = (HELP, "kind: expert, direction: disputes", "kind: expert, direction: supports")
    library = harbours.loaded(tmp_path / "objection", turned)
    assert argue(library)["lights-help/better-charts"].label == "unsupported"
    plain = (HELP, "had them., kind: quasi-experiment", "had them., direction: disputes, kind: quasi-experiment")
    labels = argue(harbours.loaded(tmp_path / "response", plain))
    assert labels["lights-help/better-charts/response"].label == "unsupported"
    assert labels["lights-help/better-charts"].reason != "It is answered."


def _printed(library: Library, language: str = "en-GB") -> str:
    """The brief in a language, as Markdown."""
    words = wording(ROOT / "assets", language)
    brief = library.briefs["first-brief"].model_copy(update={"language": language})
    return whole(compose(library, brief, ROOT / "templates", argue(library), wording=words))


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en-GB", ", but see "),
        ("fr", ", mais voir "),
        ("es", ", pero véase "),
        ("de", ", siehe aber "),
        ("ar", "، لكن انظر "),
    ],
)
def test_a_ground_is_not_cited_to_what_disputes_it(language: str, said: str, tmp_path: Path) -> None:
    """That stands apart, behind what supports the ground and what is its context."""
    library, _ = _with_one_more(tmp_path, "ground", "disputes")
    text = _printed(library, language)
    assert f"Pilots ask for them [@dunn-2020; @able-2024]{said}[@gale-2019]." in text


@pytest.mark.parametrize(
    ("place", "direction", "expected"),
    [
        ("ground", "supports", "ask for them [@gale-2019; @dunn-2020; @able-2024]."),
        ("objection", "disputes", "the same years [@gale-2019]."),
        ("concession", "disputes", "were paid [@gale-2019]."),
        ("concession", "supports", "were paid, but see [@gale-2019]."),
        ("response", "supports", "the same charts [@gale-2019; @baker-2022]."),
        ("response", "disputes", "the same charts [@baker-2022], but see [@gale-2019]."),
    ],
)
def test_every_part_is_cited_to_what_speaks_for_it(place: str, direction: str, expected: str, tmp_path: Path) -> None:
    """Whatever it is; nothing is dropped."""
    library, _ = _with_one_more(tmp_path, place, direction)
    assert expected in _printed(library)


def test_a_finding_is_cited_to_its_source(tmp_path: Path) -> None:
    """The table of evidence says beside it which way it points."""
    library, _ = _with_one_more(tmp_path, "ground", "disputes")
    brief, shown = library.briefs["first-brief"], Selection(edition="full")
    text = whole(compose(library, brief, ROOT / "templates", argue(library), shown))
    (row,) = [line for line in text.splitlines() if "A new one" in line and line.startswith("|")]
    assert "| A new one [@gale-2019]. | survey, weak; disputes this |" in row
