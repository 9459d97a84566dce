"""Each format is what its own description says it is, whatever stands in the texts."""

from __future__ import annotations

import copy
import csv
import io
import json
import re
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import urldefrag, urlparse

import jsonschema
import pytest

from pipeline.interchange import FORMS
from pipeline.interchange.graph import Selection, select
from pipeline.load import load
from pipeline.project import Project
from pipeline.source import read_folder
from tests.interchange.complete import ARGUMENT, selection

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((Path(__file__).parent / "aif.schema.json").read_text(encoding="utf-8"))
HOSTILE = (
    '"]; evil [label="x',
    '\\"]; evil [label="x',
    "ends in a stroke \\",
    "\\N \\G \\l \\n %s {0} $x `x`",
    "<b>bold</b> <!-- x --> ]]> </script>",
    "=HYPERLINK(1) , \"x\", 'y'",
    "two\n\n[paragraphs]: {x: y}\n  - <z>",
    "-- { } }} {{ #tag @[x] @<y> // /* */ **b** _i_ e.g. :smile: === x ===",
    "\u202eright to left, \u2028, \u0085 and \U0001f5ff",
)
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*"')


def _hostile(text: str) -> dict[str, Any]:
    """The complete argument with one text in every place that takes prose."""
    argument = copy.deepcopy(ARGUMENT)

    def spoil(value: Any) -> None:
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, dict | list):
                spoil(inner)
            elif key in ("claim", "short", "warrant", "text", "finding", "limits", "quote", "conceded", "open", "page"):
                value[key] = text

    spoil(argument)
    argument["contested"] = [text]
    return argument


def _shipped(name: str, *, brief: bool) -> Selection:
    project = Project.at(ROOT)
    library, _ = load(read_folder(project.briefs, project.root).documents)
    return select(library, name, brief=brief)


def _written(form: str, chosen: Selection) -> str:
    return FORMS[form].write(chosen)


CHOSEN = [
    *(pytest.param(selection(_hostile(text)), id=f"hostile-{number}") for number, text in enumerate(HOSTILE)),
    pytest.param(selection(ARGUMENT), id="complete"),
    *(pytest.param(_shipped(name, brief=False), id=name) for name in ("counterweight", "misuse-risk")),
    pytest.param(_shipped("open-models", brief=True), id="open-models, a brief"),
]


@pytest.mark.parametrize("chosen", CHOSEN)
@pytest.mark.parametrize("form", FORMS)
def test_the_same_input_gives_the_same_text(form: str, chosen: Selection) -> None:
    """Twice, to the letter; it ends a line and is UTF-8."""
    first = _written(form, chosen)
    assert first == _written(form, chosen)
    assert first.endswith("\n")
    assert first.encode()


@pytest.mark.parametrize("chosen", CHOSEN)
def test_aif_keeps_to_the_published_form(chosen: Selection) -> None:
    """The schema; ids that are one and known; and the rules of the specification for edges.

    No edge joins two I-nodes; each step leads from one I-node to one, and each conflict from one to a node or a step.
    """
    held = json.loads(_written("aif", chosen))
    jsonschema.validate(held, SCHEMA)
    types = {node["nodeID"]: node["type"] for node in held["nodes"]}
    assert len(types) == len(held["nodes"]) > 5
    ends = [(edge["fromID"], edge["toID"]) for edge in held["edges"]]
    assert {end for pair in ends for end in pair} <= set(types)
    assert not [pair for pair in ends if types[pair[0]] == types[pair[1]] == "I"]
    into = Counter(target for source, target in ends if types[source] == "I")
    out = Counter(source for source, target in ends if types[target] == "I" or types[source] == "CA")
    schemes = [id for id, kind in types.items() if kind != "I"]
    assert {types[id] for id in schemes} == {"RA", "CA"}
    assert {(into[id], out[id]) for id in schemes} == {(1, 1)}


@pytest.mark.parametrize("chosen", CHOSEN)
def test_dot_has_no_statement_but_ours(chosen: Selection) -> None:
    """With what stands in quotation marks put aside, only the six shapes of lines are left."""
    lines = [_QUOTED.sub("Q", line) for line in _written("dot", chosen).splitlines()]
    assert lines[0] == "digraph Q {"
    assert lines[-1] == "}"
    shapes = (
        r"  (?:graph|node|edge) \[[a-z=A-Z0-9, Q]+\]",
        r"  Q \[shape=(?:box|octagon|note|point)(?:, (?:style=rounded|penwidth=2))?, x?label=Q\]",
        r"  Q -> Q \[(?:|arrowhead=none|label=Q|style=(?:dotted, arrowhead=none|dashed, arrowhead=tee), label=Q)\]",
    )
    assert not [line for line in lines[1:-1] if not re.fullmatch("|".join(shapes), line)]


@pytest.mark.parametrize("chosen", CHOSEN)
def test_dot_joins_nodes_that_it_names(chosen: Selection) -> None:
    """No edge makes a node that has no box."""
    text = _written("dot", chosen)
    named = set(re.findall(rf"^  ({_QUOTED.pattern}) \[shape", text, re.MULTILINE))
    joined = re.findall(rf"^  ({_QUOTED.pattern}) -> ({_QUOTED.pattern}) ", text, re.MULTILINE)
    assert len(named) > 5
    assert {end for pair in joined for end in pair} <= named


def test_dot_breaks_lines_and_shows_an_undercut_step() -> None:
    """The objection to a step points at the dot on it; a quotation mark stays one."""
    text = _written("dot", selection(_hostile('He said "no" \\')))
    assert 'He said \\"no\\" \\\\\\l' in text
    assert '"lights-help/better-charts" -> "lights-help/fewer-wrecks step" [style=dashed, arrowhead=tee, ' in text
    assert '"lights-help/fewer-wrecks step" -> "lights-help" []' in text


@pytest.mark.parametrize("chosen", CHOSEN)
def test_csv_has_one_row_a_node_and_no_formula(chosen: Selection) -> None:
    """A strict reader finds as many cells in each row as in its head."""
    rows = list(csv.reader(io.StringIO(_written("csv", chosen)), strict=True))
    assert {len(row) for row in rows} == {20}
    assert len({row[0] for row in rows}) == len(rows) > 5
    assert not [cell for row in rows for cell in row if cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t"))]


@pytest.mark.parametrize("chosen", CHOSEN)
def test_jsonld_explains_itself(chosen: Selection) -> None:
    """Every key is in the context, which needs no network; every reference leads to something in the graph."""
    held = json.loads(_written("jsonld", chosen))
    context = held["@context"]
    prefixes = {key for key, value in context.items() if isinstance(value, str) and urlparse(value).scheme == "http"}
    prefixes |= {"schema"}
    used: set[str] = set()
    references: set[str] = set()
    items = list(held["@graph"])
    for item in items:
        used |= set(item)
        items += [inner for key in ("additionalProperty", "author") for inner in item.get(key, ())]
        types = [item["type"]] if isinstance(item.get("type"), str) else item.get("type", [])
        assert all(kind.partition(":")[0] in prefixes for kind in types)
        references |= {
            item[key] for key in ("premise", "conclusion", "conflicting", "conflicted", "about") if key in item
        }
        references |= {item["citation"]} & {f"#source:{key}" for key in chosen.sources} if "citation" in item else set()
    assert used <= set(context)
    assert references <= {item.get("id") for item in held["@graph"]}
    assert all(urldefrag(id).url == "" for id in references)


def test_json_holds_what_the_file_says() -> None:
    """Key for key; and the works that are cited."""
    held = json.loads(_written("json", selection(ARGUMENT)))
    assert held["arguments"] == [ARGUMENT]
    assert [work["id"] for work in held["references"]] == ["able-2024", "baker-2022", "clark-2020"]
    brief = json.loads(_written("json", _shipped("open-models", brief=True)))
    assert brief["brief"]["question"]
    assert len(brief["arguments"]) == 4
