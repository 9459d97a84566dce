"""Write a library of made-up briefs of three pages, and the words that they print as Markdown for other programs.

Each brief shows nine arguments of its own, but for the first three, which share one; so a library of 50 briefs has 500
YAML files. All is drawn from a seed: the same number gives the same files.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

WORDS = {
    "nouns": """district school transport budget housing clinic workforce grant evidence pilot programme council
        household region policy outcome cost benefit trial estimate survey service target funding tenant pupil commuter
        employer levy subsidy bus street park heating energy tariff insulation childcare provider contract audit
        review""",
    "verbs": "reduces raises supports requires limits extends funds delays improves replaces protects measures covers",
    "kinds": """local national recent modest persistent affordable rural urban statutory voluntary independent annual
        temporary credible uncertain comparable universal seasonal measurable regional public private""",
    "names": """Okafor Lindqvist Marsh Delgado Petrov Haines Yamada Novak Osei Brandt Keller Moreau Silva Chaudhry""",
}
NOUNS, VERBS, KINDS, NAMES = (words.split() for words in WORDS.values())
SOURCES = 60
EACH = 9
"""How many arguments a brief shows."""
SHARING = 3
"""How many briefs show the first argument."""
HOUSE = """\
name: The Bench Institute
series: Policy brief
description: A house for measuring.
language: en-GB
citation_style: apa-numeric-superscript-brackets
authors: [The Bench Institute]
contact: Write to us.
reviewers: Nobody reviewed it.
funding: None.
conflicts: None.
ai_use: None.
method: All of it is made up.
severities: {reading-ease: "off", source-concentration: "off", single-point-of-failure: "off"}
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
"""


class Draw:
    """Draws words, sentences and works."""

    def __init__(self, seed: object) -> None:
        self.dice = random.Random(str(seed))

    def name(self) -> str:
        """Two kinds of things."""
        pick = self.dice.choice
        return f"{pick(KINDS)} {pick(NOUNS)} and {pick(KINDS)} {pick(NOUNS)}".capitalize()

    def sentence(self) -> str:
        """One sentence of eight to eighteen words."""
        pick = self.dice.choice
        words = f"The {pick(KINDS)} {pick(NOUNS)} {pick(VERBS)} the {pick(KINDS)} {pick(NOUNS)} of the {pick(NOUNS)}"
        if self.dice.random() < 0.5:
            words += f" while the {pick(NOUNS)} {pick(VERBS)} the {pick(KINDS)} {pick(NOUNS)}"
        return words + "."

    def work(self) -> str:
        """A citekey."""
        return f"able-{self.dice.randrange(SOURCES)}"


def argument(number: int) -> dict[str, object]:
    """One argument: two grounds with evidence, and an objection that is answered."""
    draw = Draw(f"argument {number}")
    grounds = [
        {
            "id": f"ground-{part}",
            "text": draw.sentence(),
            "evidence": [
                {
                    "source": draw.work(),
                    "finding": draw.sentence(),
                    "locator": {"page": part},
                    "kind": "observational",
                    "direction": "supports",
                    "strength": "moderate",
                }
            ],
        }
        for part in (1, 2)
    ]
    objection = {
        "id": "objection-1",
        "text": draw.sentence(),
        "kind": "undercuts",
        "target": "ground-1",
        "response": {"text": draw.sentence()},
    }
    return {
        "claim": draw.sentence(),
        "short": draw.name()[:40].rsplit(" ", 1)[0],
        "type": "causal",
        "qualifier": "probably",
        "certainty": "moderate",
        "warrant": draw.sentence(),
        "grounds": grounds,
        "objections": [objection],
    }


def shown(brief: int) -> list[int]:
    """The numbers of the arguments that a brief shows."""
    own = range(brief * EACH, (brief + 1) * EACH)
    return [0, *own[1:]] if brief < SHARING else [*own]


def brief(number: int) -> dict[str, object]:
    """One brief: three key messages, two options, two recommendations, a figure."""
    draw, ids = Draw(f"brief {number}"), [f"argument-{each}" for each in shown(number)]
    options = [
        {
            "id": name,
            "text": draw.sentence(),
            **{part: draw.sentence() for part in ("benefits", "harms", "costs", "uncertainty")},
        }
        for name in ("status-quo", "change")
    ]
    recommendations = [
        {
            "text": draw.sentence(),
            "actor": "The council",
            "action": draw.name(),
            "timeframe": "within a year",
            "supports": "change",
            "rests_on": [id],
            "strength": "strong",
        }
        for id in ids[:2]
    ]
    return {
        "title": draw.name(),
        "question": "Should " + draw.sentence()[0].lower() + draw.sentence()[1:-1] + "?",
        "bottom_line": draw.sentence(),
        "issued": "2026-11-23",
        "version": "1.0",
        "review_by": "2027-05-23",
        "keywords": ["measuring"],
        "why_now": draw.sentence(),
        "affected": draw.sentence(),
        "background": " ".join(f"{draw.sentence()[:-1]} [@{draw.work()}]." for _ in range(6)),
        "arguments": {"for": ids[:6], "against": ids[6:]},
        "key_messages": [{"text": draw.sentence(), "rests_on": [id]} for id in ids[:3]],
        "options": options,
        "recommendations": recommendations,
        "history": [{"version": "1.0", "date": "2026-11-23", "change": "First release."}],
    }


def source(number: int) -> dict[str, object]:
    """One work, as CSL has it."""
    draw = Draw(f"source {number}")
    return {
        "id": f"able-{number}",
        "type": "report",
        "title": draw.name(),
        "author": [{"family": draw.dice.choice(NAMES), "given": draw.dice.choice("ABCDEFGH")}],
        "issued": {"date-parts": [[draw.dice.randrange(1998, 2026)]]},
        "publisher": "Institute for Local Evidence",
        "URL": f"https://example.org/{number}",
    }


def library(root: Path, briefs: int) -> int:
    """Write a library of so many briefs below `root`, and give how many YAML files it has."""
    texts = {f"brief-{number}.yaml": _yaml(brief(number)) for number in range(briefs)}
    used = {each for number in range(briefs) for each in shown(number)}
    texts |= {f"arguments/argument-{number}.yaml": _yaml(argument(number)) for number in sorted(used)}
    cited = set(re.findall(r"able-\d+", " ".join(texts.values())))
    works = [_read(work) for work in map(source, range(SOURCES)) if work["id"] in cited]
    texts |= {"house.yaml": HOUSE, "sources.yaml": _yaml({"references": works})}
    for name, text in texts.items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return len(texts)


def markdown(folder: Path, briefs: int) -> None:
    """Write the same words as Markdown for pandoc, with the works as CSL JSON."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "references.json").write_text(json.dumps([source(number) for number in range(SOURCES)]), "utf-8")
    for number in range(briefs):
        (folder / f"brief-{number}.md").write_text(_markdown(number), encoding="utf-8")


def _markdown(number: int) -> str:
    told: dict[str, object] = brief(number)
    lines = ["---", f'title: "{told["title"]}"', 'author: "The Bench Institute"', 'date: "2026-11-23"', "lang: en-GB"]
    lines += ["---", "", f"*{told['question']}*", "", f"**{told['bottom_line']}**", "", "## Key messages", ""]
    lines += [f"- {each['text']}" for each in _records(told["key_messages"])]
    lines += ["", "## Why now", "", f"{told['why_now']} {told['affected']}", "", "## Background", ""]
    lines += [str(told["background"]), "", "## Arguments", ""]
    for each in map(argument, shown(number)):
        lines += [f"### {each['short']}", "", f"**{each['claim']}**", ""]
        for ground in _records(each["grounds"]):
            (evidence,) = _records(ground["evidence"])
            lines += [f"- {str(ground['text'])[:-1]} [@{evidence['source']}]."]
        for objection in _records(each["objections"]):
            (answer,) = _records([objection["response"]])
            lines += ["", f"> **Objection.** {objection['text']}", ">", f"> **Response.** {answer['text']}", ""]
    names = ("text", "benefits", "harms", "costs", "uncertainty")
    lines += ["## Options", "", "| " + " | ".join(names) + " |", "|" + ":---|" * len(names)]
    lines += ["| " + " | ".join(str(each[name]) for name in names) + " |" for each in _records(told["options"])]
    lines += ["", "## Recommendations", ""]
    lines += [f"1. **{each['action']}.** {each['text']}" for each in _records(told["recommendations"])]
    return "\n".join([*lines, "", "## References", "", "::: {#refs}", ":::", ""])


def _records(value: object) -> list[dict[str, object]]:
    assert isinstance(value, list)
    return value


def _read(work: dict[str, object]) -> dict[str, object]:
    return {**work, "custom": {"read": "full"}}


def _yaml(value: dict[str, object]) -> str:
    """The same as YAML in block style."""
    import yaml

    return yaml.dump(value, Dumper=yaml.CSafeDumper, sort_keys=False, allow_unicode=True, width=110)
