"""Answer an objection that brings evidence with evidence, not with words alone.

To raise an objection and wave it away costs a text more trust than to leave it out; to refute it gains trust
(O'Keefe 1999, "How to handle opposing arguments in persuasive messages", Communication Yearbook 22). So where
an objection cites a finding, its response has to cite one too, or else the objection still stands and what it
aims at is contested. Concede it, or leave it open, when there is none. An objection that cites nothing may be
answered by reasoning.

Good:

    # arguments/lights-help.yaml
    objections:
      - id: glare
        text: Lights dazzle the crews of small boats.
        kind: rebuts
        evidence:
          - {source: able-2024, finding: Two crews of ten were dazzled., strength: weak, kind: survey}
        response:
          text: Screens on the land side put an end to it.
          evidence:
            - {source: able-2024, finding: No crew was dazzled after screens., strength: weak, kind: survey}

Bad:

    # arguments/lights-help.yaml
    objections:
      - id: glare
        text: Lights dazzle the crews of small boats.
        kind: rebuts
        evidence:
          - {source: able-2024, finding: Two crews of ten were dazzled., strength: weak, kind: survey}
        response:
          text: Crews get used to it.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.argument import Evidence
from pipeline.model import Library
from pipeline.parts import Kind, bearing
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each response that cites nothing where its objection does."""
    for argument in library.arguments.values():
        for objection in argument.objections:
            response = objection.response
            if response and _cites("objection", objection.evidence) and not _cites("response", response.evidence):
                yield Problem(
                    mark=response.mark("text"),
                    rule="unanswered-objection",
                    message=f"the objection '{objection.id}' brings evidence, and its response brings none",
                    hint="add evidence to the response, or write `conceded` or `open`",
                )


def _cites(part: Kind, evidence: tuple[Evidence, ...]) -> bool:
    return any(bearing(part, item) == "for" for item in evidence)
