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
COVER = """\
  cover:
    sender: Harbour Board, 1 Quay Street
    address: ["{{ recipient.who }}", "{{ recipient.place }}", Light House Road 5]
    subject: Lights for your harbour
    salutation: "{{ recipient.greeting }}"
    text: |
      The brief on the next pages says what a light does.

      {{ recipient.line }}
    closing: Yours sincerely,
    signatures: [{name: Ann Able, role: Director}, {name: Ben Baker}]
"""
COVERED = BRIEF.replace("  called: Copy", f"{COVER}  called: Copy").replace(
    "  slots:\n", '  slots:\n    - {id: who, width: 70, text: "{name}"}\n'
)
"""The same with a cover letter."""
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

msgctxt "brief/first-brief/recipient/cover/subject"
msgid "Lights for your harbour"
msgstr "أضواء لمينائكم"

msgctxt "brief/first-brief/recipient/cover/text"
msgid "The brief on the next pages says what a light does.\\n\\n{{ recipient.line }}"
msgstr "تقول الورقة في الصفحات التالية ما الذي يفعله الضوء.\\n\\n{{ recipient.line }}"

msgctxt "brief/first-brief/recipient/cover/closing"
msgid "Yours sincerely,"
msgstr "مع فائق الاحترام،"

msgctxt "brief/first-brief/recipient/cover/signatures/1/role"
msgid "Director"
msgstr "المديرة"
"""


def make(root: Path, brief: str = BRIEF) -> Path:
    """Write the example project with slots into `root`, and its list of recipients; give the list's path."""
    briefs = example.make(root)
    (briefs / "first-brief.yaml").write_text(brief, encoding="utf-8")
    path = root / "list.csv"
    path.write_text(LIST, encoding="utf-8")
    return path


def make_in_two_languages(root: Path, brief: str = BRIEF) -> Path:
    """The same, in English and Arabic; what is not translated is said in English."""
    path = make(root, f"{brief}products:\n  - languages: [en-GB, ar]\n")
    house = root / "briefs/house.yaml"
    house.write_text(f'{house.read_text()}severities: {{untranslated: "off"}}\n')
    (root / "briefs/locale").mkdir()
    (root / "briefs/locale/ar.po").write_text(ARABIC, encoding="utf-8")
    return path
