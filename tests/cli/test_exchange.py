"""export and import exchange arguments with other programs, and say what has no place."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import commands
from tests import harbours

FORMS = ("json", "aif", "argdown", "dot", "jsonld", "csv")


def _ask(project: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(project), *map(str, arguments)])


@pytest.mark.parametrize("form", FORMS)
def test_export_prints_or_writes_the_same(tmp_path: Path, form: str) -> None:
    """The text is the product, on stdout or in the file; all talk goes to stderr."""
    root = harbours.write(tmp_path)
    printed = _ask(root, "export", "lights-help", "--to", form)
    written = _ask(root, "export", "lights-help", "--to", form, "-o", tmp_path / "out")
    assert (printed.exit_code, written.exit_code, written.stdout) == (0, 0, "")
    assert (tmp_path / "out").read_text(encoding="utf-8") == printed.stdout
    assert printed.stderr == written.stderr


def test_export_names_what_a_format_has_no_place_for(tmp_path: Path) -> None:
    """Only what the argument has."""
    said = _ask(harbours.write(tmp_path), "export", "lights-help", "--to", "aif").stderr
    assert said.startswith("aif has no place for: id, short, type, qualifier, certainty")
    assert "evidence.quote" not in said
    assert _ask(tmp_path, "export", "lights-help", "--to", "json").stderr == ""


def test_export_takes_a_brief_where_one_is_meant(tmp_path: Path) -> None:
    """An argument goes before a brief of the same name, unless --brief is given."""
    root = harbours.write(tmp_path)
    (root / "briefs" / "first-brief.yaml").rename(root / "briefs" / "lights-help.yaml")
    one = json.loads(_ask(root, "export", "lights-help", "--to", "json").stdout)
    all_of_it = json.loads(_ask(root, "export", "lights-help", "--to", "json", "--brief").stdout)
    assert [item["id"] for item in one["arguments"]] == ["lights-help"]
    assert [item["id"] for item in all_of_it["arguments"]] == ["lights-help", "lights-cost"]
    assert all_of_it["title"] == all_of_it["brief"]["title"]


@pytest.mark.parametrize(("typed", "said"), [
    (("light-help", "--to", "json"), "no argument or brief is called 'light-help'; did you mean 'lights-help'?"),
    (("lights-help", "--to", "json", "--brief"), "no brief is called 'lights-help'"),
    (("lights-help", "--to", "yaml"), "'yaml' is not one of"),
    (("lights-help",), "Missing option '--to'"),
])  # fmt: skip
def test_a_wrong_export_is_a_wrong_use(tmp_path: Path, typed: tuple[str, ...], said: str) -> None:
    """With the name that was meant."""
    result = _ask(harbours.write(tmp_path), "export", *typed)
    assert result.exit_code == 2
    assert said in result.stderr


ARGDOWN = """\
===
title: Lights
===

// A debate on a wall.
[Lights help]: Lighthouses make harbours **safer**. #harbours {certainty: moderate}
  + <Wrecks>: Harbours with a light saw fewer wrecks.
      They were counted for ten years.
    - <Miscounted>: Wrecks were counted twice. #doubt
        - In one harbour only.
          - And who would know?
    _ [Charts became better.]
  - Lights blind those who are near.
"""


def _imported(tmp_path: Path, name: str, text: str | bytes, *more: str) -> tuple[Result, Path]:
    root = tmp_path / "project"
    if not root.exists():
        harbours.write(root)
    (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
    return _ask(root, "import", tmp_path / name, *more), root


def test_import_writes_an_argument_that_reads_well(tmp_path: Path) -> None:
    """The file as a whole; what is missing says what is to do, and what has no place is named with its line."""
    result, root = _imported(tmp_path, "debate.argdown", ARGDOWN)
    path = root / "briefs" / "arguments" / "lights-help-2.yaml"
    assert (result.exit_code, result.stdout) == (2, "")
    assert "lights-help.yaml is there already" in result.stderr
    assert not path.exists()
    result, root = _imported(tmp_path, "debate.argdown", ARGDOWN.replace("[Lights help]", "[Lamps help]"))
    assert result.exit_code == 0
    assert result.stdout == f"{root}/briefs/arguments/lamps-help.yaml\n"
    assert result.stderr.replace(str(tmp_path), "") == (
        "/debate.argdown:1: comments left out: 1\n"
        "/debate.argdown:1: tags left out: 2\n"
        "/debate.argdown:11: 'And who would know?' is left out: an argument has no place for it\n"
        "1 argument written; 5 lines to fill in, which `openbrief check` reports\n"
    )
    assert (root / "briefs" / "arguments" / "lamps-help.yaml").read_text(encoding="utf-8") == IMPORTED


IMPORTED = """\
# yaml-language-server: $schema=../../assets/schema/argument.schema.json
# Imported from "debate.argdown"; 5 lines say what is to do.

claim: Lighthouses make harbours **safer**.
short: Lamps help
type:  # to do: empirical, causal, predictive, normative or definitional
qualifier:  # to do: certainly, very-likely, probably or possibly
certainty: moderate
warrant:  # to do: why the grounds carry the claim

grounds:
  - id: wrecks
    text: Harbours with a light saw fewer wrecks. They were counted for ten years.

objections:
  - id: miscounted
    text: Wrecks were counted twice.
    kind: undermines
    target: wrecks
    response:
      text: In one harbour only.

  - id: charts-became-better
    text: Charts became better.
    kind: undercuts
    target: wrecks
    open:  # to do: what would settle it, or write `response:` or `conceded:` in place of this

  - id: lights-blind-those-who-are-near
    text: Lights blind those who are near.
    kind: rebuts
    open:  # to do: what would settle it, or write `response:` or `conceded:` in place of this
"""


def test_check_reports_what_is_to_do(tmp_path: Path) -> None:
    """What every argument needs at its line; once that is there, each objection without an outcome."""
    _, root = _imported(tmp_path, "debate.argdown", ARGDOWN.replace("[Lights help]", "[Lamps help]"))
    told = _ask(root, "check").stdout
    for number, key in ((6, "type"), (7, "qualifier"), (9, "warrant")):
        assert f"lamps-help.yaml:{number}:{len(key) + 2}: error: " in told
    path = root / "briefs" / "arguments" / "lamps-help.yaml"
    filled = re.sub(r"(type|qualifier|warrant):  # to do: (\w+).*", r"\1: \2", path.read_text(encoding="utf-8"))
    path.write_text(filled, encoding="utf-8")
    told = _ask(root, "check").stdout
    assert "[wrong-type]" not in told
    assert told.count("[one-of-three]") == 2


@pytest.mark.parametrize("form", ["json", "argdown", "aif"])
def test_an_export_can_be_imported_over_its_origin(tmp_path: Path, form: str) -> None:
    """Only with --force; json and Argdown then leave the library as it was."""
    root = harbours.write(tmp_path / "project")
    before = _ask(root, "export", "first-brief", "--to", "json").stdout
    text = _ask(root, "export", "first-brief", "--to", form).stdout
    refused, _ = _imported(tmp_path, f"x.{form}", text)
    result, _ = _imported(tmp_path, f"x.{form}", text, "--force")
    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    if form != "aif":
        assert refused.exit_code == 2
        assert (
            json.loads(_ask(root, "export", "first-brief", "--to", "json").stdout)["arguments"]
            == (json.loads(before)["arguments"])
        )


def test_import_writes_where_it_is_told_and_not_through_links(tmp_path: Path) -> None:
    """A link of the argument's name counts as a file that is there."""
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "lights-help.yaml").symlink_to(tmp_path / "elsewhere")
    result, _ = _imported(tmp_path, "debate.argdown", ARGDOWN, "-o", str(tmp_path / "out"))
    assert result.exit_code == 2
    result, _ = _imported(tmp_path, "debate.argdown", ARGDOWN, "-o", str(tmp_path / "new" / "folder"))
    assert result.exit_code == 0
    assert (tmp_path / "new" / "folder" / "lights-help.yaml").is_file()
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"


NODE = '{"nodeID": "1", "type": "I", "text": "Lights help."}'
AIF = '{"nodes": [\n%s\n], "edges": [%s], "locutions": []}'
HOSTILE: dict[str, tuple[str | bytes, int, str]] = {
    "nothing.argdown": (b"", 1, "no statement stands in this file"),
    "space.argdown": (b" \n\n \t\n", 1, "no statement stands in this file"),
    "latin.argdown": ("[a]: b\n\ncaf\u00e9".encode("latin-1"), 3, "the file is not UTF-8: the byte 0xe9 stands here"),
    "huge.argdown": (b"a" * 2_000_001, 1, "the file is larger than 2,000,000 bytes"),
    "brace.argdown": (b"[a]: b\n\n[c]: d {x: y", 3, "no brace closes this one"),
    "braces.argdown": (b"[a]: b " + b"{" * 100_000, 1, "no brace closes this one"),
    "deep.argdown": (b"[a]: b {x: " + b"[" * 70 + b"]" * 70 + b"}", 1, "more than 64 lists and mappings"),
    "nested.argdown": ("[a]: b\n" + "".join(f"{' ' * n}+ c{n}\n" for n in range(1, 90)), 66, "more than 64 relations"),
    "anchor.argdown": (b"[a]: b {\n  short: &x y\n}", 2, "'&x' is a YAML anchor"),
    "list.argdown": (b"[a]: b {\n  - x\n}", 1, "keys and values are needed in these braces"),
    "twins.argdown": (b"[a]: b\n\n[c]: d {\n  short: x\n  short: y\n}", 5, "short"),
    "alone.argdown": (b"[a]: b\n\n  + [c]", 3, "nothing stands above this relation"),
    "pcs.argdown": (b"<a>\n\n(1) b\n----\n(2) c", 3, "premise-conclusion structures are not read"),
    "many.argdown": ("a\n\n" * 1_001, 1, "the file holds 1,001 arguments; 1,000 are the most"),
    "self.argdown": (b"[a]: b\n  + [a]", 2, "this bears on itself"),
    "circle.argdown": (b"[a]: b\n  + [c]: d\n\n[c]\n  + [a]", 1, "nothing is the claim"),
    "hidden.argdown": ("[a]: b\n\n[c]: \u202ed", 3, "a character that reverses the direction of text, U+202E"),
    "broken.json": (b'{"nodes": [\n{"nodeID": }', 2, "this is not JSON"),
    "deep.json": (b"[" * 100_000, 1, "too many lists and objects stand in each other"),
    "deeper.json": (b'{"a": ' * 100_000, 1, "too many lists and objects stand in each other"),
    "array.json": (b"[1]", 1, "an object is needed here"),
    "other.json": (b'{"x": 1}', 1, "there is no list of arguments here, and no graph of AIF"),
    "texts.json": (b'{"arguments": ["x"]}', 1, "there is no list of arguments here"),
    "steep.json": ('{"arguments": [\n{"claim": ' + "[" * 90 + "]" * 90 + "}]}", 2, "too many lists and mappings"),
    "steer.json": ('{"arguments": [\n{"claim": "\\u001b[2J"}]}', 2, "a control character, U+001B, stands here"),
    "half.json": ('{"arguments": [\n{"claim": "\\ud800"}]}', 2, "half of a character"),
    "nodes.json": (b'{"nodes": 1, "edges": []}', 1, "'nodes' must be a list of objects"),
    "bare.json": (AIF % ('{"type": "I"}', ""), 2, "a node needs `nodeID` and `type`"),
    "mute.json": (AIF % ('{"nodeID": "1", "type": "I", "text": " "}', ""), 2, "an I-node needs `text`"),
    "same.json": (AIF % (f"{NODE},\n{NODE}", ""), 3, "there are two nodes with the id '1'"),
    "edge.json": (AIF % (NODE, '\n{"fromID": "1", "toID": "9"}'), 4, "this edge leads to no node: '9'"),
    "ring.json": (
        AIF % (
            f'{NODE},\n{NODE.replace("1", "2", 1)},\n{{"nodeID": "3", "type": "RA"}}, {{"nodeID": "4", "type": "RA"}}',
            ", ".join(f'{{"fromID": "{a}", "toID": "{b}"}}' for a, b in ((1, 3), (3, 2), (2, 4), (4, 1))),
        ),
        2,
        "nothing is the claim",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_ends_in_a_sentence(tmp_path: Path, name: str) -> None:
    """With its line, exit code 1, and nothing written."""
    text, line, said = HOSTILE[name]
    result, root = _imported(tmp_path, name, text)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert f"{tmp_path / name}:{line}:" in result.stderr
    assert said in result.stderr
    assert "\x1b" not in result.stderr
    assert {path.stem for path in (root / "briefs" / "arguments").iterdir()} == {"lights-help", "lights-cost"}


@pytest.mark.parametrize("id", ["../x", "/etc/passwd", "a/../../b", "con", "..", "A B", "\u4e2d\u6587", "x" * 300, ""])
@pytest.mark.parametrize("form", ["json", "argdown"])
def test_ids_lead_nowhere_else(tmp_path: Path, form: str, id: str) -> None:
    """Whatever an argument is called, its file lies in the folder and has a name that is allowed."""
    argdown = f"[{id}]: A claim.\n  + <{id}/{id}>: A ground." if id else "A claim.\n  + A ground."
    text = json.dumps({"arguments": [{"id": id, "claim": "A claim."}]}) if form == "json" else argdown
    result, _ = _imported(tmp_path, f"x.{form}", text, "-o", str(tmp_path / "out" / "in"))
    assert result.exit_code == 0, result.stderr
    (path,) = (tmp_path / "out").rglob("*.yaml")
    assert path.parent == tmp_path / "out" / "in"
    assert path.stem == path.stem.lower()
    assert path.stem not in ("con", "")
    assert len(path.stem) <= 64


def test_import_of_nothing_and_of_folders_is_said_so(tmp_path: Path) -> None:
    """A missing file, a folder, and a project that is none."""
    root = harbours.write(tmp_path)
    assert "the file can't be read: No such file or directory" in _ask(root, "import", tmp_path / "x").stderr
    assert "this is not a plain file" in _ask(root, "import", tmp_path).stderr
    (tmp_path / "outside").mkdir()
    assert _ask(root, "import", tmp_path / "x").exit_code == 1
