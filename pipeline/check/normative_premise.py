"""Let a warrant that says what is right carry a claim that says what should be done.

Facts alone don't say what ought to be done (Hume, A Treatise of Human Nature, 3.1.1): between wrecks
that were counted and lights that should be lit stands a judgement, that lives are worth the oil. A
reader who doesn't share it must be able to see it. So the warrant of a normative claim says it, and a
claim that says "should" is called normative. The rule knows such claims and warrants by their words.

Good:

    # arguments/lights-help.yaml
    claim: Every harbour should have a light.
    type: normative
    warrant: A state owes its sailors what protects their lives at a bearable cost.

Bad:

    # arguments/lights-help.yaml
    claim: Every harbour should have a light.
    type: normative
    warrant: Wrecks became rarer where there was a light.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.model import Library
from pipeline.problem import Problem

OUGHT = re.compile(r"\b(?:should|ought|must(?! have\b)|(?:has|have) an? (?:duty|obligation|right) to)\b", re.IGNORECASE)
"""What makes a claim normative."""
VALUES = re.compile(
    r"\b(?:should|ought|must|dut(?:y|ies)|obligations?|obliged?|ow(?:e|es|ed)|rights?|entitled|deserv\w+|responsib\w+|"
    r"fair\w*|unfair\w*|just(?:ice|ly|ified|ify|ifies)?|unjust\w*|legitima\w+|wrong\w*|good|better|best|worse|worst|worth\w*|"
    r"valu(?:e|es|able)|matters?|interests?|welfare|well-being|harm\w*|benefit\w*|proportiona\w+|reasonabl\w+|"
    r"acceptabl\w+|unacceptabl\w+|tolera\w+|bearable|desirabl\w+|undesirabl\w+|prefer\w*|outweigh\w*|precaution\w*|"
    r"priorit\w+|protect\w*|needs?|accountab\w+|consent|dignity|freedom|equal\w*|public good)\b",
    re.IGNORECASE,
)
"""What a warrant says that judges, and doesn't only state."""


def find(library: Library) -> Iterator[Problem]:
    """Yield a problem for each normative claim that is called otherwise, or has a warrant without a judgement."""
    for argument in library.arguments.values():
        ought = OUGHT.search(argument.claim)
        if ought and argument.type != "normative":
            yield Problem(
                mark=argument.mark("type"),
                rule="normative-premise",
                message=f"the claim says '{ought[0]}', and its type is {argument.type}",
                hint="make the type normative, or let the claim say what is, not what should be",
            )
        elif argument.type == "normative" and not VALUES.search(argument.warrant):
            yield Problem(
                mark=argument.mark("warrant"),
                rule="normative-premise",
                message="this warrant states facts, and the claim says what should be done",
                hint="say which value or duty leads from the grounds to the claim",
            )
