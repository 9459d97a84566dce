"""Rest every claim on grounds, and every ground on evidence.

A claim without a ground is an assertion, and so is a ground that cites nothing (Toulmin 1958, "The Uses of
Argument", chapter 3: a claim has to be made good by data). Evidence counts when it `supports`, and its source
is not retracted; `context` only surrounds. A ground may rest on another argument instead, by `rests_on`.

Good:

    # arguments/lights-help.yaml
    grounds:
      - id: seen-from-afar
        text: A light is seen ten miles out.
        evidence:
          - {source: able-2024, finding: Seen at ten miles., strength: strong, kind: trial}

Bad:

    # arguments/lights-help.yaml
    grounds:
      - id: seen-from-afar
        text: A light is seen ten miles out.
"""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.argue import argue, excerpt
from pipeline.framework import Framework
from pipeline.model import Library
from pipeline.problem import Problem


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each claim without grounds and each ground whose own evidence is missing."""
    supported = Framework(library).supported
    hollow = [
        argument.id
        for argument in library.arguments.values()
        if any(f"{argument.id}/{ground.id}" not in supported for ground in argument.grounds)
    ]
    judgements = argue(excerpt(library, hollow))  # to put all of a library into words takes longer than to decide it
    for argument in library.arguments.values():
        if not argument.grounds:
            message = f"the claim of '{argument.id}' has no ground"
            hint = "say what it rests on, in `grounds`"
            yield Problem(mark=argument.mark("claim"), rule="unsupported-claim", message=message, hint=hint)
        for ground in argument.grounds:
            address = f"{argument.id}/{ground.id}"
            judgement = judgements.get(address)
            if judgement and judgement.label == "unsupported" and judgement.blame == (address,):
                message = f"the ground '{ground.id}' is unsupported: {judgement.said}"
                hint = "add a finding that supports it, or delete the ground"
                yield Problem(mark=ground.mark("id"), rule="unsupported-claim", message=message, hint=hint)
