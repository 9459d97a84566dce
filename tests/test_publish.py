"""A release puts out what was made, keeps what was not asked for, and takes away what is gone."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.forms import Entry, Metadata, Output
from pipeline.problem import Refused, ToolFailed
from pipeline.publish import last_release, publish


def _entry(slug: str, *, text: str = "1", issued: str = "2026-11-23", draft: bool = False) -> Entry:
    metadata = Metadata(
        slug=slug,
        title=f"On {slug}",
        description="One sentence.",
        authors=("The house",),
        publisher="The house",
        series="Policy brief",
        issued=issued,
        version="1.0",
        language="en-GB",
        licence="CC BY 4.0",
        licence_url="https://creativecommons.org/licenses/by/4.0/",
        keywords=(),
    )
    mark = "-DRAFT" if draft else ""
    pdf = Output(path=f"{slug}/{slug}{mark}.pdf", data=f"pdf {text}".encode())
    html = Output(path=f"{slug}/index{mark}.html", data=f"html {text}".encode())
    return Entry(metadata=metadata, outputs=(pdf, html), pages=2, minutes=3, draft=draft)


def _index(entries: Sequence[Entry]) -> str:
    return " ".join(f"{entry.metadata.slug}:{len(entry.outputs)}:{entry.pages}" for entry in entries)


def _tree(root: Path) -> dict[str, str]:
    return {path.relative_to(root).as_posix(): path.read_text() for path in root.rglob("*") if path.is_file()}


def test_puts_out_files_index_and_manifest(tmp_path: Path) -> None:
    """All files are there, the manifest lists all but itself, and the record says what was written."""
    release = publish(tmp_path, [_entry("b"), _entry("a")], _index, whole=True, tools={"pandoc": "3.9"})
    tree = _tree(tmp_path)
    assert set(tree) == {"a/a.pdf", "a/index.html", "b/b.pdf", "b/index.html", "index.html", "manifest.json"}
    assert release.written[-1] == "manifest.json"
    assert set(release.written) == set(tree)
    last = last_release(tmp_path)
    assert last
    assert set(last.paths) == set(tree) - {"manifest.json"}
    assert last.tools["pandoc"] == "3.9"
    assert {"openbrief", "python", "weasyprint"} <= set(last.tools)


def test_lists_the_newest_brief_first(tmp_path: Path) -> None:
    """The index goes by date, then by name."""
    entries = [_entry("c"), _entry("a", issued="2025-01-01"), _entry("b")]
    publish(tmp_path, entries, _index, whole=True)
    assert _tree(tmp_path)["index.html"] == "b:2:2 c:2:2 a:2:2"


def test_writes_nothing_when_nothing_has_changed(tmp_path: Path) -> None:
    """The same release again touches no file."""
    publish(tmp_path, [_entry("a")], _index, whole=True)
    assert publish(tmp_path, [_entry("a")], _index, whole=True).written == ()


def test_a_release_of_one_brief_keeps_the_others(tmp_path: Path) -> None:
    """The others stay on the disk, in the manifest and on the index page."""
    publish(tmp_path, [_entry("a"), _entry("b")], _index, whole=True)
    release = publish(tmp_path, [_entry("b", text="2")], _index, whole=False)
    tree = _tree(tmp_path)
    assert release.written == ("b/b.pdf", "b/index.html", "manifest.json")
    assert (tree["a/a.pdf"], tree["b/b.pdf"]) == ("pdf 1", "pdf 2")
    assert tree["index.html"] == "a:2:2 b:2:2"
    last = last_release(tmp_path)
    assert last
    assert {"a/a.pdf", "a/index.html"} <= set(last.paths)


def test_a_release_of_one_format_keeps_the_other(tmp_path: Path) -> None:
    """The PDF and its number of pages stay listed when only HTML is made anew."""
    publish(tmp_path, [_entry("a")], _index, whole=True)
    new = _entry("a", text="2")
    publish(tmp_path, [replace(new, outputs=new.outputs[1:], pages=None)], _index, whole=False)
    tree = _tree(tmp_path)
    assert (tree["a/a.pdf"], tree["a/index.html"], tree["index.html"]) == ("pdf 1", "html 2", "a:2:2")


def test_a_first_release_of_one_brief_lists_only_it(tmp_path: Path) -> None:
    """Without an earlier release there is nothing to keep."""
    publish(tmp_path, [_entry("a")], _index, whole=False)
    assert _tree(tmp_path)["index.html"] == "a:2:2"


def test_a_whole_release_takes_away_what_is_gone(tmp_path: Path) -> None:
    """Files of a brief that no longer exists go with their folder; what no manifest lists stays."""
    publish(tmp_path, [_entry("a"), _entry("b")], _index, whole=True)
    (tmp_path / "CNAME").write_text("mine")
    release = publish(tmp_path, [_entry("a")], _index, whole=True)
    assert release.removed == ("b/b.pdf", "b/index.html")
    assert not (tmp_path / "b").exists()
    assert _tree(tmp_path)["CNAME"] == "mine"


def test_drafts_stand_beside_the_finished_and_go_with_the_next_whole_release(tmp_path: Path) -> None:
    """A draft changes neither the finished files nor the index, and the manifest says that it is one."""
    publish(tmp_path, [_entry("a")], _index, whole=True)
    publish(tmp_path, [_entry("a", text="2", draft=True)], _index, whole=False)
    tree = _tree(tmp_path)
    assert (tree["a/a.pdf"], tree["a/a-DRAFT.pdf"], tree["index.html"]) == ("pdf 1", "pdf 2", "a:2:2")
    assert [brief["draft"] for brief in json.loads(tree["manifest.json"])["briefs"]] == [False, True]
    assert publish(tmp_path, [_entry("a")], _index, whole=True).removed == ("a/a-DRAFT.pdf", "a/index-DRAFT.html")


def test_a_draft_in_an_empty_folder_makes_no_index(tmp_path: Path) -> None:
    """An index page of nothing would pass for a finished one."""
    publish(tmp_path, [_entry("a", draft=True)], _index, whole=False)
    assert set(_tree(tmp_path)) == {"a/a-DRAFT.pdf", "a/index-DRAFT.html", "manifest.json"}


def test_a_changed_file_of_another_brief_is_a_problem(tmp_path: Path) -> None:
    """A release of one brief can't vouch for files that are not what the manifest says."""
    publish(tmp_path, [_entry("a"), _entry("b")], _index, whole=True)
    (tmp_path / "a" / "a.pdf").write_text("by hand")
    (tmp_path / "a" / "index.html").unlink()
    before = _tree(tmp_path)
    with pytest.raises(Refused) as refused:
        publish(tmp_path, [_entry("b", text="2")], _index, whole=False)
    assert [problem.mark.file for problem in refused.value.problems] == [
        str(tmp_path / "a" / "a.pdf"),
        str(tmp_path / "a" / "index.html"),
    ]
    assert _tree(tmp_path) == before
    publish(tmp_path, [_entry("a"), _entry("b", text="2")], _index, whole=True)
    assert _tree(tmp_path)["a/a.pdf"] == "pdf 1"


def test_an_unreadable_manifest_stops_only_a_release_of_some(tmp_path: Path) -> None:
    """A whole release needs no manifest and writes a new one; any other would lose what it listed."""
    publish(tmp_path, [_entry("a")], _index, whole=True)
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(Refused, match="the manifest can't be read"):
        publish(tmp_path, [_entry("a")], _index, whole=False)
    publish(tmp_path, [_entry("a")], _index, whole=True)
    assert last_release(tmp_path)


@pytest.mark.parametrize("path", ["index.html", "a/index.html", "manifest.json"])
def test_takes_the_place_of_nobody_elses_file(tmp_path: Path, path: str) -> None:
    """A folder without a manifest of ours may be somebody's website: its files are named and kept."""
    place = tmp_path / path
    place.parent.mkdir(exist_ok=True)
    place.write_text('{"name": "A website", "icons": []}')
    with pytest.raises(Refused, match=f"{path}:1:1: error: this file was not made by openbrief"):
        publish(tmp_path, [_entry("a")], _index, whole=True)
    assert _tree(tmp_path) == {path: '{"name": "A website", "icons": []}'}


def test_goes_on_where_a_first_release_was_killed(tmp_path: Path) -> None:
    """Pages of ours are ours without a manifest, which is written last."""
    (tmp_path / "index.html").write_text('<head><meta name="generator" content="openbrief 1.0">')
    (tmp_path / "other.html").write_text("not in the way")
    publish(tmp_path, [_entry("a")], _index, whole=True)
    assert _tree(tmp_path)["index.html"] == "a:2:2"


def test_a_hostile_manifest_reaches_nothing_outside(tmp_path: Path) -> None:
    """Paths that lead out of the folder are neither removed nor read."""
    root, secret = tmp_path / "public", tmp_path / "secret"
    secret.write_text("mine")
    publish(root, [_entry("a"), _entry("b")], _index, whole=True)
    manifest = root / "manifest.json"
    manifest.write_text(manifest.read_text().replace("b/b.pdf", "../secret"))
    with pytest.raises(Refused, match="not what the manifest says"):
        publish(root, [_entry("a")], _index, whole=False)
    assert publish(root, [_entry("a")], _index, whole=True).removed == ("b/index.html",)
    assert secret.read_text() == "mine"


def test_refuses_names_that_clash_before_touching_anything(tmp_path: Path) -> None:
    """Two briefs that differ only in case are an error, and the folder isn't even made."""
    with pytest.raises(ValueError, match="clash"):
        publish(tmp_path / "public", [_entry("a"), _entry("A")], _index, whole=True)
    assert not (tmp_path / "public").exists()


def test_a_refused_place_leaves_the_last_release_whole(tmp_path: Path) -> None:
    """When one brief's folder is a link, no file of any brief is replaced."""
    root = tmp_path / "public"
    publish(root, [_entry("a")], _index, whole=True)
    (tmp_path / "elsewhere").mkdir()
    (root / "b").symlink_to(tmp_path / "elsewhere")
    before = _tree(root)
    with pytest.raises(ToolFailed):
        publish(root, [_entry("a", text="2"), _entry("b")], _index, whole=True)
    assert _tree(root) == before
    assert not list((tmp_path / "elsewhere").iterdir())
