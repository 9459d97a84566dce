"""A brief with slots for recipients, and lists of them, for tests of copies."""

from __future__ import annotations

from pathlib import Path

from tests import example

SLOTS = """\
recipient:
  letter: |
    {{ recipient.greeting }}

    {{ recipient.line }}
  called: Copy for {name}
  slots:
    - {id: greeting, width: 110, text: "Dear {name},"}
    - {id: place, width: 50, text: "in {district}.", default: in many places.}
    - {id: line, width: 150, text: "A light would be seen in {district}. ({copy})"}
"""
BRIEF = example.BRIEF.replace(
    "affected: Sailors.\n", "affected: Sailors. Harbours are dark {{ recipient.place }}\n" + SLOTS
)
LIST = """\
Name,District
Anna Karlsson,Dalarna
Søren Ødegård,Ålesund
"""


def make(root: Path, brief: str = BRIEF, **files: str) -> Path:
    """Write the example project with slots into `root`, and its list of recipients; give the list's path."""
    briefs = example.make(root)
    (briefs / "first-brief.yaml").write_text(brief, encoding="utf-8")
    for name, text in files.items():
        (briefs / name).write_text(text, encoding="utf-8")
    path = root / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path
