"""The impact of a source is what changes when it is gone, and what only leans on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.argue import argue
from pipeline.build import examine
from pipeline.impact import Impact, impact
from pipeline.project import Project
from tests import harbours

ROOT = Path(__file__).parents[1]


def _moves(found: Impact) -> dict[str, tuple[str, str]]:
    return {change.part.address: (change.before, change.after) for change in found.changed}


def test_a_lost_answer_lets_an_objection_stand(tmp_path: Path) -> None:
    """The ground keeps its other source, but the step from it is undercut again."""
    found = impact(harbours.loaded(tmp_path), ["baker-2022"])
    assert _moves(found) == {
        "lights-help/better-charts/response": ("accepted", "unsupported"),
        "lights-help": ("accepted", "contested"),
        "first-brief#key-message-1": ("accepted", "contested"),
        "first-brief#recommendation-2": ("accepted", "contested"),
    }


def test_what_loses_a_source_and_keeps_its_label_is_weakened(tmp_path: Path) -> None:
    """So is what rests on it; the sentence says which."""
    found = impact(harbours.loaded(tmp_path), ["able-2024"])
    assert not found.changed
    said = {change.part.address: change.reason for change in found.weakened}
    assert said["lights-help/fewer-wrecks"] == "It loses one of its two sources."
    assert said["first-brief#recommendation-1"] == "Something it rests on loses support."
    assert "lights-help/pilots" not in said, "context carries nothing"


def test_sources_together_do_more_than_each(tmp_path: Path) -> None:
    """Two sources of one ground fall at once."""
    found = impact(harbours.loaded(tmp_path), ["able-2024", "baker-2022"])
    assert _moves(found)["first-brief#recommendation-1"] == ("accepted", "unsupported")
    assert _moves(found)["lights-cost/saves-lives"] == ("accepted", "unsupported")


def test_briefs_say_where_they_cite_it(tmp_path: Path) -> None:
    """A brief is touched by its figures and its own text, too."""
    (brief,) = impact(harbours.loaded(tmp_path), ["able-2024"]).briefs
    assert (brief.slug, brief.changed) == ("first-brief", 0)
    assert brief.cites == ("text", "figure wrecks")


def test_a_source_retracted_already_is_asked_about_as_if_it_were_not(tmp_path: Path) -> None:
    """What its retraction has done is what is told."""
    change = ("sources.yaml", "country: FR}", "country: FR, retracted: {date: 2026-01-01, notice: Withdrawn.}}")
    before = impact(harbours.loaded(tmp_path / "before"), ["baker-2022"])
    assert _moves(impact(harbours.loaded(tmp_path / "after", change), ["baker-2022"])) == _moves(before)


def test_nothing_depends_on_evidence_against(tmp_path: Path) -> None:
    """An objection stands without its source, so no claim looks better for a loss."""
    found = impact(harbours.loaded(tmp_path), ["gale-2019"])
    assert set(_moves(found)) == {"lights-help/better-charts"}
    assert not found.weakened
    assert not found.briefs


@pytest.mark.parametrize("key", ["hoffmann-2024-oss", "kapoor-2024-societal", "hawkins-2025"])
def test_the_shipped_library_answers_as_its_labels_do(key: str) -> None:
    """Each change is the difference of two labellings, and nothing that changes is called weakened."""
    library, _ = examine(Project.at(ROOT))
    found = impact(library, [key])
    before, after = argue(library), argue(library, [key])
    different = {name for name in before if before[name].label != after[name].label}
    assert {change.part.address for change in found.changed} == different
    assert different
    assert not different & {change.part.address for change in found.weakened}


def test_losing_the_value_of_software_costs_one_ground() -> None:
    """Without hoffmann-2024-oss the claim that openness speeds innovation rests on its other grounds."""
    library, _ = examine(Project.at(ROOT))
    found = impact(library, ["hoffmann-2024-oss"])
    assert _moves(found)["openness-speeds-innovation/software-value"] == ("accepted", "unsupported")
    assert "openness-speeds-innovation" in {change.part.address for change in found.weakened}
    assert {"ai-alliance", "open-models"} <= {brief.slug for brief in found.briefs}
