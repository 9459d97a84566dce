"""A library in which every kind of support and attack occurs, for tests that ask questions of it."""

from __future__ import annotations

from pathlib import Path

from pipeline.load import load
from pipeline.model import Library
from pipeline.source import read_folder
from tests import example

SOURCES = """\
references:
  - id: able-2024
    type: report
    title: A report on lighthouses
    author: [{family: Able, given: Ann}]
    issued: {date-parts: [[2024]]}
    publisher: Harbour Office
    URL: https://example.org/lighthouses
    custom: {read: full, funder: The Crown, country: GB}
  - id: baker-2022
    type: article-journal
    title: Wrecks before and after
    author: [{family: Baker, given: Bo}, {family: Cole, given: Cy}]
    issued: 2022-05
    container-title: Journal of Harbours
    DOI: 10.1000/wrecks
    custom: {read: abstract, country: FR}
  - id: dunn-2020
    type: report
    title: What oil costs
    author: [{family: Dunn}, {family: East}, {family: Ford}]
    issued: {date-parts: [[2020]]}
    publisher: Harbour Office
    custom: {read: secondary}
  - id: gale-2019
    type: webpage
    title: Charts of the coast
    author: [{literal: Gale Press}]
    issued: {date-parts: [[2019]]}
    custom: {read: full}
"""
HELP = """\
claim: Lighthouses make harbours **safer**.
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
        locator: {page: 12}
        kind: observational
        direction: supports
        strength: moderate
      - source: baker-2022
        finding: "=SUM(1) wrecks fewer, by the authors' count [@baker-2022]."
        kind: quasi-experiment
        direction: supports
        strength: strong
        limits: One coast.
  - id: pilots
    text: Pilots ask for them.
    evidence:
      - {source: dunn-2020, finding: Nine in ten pilots do., kind: survey, strength: weak}
      - {source: able-2024, finding: Pilots were not asked., kind: testimony, direction: context, strength: weak}
objections:
  - id: better-charts
    text: Charts became better in the same years.
    kind: undercuts
    target: fewer-wrecks
    evidence:
      - {source: gale-2019, finding: New charts came in 1850., kind: expert, direction: disputes, strength: weak}
    response:
      text: Harbours without a light had the same charts.
      evidence:
        - {source: baker-2022, finding: Both groups had them., kind: quasi-experiment, strength: strong}
  - id: paid-pilots
    text: Those pilots were paid.
    kind: undermines
    target: pilots
    conceded: Some were, as @dunn-2020 says.
"""
COST = """\
claim: Every harbour should pay for a light.
short: Lights are worth their oil
type: normative
qualifier: probably
certainty: low
warrant: What saves lives is worth its price.
grounds:
  - id: saves-lives
    text: Fewer wrecks mean fewer deaths.
    rests_on: [lights-help/fewer-wrecks]
  - id: cheap
    text: Oil is cheap.
    evidence:
      - {source: dunn-2020, finding: Oil costs little., kind: official-statistics, strength: moderate}
objections:
  - id: poor-harbours
    text: Poor harbours can't pay.
    kind: rebuts
    open: A count of harbours by income.
"""
BRIEF = """\
title: Light every harbour in the country
question: Should every harbour have a light?
bottom_line: Every harbour should have a light.
issued: 2026-11-23
version: "1.0"
review_by: 2027-05-23
why_now: Winter is near, and wrecks are counted [@able-2024].
arguments:
  for: [lights-help]
  against: [lights-cost]
key_messages:
  - text: Lights make harbours safer. That was counted.
    rests_on: [lights-help]
  - text: Lights are cheap.
    rests_on: [lights-cost]
  - text: Charts are not enough.
    rests_on: [lights-help/fewer-wrecks]
options:
  - {id: status-quo, text: Leave it., benefits: None., harms: Wrecks., costs: None., uncertainty: Small.}
  - {id: light-all, text: Light all., benefits: Fewer wrecks., harms: Glare., costs: Oil., uncertainty: Weather.}
recommendations:
  - text: Light every harbour.
    actor: The harbour board
    action: Light up
    timeframe: within a year
    supports: light-all
    rests_on: [lights-help/fewer-wrecks]
    strength: strong
  - text: Pay for the oil.
    actor: Towns
    action: Pay
    timeframe: soon
    supports: light-all
    rests_on: [lights-cost/cheap, lights-help]
    strength: conditional
figures: [wrecks]
history:
  - {version: "1.0", date: 2026-11-23, change: First release.}
"""
FILES = {
    **example.FILES,
    "sources.yaml": SOURCES,
    "arguments/lights-help.yaml": HELP,
    "arguments/lights-cost.yaml": COST,
    "first-brief.yaml": BRIEF,
}
del FILES["second-brief.yaml"]


def write(root: Path, *changes: tuple[str, str, str]) -> Path:
    """Write the library below `root`, with texts in its files replaced; no templates, and styles without content."""
    texts = dict(FILES)
    for name, old, new in changes:
        assert old in texts[name], old
        texts[name] = texts[name].replace(old, new)
    for name, text in texts.items():
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    style = root / "assets" / "styles" / "apa-numeric-superscript-brackets.csl"
    style.parent.mkdir(parents=True, exist_ok=True)
    style.touch()
    return root


def loaded(root: Path, *changes: tuple[str, str, str]) -> Library:
    """Load the library as `write` leaves it; it has no problem."""
    write(root, *changes)
    reading = read_folder(root / "briefs", root)
    library, problems = load(reading.documents, reading.unread, reading.texts, reading.catalogues)
    assert not [*reading.problems, *problems]
    return library
