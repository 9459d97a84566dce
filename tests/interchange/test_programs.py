"""Argdown's own program and Graphviz read what is exported, and find in it what was said."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from pipeline.interchange.argdown import one_line, title
from pipeline.interchange.graph import SUPPORT, Link, Selection, graph
from tests.interchange import programs
from tests.interchange.test_formats import CHOSEN, _written

pytestmark = pytest.mark.slow
SELECTIONS: dict[str, Selection] = {f"text-{number}": case.values[0] for number, case in enumerate(CHOSEN)}  # type: ignore[misc]
RELATIONS = {"undercuts": "undercut", **dict.fromkeys(SUPPORT, "support")}


@pytest.fixture(scope="module", autouse=True)
def _installed() -> None:
    if reason := programs.unavailable():
        pytest.skip(reason)


def test_argdown_reads_every_text_and_relation(tmp_path: Path) -> None:
    """Its parser accepts each document; texts, titles, relations and what stands in braces are as they were meant."""
    read = programs.argdown({name: _written("argdown", chosen) for name, chosen in SELECTIONS.items()}, tmp_path)
    for name, chosen in SELECTIONS.items():
        held = read[name]
        found = {f"[{key}]": item["members"] for key, item in held["statements"].items()}
        found |= {f"<{key}>": item["members"] for key, item in held["arguments"].items()}
        drawn = graph(chosen.arguments)
        for node in (node for node in drawn.nodes if node.kind != "evidence"):
            texts = [member.get("text", "").strip() for member in found[title(node.address)]]
            assert one_line(node.text) in texts, (name, node.address)
        evidence = {node.address for node in drawn.nodes if node.kind == "evidence"}
        meant = sorted(_relation(link) for link in drawn.links if link.source not in evidence)
        assert sorted((item["relationType"], item["from"], item["to"]) for item in held["relations"]) == meant
        for argument in chosen.arguments:
            assert held["statements"][argument.id]["data"]["short"] == argument.short
            for ground in (ground for ground in argument.grounds if ground.evidence):
                data = held["arguments"][f"{argument.id}/{ground.id}"]["data"]
                assert [item["finding"] for item in data["evidence"]] == [item.finding for item in ground.evidence]


def _relation(link: Link) -> tuple[str, str, str]:
    return RELATIONS.get(link.bond, "attack"), link.source, link.target


def test_graphviz_draws_every_node_and_link() -> None:
    """As many boxes and arrows as there are in the graph, with a dot for each step that is undercut."""
    drawings = programs.drawn([_written("dot", chosen) for chosen in SELECTIONS.values()])
    for chosen, svg in zip(SELECTIONS.values(), drawings, strict=True):
        classes = [element.get("class") for element in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}g")]
        drawn = graph(chosen.arguments)
        steps = {link.target for link in drawn.links if link.bond == "undercuts"}
        assert classes.count("node") == len(drawn.nodes) + len(steps)
        assert classes.count("edge") == len(drawn.links) + len(steps)
