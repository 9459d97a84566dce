"""Editors complete and check the YAML files with schemas that say what the records say."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.meanings import KEYS, WORDS
from pipeline.schema import schemas

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "assets/schema"
NAMES = {"arguments": "argument", "figures": "figure"}
FILES = sorted((ROOT / "briefs").rglob("*.yaml"))


def test_committed_schemas_are_current() -> None:
    """`openbrief schema` would change nothing, and no schema of something gone lies about."""
    made = {output.path: output.data for output in schemas()}
    assert len(made) == 6
    assert {path.name: path.read_bytes() for path in FOLDER.iterdir()} == made


@pytest.mark.parametrize("output", schemas(), ids=lambda output: output.path)
def test_schema_is_relative_and_explains_itself(output: Any) -> None:
    """A schema needs no network, and its records and fields have descriptions."""
    schema = json.loads(output.data)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == output.path
    assert output.data.count(b'"description"') >= 5
    assert all("description" in record for record in schema["$defs"].values())


def _below(node: Any, path: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every mapping in a schema with the way to it."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from _below(value, f"{path}/{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from _below(value, f"{path}/{index}")


@pytest.mark.parametrize("output", schemas(), ids=lambda output: output.path)
def test_completion_says_what_each_word_means(output: Any) -> None:
    """Wherever one of several words is typed, an editor explains each of them; CSL explains its own types."""
    lists = [(path, node) for path, node in _below(json.loads(output.data), "") if "enum" in node]
    assert lists
    for path, node in lists:
        if not path.endswith("/Source/properties/type"):
            assert len(node["enumDescriptions"]) == len(node["enum"]), path
            assert all(re.fullmatch(r"[A-Z].+[.)]", sentence) for sentence in node["enumDescriptions"]), path


@pytest.mark.parametrize("name", ["argument", "brief", "figure", "house"])
def test_every_key_is_explained(name: str) -> None:
    """An editor says of each key what it holds; keys of CSL have names that say it."""
    schema = json.loads(next(output.data for output in schemas() if output.path == f"{name}.schema.json"))
    keys = [(path, node) for path, node in _below(schema, "") if re.search(r"(?:^|/)properties/[^/]+$", path)]
    assert len(keys) > 15
    assert [path for path, node in keys if "description" not in node and "$ref" not in node] == []


def test_no_explanation_is_left_over() -> None:
    """Each explanation is of a key, or of a list of words, that a schema has."""
    text = b"".join(output.data for output in schemas()).decode()
    said = [sentence for keys in KEYS.values() for sentence in keys.values()]
    said += [sentence for words in WORDS for sentence in words.values()]
    assert len(said) > 100
    assert [sentence for sentence in said if json.dumps(sentence, ensure_ascii=False) not in text] == []


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
