"""A brief with slots for recipients, and lists of them, for tests of copies."""

from __future__ import annotations

from pathlib import Path

from tests import example

SLOTS = """\
recipient:
  letter: |
    **{{ recipient.greeting }}**

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
ARABIC = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Language: ar\\n"

msgctxt "brief/first-brief/recipient/slots/greeting/text"
msgid "Dear {name},"
msgstr "عزيزنا {name}،"

msgctxt "brief/first-brief/recipient/slots/line/text"
msgid "A light would be seen in {district}. ({copy})"
msgstr "يُرى الضوء في {district}. ({copy})"
"""


def make(root: Path, brief: str = BRIEF) -> Path:
    """Write the example project with slots into `root`, and its list of recipients; give the list's path."""
    briefs = example.make(root)
    (briefs / "first-brief.yaml").write_text(brief, encoding="utf-8")
    path = root / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def make_in_two_languages(root: Path) -> Path:
    """The same, in English and Arabic; what is not translated is said in English."""
    path = make(root, f"{BRIEF}products:\n  - languages: [en-GB, ar]\n")
    house = root / "briefs/house.yaml"
    house.write_text(f'{house.read_text()}severities: {{untranslated: "off"}}\n')
    (root / "briefs/locale").mkdir()
    (root / "briefs/locale/ar.po").write_text(ARABIC, encoding="utf-8")
    return path
