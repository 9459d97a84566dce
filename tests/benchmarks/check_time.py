"""Time `check` of 1,000 generated arguments as a ratio to a bare pass of CSafeLoader over the same files.

`python tests/benchmarks/check_time.py [COUNT]`. Both are run turn by turn in one process, so that other load
falls on both and imports on neither; the median of the ratios is printed, and one above LIMIT ends with 1.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import yaml

sys.path.insert(0, str(Path(__file__).parents[2]))

from pipeline.check import check
from pipeline.load import load
from pipeline.source import read_folder

LIMIT = 2.0
ROUNDS = 5
SOURCES = 300
ARGUMENT = """\
# yaml-language-server: $schema=../../assets/schema/argument.schema.json
claim: >-
  Harbours of kind {number} that keep a light at night probably lose fewer ships than harbours that keep none, and the
  difference is larger where the coast is steep.
short: Lights help at harbour {number}
type: causal
qualifier: probably
certainty: moderate
warrant: >-
  A crew that sees the land in time can steer clear of it, and a light is what they see first.

grounds:
"""
GROUND = """\
  - id: ground-{part}
    text: >-
      In {year} a count of wrecks found that harbours with a light had lost {share}% fewer ships than the year before.
    evidence:
      - source: able-{first}
        finding: >-
          Wrecks fell by {share}% in the year after a light was lit, while they stayed as they were elsewhere.
        locator: {{page: {part}}}
        kind: quasi-experiment
        direction: supports
        strength: moderate
        limits: One coast in one year.
      - source: able-{second}
        finding: Insurers asked for lower premiums where a light stood, by about {share}% in {year}.
        locator: {{table: 2}}
        kind: official-statistics
        direction: supports
        strength: weak

"""
OBJECTION = """\
  - id: objection-{part}
    text: Charts became better in the same years, so the light may not be what saved the ships.
    kind: undercuts
    target: ground-{part}
    evidence:
      - source: able-{second}
        finding: New charts of the coast were printed in {year}.
        locator: {{page: 7}}
        kind: observational
        direction: disputes
        strength: moderate
    response:
      text: >-
        Harbours without a light had the same charts, and lost as many ships as they had before.
      evidence:
        - source: able-{first}
          finding: Harbours without a light saw no fall in {year}.
          locator: {{page: 12}}
          kind: quasi-experiment
          direction: supports
          strength: moderate

"""
HOUSE = """\
name: Generated house
series: Policy brief
description: A house for measuring.
language: en-GB
citation_style: apa-numeric-superscript-brackets
"""
SOURCE = """\
  - id: able-{number}
    type: report
    title: Wrecks and lights, volume {number}
    author:
      - {{family: Able {number}, given: Ann}}
    issued: {{date-parts: [[2024, 3]]}}
    publisher: Harbour Board {number}
    URL: https://example.org/{number}
    custom: {{read: full}}
"""
BRIEF = """\
title: Light harbours {first} to {last}
question: Should these harbours have a light?
bottom_line: These harbours should have a light.
issued: 2026-11-23
version: "1.0"
review_by: 2027-05-23
arguments:
  for: [{arguments}]
history:
  - {{version: "1.0", date: 2026-11-23, change: First release.}}
"""
TOGETHER = 50
"""How many arguments a brief names."""


def argument(number: int) -> str:
    """The text of one argument: six grounds and three objections, each with evidence."""
    parts = [ARGUMENT.format(number=number)]
    for template, count in ((GROUND, 6), (OBJECTION, 3)):
        for part in range(count):
            first, second = (number * 7 + part) % SOURCES, (number * 11 + part * 3 + 1) % SOURCES
            values = {"part": part, "year": 1900 + number % 100, "share": 10 + (number + part) % 60}
            parts.append(template.format(first=first, second=second, **values))
        parts.append("objections:\n" if template is GROUND else "")
    return "".join(parts)


def generate(root: Path, count: int) -> list[Path]:
    """Write a library of `count` arguments below `root`, and give its files."""
    sources = "references:\n" + "".join(SOURCE.format(number=number) for number in range(SOURCES))
    texts = {"house.yaml": HOUSE, "sources.yaml": sources}
    texts |= {f"arguments/generated-{number}.yaml": argument(number) for number in range(count)}
    for first in range(0, count, TOGETHER):
        names = ", ".join(f"generated-{number}" for number in range(first, min(first + TOGETHER, count)))
        values = {"first": first, "last": first + TOGETHER, "arguments": names}
        texts[f"brief-{first}.yaml"] = BRIEF.format(**values)
    (root / "briefs/arguments").mkdir(parents=True)
    for name, text in texts.items():
        (root / "briefs" / name).write_text(text, encoding="utf-8")
    return [root / "briefs" / name for name in texts]


def seconds(run: Callable[[], object]) -> float:
    """The time of one run, with the garbage of the one before gone."""
    gc.collect()
    begun = time.process_time()
    run()
    return time.process_time() - begun


def bare(files: list[Path]) -> None:
    """Load each file with PyYAML's fastest safe loader."""
    for file in files:
        with file.open("rb") as stream:
            yaml.load(stream, yaml.CSafeLoader)


def whole(root: Path) -> int:
    """Read, load and check the library, and count the problems."""
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    return len((*reading.problems, *problems, *check(library)))


def main(count: int = 1000, rounds: int = ROUNDS) -> int:
    """Print the ratio and what it is made of; garbage is looked for as often as the command line wants it."""
    gc.set_threshold(50_000, 20, 20)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        files = generate(root, count)
        size = sum(file.stat().st_size for file in files)
        problems = whole(root)
        pairs = [(seconds(lambda: whole(root)), seconds(lambda: bare(files))) for _ in range(rounds)]
    mine, theirs = (median(column) for column in zip(*pairs, strict=True))
    ratio = median(ours / loader for ours, loader in pairs)
    sys.stdout.write(f"{count} arguments, {size / 1e6:.1f} MB, {problems} problems: check {mine:.2f} s, ")
    sys.stdout.write(f"CSafeLoader {theirs:.2f} s, ratio {ratio:.2f} (at most {LIMIT:g})\n")
    return int(ratio > LIMIT)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
