"""What is kept is given back as it was, or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline import kept
from pipeline.kept import NOTHING, Kept, contents, key

VALUE = {"body": "<p>“a” \u2011 🙂\n</p>", "fields": [["title", "b"]], "messages": []}


@pytest.fixture
def place(tmp_path: Path) -> Kept:
    """A folder with one value."""
    place = Kept(folder=tmp_path / "build/kept")
    place.put(key("x", b"1"), VALUE)
    return place


def files(place: Kept) -> list[Path]:
    """Its files."""
    assert place.folder
    return [path for path in place.folder.rglob("*") if path.is_file()]


def test_gives_back_what_was_put(place: Kept) -> None:
    """Under the same key and no other, and only to who asks."""
    assert place.get(key("x", b"1")) == VALUE
    assert place.get(key("x", b"2")) is None
    assert Kept(folder=place.folder, asked=False).get(key("x", b"1")) is None
    NOTHING.put(key("x", b"1"), VALUE)
    assert NOTHING.get(key("x", b"1")) is None


def test_a_key_says_what_was_read_and_where_each_part_ends(tmp_path: Path) -> None:
    """Parts that run into each other, other stages and other names are other keys."""
    (tmp_path / "a.lua").write_bytes(b"1")
    (tmp_path / "b.lua").write_bytes(b"")
    folder = key("x", *contents(tmp_path.glob("*.lua")))
    (tmp_path / "a.lua").rename(tmp_path / "c.lua")
    keys = [key("x"), key("x", b""), key("x", b"ab"), key("x", b"a", b"b"), key("x", b"", b"ab"), key("y", b"ab")]
    keys += [folder, key("x", *contents(tmp_path.glob("*.lua")))]
    assert len(set(keys)) == len(keys)


def test_what_was_harmed_is_not_there(place: Kept) -> None:
    """Not with one bit flipped anywhere, nor cut off anywhere, nor under another name; and it can be put again."""
    (file,) = files(place)
    whole = file.read_bytes()
    for at in range(len(whole)):
        for harmed in (whole[:at], whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :]):
            file.write_bytes(harmed)
            assert place.get(key("x", b"1")) is None
    place.put(key("x", b"1"), VALUE)
    assert place.get(key("x", b"1")) == VALUE
    other = file.parents[1] / key("x", b"2")[:2] / key("x", b"2")
    other.parent.mkdir(exist_ok=True)
    other.write_bytes(whole)
    assert place.get(key("x", b"2")) is None


def test_a_disk_that_refuses_is_no_problem(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, nothing is kept."""
    (tmp_path / "build").write_text("not a folder")
    place = Kept(folder=tmp_path / "build/kept")
    place.put(key("x", b"1"), VALUE)
    assert place.get(key("x", b"1")) is None


def test_what_was_used_longest_ago_goes_first(place: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is too much, half is left, and what was asked for last is part of it."""
    (first,) = files(place)
    for number in range(2, 12):
        place.put(key("x", b"%d" % number), VALUE)
    for at, path in enumerate(sorted(files(place))):
        os.utime(path, (at, at))
    assert place.get(key("x", b"1")) == VALUE
    monkeypatch.setattr(kept, "MOST", len(first.read_bytes()) * 8)
    kept._sweep.cache_clear()
    place.put(key("x", b"12"), VALUE)
    assert len(files(place)) == 4
    assert place.get(key("x", b"1")) == VALUE
    assert place.get(key("x", b"12")) == VALUE


def test_what_is_no_plain_file_is_not_there(place: Kept) -> None:
    """Neither a pipe that nobody writes to, nor a folder, nor a link is waited for or followed."""
    (file,) = files(place)
    elsewhere = file.rename(file.parents[2] / "elsewhere")
    file.symlink_to(elsewhere)
    assert place.get(key("x", b"1")) is None
    file.unlink()
    os.mkfifo(file)
    assert place.get(key("x", b"1")) is None
    file.unlink()
    file.mkdir()
    assert place.get(key("x", b"1")) is None


def test_json_that_python_cannot_hold_is_not_there(place: Kept) -> None:
    """However deep it is."""
    (file,) = files(place)
    text = b"[" * 100_000
    file.write_bytes(kept._digest(key("x", b"1"), text) + b"\n" + text)
    assert place.get(key("x", b"1")) is None
