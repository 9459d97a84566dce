"""Everything below briefs/ is read, or named as something that nothing reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import source
from pipeline.load import load
from pipeline.problem import ToolFailed
from pipeline.source import files


def write(root: Path, *names: str, text: str = "a: b\n") -> None:
    """Write small files below briefs/."""
    for name in names:
        path = root / "briefs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def headlines(root: Path) -> list[str]:
    """What is said of the folder briefs/ in `root`."""
    return [problem.headline for problem in source.read_folder(root / "briefs", root).problems]


def test_reads_a_folder_in_order(tmp_path: Path) -> None:
    """Every YAML file is read under its name in the project; what lies beside them is left alone."""
    write(tmp_path, "z.yaml", "a.yaml", "house.yaml", "sources.yaml", "arguments/x.yaml", "figures/x.yaml")
    write(tmp_path, "locale/de.po", "sources/able-2024.txt", ".gitkeep", "arguments/.x.yaml.swp")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert [document.file.removeprefix("briefs/") for document in reading.documents] == [
        "a.yaml", "house.yaml", "sources.yaml", "z.yaml", "arguments/x.yaml", "figures/x.yaml",
    ]  # fmt: skip
    assert (reading.unread, reading.problems) == ((), ())


def test_one_bad_file_does_not_hide_another(tmp_path: Path) -> None:
    """The problems of all files come at once, and the files that could not be read are named."""
    write(tmp_path, "a.yaml", text='a: "b\n')
    write(tmp_path, "arguments/b.yaml", text="a: b\na: c\n")
    write(tmp_path, "c.yaml")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert reading.unread == ("briefs/a.yaml", "briefs/arguments/b.yaml")
    assert [problem.rule for problem in reading.problems] == ["syntax", "duplicate-key"]
    assert [document.file for document in reading.documents] == ["briefs/c.yaml"]


@pytest.mark.parametrize(
    "stem",
    [
        "..x",
        "a\\b",
        "a\n",
        "%2e%2e",
        ".hidden",
        "con",
        "com1",
        "index",
        "x" * 65,
        "é",
        "ﬁ",
        "a\u200bb",
        "A",
        "a b",
        "-a",
    ],
)
def test_refuses_names_that_cannot_be_published(stem: str, tmp_path: Path) -> None:
    """A name that another system reads otherwise is refused, and the file behind it is not read."""
    write(tmp_path, f"arguments/{stem}.yaml")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert [problem.rule for problem in reading.problems] == ["wrong-file"]
    assert len(reading.unread) == 1
    assert reading.documents == ()


def test_refuses_names_that_differ_by_case_alone(tmp_path: Path) -> None:
    """Of two names that are one on other systems, the one with capitals is refused."""
    write(tmp_path, "misuse-risk.yaml", "Misuse-risk.yaml")
    if len(list((tmp_path / "briefs").iterdir())) == 2:
        assert [line.partition(":")[0] for line in headlines(tmp_path)] == ["briefs/Misuse-risk.yaml"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.yml", "briefs/a.yml:1:1: error: nothing reads a file that ends in '.yml' [wrong-file]"),
        ("a.YAML", "briefs/a.YAML:1:1: error: nothing reads a file that ends in '.YAML' [wrong-file]"),
        ("old/a.yaml", "briefs/old/a.yaml:1:1: error: nothing reads YAML files in this folder [wrong-file]"),
        ("maps/x/a.yaml", "briefs/maps/x/a.yaml:1:1: error: nothing reads YAML files in this folder [wrong-file]"),
        ("answers.json", "briefs/answers.json:1:1: warning: nothing reads this file [wrong-file]"),
        ("arguments/links.json", "briefs/arguments/links.json:1:1: warning: nothing reads this file [wrong-file]"),
        ("a.yaml~", "briefs/a.yaml~:1:1: warning: nothing reads this file [wrong-file]"),
        ("figures/a.svg", "briefs/figures/a.svg:1:1: warning: nothing reads this file [wrong-file]"),
    ],
)  # fmt: skip
def test_names_what_nothing_would_read(name: str, expected: str, tmp_path: Path) -> None:
    """A file in the wrong place or with the wrong ending is not skipped in silence."""
    write(tmp_path, name)
    assert headlines(tmp_path) == [expected]


def test_refuses_links_out_of_the_project(tmp_path: Path) -> None:
    """A link may lead to a file of the project, and to no other, be it a file or a folder."""
    project, outside = tmp_path / "project", tmp_path / "outside.yaml"
    write(project, "a.yaml")
    outside.write_text("secret: x\n", encoding="utf-8")
    (project / "briefs/arguments").symlink_to(tmp_path)
    (project / "briefs/b.yaml").symlink_to(outside)
    (project / "briefs/c.yaml").symlink_to(project / "briefs/a.yaml")
    (project / "briefs/d.yaml").symlink_to(project / "gone.yaml")
    reading = source.read_folder(project / "briefs", project)
    assert [document.file for document in reading.documents] == ["briefs/a.yaml", "briefs/c.yaml"]
    assert [problem.mark.file for problem in reading.problems] == ["briefs/arguments", "briefs/b.yaml", "briefs/d.yaml"]
    assert "secret" not in repr(reading)


def test_a_link_to_a_translation_stays_in_the_project(tmp_path: Path) -> None:
    """One that leads out is refused, and the file counts as one that can't be read; one inside is followed."""
    project, outside = tmp_path / "project", tmp_path / "outside.po"
    outside.write_text("secret", encoding="utf-8")
    write(project, "locale/de.po")
    (project / "briefs/locale/fr.po").symlink_to(outside)
    (project / "briefs/locale/de-CH.po").symlink_to(project / "briefs/locale/de.po")
    reading = source.read_folder(project / "briefs", project)
    assert reading.catalogues == {"de": "a: b\n", "de-CH": "a: b\n"}
    assert [problem.headline for problem in reading.problems] == [
        "briefs/locale/fr.po:1:1: error: this link leads out of the project [wrong-file]"
    ]
    library, _ = load(reading.documents, reading.unread, reading.texts, {})
    assert "locale/fr" in library.unloaded
    assert "secret" not in repr(reading)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes with names are POSIX")
def test_refuses_pipes_and_devices_without_waiting(tmp_path: Path) -> None:
    """A pipe that nobody writes to and an endless device stop nothing."""
    write(tmp_path, "a.yaml")
    os.mkfifo(tmp_path / "briefs/b.yaml")
    assert headlines(tmp_path) == ["briefs/b.yaml:1:1: error: this is not a plain file [wrong-file]"]
    (tmp_path / "briefs/c.yaml").mkdir()
    write(tmp_path, "c.yaml/d.yaml")
    assert len(headlines(tmp_path)) == 2


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"a: b\nc: d\xe9\n", "2:5: error: the file is not UTF-8: the byte 0xe9 stands here [syntax]"),
        (b"a: b\n\xff", "2:1: error: the file is not UTF-8: the byte 0xff stands here [syntax]"),
        ("a: é".encode("utf-16"), "1:1: error: the file is not UTF-8: the byte 0xff stands here [syntax]"),
        (b"a: \xed\xa0\x80\n", "1:4: error: the file is not UTF-8: the byte 0xed stands here [syntax]"),
        (b"a: " + b"x" * 3_000_000, "1:1: error: the file is larger than 2,000,000 bytes [too-large]"),
    ],
    ids=["Latin-1", "no text", "UTF-16", "half of a character", "too large"],
)
def test_refuses_bytes_that_are_no_text(data: bytes, expected: str, tmp_path: Path) -> None:
    """What is not UTF-8 is refused at its place, and what is too large without being read."""
    write(tmp_path, "a.yaml")
    (tmp_path / "briefs/a.yaml").write_bytes(data)
    assert headlines(tmp_path) == [f"briefs/a.yaml:{expected}"]


def test_refuses_a_folder_of_too_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is left out in silence."""
    monkeypatch.setattr(files, "MAX_FILES", 2)
    write(tmp_path, "a.yaml", "b.yaml")
    assert len(source.read_folder(tmp_path / "briefs", tmp_path).documents) == 2
    write(tmp_path, "c.yaml")
    with pytest.raises(ToolFailed, match=r"briefs holds more than 2 files$"):
        source.read_folder(tmp_path / "briefs", tmp_path)


def test_a_folder_that_cannot_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It doesn't pass for an empty one."""

    def refuse(path: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    write(tmp_path, "a.yaml")
    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(ToolFailed, match=r"can't read the folder .*briefs: Permission denied$"):
        source.read_folder(tmp_path / "briefs", tmp_path)


def test_folder_without_files_is_empty(tmp_path: Path) -> None:
    """Where there is no folder there are no documents; load says what is missing."""
    assert source.read_folder(tmp_path / "briefs", tmp_path) == source.Reading(documents=(), unread=(), problems=())


def test_reads_the_stored_texts_of_sources(tmp_path: Path) -> None:
    """As plain text, by the names that sources call them by; other names are left alone."""
    write(tmp_path, "sources/able-2024.txt", "sources/a b.txt", text="Light: [a\tb]\r\n")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert (reading.texts, reading.problems) == ({"sources/able-2024.txt": "Light: [a\tb]\r\n"}, ())


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: path.symlink_to(path.parents[1] / "house.yaml"), "this is a link [wrong-file]"),
        (lambda path: path.symlink_to("/etc/hostname"), "this is a link [wrong-file]"),
        (lambda path: path.symlink_to(path.parent / "gone.txt"), "this is a link [wrong-file]"),
        (os.mkfifo, "this is not a plain file [wrong-file]"),
        (lambda path: path.write_bytes(b"x" * 2_000_001), "the file is larger than 2,000,000 bytes [too-large]"),
        (lambda path: path.write_bytes(b"\xff"), "the file is not UTF-8: the byte 0xff stands here [syntax]"),
    ],
)
def test_a_stored_text_is_a_plain_file_of_fair_size(
    make: Callable[[Path], object], expected: str, tmp_path: Path
) -> None:
    """No link is followed, not even inside the project; what can't be read is known to be there."""
    write(tmp_path, "house.yaml", "sources/b.txt")
    make(tmp_path / "briefs/sources/a.txt")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert reading.texts == {"sources/a.txt": None, "sources/b.txt": "a: b\n"}
    assert [problem.headline for problem in reading.problems] == [f"briefs/sources/a.txt:1:1: error: {expected}"]


def test_a_linked_folder_of_texts_is_not_entered(tmp_path: Path) -> None:
    """It is named as something that nothing reads."""
    write(tmp_path / "other", "x.txt")
    write(tmp_path, "a.yaml")
    (tmp_path / "briefs/sources").symlink_to(tmp_path / "other/briefs")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert reading.texts == {}
    assert [problem.mark.file for problem in reading.problems] == ["briefs/sources"]


def test_stored_texts_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a folder of them fills no memory."""
    monkeypatch.setattr(files, "MAX_TEXTS", 9)
    write(tmp_path, "sources/a.txt", "sources/b.txt")
    reading = source.read_folder(tmp_path / "briefs", tmp_path)
    assert reading.texts == {"sources/a.txt": "a: b\n", "sources/b.txt": None}
    assert [problem.rule for problem in reading.problems] == ["too-large"]
