"""A trace leads from what a brief says to its sources, through all that is said on the way."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.build import examine
from pipeline.model import Library
from pipeline.parts import Part, parts
from pipeline.project import Project
from pipeline.trace import DEPTH, HEAD, Step, Trace, once, trace
from tests import harbours

ROOT = Path(__file__).parents[1]


@pytest.fixture
def traced(tmp_path: Path) -> Trace:
    """The trace of the library in which everything occurs."""
    return _trace(harbours.loaded(tmp_path), "first-brief")


def _trace(library: Library, slug: str) -> Trace:
    return trace(library, library.briefs[slug], argue(library))


def _at(root: Step, address: str) -> Step:
    return next(step for step in root.within() if step.part.address == address)


def test_recommendations_come_before_key_messages(traced: Trace) -> None:
    """What is asked of people comes first."""
    names = [step.part.name for step in traced.steps]
    assert names == ["Recommendation 1", "Recommendation 2", "Key message 1", "Key message 2", "Key message 3"]


def test_a_trace_goes_through_grounds_objections_and_responses(traced: Trace) -> None:
    """Each stands below what it speaks for or against."""
    root = traced.steps[0]
    assert [step.part.address for step in root.within()] == [
        "first-brief#recommendation-1",
        "lights-help/fewer-wrecks",
        "lights-help/better-charts",
        "lights-help/better-charts/response",
    ]
    assert _at(root, "lights-help/better-charts").judgement.label == "contested"
    assert _at(root, "lights-help/fewer-wrecks").standing.startswith("Ground, accepted: ")


def test_a_claim_does_not_deny_the_objections_below_it(traced: Trace) -> None:
    """Where an objection to its grounds or steps is shown, a claim says that none is raised against itself."""
    claims = [step for root in traced.steps for step in root.within() if step.part.kind == "claim" and not step.again]
    shipped = _trace(examine(Project.at(ROOT))[0], "ai-alliance")
    claims += [step for root in shipped.steps for step in root.within() if step.part.kind == "claim"]
    with_objections = [step for step in claims if any(below.part.kind == "objection" for below in step.within())]
    assert len([step for step in with_objections if "the claim itself" in step.standing]) >= 2
    assert not [
        step.standing for step in with_objections if step.standing.endswith("no objection is raised against it")
    ]


def test_a_trace_ends_at_sources(traced: Trace) -> None:
    """With their place, how they were read, and where they are."""
    first, second = _at(traced.steps[0], "lights-help/fewer-wrecks").findings
    assert (first.work, first.locator, first.way) == ("Able 2024", "p. 12", "read in full; observational, moderate")
    assert (second.work, second.url) == ("Baker and Cole 2022", "https://doi.org/10.1000/wrecks")
    assert traced.sources == {
        "able-2024": "full", "baker-2022": "abstract", "gale-2019": "full", "dunn-2020": "secondary",
    }  # fmt: skip


def test_bearing_is_said_where_it_is_unusual(traced: Trace) -> None:
    """Context says so; what disputes a claim supports the objection that it stands under."""
    findings = {(item.source, item.kind): item.bearing for step in traced.steps[1].within() for item in step.findings}
    assert findings["able-2024", "testimony"] == "context only"
    assert findings["gale-2019", "expert"] == ""


def test_a_retracted_source_is_called_so(tmp_path: Path) -> None:
    """It stands in the trace, and the ground says what it lost."""
    change = ("sources.yaml", "country: FR}", "country: FR, retracted: {date: 2026-01-01, notice: Withdrawn.}}")
    root = _trace(harbours.loaded(tmp_path, change), "first-brief").steps[0]
    ways = [item.way for item in _at(root, "lights-help/fewer-wrecks").findings]
    assert ways[1].startswith("retracted; ")


def test_every_result_is_complete_by_itself(traced: Trace) -> None:
    """The table of one recommendation needs no row of another."""
    assert all(not step.shown_at for root in traced.steps for step in root.within())


def test_once_opens_each_part_once(traced: Trace) -> None:
    """What people have seen is named, with the place where they saw it."""
    read = once(traced)
    opened = [step.part.address for root in read.steps for step in root.within() if step.findings or step.steps]
    assert len(opened) == len(set(opened)) > 5
    again = _at(read.steps[4], "lights-help/fewer-wrecks")
    assert again.ellipsis == "shown under recommendation 1"
    assert {step.part.address for root in read.steps for step in root.within()} == {
        step.part.address for root in traced.steps for step in root.within()
    }


def test_once_knows_what_has_stood_before(traced: Trace) -> None:
    """Of all steps that people see, one alone for each part is where links lead."""
    first = [step.part.anchor for root in once(traced).steps for step in root.within() if not step.again]
    everything = {step.part.anchor for root in traced.steps for step in root.within()}
    assert len(first) == len(set(first))
    assert set(first) == everything


def test_anchors_tell_parts_apart() -> None:
    """Names that look alike stay apart inside a page."""
    addresses = ["a/b", "a--b", "a-b", "recommendation-1", "brief#recommendation-1", "a/recommendation-1"]
    anchors = {Part(address=address, kind="claim", name="Claim", text="It is so.").anchor for address in addresses}
    assert len(anchors) == len(addresses)


def test_a_circle_ends(tmp_path: Path) -> None:
    """A ground that rests on itself is shown once more, and no further."""
    change = (
        "arguments/lights-help.yaml",
        "  - id: pilots",
        "  - {id: self, text: It is so., rests_on: [lights-cost]}\n  - id: pilots",
    )
    back = ("arguments/lights-cost.yaml", "[lights-help/fewer-wrecks]", "[lights-help]")
    root = _trace(harbours.loaded(tmp_path, change, back), "first-brief").steps[2]
    repeated = [step for step in root.within() if step.shown_at]
    assert [(step.part.address, step.ellipsis) for step in repeated] == [("lights-help", "shown above")]


def test_a_deep_chain_is_cut(tmp_path: Path) -> None:
    """A trace ends before the stack of the machine does, and says so."""
    library = harbours.loaded(tmp_path)
    model = library.arguments["lights-cost"]
    ground = model.grounds[0]
    chain = {}
    for number in range(3000):
        lower = ground.model_copy(update={"rests_on": (f"link-{number + 1}",)})
        chain[f"link-{number}"] = model.model_copy(
            update={"id": f"link-{number}", "grounds": (lower,), "objections": ()}
        )
    brief = library.briefs["first-brief"]
    result = brief.recommendations[0].model_copy(update={"rests_on": ("link-0",)})
    brief = brief.model_copy(update={"recommendations": (result,), "key_messages": ()})
    deep = library.model_copy(update={"arguments": {**library.arguments, **chain}, "briefs": {"first-brief": brief}})
    steps = list(_trace(deep, "first-brief").steps[0].within())
    assert len(steps) == DEPTH + 1
    assert steps[-1].ellipsis == f"{DEPTH} steps deep; what follows is left out"


def test_what_the_library_lacks_is_left_out(tmp_path: Path) -> None:
    """A mistyped name is the rules' business; the trace goes on without it."""
    change = ("first-brief.yaml", "[lights-cost/cheap, lights-help]", "[lights-cost/cheep, lights-help]")
    root = _trace(harbours.loaded(tmp_path, change), "first-brief").steps[1]
    assert [step.part.address for step in root.steps] == ["lights-help"]


def test_the_table_has_a_cell_for_each_column(traced: Trace) -> None:
    """Every row is as wide as the head, and every finding has one."""
    rows = list(traced.rows())
    assert rows[0] == HEAD
    assert {len(row) for row in rows} == {len(HEAD)}
    findings = sum(len(step.findings) for root in traced.steps for step in root.within())
    assert sum(bool(row[HEAD.index("source")]) for row in rows[1:]) == findings > 10


def test_json_nests_as_the_trace_does(traced: Trace) -> None:
    """Texts stand as the files have them."""
    said = json.loads(json.dumps(traced.as_json()))
    claim = said["results"][1]["below"][1]
    assert (claim["address"], claim["text"]) == ("lights-help", "Lighthouses make harbours **safer**.")
    objection = claim["below"][1]["below"][0]
    assert (objection["outcome"], objection["remark"]) == ("conceded", "Some were, as @dunn-2020 says.")


def test_every_result_of_the_shipped_library_ends_at_a_source() -> None:
    """No recommendation or key message that ships rests on nothing."""
    library, _ = examine(Project.at(ROOT))
    judged = argue(library)
    for brief in library.briefs.values():
        steps = trace(library, brief, judged).steps
        assert len(steps) == len(brief.recommendations) + len(brief.key_messages)
        assert all(any(step.findings for step in root.within()) for root in steps), brief.id


def test_parts_have_the_addresses_that_labels_have() -> None:
    """What hangs together and what stands speak of the same things."""
    library, _ = examine(Project.at(ROOT))
    assert set(parts(library)) == set(argue(library))
