"""A small library with two briefs, for tests that go the whole way; templates and assets are the project's own."""

from __future__ import annotations

import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]

HOUSE = """\
name: Example house
series: Policy brief
description: A house for examples.
language: en-GB
citation_style: apa-numeric-superscript-brackets
authors: [Example house]
contact: Write to us.
reviewers: Nobody reviewed it.
funding: None.
conflicts: None.
ai_use: None.
method: We read what we had.
licence: {name: CC BY 4.0, url: https://creativecommons.org/licenses/by/4.0/}
"""
SOURCES = """\
references:
  - id: able-2024
    type: report
    title: A report on lighthouses
    author: [{family: Able, given: Ann}]
    issued: {date-parts: [[2024]]}
    custom: {read: full}
    number-of-pages: 1
    publisher: Harbour Board
"""
ARGUMENT = """\
claim: Lighthouses make harbours safer.
short: Lighthouses help
type: causal
qualifier: probably
certainty: moderate
warrant: What is seen can be steered by.
grounds:
  - id: fewer-wrecks
    text: Harbours with a light saw fewer wrecks.
    evidence:
      - source: able-2024
        finding: Wrecks fell by a third.
        kind: observational
        direction: supports
        strength: moderate
objections:
  - id: better-charts
    text: Charts became better in the same years.
    kind: undercuts
    target: fewer-wrecks
    response:
      text: Harbours without a light had the same charts.
  - id: other-coasts
    text: Only one coast was counted.
    kind: undercuts
    open: Counts on other coasts would settle it.
"""
ARGUMENT_AGAINST = """\
claim: Lights cost more than they save.
short: Lights cost too much
type: empirical
qualifier: possibly
certainty: low
warrant: What costs more than it saves is not worth having.
grounds:
  - id: upkeep
    text: Oil and keepers cost more than insurers pay for wrecks.
    evidence:
      - source: able-2024
        finding: Upkeep was twice what insurers paid.
        locator: {page: 7}
        kind: observational
        direction: supports
        strength: weak
objections:
  - id: lives
    text: The count leaves out the lives of sailors.
    kind: rebuts
    conceded: It does, and they weigh more.
"""
FIGURE = """\
kind: bars
title: Harbours with a light saw fewer wrecks
alt: Bars showing six wrecks with a light and nine without.
description: Harbours with a light saw six wrecks a year, harbours without saw nine.
sources: [able-2024]
unit: wrecks a year
bars:
  - {label: With a light, value: 6, emphasis: true}
  - {label: Without, value: 9}
"""
BRIEF = """\
title: Light every harbour in the country
question: Should every harbour have a light?
bottom_line: Every harbour should have a light.
issued: 2026-11-23
version: "1.0"
review_by: 2027-05-23
keywords: [lighthouses]
why_now: Winter is near.
affected: Sailors.
background: |
  Wrecks are counted every year [@able-2024].

  {{ figure("wrecks") }}
arguments:
  {for: [lights-help], against: [lights-cost]}
key_messages:
  - text: Lights make harbours safer.
    rests_on: [lights-help/fewer-wrecks]
  - text: Lights are cheap.
    rests_on: [lights-help]
  - text: Charts are not enough.
    rests_on: [lights-help]
options:
  - {id: status-quo, text: Leave it., benefits: Calm., harms: Wrecks., costs: None., uncertainty: Small.}
  - {id: light-all, text: Light all., benefits: Fewer wrecks., harms: Glare., costs: Oil., uncertainty: Weather.}
recommendations:
  - text: Light every harbour.
    actor: The harbour board
    action: light
    timeframe: within a year
    supports: light-all
    rests_on: [lights-help]
    strength: strong
history:
  - {version: "1.0", date: 2026-11-23, change: First release.}
"""
FILES = {
    "house.yaml": HOUSE,
    "sources.yaml": SOURCES,
    "arguments/lights-help.yaml": ARGUMENT,
    "arguments/lights-cost.yaml": ARGUMENT_AGAINST,
    "figures/wrecks.yaml": FIGURE,
    "first-brief.yaml": BRIEF,
    "second-brief.yaml": BRIEF.replace("Light every", "Pay for every"),
}


def make(root: Path) -> Path:
    """Write the example project into `root`, and give its folder of briefs."""
    for name in ("templates", "assets"):
        shutil.copytree(ROOT / name, root / name)
    briefs = root / "briefs"
    for name, text in FILES.items():
        path = briefs / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return briefs
