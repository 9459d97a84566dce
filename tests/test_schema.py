"""Editors complete and check the YAML files with schemas that say what the records say."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from pipeline.schema import schemas

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "assets/schema"
NAMES = {"arguments": "argument", "figures": "figure"}
FILES = sorted((ROOT / "briefs").rglob("*.yaml"))


def test_committed_schemas_are_current() -> None:
    """`openbrief schema` would change nothing, and no schema of something gone lies about."""
    made = {output.path: output.data for output in schemas()}
    assert len(made) == 5
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == made


@pytest.mark.parametrize("output", schemas(), ids=lambda output: output.path)
def test_schema_is_relative_and_explains_itself(output: Any) -> None:
    """A schema needs no network, and its records and fields have descriptions."""
    schema = json.loads(output.data)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == output.path
    assert output.data.count(b'"description"') >= 5
    assert all("description" in record for record in schema["$defs"].values())


def test_no_id_stands_in_a_file_that_is_named_by_it() -> None:
    """The name of a file is the id of its argument, brief or figure; a ground's id stands in the file."""
    made = {output.path.partition(".")[0]: json.loads(output.data) for output in schemas()}
    figures = [record for record in made["figure"]["$defs"].values() if "kind" in record["properties"]]
    for record in (made["argument"], made["brief"], *figures):
        assert "id" not in {*record["properties"], *record["required"]}
    assert len(figures) > 3
    assert "id" in made["argument"]["$defs"]["Ground"]["required"]


def test_library_is_seen() -> None:
    """The next test judges the whole library that is shipped."""
    assert len(FILES) >= 10


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_shipped_file_names_its_schema(path: Path) -> None:
    """The first line of every YAML file tells an editor which schema it has."""
    first = path.read_text(encoding="utf-8").splitlines()[0]
    named = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert named
    name = NAMES.get(path.parent.name) or (path.stem if path.stem in ("house", "sources") else "brief")
    assert (path.parent / named[1]).resolve() == FOLDER / f"{name}.schema.json"
