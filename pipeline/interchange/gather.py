"""Find the arguments in a sketch: statements and ties in; claims with all that bears on them out.

A claim is what bears on nothing, or has a warrant. What supports it are its grounds, and what supports a ground is a
claim of its own, on which the ground rests. What attacks a claim, a ground or a step is an objection, and what attacks
that is the response to it; our files go no deeper, and notes say so of what lies below.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.interchange.sketch import Draft, Sketch, Tie, name_for, noted, shown
from pipeline.problem import Mark, Problem, Refused
from pipeline.record import CITEKEY, TARGET

_TARGET = re.compile(TARGET)
_CITED = re.compile(rf"(.*\S)\s+\[@({CITEKEY[1:-1]})\]", re.DOTALL)
_FIELDS = {
    "claim": ("short", "for", "type", "qualifier", "certainty", "contested", "tests"),
    "ground": ("audiences", "priority", "evidence"),
    "objection": ("audiences", "priority", "evidence", "conceded", "open"),
    "response": ("evidence",),
    "warrant": (),
}
"""The fields that a statement of each kind may bring along."""


def gather(sketch: Sketch, file: str) -> tuple[Draft, ...]:
    """Give the arguments in the order of the file; what finds no place is added to the sketch's notes.

    Raises Refused where nothing is a claim.
    """
    gathering = _Gathering(sketch)
    gathering.find_claims()
    if not gathering.claims:
        message = "everything here bears on something else, so nothing is the claim"
        hint = "leave one statement that supports and attacks nothing"
        if not sketch.said:
            message, hint = "no statement stands in this file", "see assets/docs/interchange.md for what is read"
        mark = next((said.mark for said in sketch.said.values()), Mark(file=file))
        raise Refused([Problem(mark=mark, rule="wrong-file", message=message, hint=hint)])
    drafts = tuple(gathering.draft(claim) for claim in gathering.claims)
    for key, said in sketch.said.items():
        if key not in gathering.placed:
            sketch.notes.append(noted(said.mark, f"{shown(said)} is left out: an argument has no place for it"))
    return drafts


class _Gathering:
    """Gives every statement its place."""

    def __init__(self, sketch: Sketch) -> None:
        self.said, self.notes = sketch.said, sketch.notes
        self.order = {key: number for number, key in enumerate(sketch.said)}
        self.bearing: dict[tuple[str, Tie], list[str]] = defaultdict(list)
        for source, tie, target in dict.fromkeys(sketch.ties):
            self.bearing[target, tie].append(source)
        self.bound = {source for source, _, _ in sketch.ties}
        self.claims: dict[str, str] = {}
        """The id of each claim's argument."""
        self.owners: dict[str, str] = {}
        """The claim of each claim and ground."""
        self.grounds: dict[str, dict[str, str]] = {}
        """Of each claim, its grounds and their ids."""
        self.taken: dict[str, dict[str, int]] = {}
        """Of each claim, the ids of its grounds and objections."""
        self.placed: set[str] = set()

    def on(self, key: str, *ties: Tie, role: str = "") -> list[str]:
        """What bears on a statement in one of these ways, in the order of the file."""
        found = (other for tie in ties for other in self.bearing.get((key, tie), ()) if self.said[other].role == role)
        return sorted(dict.fromkeys(found), key=self.order.__getitem__)

    def find_claims(self) -> None:
        """Find claims and their grounds, from what bears on nothing downwards."""
        names: dict[str, int] = {}
        found = [key for key, said in self.said.items() if not said.role and self._is_claim(key)]
        while found:
            for claim in found:
                self.owners[claim] = claim
                self.claims[claim] = self._name(claim, names)
            for claim in found:
                taken = self.taken[claim] = {}
                grounds = self.on(claim, "supports")
                self.grounds[claim] = {ground: self._name(ground, taken) for ground in grounds}
                for ground in grounds:
                    self.owners.setdefault(ground, claim)
            lower = (key for claim in found for ground in self.grounds[claim] for key in self.on(ground, "supports"))
            found = [key for key in dict.fromkeys(lower) if key not in self.owners and not self._is_elsewhere(key)]

    def _is_claim(self, key: str) -> bool:
        return key not in self.bound or bool(self.on(key, "supports", role="warrant"))

    def _is_elsewhere(self, key: str) -> bool:
        """Whether the file only names a part of an argument that stands in another file."""
        said = self.said[key]
        return not said.text and bool(_TARGET.match(said.title))

    def _name(self, key: str, taken: dict[str, int]) -> str:
        """Give a statement an id that none of those taken has, and take it."""
        said = self.said[key]
        return name_for(said.title.rpartition("/")[2] or said.text, taken)

    def draft(self, claim: str) -> Draft:
        """Write one argument with all that bears on its claim."""
        held = self._part(claim, "claim")
        data = {"claim": held.pop("text"), **held}
        if (title := self.said[claim].title) and title != self.claims[claim]:
            data.setdefault("short", title)
        warrants = self.on(claim, "supports", role="warrant")
        if warrants:
            data["warrant"] = self._part(warrants[0], "warrant")["text"]
        data["grounds"] = [self._ground(key, claim) for key in self.grounds[claim]]
        data["objections"] = [self._objection(*aim, claim) for aim in self._aims(claim, warrants[:1])]
        return Draft(id=self.claims[claim], data={k: v for k, v in data.items() if v}, mark=self.said[claim].mark)

    def _part(self, key: str, kind: str) -> dict[str, Any]:
        """The text of a statement, and the fields that it may bring along."""
        said = self.said[key]
        self.placed.add(key)
        unknown = [name for name in said.data if name not in (*_FIELDS[kind], "text")]
        if unknown:
            names = ", ".join(f"'{name}'" for name in unknown[:5])
            self.notes.append(noted(said.mark, f"left out of {shown(said)}, where a {kind} has no such field: {names}"))
        text, whole = said.text or said.title, said.data.get("text")
        if isinstance(whole, str) and " ".join(whole.split()) == " ".join(text.split()):
            text = whole
        return {"text": text, **{name: said.data[name] for name in _FIELDS[kind] if name in said.data}}

    def _ground(self, key: str, claim: str) -> dict[str, Any]:
        ground = {"id": self.grounds[claim][key], **self._part(key, "ground")}
        home = self.owners[key]
        if home != claim:  # it stands elsewhere too, and is taken over from there
            name = self.claims[home]
            return {**ground, "rests_on": [name if home == key else f"{name}/{self.grounds[home][key]}"]}
        lower = [self._address(other) for other in self.bearing.get((key, "supports"), ()) if not self.said[other].role]
        return self._with_evidence(ground, key) | ({"rests_on": lower} if lower else {})

    def _address(self, key: str) -> str:
        home = self.owners.get(key)
        if home is None:
            self.placed.add(key)
            return self.said[key].title
        return self.claims[home] if home == key else f"{self.claims[home]}/{self.grounds[home][key]}"

    def _aims(self, claim: str, warrants: Sequence[str]) -> list[tuple[str, str, str]]:
        """Every objection with its kind and its target, in the order of the file."""
        found = [(key, "rebuts", "") for key in self.on(claim, "attacks")]
        steps = [claim, *warrants]
        found += [(key, "undercuts", "") for step in steps for key in self.on(step, "undercuts")]
        found += [(key, "undercuts", "") for step in warrants for key in self.on(step, "attacks")]
        for ground, name in self.grounds[claim].items():
            if self.owners[ground] == claim:
                found += [(key, "undermines", name) for key in self.on(ground, "attacks")]
                found += [(key, "undercuts", name) for key in self.on(ground, "undercuts")]
        return sorted(found, key=lambda aim: self.order[aim[0]])

    def _objection(self, key: str, kind: str, target: str, claim: str) -> dict[str, Any]:
        name = self._name(key, self.taken[claim])
        held = self._part(key, "objection")
        aim = {"kind": kind, **({"target": target} if target else {})}
        objection = self._with_evidence({"id": name, "text": held.pop("text"), **aim, **held}, key, against=True)
        answers = self.on(key, "attacks", "undercuts")
        if answers:
            objection["response"] = self._response(answers)
        return objection

    def _response(self, answers: Sequence[str]) -> dict[str, Any]:
        """Take the answer to an objection; several become one."""
        first, *others = (self._with_evidence(self._part(key, "response"), key) for key in answers)
        for other in others:
            first["text"] += f" {other['text']}"
            first["evidence"] = [*first.get("evidence", ()), *other.get("evidence", ())]
        if others:
            self.notes.append(noted(self.said[answers[0]].mark, f"{len(answers)} answers to one objection became one"))
        return {name: value for name, value in first.items() if value}

    def _with_evidence(self, part: Mapping[str, Any], key: str, *, against: bool = False) -> dict[str, Any]:
        """The part with the findings that stand as statements of their own; see `graph` for which way they point."""
        findings = list(self._findings(key, "attacks" if against else "supports", "supports"))
        findings += self._findings(key, "supports" if against else "attacks", "disputes")
        held = part.get("evidence")
        if not findings:
            return dict(part)
        findings.sort(key=lambda finding: self.order[finding[0]])
        return {**part, "evidence": [*(held if isinstance(held, list) else ()), *(item for _, item in findings)]}

    def _findings(self, key: str, tie: Tie, direction: str) -> Iterator[tuple[str, dict[str, Any]]]:
        for other in self.on(key, tie, role="evidence"):
            self.placed.add(other)
            text = self.said[other].text
            cited = _CITED.fullmatch(text)
            source = {"source": cited[2]} if cited else {}
            yield other, {**source, "finding": cited[1] if cited else text, "direction": direction}
