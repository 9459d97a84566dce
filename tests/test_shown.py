"""What a product shows and leaves out, as data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from pipeline.build import build
from pipeline.product import Order
from pipeline.project import Project
from tests import example

pytestmark = pytest.mark.slow
SCHEMA = json.loads((example.ROOT / "assets/schema/product.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A brief that names one of two objections."""
    root = tmp_path_factory.mktemp("shown")
    brief = example.make(root) / "first-brief.yaml"
    text = brief.read_text(encoding="utf-8")
    brief.write_text(f"{text}objections: [lights-help/better-charts, lights-cost/lives]\n", encoding="utf-8")
    project = Project.at(root)
    build(project, Order(slugs=("first-brief",), formats=("json",)))
    return json.loads((project.output / "first-brief/first-brief.json").read_text(encoding="utf-8"))


def test_it_is_what_the_schema_says(told: Any) -> None:
    """The published schema holds, and would not hold of something else."""
    jsonschema.validate(told, SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(told | {"left_out": ["lights-help/other-coasts"]}, SCHEMA)


def test_it_says_what_is_shown_and_what_is_not(told: Any) -> None:
    """The objection that the brief doesn't name is left out, and all else is shown with its label."""
    assert told["left_out"] == [{"address": "lights-help/other-coasts", "why": "chosen"}]
    first, second = told["arguments"]
    assert [first["side"], second["side"]] == ["for", "against"]
    assert [part["address"] for part in first["objections"]] == ["lights-help/better-charts"]
    assert first["objections"][0]["outcome"] == "response"
    assert second["objections"][0]["outcome"] == "conceded"
    assert first["label"] == "contested"
    assert first["grounds"][0]["sources"] == ["able-2024"]
    assert [item["id"] for item in told["references"]] == ["able-2024"]
    assert len(told["key_messages"]) == 3
    assert told["recommendations"][0]["supports"] == "light-all"


def test_a_page_has_hardly_any_grounds(tmp_path: Path) -> None:
    """One page prints objections to the arguments for its answer, and the first ground of one against it."""
    house = example.make(tmp_path) / "house.yaml"
    house.write_text(house.read_text(encoding="utf-8") + "products: [{editions: [one-page]}]\n", encoding="utf-8")
    project = Project.at(tmp_path)
    build(project, Order(slugs=("first-brief",), formats=("json",)))
    told = json.loads((project.output / "first-brief/first-brief.json").read_text(encoding="utf-8"))
    assert [len(argument["grounds"]) for argument in told["arguments"]] == [0, 1]
    assert [len(argument["objections"]) for argument in told["arguments"]] == [2, 0]
    left_out = {part["address"] for part in told["left_out"]}
    assert {"lights-help/fewer-wrecks", "lights-cost/lives"} <= left_out
    assert "lights-cost/upkeep" not in left_out
