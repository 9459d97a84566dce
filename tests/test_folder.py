"""Files appear whole or not at all, and nothing outside the folder is touched."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pipeline.folder import UNFINISHED, check_paths, opened, peek
from pipeline.forms import Output
from pipeline.problem import ToolFailed

OLD = Output(path="a/a.pdf", data=b"old")
NEW = Output(path="a/a.pdf", data=b"new")


PRELUDE = """
import sys
from pathlib import Path
from pipeline.folder import opened
from pipeline.forms import Output
from pipeline.problem import ToolFailed

def put(*outputs):
    with opened(Path(sys.argv[2])) as folder:
        folder.put(outputs)

try:
    exec(sys.argv[1])
except ToolFailed as error:
    sys.exit(str(error))
"""
CHILD = (sys.executable, "-c", PRELUDE)


def _failure(script: str, root: Path) -> str:
    """Run the script in a process of its own, which must fail, and give what it says."""
    ended = subprocess.run([*CHILD, script, root], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    return ended.stderr


def _put(root: Path, *outputs: Output) -> tuple[str, ...]:
    with opened(root) as folder:
        return folder.put(outputs)


def _tree(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_puts_files_into_folders_that_it_makes(tmp_path: Path) -> None:
    """Missing folders are made, and nothing but the files is left in them."""
    assert _put(tmp_path / "deep" / "public", OLD, Output(path="index.html", data=b"i")) == ("a/a.pdf", "index.html")
    assert _tree(tmp_path / "deep" / "public") == {"a/a.pdf": b"old", "index.html": b"i"}


def test_replaces_only_what_has_changed(tmp_path: Path) -> None:
    """A file with the same bytes stays as it is, to the very inode."""
    same = Output(path="a/index.html", data=b"same")
    _put(tmp_path, OLD, same)
    inode = (tmp_path / "a" / "index.html").stat().st_ino
    assert _put(tmp_path, NEW, same) == ("a/a.pdf",)
    assert (tmp_path / "a" / "index.html").stat().st_ino == inode
    assert (tmp_path / "a" / "a.pdf").read_bytes() == b"new"


@pytest.mark.parametrize(
    "path",
    [
        "",
        ".",
        "..",
        "../x",
        "a/../x",
        "a/..",
        "/etc/x",
        "a//b",
        "a/",
        "a\\b",
        "a\nb",
        "a\n",
        "a\x00b",
        "%2e%2e",
        ".hidden",
        "a..b",
        "con",
        "CON",
        "nul.pdf",
        "a/lpt1.html",
        "x" * 129,
        "é",
        "ﬁ",
        "a\u200bb",
        "a b",
        "a:b",
        "-x",
    ],
)
def test_refuses_unsafe_paths(tmp_path: Path, path: str) -> None:
    """A path that could leave the folder, hide in it or mean a device is an error, and nothing is written."""
    with pytest.raises(ValueError, match="unsafe"):
        _put(tmp_path, OLD, Output(path=path, data=b""))
    assert _tree(tmp_path) == {}


@pytest.mark.parametrize(
    "paths",
    [("a/x.pdf", "a/x.pdf"), ("a/x.pdf", "a/X.pdf"), ("a/x.pdf", "A/y.pdf"), ("a", "a/x.pdf"), ("a/x.pdf", "a")],
)
def test_refuses_paths_that_clash(paths: tuple[str, str]) -> None:
    """Two outputs that would be one where case doesn't count, or a file and a folder, are an error."""
    with pytest.raises(ValueError, match="clash"):
        check_paths(paths)


def test_accepts_the_paths_of_a_release() -> None:
    """The names that a release uses are all safe together."""
    check_paths(["open-models/open-models.pdf", "open-models/open-models-DRAFT.pdf", "index.html", "manifest.json"])


def test_refuses_a_linked_folder(tmp_path: Path) -> None:
    """A link in the place of a brief's folder is an error; nothing is written behind it."""
    elsewhere, public = tmp_path / "elsewhere", tmp_path / "public"
    elsewhere.mkdir()
    public.mkdir()
    (public / "a").symlink_to(elsewhere)
    with pytest.raises(ToolFailed, match="a link or a file stands where a folder must be"):
        _put(public, Output(path="index.html", data=b"i"), NEW)
    assert _tree(elsewhere) == {}
    assert not (public / "index.html").exists()


def test_refuses_a_linked_root(tmp_path: Path) -> None:
    """The output folder itself may not be a link."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "public").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ToolFailed, match="it is a link"):
        _put(tmp_path / "public", NEW)
    assert _tree(tmp_path / "elsewhere") == {}


def test_replaces_a_linked_file(tmp_path: Path) -> None:
    """A link in the place of a file is replaced; what it pointed to stays."""
    secret = tmp_path / "secret"
    secret.write_bytes(b"new")
    (tmp_path / "public" / "a").mkdir(parents=True)
    (tmp_path / "public" / "a" / "a.pdf").symlink_to(secret)
    _put(tmp_path / "public", Output(path="a/a.pdf", data=b"put"))
    assert secret.read_bytes() == b"new"
    assert not (tmp_path / "public" / "a" / "a.pdf").is_symlink()
    assert (tmp_path / "public" / "a" / "a.pdf").read_bytes() == b"put"


def test_reads_no_links_and_no_pipes(tmp_path: Path) -> None:
    """Reading a link, a pipe or a folder gives nothing and doesn't wait."""
    (tmp_path / "link").symlink_to("/etc/passwd")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    assert [peek(tmp_path, name) for name in ("link", "folder", "pipe", "nothing", "nothing/x")] == [None] * 5
    assert peek(tmp_path / "missing", "x") is None


def test_refuses_a_folder_in_the_place_of_a_file(tmp_path: Path) -> None:
    """A folder where a file must be stops everything before anything is replaced."""
    _put(tmp_path, OLD)
    (tmp_path / "b.pdf").mkdir()
    with pytest.raises(ToolFailed, match=r"b\.pdf: Is a directory"):
        _put(tmp_path, NEW, Output(path="b.pdf", data=b""))
    assert _tree(tmp_path) == {"a/a.pdf": b"old"}


def test_removes_files_and_the_folders_they_leave_empty(tmp_path: Path) -> None:
    """A folder with anything else in it stays."""
    _put(tmp_path, OLD, Output(path="b/b.pdf", data=b""), Output(path="b/kept.txt", data=b""))
    with opened(tmp_path) as folder:
        assert folder.remove(["a/a.pdf", "b/b.pdf", "c/never.pdf"]) == ("a/a.pdf", "b/b.pdf")
    assert not (tmp_path / "a").exists()
    assert _tree(tmp_path) == {"b/kept.txt": b""}


LITTLE_ROOM = """
import os, resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, 65_536))
put(Output(path="a/a.pdf", data=b"new"), Output(path="new/c.pdf", data=b"c"), Output(path="b.pdf", data=b"x" * 100_000))
"""


def test_a_full_disk_leaves_everything_as_it_was(tmp_path: Path) -> None:
    """When one file can't be written whole, no other is replaced and nothing unfinished is left."""
    _put(tmp_path, OLD)
    assert "b.pdf: File too large" in _failure(LITTLE_ROOM, tmp_path)
    assert _tree(tmp_path) == {"a/a.pdf": b"old"}
    assert not (tmp_path / "new").exists()


NO_RIGHTS = """
import errno
import os
os.geteuid() or os.setuid(65_534)
put(Output(path="a.pdf", data=b"new"))
"""


def test_a_locked_folder_is_an_error(tmp_path: Path) -> None:
    """A folder that may not be written to gives a sentence, not a traceback."""
    tmp_path.chmod(0o500)
    assert "Permission denied" in _failure(NO_RIGHTS, tmp_path)


def test_a_file_in_the_place_of_the_root_is_an_error(tmp_path: Path) -> None:
    """An output folder that is a file gives a sentence, not a traceback."""
    (tmp_path / "public").write_bytes(b"")
    with pytest.raises(ToolFailed, match=r"can't write to .*public: File exists"):
        _put(tmp_path / "public", NEW)


def _left(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f".x.pdf{UNFINISHED}").write_bytes(b"half")
        (folder / ".x.pdf.tmp").write_bytes(b"not ours")


def test_sweeps_what_an_interrupted_run_left(tmp_path: Path) -> None:
    """Unfinished files go, in the folder and where this run writes; everything else stays, links unfollowed."""
    public, outside = tmp_path / "public", tmp_path / "outside"
    _left(public, public / "a", public / "else", outside)
    (public / "link").symlink_to(outside)
    with opened(public) as folder:
        assert sorted(_tree(public)) == [
            ".x.pdf.tmp",
            *(f"{inside}/.x.pdf{end}" for inside in ("a", "else") for end in (UNFINISHED, ".tmp")),
        ]
        folder.put([OLD])
    assert sorted(_tree(public)) == [
        ".x.pdf.tmp",
        "a/.x.pdf.tmp",
        "a/a.pdf",
        f"else/.x.pdf{UNFINISHED}",
        "else/.x.pdf.tmp",
    ]
    assert (outside / f".x.pdf{UNFINISHED}").exists()


def test_what_others_are_writing_is_not_swept(tmp_path: Path) -> None:
    """A folder inside that another run has locked keeps its unfinished files, whatever is written there."""
    with opened(tmp_path / "a") as inner, inner.writing("x.pdf") as file:
        file.write(b"whole")
        _put(tmp_path, OLD)
        with opened(tmp_path) as outer:
            outer.remove(["a/gone.pdf"])
    assert _tree(tmp_path) == {"a/a.pdf": b"old", "a/x.pdf": b"whole"}


def test_somebody_else_s_folder_is_not_swept(tmp_path: Path) -> None:
    """Where one file goes into a folder that is anybody's, nothing of others is taken away."""
    _left(tmp_path, tmp_path / "a")
    with opened(tmp_path, sweeping=False) as folder, folder.writing("a.pdf") as file:
        file.write(b"whole")
    left = {f"{inside}.x.pdf{end}" for inside in ("", "a/") for end in (UNFINISHED, ".tmp")}
    assert set(_tree(tmp_path)) == {"a.pdf", *left}


def test_two_runs_at_once_are_kept_apart(tmp_path: Path) -> None:
    """The second run is told to wait; when the first is done, it may write."""
    with opened(tmp_path), pytest.raises(ToolFailed, match="another run is writing"), opened(tmp_path):
        pass
    assert _put(tmp_path, NEW) == ("a/a.pdf",)


FOR_EVER = """
for index in range(1_000_000):
    put(*(Output(path=f"a/{name}.pdf", data=bytes([index % 256]) * 300_000) for name in "abc"))
    print(index, flush=True)
"""


def test_a_killed_run_tears_no_file(tmp_path: Path) -> None:
    """After SIGKILL at any moment every file is whole, and the next run sweeps the rest."""
    for delay in range(8):
        process = subprocess.Popen([*CHILD, FOR_EVER, tmp_path], stdout=subprocess.PIPE)
        assert process.stdout
        process.stdout.readline()
        time.sleep(0.007 * delay)
        process.kill()
        process.wait()
        process.stdout.close()
        for name in "abc":
            data = (tmp_path / "a" / f"{name}.pdf").read_bytes()
            assert len(data) == 300_000
            assert len(set(data)) == 1
    _put(tmp_path, NEW)
    assert not list(tmp_path.rglob(f".*{UNFINISHED}"))


def test_a_file_is_written_of_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whole, though the system takes a few bytes at a time; where the disk is full, what was there stays."""
    writev = os.writev
    pieces: list[bytes | memoryview] = [b"", b"one", memoryview(b"two three"), *[b"x"] * 1200]
    monkeypatch.setattr(os, "writev", lambda file, parts: writev(file, [parts[0][:7]]))
    with opened(tmp_path) as folder:
        assert folder.fill("a.pdf", pieces) == 1212
        folder.wait()
    assert (tmp_path / "a.pdf").read_bytes() == b"".join(pieces)
    monkeypatch.setattr(os, "writev", _full)
    with opened(tmp_path) as folder, pytest.raises(ToolFailed, match=r"can't write .*a\.pdf: No space left"):
        folder.fill("a.pdf", [b"new"])
    assert _tree(tmp_path) == {"a.pdf": b"".join(pieces)}


def _full(_file: int, _parts: object) -> int:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def test_what_stands_under_an_unfinished_name_is_nobody_s_file(tmp_path: Path) -> None:
    """A second name of somebody's file is not written through, and a pipe isn't waited for."""
    victim = tmp_path / "victim.txt"
    victim.write_text("mine")
    unfinished = tmp_path / f".all.pdf{UNFINISHED}"
    for write in ("fill", "writing"):
        for kind in ("link", "pipe"):
            if kind == "link":
                unfinished.hardlink_to(victim)
            else:
                os.mkfifo(unfinished)
            with opened(tmp_path, sweeping=False) as folder:
                if write == "fill":
                    folder.fill("all.pdf", [b"new"])
                else:
                    with folder.writing("all.pdf") as file:
                        file.write(b"new")
            assert (tmp_path / "all.pdf").read_text() == "new"
            assert (victim.read_text(), unfinished.exists()) == ("mine", False)
