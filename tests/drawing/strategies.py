"""Make random libraries for tests of maps: arguments with every kind of part, and circles among them."""

from __future__ import annotations

import random

from pipeline.argument import Argument, Evidence, Ground, Objection, Response
from pipeline.model import House, Library

WORDS = [
    "light",
    "harbour",
    "wreck",
    "pilot",
    "\\",
    '"quoted"',
    "<b>",
    "&",
    "a",
    "the",
    "of",
    "lighthousekeepersassociation",
]


def library(seed: int, most: int = 60) -> Library:
    """Arguments with at most `most` parts in all, some of which rest on others by a circle or on nothing known."""
    dice = random.Random(seed)
    left = dice.randint(1, most)
    found: dict[str, Argument] = {}
    while left > 0:
        argument = _argument(dice, f"a{len(found)}", left)
        left -= 1 + len(argument.grounds) + sum(2 if item.response else 1 for item in argument.objections)
        found[argument.id] = argument
    house = House(name="House", series="Brief", description="A house.", language="en-GB", citation_style="none")
    return Library(house=house, sources={}, arguments=found, figures={}, briefs={})


def _argument(dice: random.Random, id: str, left: int) -> Argument:
    room = min(left - 1, dice.randint(0, 25))
    grounds = tuple(_ground(dice, f"g{number}") for number in range(dice.randint(0, room)))
    number = (room - len(grounds)) // 2
    return Argument(
        id=id, claim=_text(dice), short="A claim", type="empirical", qualifier="probably", certainty="low",
        warrant=_text(dice), grounds=grounds, objections=tuple(_objection(dice, n) for n in range(number)),
    )  # fmt: skip


def _ground(dice: random.Random, id: str) -> Ground:
    others = [f"a{dice.randrange(4)}", f"a{dice.randrange(4)}/g{dice.randrange(4)}"]
    rests_on = tuple(dict.fromkeys(dice.sample(others, dice.choice([0, 0, 0, 1, 2]))))
    return Ground(id=id, text=_text(dice), rests_on=rests_on, evidence=_evidence(dice))


def _objection(dice: random.Random, number: int) -> Objection:
    response = Response(text=_text(dice), evidence=_evidence(dice)) if dice.random() < 0.6 else None
    kind = dice.choice(["rebuts", "undermines", "undercuts"])
    target = dice.choice([None, f"g{dice.randrange(8)}"])
    return Objection.model_validate(
        {"id": f"o{number}", "text": _text(dice), "kind": kind, "target": target, "response": response,
         "open": None if response else "More."}
    )  # fmt: skip


def _evidence(dice: random.Random) -> tuple[Evidence, ...]:
    one = Evidence(source="able-2024", finding="Found.", kind="expert", strength="weak")
    return (one,) if dice.random() < 0.7 else ()


def _text(dice: random.Random) -> str:
    return " ".join(dice.choices(WORDS, k=dice.randint(1, 40))).capitalize()
