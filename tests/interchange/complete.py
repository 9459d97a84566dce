"""An argument that fills every field there is, and all ways to change one of them; its harbours are made up."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any, get_args

from pipeline.argument import Argument
from pipeline.csl import Source
from pipeline.interchange.graph import Selection

_EVIDENCE: dict[str, Any] = {
    "source": "able-2024",
    "finding": "Wrecks fell by a third.",
    "locator": {"page": "12", "chapter": "3", "section": "2.1", "paragraph": "7", "figure": "4", "table": "9"},
    "kind": "observational",
    "direction": "supports",
    "strength": "moderate",
    "limits": "One coast.",
    "quote": "Wrecks, in the end, were fewer.",
}
ARGUMENT: dict[str, Any] = {
    "id": "lights-help",
    "claim": "Lighthouses make harbours **safer**.",
    "short": "Lighthouses help",
    "for": {
        who: {"claim": f"A light makes a harbour safer, {who}.", "short": f"Lights help, {who}"}
        for who in ("legislator", "regulator", "staff", "press", "public")
    },
    "type": "causal",
    "qualifier": "probably",
    "certainty": "moderate",
    "warrant": "What is seen can be steered by.",
    "grounds": [
        {
            "id": "fewer-wrecks",
            "text": "Harbours with a light saw fewer wrecks.",
            "audiences": ["press", "public"],
            "priority": "first",
            "evidence": [_EVIDENCE, {**_EVIDENCE, "source": "baker-2022", "finding": "Pilots saw the coast sooner."}],
        },
        {"id": "insurers", "text": "Insurers ask for less.", "rests_on": ["lights-help/fewer-wrecks"]},
    ],
    "objections": [
        {
            "id": "better-charts",
            "text": "Charts became better in the same years.",
            "kind": "undercuts",
            "target": "fewer-wrecks",
            "audiences": ["regulator"],
            "priority": "first",
            "evidence": [{**_EVIDENCE, "direction": "disputes", "finding": "Charts were drawn anew."}],
            "response": {
                "text": "Harbours without a light had the same charts.",
                "evidence": [{**_EVIDENCE, "finding": "All harbours bought the charts."}],
            },
        },
        {
            "id": "miscounted",
            "text": "Wrecks were counted twice.",
            "kind": "undermines",
            "target": "fewer-wrecks",
            "conceded": "In one harbour they were.",
        },
        {
            "id": "glare",
            "text": "Lights blind those who are near.",
            "kind": "rebuts",
            "open": "A trial would settle it.",
        },
        {
            "id": "fog",
            "text": "In fog nothing is seen.",
            "kind": "undercuts",
            "open": "Counts of foggy days would help.",
        },
    ],
    "contested": ["How far fog matters.", "Who should pay."],
    "tests": [{"without": ["able-2024"], "of": "fewer-wrecks", "expect": "contested"}],
}
SOURCES = {
    key: Source.model_validate({"id": key, "type": "report", "title": f"Lights, by {key}", "custom": {"read": "full"}})
    for key in ("able-2024", "baker-2022", "clark-2020")
}
_OTHERS: dict[tuple[str, ...], Any] = {
    ("type",): "empirical",
    ("qualifier",): "possibly",
    ("certainty",): "low",
    ("audiences",): "staff",
    ("priority",): "last",
    ("kind",): "survey",
    ("objections", "kind"): {"undercuts": "undermines", "undermines": "undercuts", "rebuts": "undercuts"},
    ("direction",): {"supports": "disputes", "disputes": "supports"},
    ("strength",): "weak",
    ("expect",): "accepted",
    ("source",): "clark-2020",
    ("without",): "clark-2020",
    ("target",): "insurers",
    ("of",): "insurers",
    ("rests_on",): "lights-help",
    ("id",): "renamed",
}


def selection(argument: dict[str, Any]) -> Selection:
    """The argument on its own, as it is exported."""
    record = Argument.model_validate(argument)
    return Selection(name=record.id, title=record.short, arguments=(record,), sources=SOURCES)


def changed() -> Iterator[tuple[tuple[str, ...], dict[str, Any]]]:
    """Yield the path of every value, without places in lists, and the argument with another value there."""
    for path in list(_leaves(ARGUMENT)):
        argument = copy.deepcopy(ARGUMENT)
        holder: Any = argument
        for step in path[:-1]:
            holder = holder[step]
        names = tuple(step for step in path if isinstance(step, str))
        old = holder[path[-1]]
        holder[path[-1]] = _other(names, old)
        if names == ("objections", "kind") and old == "undercuts" and "target" not in holder:
            holder["kind"] = "rebuts"
        if names[-1] == "id":
            _rename(argument, old)
        yield names, argument


def _leaves(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*path, step))
    else:
        yield path


def _other(names: tuple[str, ...], old: str) -> str:
    for length in (2, 1):
        if (found := _OTHERS.get(names[-length:])) is not None:
            return str(found[old] if isinstance(found, dict) else found)
    return f"{old} And more."


def _rename(argument: dict[str, Any], old: str) -> None:
    """Let what names a part by its id name it by the new one."""
    for ground in argument["grounds"]:
        ground["rests_on"] = ["/".join("renamed" if part == old else part for part in name.split("/"))
                              for name in ground.get("rests_on", ())]  # fmt: skip
    for item, key in [*((item, "target") for item in argument["objections"]), *((t, "of") for t in argument["tests"])]:
        if item.get(key) == old:
            item[key] = "renamed"


def fields(kind: Any = Argument, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Yield the path of every field that an argument may have."""
    for key, field in kind.model_fields.items():
        name = field.alias or key
        records = [part for part in _parts(field.annotation) if hasattr(part, "model_fields")]
        if records:
            yield from fields(records[0], (*path, name))
        else:
            yield (*path, name)


def _parts(hint: Any) -> Iterator[Any]:
    yield hint
    for part in get_args(hint):
        yield from _parts(part)
