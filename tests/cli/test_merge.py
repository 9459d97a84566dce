"""merge checks a list of recipients as a whole, and tells every mistake at its cell."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import _code, commands
from pipeline.folder import Pieces
from pipeline.merge.entries import Entries
from pipeline.merge.master import Master
from pipeline.merge.roll import Faults
from pipeline.merge.spool import Ready
from tests.merge import invited


def _ask(root: Path, *arguments: str | Path) -> Result:
    return CliRunner().invoke(commands, ["-C", str(root), "merge", "first-brief", *map(str, arguments), "--dry-run"])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose first brief has slots."""
    folder = tmp_path_factory.mktemp("invited")
    invited.make(folder)
    return folder


def _told(root: Path, text: str | bytes, *arguments: str) -> list[str]:
    """The headlines of all problems of a list, without the path of the list."""
    path = root / "tried.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    result = _ask(root, path, *arguments)
    told = [line.removeprefix(str(path)) for line in result.stderr.splitlines() if line.startswith(str(path))]
    assert result.exit_code == int(any(": error: " in line for line in told)), result.stderr
    return told


def test_a_good_list_is_good(root: Path) -> None:
    """How many there are, what nobody prints, and that cells are words and nothing else; nothing is written."""
    hostile = ["{{ 7*7 }}", "<b>x</b>", ")\\(", "{copy}", "=1+1", "{name}", "../..", "%s %n", "&amp;"]
    rows = [f'"{each}",a@b.example,"{each}"' for each in hostile]
    (root / "more.csv").write_text("\n".join(["name,e-mail,district", *rows, rows[0]]))
    result = _ask(root, root / "more.csv")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{root / 'more.csv'}:11:1: warning: {REPEATED}" in result.stderr
    assert result.stderr.startswith("no slot is made of e-mail\n")
    assert "9 recipients: each has room" in result.stderr


def test_what_is_wider_than_its_slot_is_told_at_its_cell(root: Path) -> None:
    """Before anything is written, with how wide it is."""
    told = _told(root, f"name,district\nAnna,Dalarna\n{'Anna ' * 30},Dalarna\n")
    assert [line.partition(" wide")[0] for line in told] == [":3:1: error: the text of the slot 'greeting' is 264.2 mm"]


NAMED, BEHIND = "can't be the name of a file: ", "whatever stands behind it"
CELL = "this row has nothing in the column 'district', and the slot 'line' has no default"
TURNED = "a character that reverses the direction of text, U+202E, stands here"
REPEATED = "this row is that of line 2 again, and gets no second copy"


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("nam,district\nA,B\n", "1:1", "the list has no column 'name', which the slot 'greeting' is made of"),
        ("name,district\nAnna,\n", "2:6", CELL),
        ("name,district\nAn\x07na,B\n", "2:1", "a control character, U+0007, stands here"),
        ("name,district\nA,B\u202ec\n", "2:3", TURNED),
        ("name,district\nA,B\n\n\U0001f600,B\n", "4:1", "no font can draw '\U0001f600' (U+1F600, grinning face)"),
        ("name,district,language\nA,B,fr\n", "2:5", "the brief isn't made in the language 'fr'"),
        ("name,district,file\nA,B,../x\n", "2:5", f"'../x' {NAMED}it leads into another folder"),
        ("name,district,file\nA,B,con.pdf\n", "2:5", f"'con.pdf' {NAMED}Windows keeps 'con' for a device, {BEHIND}"),
        ("name,district,file\nA,B,x\nC,D,X.pdf\n", "3:5", "the copy of line 2 is called 'X' too"),
        ("name,district\n", "1:1", "the list names no recipients"),
    ],
)
def test_each_mistake_is_told_at_its_cell(root: Path, text: str, place: str, message: str) -> None:
    """Once, with line and column."""
    (told,) = _told(root, text)
    assert told.rpartition(" [")[0] == f":{place}: error: {message}"


def test_all_mistakes_are_told_at_once(root: Path) -> None:
    """Up to a hundred."""
    assert len(_told(root, "name,district\nA,\n,B\nA,B\x01\n")) == 3
    assert len(_told(root, "name,district\n" + "\n".join(f"{n}," for n in range(500)))) == 100


ANNA = "Anna,A,anna\n"
OTHERS = "Bengt,B,bengt\nCarin,C,carin\n"


def _written(root: Path, people: Path, text: str) -> tuple[int, str, list[str]]:
    """Its code, how it ended, and the copies that are there, after a merge that cleans up."""
    people.write_text(f"name,district,file\n{text}", encoding="utf-8")
    asked = ["-C", str(root), "merge", "first-brief", str(people), "-o", str(people.parent / "copies"), "--clean"]
    result = CliRunner().invoke(commands, asked)
    found = sorted(path.stem for path in (people.parent / "copies").glob("*.pdf"))
    return result.exit_code, result.stderr.splitlines()[-1] if result.stderr else str(result.exception), found


def test_rows_that_stand_there_often_cost_nobody_a_copy(root: Path, tmp_path: Path) -> None:
    """However many they are: what stands behind them is read, a dry run counts as many, and the rest are summed up."""
    people = tmp_path / "people.csv"
    assert _written(root, people, ANNA + OTHERS)[2] == ["anna", "bengt", "carin"]
    code, said, found = _written(root, people, ANNA * 131 + OTHERS)
    assert (code, found) == (0, ["anna", "bengt", "carin"])
    assert said == "101 warnings in 1 file; 3 recipients: 0 files written, 3 there already"
    told = _ask(root, people).stderr.splitlines()
    assert told[-1] == "101 warnings in 1 file; 3 recipients: each has room"
    more = [line.removeprefix(str(people)) for line in told if ": and " in line]
    are = "and 30 more rows, from this one on, are some of those above again, and no second copy is made"
    assert more == [f":103:1: warning: {are} [recipients]"]


def test_mistakes_behind_rows_that_stand_there_often_are_told(root: Path) -> None:
    """What is too wide and what is empty, and up to a hundred; one row more than are told is no plural."""
    told = _told(root, f"name,district,file\n{ANNA * 102}{'Anna ' * 30},A,b\nCarin,,c\n")
    assert [line.partition(" ")[0] for line in told if ": error: " in line] == [":104:1:", ":105:7:"]
    (more,) = (line for line in told if ": and " in line)
    assert more.startswith(":103:1: warning: and 1 more row is one of those above again")
    told = _told(root, f"name,district,file\n{ANNA * 131}" + "".join(f"{n},,{n}\n" for n in range(150)))
    assert [sum(f": {severity}: " in line for line in told) for severity in ("error", "warning")] == [100, 101]


@pytest.mark.parametrize(
    ("changed", "number"), [(ANNA, 1), (f"{ANNA}{OTHERS}Disa,D,disa\n", 4), (ANNA + OTHERS.replace("C,", "B,"), 3)]
)
def test_a_list_that_changes_meanwhile_costs_nobody_a_copy(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str, number: int
) -> None:
    """Between the two times that it is read; where it has other copies then, nothing is written or removed."""
    people = tmp_path / "people.csv"
    assert _written(root, people, ANNA + OTHERS)[0] == 0
    check = Entries.check

    def meanwhile(entries: Entries) -> Faults:
        found = check(entries)
        people.write_text(f"name,district,file\n{changed}", encoding="utf-8")
        return found

    monkeypatch.setattr(Entries, "check", meanwhile)
    code, said, found = _written(root, people, ANNA + OTHERS)
    assert found == ["anna", "bengt", "carin"]
    assert code == (0 if number == 3 else 1)
    assert (f"had 3 copies when it was checked, and {number} when they were set" in said) == (number != 3), said


def test_a_brief_without_slots_has_no_copies(root: Path) -> None:
    """It is said where the brief stands, with what to do."""
    result = CliRunner().invoke(
        commands, ["-C", str(root), "merge", "second-brief", str(root / "list.csv"), "--dry-run"]
    )
    assert result.exit_code == 1
    assert "briefs/second-brief.yaml:1:1: error: the brief 'second-brief' has no slots for recipients" in result.stderr


def test_a_product_that_nobody_plans_has_none(root: Path) -> None:
    """With where to see the others."""
    result = _ask(root, root / "list.csv", "--edition", "questions")
    assert result.exit_code == 1
    assert "hint: see `openbrief products first-brief`" in result.stderr


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("background: |\n", "background: |\n  ## {{ recipient.place }}\n\n"),
            "'place' stands in a heading, a link, a note",
        ),
        (
            ("background: |\n", "background: |\n  > Dark.[^1]\n  >\n  > [^1]: It is {{ recipient.place }}\n\n"),
            "'place' stands in a heading, a link, a note",
        ),
        (
            ("Sailors. Harbours", "Sailors. [{{ recipient.place }}](https://x.example) Harbours"),
            "'place' stands in a heading, a",
        ),
        (
            ("id: greeting, width: 110", "id: greeting, width: 180"),
            "'greeting' is 2.0 mm wider than the place where it",
        ),
    ],
)
def test_slots_stand_where_copies_can_change_them(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    """At the slot, before anything is written."""
    assert change[0] in invited.BRIEF
    result = _ask(tmp_path, invited.make(tmp_path, invited.BRIEF.replace(*change)))
    assert result.exit_code == 1
    (problem,) = (line for line in result.stderr.splitlines() if line.startswith("briefs/first-brief.yaml:"))
    assert f"error: the slot {told}" in problem


def test_ctrl_c_leaves_whole_copies(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It ends with 130; what was done is whole, and the next run does the rest, as pages for browsers too."""
    people = tmp_path / "people.csv"
    people.write_text("name,district\n" + "".join(f"<b>Person</b> {n},Place\n" for n in range(5)), encoding="utf-8")
    copy, made = Master.copy, list[str]()

    def interrupted(master: Master, ready: Ready) -> Pieces:
        made.append(ready.name)
        if len(made) == 3:
            raise KeyboardInterrupt
        return copy(master, ready)

    monkeypatch.setattr(Master, "copy", interrupted)
    asked = ["-C", str(root), "merge", "first-brief", str(people), "-o", str(tmp_path / "copies")]
    assert _code(asked) == 130
    assert sorted(path.name for path in (tmp_path / "copies").iterdir()) == [
        "00001-b-person-b-0.pdf",
        "00002-b-person-b-1.pdf",
        "journal.txt",
    ]
    result = CliRunner().invoke(commands, [*asked, "--html"])
    assert result.exit_code == 0
    assert "5 recipients: 8 files written, 2 there already" in result.stderr
    assert made[3:] == ["00003-b-person-b-2", "00004-b-person-b-3", "00005-b-person-b-4"]
    page = (tmp_path / "copies/00003-b-person-b-2.html").read_text(encoding="utf-8")
    assert "Dear &lt;b&gt;Person&lt;/b&gt; 2,</span>" in page
    assert 'class="letters"' not in page
    assert page.count('data-slot="') == 3


def test_copies_need_a_folder(root: Path) -> None:
    """Or nobody knows where they are."""
    result = CliRunner().invoke(commands, ["-C", str(root), "merge", "first-brief", str(root / "list.csv")])
    assert (result.exit_code, "name a folder for the copies with -o" in result.stderr) == (2, True)


def test_copies_of_rows_that_are_gone_are_told(root: Path, tmp_path: Path) -> None:
    """With where they are listed, until `--clean` has removed them."""
    people = tmp_path / "people.csv"
    people.write_text("name,district\nAnna,A\nBengt,B\n", encoding="utf-8")
    asked = ["-C", str(root), "merge", "first-brief", str(people), "-o", str(tmp_path / "copies")]
    assert CliRunner().invoke(commands, asked).exit_code == 0
    people.write_text("name,district\nAnna,A\n", encoding="utf-8")
    said = [CliRunner().invoke(commands, [*asked, *more]).stderr for more in ((), ("--clean",), ())]
    told = ["0 files written, 1 there already; 1 outdated file", "0 files written, 1 there already"]
    assert [line.splitlines()[-1].partition(": ")[2] for line in said] == [
        f"{told[0]}, see stale.txt",
        f"{told[0]} removed",
        told[1],
    ]
    assert sorted(path.name for path in (tmp_path / "copies").glob("*.pdf")) == ["00001-anna.pdf"]


def test_a_row_that_changes_and_changes_back_has_its_own_copy(root: Path, tmp_path: Path) -> None:
    """What was written for somebody else under the same name, of the same length, is nobody's copy."""
    people, copies = tmp_path / "people.csv", tmp_path / "copies"
    asked = ["-C", str(root), "merge", "first-brief", str(people), "-o", str(copies)]
    made: dict[str, set[bytes]] = {}
    for place in ("North", "South", "North"):
        people.write_text(f"name,district\nAnna,{place}\n", encoding="utf-8")
        assert "1 file written" in CliRunner().invoke(commands, asked).stderr
        (path,) = copies.glob("*.pdf")
        made.setdefault(place, set()).add(path.read_bytes())
    assert [len(versions) for versions in made.values()] == [1, 1]
    assert made["North"] != made["South"]
    assert "0 files written, 1 there already" in CliRunner().invoke(commands, asked).stderr


def test_a_page_with_words_of_before_is_outdated(root: Path, tmp_path: Path) -> None:
    """Where a later run writes PDF files alone, what else says the old words is told, and removed when asked."""
    people, copies = tmp_path / "people.csv", tmp_path / "copies"
    asked = ["-C", str(root), "merge", "first-brief", str(people), "-o", str(copies)]
    people.write_text("name,district\nAnna,North\n", encoding="utf-8")
    assert CliRunner().invoke(commands, [*asked, "--html"]).exit_code == 0
    assert "outdated" not in CliRunner().invoke(commands, asked).stderr
    people.write_text("name,district\nAnna,South\n", encoding="utf-8")
    assert "1 outdated file, see stale.txt" in CliRunner().invoke(commands, asked).stderr
    assert (copies / "stale.txt").read_text(encoding="utf-8") == "00001-anna.html\n"
    assert "1 outdated file removed" in CliRunner().invoke(commands, [*asked, "--clean"]).stderr
    assert not [*copies.glob("*.html")]


def test_what_a_copy_is_called_is_plain(tmp_path: Path) -> None:
    """A character that no metadata can hold is told at its cell, though no slot prints it."""
    invited.make(tmp_path)
    brief = tmp_path / "briefs" / "first-brief.yaml"
    brief.write_text(brief.read_text(encoding="utf-8").replace("Copy for {name}", "Copy {ref}"), encoding="utf-8")
    told = _told(tmp_path, "name,district,ref\nAnna,North,A\x017\n")
    assert [line[:12] for line in told] == [":2:12: error"]
